"""The dosing room."""

from importlib import import_module

from django.apps import AppConfig


class DosingConfig(AppConfig):
    """Registers the room, and its read model once the models are there."""

    name = "ajar.clinic.dosing"
    label = "dosing"

    def ready(self) -> None:
        """Load the read model, which registers itself with the ledger."""
        import_module("ajar.clinic.dosing.readmodel")
