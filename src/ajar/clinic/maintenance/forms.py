"""What is written down in the long run."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.maintenance.entries import MisuseSign, StopReason, SurveillanceResult
from ajar.pathway.maintenance.surveillance import SurveillancePolicy

LONGEST = 500


def _words(label: object, hint: object = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, required=False)  # type: ignore[arg-type]


def _day() -> forms.DateField:
    return forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CheckForm(forms.Form):
    """A long-term check that was done or declined."""

    prefix = "check"

    check_id = forms.ChoiceField(label=_("Check"))
    done_on = _day()
    result = forms.ChoiceField(
        label=_("Result"),
        widget=forms.RadioSelect,
        choices=[
            (SurveillanceResult.CLEAR, _("Nothing found")),
            (SurveillanceResult.CONCERN, _("A concern")),
            (SurveillanceResult.DECLINED, _("Declined by the patient")),
        ],
    )
    words = _words(_("In words"), _("Needed for a concern or a refusal."))

    def __init__(self, *args: Any, policy: SurveillancePolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(check.id, check.name) for check in policy.checks]
        self.fields["check_id"].choices = choices  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """A sign of misuse."""

    prefix = "sign"

    sign = forms.ChoiceField(label=_("Sign"), choices=[(sign.value, sign.label) for sign in MisuseSign])
    noticed_on = _day()
    words = _words(_("In words"))


class IntervalForm(forms.Form):
    """The days between doses, and why."""

    prefix = "interval"

    interval_days = forms.IntegerField(label=_("Days between doses"), min_value=1, max_value=366)
    because = forms.CharField(
        label=_("Why this frequency"),
        max_length=LONGEST,
        help_text=_("The lowest that holds response or remission (SPR-T5)."),
    )


class StopForm(forms.Form):
    """The end of treatment, with its reason."""

    prefix = "stop"

    reason = forms.ChoiceField(label=_("Reason"), choices=[(one.value, one.label) for one in StopReason])
    words = _words(_("In words"), _("Needed for “something else”."))
