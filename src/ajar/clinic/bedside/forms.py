"""What the patient wants of their screen, asked of staff who open it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.bedside.services import Wishes


class WishesForm(forms.Form):
    """All of it is optional: the target for help is always there."""

    asks_for_taps = forms.BooleanField(
        required=False,
        label=_("Ask for a tap when a ring glows"),
        help_text=_("Every few minutes. A miss is shown to you; it is no alarm by itself."),
    )
    shows_intention = forms.BooleanField(required=False, label=_("Show the patient's intention"))
    shows_music = forms.BooleanField(required=False, label=_("Say that the patient's music is on"))

    @property
    def wishes(self) -> Wishes:
        """As the services take them."""
        return Wishes(**self.cleaned_data)
