"""The evaluation room."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.evaluation"
    label = "evaluation"
