"""Making a link, and ending one."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.registry import INSTRUMENTS


class LinkForm(forms.Form):
    """A questionnaire asked outside the schedule: why, and how long the link works."""

    instrument = forms.ChoiceField(
        label=_("Which questionnaire"),
        choices=[(one.id, f"{one.name} ({one.about})") for one in INSTRUMENTS.values()],
        initial="phq-9",
        required=False,
        help_text=_("The PHQ-2 and the GAD-2 ask the rest where the answers call for it."),
    )
    occasion = forms.CharField(
        label=_("Why it is asked"), max_length=60, help_text=_("Such as “after a bad week”.")
    )
    days = forms.IntegerField(label=_("The link works for"), min_value=1, max_value=30, initial=7)

    @property
    def named(self) -> Instrument:
        """Which questionnaire; the PHQ-9 where none was chosen."""
        return INSTRUMENTS[self.cleaned_data["instrument"] or "phq-9"]

    def ends(self, now: datetime) -> datetime:
        """When the link ends."""
        return now + timedelta(days=self.cleaned_data["days"])
