"""The tasks room."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.tasks"
    label = "tasks"
