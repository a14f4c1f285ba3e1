"""The scheduling room."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.scheduling"
    label = "scheduling"
