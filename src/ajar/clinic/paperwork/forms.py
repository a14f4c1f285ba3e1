"""Signing an encounter, and what the REMS form asks of a clinician."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.paperwork.entries import FilingWay, RemsAnswered
from ajar.pathway.paperwork.rems_form import RemsForm

AUTHORSHIP: Final = "I recorded this session; the record is accurate and complete."
REVIEW: Final = "I reviewed this session and agree with the record."

MEDICINES: Final[Mapping[str, str]] = {
    "benzodiazepines": "benzodiazepines",
    "sedative-hypnotics": "sedative_hypnotics",
    "stimulants": "stimulants",
    "mao-inhibitors": "mao_inhibitors",
    "opioids": "opioids",
}
"""The form's fields on medicines, and the answers that stand before the list of medicines."""


def _yes_no(label: Any, hint: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SignForm(forms.Form):
    """What the signature means, and the signer's PIN."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    meaning = forms.ChoiceField(
        label=_("My signature means"),
        choices=[(AUTHORSHIP, AUTHORSHIP), (REVIEW, REVIEW)],
        widget=forms.RadioSelect,
    )
    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class AnswersForm(forms.Form):
    """The judgements that no entry holds. Only what this form needs is asked; nothing is preselected."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    enrolled = _yes_no(_("Was the patient enrolled in the REMS before this first treatment?"))
    vitals_acceptable_before = _yes_no(_("Were vital signs acceptable before administration?"))
    vitals_note = _words(_("If not: why the drug was given"))
    vitals_acceptable_after = _yes_no(_("Were vital signs acceptable before the patient left?"))
    benzodiazepines = _yes_no(_("Does the patient take a benzodiazepine?"))
    sedative_hypnotics = _yes_no(_("Does the patient take another sedative or hypnotic?"))
    stimulants = _yes_no(_("Does the patient take a psychostimulant?"))
    mao_inhibitors = _yes_no(_("Does the patient take an MAO inhibitor?"))
    opioids = _yes_no(_("Does the patient take an opioid?"))
    other_dose_reason = forms.CharField(
        label=_("Why another dose than 56 or 84 mg was given"), max_length=400
    )
    serious_event = _yes_no(
        _("Was there a serious adverse event?"),
        _("Death, life-threatening, hospital stay, lasting disability, or another important event."),
    )
    serious_event_note = _words(_("If so: type, onset, intervention, outcome"))

    def __init__(self, *args: Any, rems: RemsForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - needed(rems):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A serious event, and a "no" about vital signs, need words."""
        data = super().clean() or {}
        if data.get("serious_event") and not data.get("serious_event_note", "").strip():
            self.add_error("serious_event_note", _("Describe what happened."))
        if data.get("vitals_acceptable_before") is False and not data.get("vitals_note", "").strip():
            self.add_error("vitals_note", _("Write why the drug was given although they were not."))
        return data

    @property
    def answered(self) -> RemsAnswered:
        """What is to be recorded."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "expected"}
        return RemsAnswered(**({"enrolled": None} | answers))


class FilingForm(forms.Form):
    """That the form was handed in."""

    way = forms.ChoiceField(
        label=_("Handed in"),
        choices=[(way.value, way.value) for way in FilingWay],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Confirmation, where one was given"), required=False, max_length=80)


def needed(rems: RemsForm) -> set[str]:
    """The names of the questions that this session leaves open."""
    always = {
        "expected",
        "vitals_acceptable_before",
        "vitals_note",
        "vitals_acceptable_after",
        "serious_event",
        "serious_event_note",
    }
    values = {value.spec.id: value for value in rems.values}
    first = {"enrolled"} if "enrolled" in values and values["first-treatment"].text == "yes" else set()
    other = {"other_dose_reason"} if values["dose"].text.startswith("other") else set()
    open_ones = {
        answer
        for field, answer in MEDICINES.items()
        if field in values and (values[field].missing or _answered(values[field]))
    }
    return always | first | other | open_ones


def _answered(value: Any) -> bool:
    """Was this field about medicines answered by a person, rather than read from the list?"""
    return any(isinstance(entry.payload, RemsAnswered) for entry in value.entries)
