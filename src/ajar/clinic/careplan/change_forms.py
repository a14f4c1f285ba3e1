"""Forms of changes to a course: each says why, and which chart its writer saw."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.careplan.forms import refuse_distant, start_times


class ChangeForm(forms.Form):
    """Why a session or a course is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(ChangeForm):
    """Another day and time for one session, and why."""

    day = forms.DateField(
        label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TypedChoiceField(label=_("New time"), coerce=time.fromisoformat, choices=start_times)
    field_order = ("day", "at", "reason")

    def clean_day(self) -> date:
        """A day that a session can be moved to."""
        return refuse_distant(self.cleaned_data["day"])


class DoseForm(ChangeForm):
    """Another dose for one session; the PIN is that of a second prescriber, where a rail asks for one."""

    dose_mg = forms.FloatField(label=_("New dose"), min_value=0.1, max_value=500)
    second = forms.UUIDField(label=_("Second prescriber"), required=False)
    second_pin = forms.CharField(
        label=_("Signing PIN of the second prescriber"), required=False, max_length=8, strip=False
    )


class AddForm(MoveForm):
    """One session more."""

    dose_mg = forms.FloatField(label=_("Dose"), min_value=0.1, max_value=500)


class ReviewForm(ChangeForm):
    """The benefit, judged after the series."""

    goes_on = forms.TypedChoiceField(
        label=_("Goes on"), coerce=lambda told: told == "yes", choices=(("yes", _("Yes")), ("no", _("No")))
    )


class NextStepForm(forms.Form):
    """Whether the suggested next step is taken; deciding otherwise needs a reason."""

    taken = forms.TypedChoiceField(
        label=_("Taken"), coerce=lambda told: told == "yes", choices=(("yes", _("Yes")), ("no", _("No")))
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    pin = forms.CharField(label=_("Your signing PIN"), max_length=8, strip=False)
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Deciding otherwise says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("taken") is False and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say what you decide instead, and why."))
        return cleaned
