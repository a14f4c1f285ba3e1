"""The screening room: the quiz without a name, and the booking that may follow it."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.screening"
    label = "screening"
