"""Where a member of staff starts: the day, the patients, the frame of a chart."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the desk with Django."""

    name = "ajar.clinic.desk"
    label = "desk"
