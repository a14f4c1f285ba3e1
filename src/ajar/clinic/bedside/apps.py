"""The bedside room: what the patient touches while they are watched."""

from importlib import import_module

from django.apps import AppConfig


class BedsideConfig(AppConfig):
    """Registers the room, and its part of the session page."""

    name = "ajar.clinic.bedside"
    label = "bedside"

    def ready(self) -> None:
        """Load the session page's part, which registers itself."""
        import_module("ajar.clinic.bedside.part")
