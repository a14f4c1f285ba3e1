"""The patients room."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.patients"
    label = "patients"
