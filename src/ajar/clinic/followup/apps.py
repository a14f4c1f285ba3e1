"""The follow-up room."""

from importlib import import_module

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Registers the room, and its read model once the models are there."""

    name = "ajar.clinic.followup"
    label = "followup"

    def ready(self) -> None:
        """Load the read model, which registers itself with the ledger."""
        import_module("ajar.clinic.followup.readmodel")
