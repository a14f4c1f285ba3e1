"""The monitoring room."""

from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Registers the room, and its read model once the models are there."""

    name = "ajar.clinic.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Load the read model and the session page's part, which register themselves."""
        import_module("ajar.clinic.monitoring.readmodel")
        import_module("ajar.clinic.monitoring.part")
