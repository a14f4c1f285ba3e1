"""The integration room."""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.integration"
    label = "integration"
