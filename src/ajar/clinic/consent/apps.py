"""The consent room."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.consent"
    label = "consent"
