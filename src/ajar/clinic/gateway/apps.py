"""The gateway room."""

from importlib import import_module

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Registers the room with Django, and where devices stand with the floor."""

    name = "ajar.clinic.gateway"
    label = "gateway"

    def ready(self) -> None:
        """Say how to find the devices of a room and how to move them, once the models are there."""
        bound = import_module("ajar.clinic.gateway.bound")
        import_module("ajar.clinic.monitoring.devices").register_devices(bound.bound_devices)
        along = import_module("ajar.clinic.gateway.along")
        import_module("ajar.clinic.dosing.alongside").register_devices(along.BOUND_DEVICES)
