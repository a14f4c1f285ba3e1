"""The shell around the rooms: home, public pages, the design system and its styleguide."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room under the label `web`."""

    name = "ajar.clinic.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
