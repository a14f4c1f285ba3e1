"""The discharge room."""

from django.apps import AppConfig


class DischargeConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.discharge"
    label = "discharge"
