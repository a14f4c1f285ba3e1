"""The dosing room."""

from importlib import import_module

from django.apps import AppConfig


class DosingConfig(AppConfig):
    """Registers the room, and its read models once the models are there."""

    name = "ajar.clinic.dosing"
    label = "dosing"

    def ready(self) -> None:
        """Load the read models and the forecast's part of the session page, which register themselves."""
        import_module("ajar.clinic.dosing.readmodel")
        import_module("ajar.clinic.dosing.fared")
        import_module("ajar.clinic.dosing.corridor")
