"""The shell around the rooms: home, public pages, the design system and its styleguide."""

from django.apps import AppConfig
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Registers the room under the label `web`; every form then says in clinic words what it expects."""

    name = "ajar.clinic.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Replace the framework's words once, for every form."""
        Field.default_error_messages = {
            **Field.default_error_messages,
            "required": _("Needed, and still empty."),
        }
        MinValueValidator.message = _("Expected %(limit_value)s or more.")
        MaxValueValidator.message = _("Expected %(limit_value)s or less.")
