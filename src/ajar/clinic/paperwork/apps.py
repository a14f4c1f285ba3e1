"""The paperwork room."""

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.paperwork"
    label = "paperwork"
