"""The maintenance room."""

from importlib import import_module

from django.apps import AppConfig


class MaintenanceConfig(AppConfig):
    """Registers the room, and its read model once the models are there."""

    name = "ajar.clinic.maintenance"
    label = "maintenance"

    def ready(self) -> None:
        """Load the read model, which registers itself with the ledger."""
        import_module("ajar.clinic.maintenance.readmodel")
