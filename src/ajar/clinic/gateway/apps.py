"""The gateway room."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Registers the room with Django."""

    name = "ajar.clinic.gateway"
    label = "gateway"
