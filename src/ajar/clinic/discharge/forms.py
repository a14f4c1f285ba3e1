"""Assessing, confirming, releasing, and leaving against advice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ajar.pathway.discharge.entries import DischargeAssessed, Recipient, Released, Way
from ajar.pathway.discharge.policy import AldreteUnit, DischargePolicy
from ajar.pathway.evaluation.products import Product

NAMED: Final = "named"
OTHER: Final = "other"
Choice = tuple[str, Any]


def _expected() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _points(label: Any, two: Any, one: Any, none: Any) -> forms.TypedChoiceField:
    """One Aldrete domain, in words, the best first."""
    choices = [("2", two), ("1", one), ("0", none)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)


CIRCULATION: Final = {
    AldreteUnit.PERCENT: (_("Circulation, in percent of the pressure before the drug"), "%"),
    AldreteUnit.MMHG: (_("Circulation, in mmHg from the pressure before the drug"), "mmHg"),
}


def _circulation(policy: DischargePolicy) -> forms.TypedChoiceField:
    """Asked in the unit that the clinic declared (trap 21)."""
    label, unit = CIRCULATION[policy.aldrete_unit]
    near, far = policy.circulation_within
    bounds = {"near": f"{near:g}", "far": f"{far:g}", "unit": unit}
    return _points(
        label,
        format_lazy(_("Within {near} {unit} (2)"), **bounds),
        format_lazy(_("{near} to {far} {unit} away (1)"), **bounds),
        format_lazy(_("More than {far} {unit} away (0)"), **bounds),
    )


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class StepForm(forms.Form):
    """Carries the decision position that the page saw."""

    expected = _expected()


class AssessForm(StepForm):
    """The modified Aldrete score and the questions for leaving (clinical.md 4.7). Nothing is preselected."""

    activity = _points(_("Activity"), _("Moves all four limbs (2)"), _("Moves two (1)"), _("Moves none (0)"))
    respiration = _points(
        _("Respiration"),
        _("Breathes deeply and coughs (2)"),
        _("Short of breath or shallow (1)"),
        _("Not breathing (0)"),
    )
    circulation = forms.TypedChoiceField(coerce=int)  # asked in the unit of the policy: see __init__
    consciousness = _points(
        _("Consciousness"), _("Fully awake (2)"), _("Rousable on calling (1)"), _("Unresponsive (0)")
    )
    saturation = _points(
        _("Oxygen saturation"),
        _("Above 92 % on air (2)"),
        _("Needs oxygen to stay above 90 % (1)"),
        _("Below 90 % with oxygen (0)"),
    )
    oriented = _yes_no(_("Oriented to person, place and time"))
    steady_gait = _yes_no(_("Walks steadily"))
    nausea_absent_or_minimal = _yes_no(_("Nausea absent or minimal"))
    suicide_check_done = _yes_no(_("Asked about suicidal thoughts"))
    suicide_check_note = forms.CharField(
        label=_("What the patient said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, policy: DischargePolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.fields["circulation"] = _circulation(policy)

    @property
    def assessed(self) -> DischargeAssessed:
        """What is to be recorded."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "expected"}
        return DischargeAssessed(**answers, aldrete_version=self.policy.aldrete_unit.version)


class ConfirmForm(StepForm):
    """Nothing more to ask."""


class LoseForm(StepForm):
    """What came back."""

    because = forms.CharField(label=_("What came back"), max_length=500)


class LeaveForm(StepForm):
    """Leaving although something is open."""

    because = forms.CharField(
        label=_("Why the patient leaves, in their words"), max_length=1000, required=False
    )
    advised = forms.CharField(
        label=_("What you advised"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class GiveForm(forms.Form):
    """The instructions in writing: in which language, and which way. Two buttons say the way."""

    language = forms.ChoiceField(label=_("Language of the instructions"), choices=settings.LANGUAGES)
    given_to = forms.MultipleChoiceField(
        label=_("Printed copies are handed to"),
        required=False,
        choices=[
            (Recipient.PATIENT.value, _("The patient")),
            (Recipient.ESCORT.value, _("The person who takes them home")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.TypedChoiceField(
        choices=[(way.value, way.value) for way in Way], coerce=Way, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """A message goes to the patient; paper goes to somebody."""
        data = super().clean() or {}
        if data.get("way") is Way.PRINTED and not data.get("given_to"):
            self.add_error("given_to", _("Say to whom the printed copies were handed."))
        return data

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Who gets it."""
        if self.cleaned_data["way"] is Way.PORTAL:
            return (Recipient.PATIENT,)
        return tuple(Recipient(who) for who in self.cleaned_data["given_to"])


class ReleaseForm(StepForm):
    """To whom, with what, and the question about the minimum stay.

    The escort who was named this morning is offered and not assumed. `left_at` and `shown_name` say what
    the button said: pressing it records exactly that.
    """

    left_at = forms.CharField(widget=forms.HiddenInput, max_length=40)
    shown_name = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    who = forms.ChoiceField(label=_("Handed to"), widget=forms.RadioSelect)
    other_name = forms.CharField(label=_("Name, if somebody else"), max_length=120, required=False)
    relation = forms.CharField(label=_("Who this is to the patient"), max_length=80)
    given_to = forms.MultipleChoiceField(
        label=_("Instructions in writing were given to"),
        choices=[("patient", _("The patient")), ("escort", _("The person who takes them home"))],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language of the instructions"), choices=settings.LANGUAGES)
    ready_without_rule_min = forms.IntegerField(
        label=_("Without the minimum stay, when would this patient have been ready to leave?"),
        help_text=_(
            "Minutes from the first dose. It shortens nobody's stay; for the spray the REMS form asks."
        ),
        min_value=0,
        max_value=1440,
    )

    def __init__(self, *args: Any, escort_name: str, product: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.escort_name = escort_name
        named: Sequence[Choice] = [(NAMED, escort_name)] if escort_name else []
        self.fields["who"].choices = [*named, (OTHER, _("Somebody else"))]  # type: ignore[attr-defined]
        self.fields["ready_without_rule_min"].required = product == Product.ESKETAMINE_IN

    @property
    def handed_to(self) -> str:
        """The name chosen so far, whether or not the form is complete."""
        chosen = self.data.get("who")
        if chosen == NAMED:
            return self.escort_name
        return " ".join(self.data.get("other_name", "").split()) if chosen == OTHER else ""

    def clean_left_at(self) -> datetime:
        """The time on the button."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["left_at"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("The time of release is missing. Open the page again."))
        return moment

    def clean(self) -> dict[str, Any]:
        """Somebody with a name, and the same name as on the button."""
        data = super().clean() or {}
        if data.get("who") == OTHER and not self.handed_to:
            self.add_error("other_name", _("Write the name of the person who takes the patient home."))
        elif not self.errors and data.get("shown_name") != self.handed_to:
            words = _("The button now names %(name)s. If that is right, press it again.")
            self.add_error(None, words % {"name": self.handed_to})
        return data

    @property
    def released(self) -> Released:
        """What is to be recorded."""
        data = self.cleaned_data
        return Released(
            handed_to=self.handed_to,
            handed_to_relation=data["relation"].strip(),
            instructions_language=data["language"],
            instructions_given_to=tuple(data["given_to"]),
            ready_without_rule_min=data.get("ready_without_rule_min"),
        )
