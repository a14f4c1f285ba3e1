"""The safety room: adverse events."""

from importlib import import_module

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the room, and its part of the session page."""

    name = "ajar.clinic.safety"
    label = "safety"

    def ready(self) -> None:
        """Load the session page's part, which registers itself."""
        import_module("ajar.clinic.safety.part")
