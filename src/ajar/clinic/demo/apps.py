"""The synthetic clinic: present only where AJAR_DEMO is on."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the synthetic clinic with Django."""

    name = "ajar.clinic.demo"
    label = "demo"
