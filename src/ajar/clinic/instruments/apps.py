"""The instruments room: questionnaires asked one question a screen, wherever they are asked."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.instruments"
    label = "instruments"
