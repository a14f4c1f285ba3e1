"""The governance room."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers the room."""

    name = "ajar.clinic.governance"
    label = "governance"
