"""The staff room."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.staff"
    label = "staff"
