"""The careplan room: a whole course ordered, laid out over the calendar, and changed with a reason."""

from django.apps import AppConfig


class CareplanConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.careplan"
    label = "careplan"
