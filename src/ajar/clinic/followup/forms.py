"""Making a link, and ending one."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """A questionnaire asked outside the schedule: why, and how long the link works."""

    occasion = forms.CharField(
        label=_("Why it is asked"), max_length=60, help_text=_("Such as “after a bad week”.")
    )
    days = forms.IntegerField(label=_("The link works for"), min_value=1, max_value=30, initial=7)

    def ends(self, now: datetime) -> datetime:
        """When the link ends."""
        return now + timedelta(days=self.cleaned_data["days"])
