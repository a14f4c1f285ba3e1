"""The forms of the evaluation: one kind of fact each, from what was typed to entries ready to be recorded.

What cannot be true is refused by the fact itself; the form only carries the refusal to its field.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import BOUNDS, Implausible, VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    TrialOutcome,
)

TESTS: Final[Sequence[tuple[str, str, str]]] = (
    ("2106-3", "hCG, urine", ""),
    ("2118-8", "hCG, serum", ""),
    ("1742-6", "ALT", "U/L"),
    ("1920-8", "AST", "U/L"),
    ("6768-6", "ALP", "U/L"),
    ("2324-2", "GGT", "U/L"),
    ("1975-2", "Bilirubin", "mg/dL"),
    ("2160-0", "Creatinine", "mg/dL"),
    ("3016-3", "TSH", "mIU/L"),
    ("2823-3", "Potassium", "mmol/L"),
    ("8636-3", "QTc", "ms"),
    ("ecg", "ECG", ""),
    ("urinalysis", "Urinalysis", ""),
    ("urine-drug-screen", "Urine drug screen", ""),
)
"""Baseline tests with their LOINC code (clinical.md 8.6, verify) and the unit usual in the United States.

Where clinical.md knows no code, the name of the test stands in its place.
"""

NOON: Final = time(12, 0)


class FactForm(forms.Form):
    """A form that becomes entries. `now` and the site's zone are told by the view."""

    def __init__(self, *args: Any, now: datetime, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, zone

    def entries(self) -> list[NewEntry]:
        """What is to be recorded, once the form is valid."""
        return [NewEntry(payload=self.payload(), happened_at=self.happened_at)]

    def payload(self) -> Payload:
        """The fact."""
        raise NotImplementedError(f"{type(self).__name__} says what it records.")

    @property
    def happened_at(self) -> datetime:
        """When it was so: now, or noon of the day that was typed."""
        day: date | None = self.cleaned_data.get("day")
        if day is None or day == self.now.astimezone(self.zone).date():
            return self.now
        return datetime.combine(day, NOON, tzinfo=self.zone)

    def clean(self) -> dict[str, Any]:
        """Let the fact refuse what cannot be true, and show it at the field that says so."""
        data = super().clean() or {}
        if not self.errors:
            try:
                self.entries()
            except Implausible as refused:
                self.add_error(refused.field, str(refused))
            except ValueError as refused:
                self.add_error(None, str(refused))
        return data

    def clean_day(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > self.now.astimezone(self.zone).date():
            raise forms.ValidationError(_now("This day lies in the future."))
        return day

    @property
    def may_be_judged(self) -> bool:
        """Is what was typed so far enough for a preview of the findings?"""
        return self.is_valid()


CHOOSE: Final = ("", _("Choose"))
"""Nothing is chosen beforehand: a default that nobody looked at would be an answer that nobody gave."""


class Measured(forms.FloatField):
    """A number with the unit that is printed after it."""

    def __init__(self, label: Any, unit: Any, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, widget=widget, **({"required": False} | kwargs))
        self.unit = unit


class VitalsForm(FactForm):
    """Blood pressure and whatever else was measured with it, just now and at rest."""

    systolic_mmhg = Measured(_("Blood pressure, first number"), "mmHg")
    diastolic_mmhg = Measured(_("Blood pressure, second number"), "mmHg")
    heart_rate_bpm = Measured(_("Heart rate"), "/min")
    spo2_percent = Measured(_("Oxygen saturation"), "%")
    respiratory_rate_per_min = Measured(_("Respiratory rate"), "/min")
    temperature_c = Measured(_("Temperature"), "°C")
    weight_kg = Measured(_("Weight"), "kg")
    height_cm = Measured(_("Height"), "cm")
    asks = ""  # the unusual values that must be confirmed, in words
    confirmed_unusual = forms.BooleanField(label=_("Yes, I measured this and it is right"), required=False)
    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)

    def payload(self) -> VitalsMeasured:
        """The set of vital signs."""
        measured: dict[str, Any] = {name: self.cleaned_data.get(name) for name in BOUNDS}
        confirmed = bool(self.cleaned_data.get("confirmed_unusual"))
        return VitalsMeasured(**measured, at_rest=True, confirmed_unusual=confirmed)

    def clean(self) -> dict[str, Any]:
        """An unusual value is asked about once; the answer counts only for the values that were asked."""
        data = super().clean()
        unusual = "" if self.errors else ", ".join(self.payload().unusual())
        self.asks = unusual
        if unusual and not (data.get("confirmed_unusual") and data.get("asked_about") == unusual):
            words = _now("This is unusual: %(values)s. Measure again, or confirm it below.")
            self.add_error("confirmed_unusual", words % {"values": unusual})
            self._ask(unusual)
        return data

    def _ask(self, unusual: str) -> None:
        """Show the question unanswered, whatever was ticked for other values."""
        typed = dict(self.data.items())
        typed[self.add_prefix("asked_about")] = unusual
        typed.pop(self.add_prefix("confirmed_unusual"), None)
        self.data = typed

    @property
    def may_be_judged(self) -> bool:
        """An unusual value is judged while it is still being asked about."""
        self.is_valid()
        return not set(self.errors) - {"confirmed_unusual"}


class ConditionForm(FactForm):
    """A diagnosis and its state."""

    display = forms.CharField(label=_("Diagnosis"), max_length=200)
    system = forms.ChoiceField(
        label=_("Code system"),
        choices=[
            CHOOSE,
            (CodeSystem.ICD_10_CM, "ICD-10-CM"),
            (CodeSystem.SNOMED, "SNOMED CT"),
            (CodeSystem.TEXT, _("No code")),
        ],
        help_text=_("Rules read codes. A diagnosis in words alone is kept but matched by no rule."),
    )
    code = forms.CharField(label=_("Code"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"),
        choices=[
            CHOOSE,
            (ConditionStatus.ACTIVE, _("Active")),
            (ConditionStatus.REMISSION, _("In remission")),
            (ConditionStatus.RESOLVED, _("Resolved")),
        ],
    )
    onset_on = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    abated_on = forms.DateField(
        label=_("Over since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def payload(self) -> ConditionRecorded:
        """The condition."""
        data = self.cleaned_data
        return ConditionRecorded(
            condition=_coding(data["system"], data.get("code", ""), data["display"]),
            status=ConditionStatus(data["status"]),
            onset_on=data.get("onset_on"),
            abated_on=data.get("abated_on"),
        )


class AllergyForm(FactForm):
    """An allergy or intolerance."""

    substance = forms.CharField(label=_("Substance"), max_length=200)
    reaction = forms.CharField(label=_("Reaction"), required=False, max_length=200)

    def payload(self) -> AllergyRecorded:
        """The allergy."""
        data = self.cleaned_data
        substance = _coding(CodeSystem.TEXT, "", data["substance"])
        return AllergyRecorded(substance=substance, reaction=data["reaction"], active=True)


YES_NO_UNKNOWN: Final = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))]
THREE_WAY: Final = {"yes": True, "no": False, "unknown": None}


class TrialForm(FactForm):
    """One antidepressant trial."""

    drug = forms.CharField(label=_("Antidepressant"), max_length=120)
    max_dose_text = forms.CharField(label=_("Highest dose"), required=False, max_length=80)
    weeks = Measured(_("Taken for"), _("weeks"), required=True)
    adequate_dose = forms.ChoiceField(label=_("Was the dose adequate?"), choices=[CHOOSE, *YES_NO_UNKNOWN])
    this_episode = forms.TypedChoiceField(
        label=_("In this episode?"),
        choices=[CHOOSE, ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
    )
    outcome = forms.ChoiceField(
        label=_("How far symptoms fell"),
        choices=[
            CHOOSE,
            (TrialOutcome.UNDER_25, _("Less than 25 %")),
            (TrialOutcome.FROM_25_TO_49, _("25 to 49 %")),
            (TrialOutcome.AT_LEAST_50, _("50 % or more")),
            (TrialOutcome.UNKNOWN, _("Not known")),
        ],
    )
    stopped_for_intolerance = forms.BooleanField(
        label=_("Stopped because it was not tolerated (this is not a failure)"), required=False
    )

    def payload(self) -> AntidepressantTrialRecorded:
        """The trial."""
        data = self.cleaned_data
        return AntidepressantTrialRecorded(
            drug=data["drug"],
            max_dose_text=data["max_dose_text"],
            weeks=data["weeks"],
            adequate_dose=THREE_WAY[data["adequate_dose"]],
            this_episode=data["this_episode"],
            outcome=TrialOutcome(data["outcome"]),
            stopped_for_intolerance=data["stopped_for_intolerance"],
        )


def day_field() -> forms.DateField:
    """The day on which something was so; empty for today."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=_("Day"), required=False, widget=widget, help_text=_("Leave empty for today.")
    )


class PregnancyForm(FactForm):
    """A pregnancy test, or a statement."""

    status = forms.ChoiceField(
        label=_("Result"),
        choices=[
            CHOOSE,
            (Pregnancy.NOT_PREGNANT, _("Not pregnant")),
            (Pregnancy.PREGNANT, _("Pregnant")),
            (Pregnancy.NOT_POSSIBLE, _("A pregnancy is not possible")),
        ],
    )
    method = forms.ChoiceField(
        label=_("Known from"),
        choices=[
            CHOOSE,
            (PregnancyMethod.URINE_HCG, _("Urine test")),
            (PregnancyMethod.SERUM_HCG, _("Blood test")),
            (PregnancyMethod.STATED, _("What the patient said")),
        ],
    )
    day = day_field()

    def payload(self) -> PregnancyRecorded:
        """The test."""
        data = self.cleaned_data
        return PregnancyRecorded(status=Pregnancy(data["status"]), method=PregnancyMethod(data["method"]))


class LabForm(FactForm):
    """One laboratory value as reported."""

    test = forms.ChoiceField(
        label=_("Test"), choices=[CHOOSE, *((code, name) for code, name, _unit in TESTS)]
    )
    result = forms.CharField(
        label=_("Result"), max_length=80, help_text=_("A number, or a word: negative, normal, abnormal.")
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    upper_normal = forms.FloatField(label=_("Upper limit of normal"), required=False)
    day = day_field()

    def payload(self) -> LabRecorded:
        """The value."""
        data = self.cleaned_data
        name, usual_unit = next((name, unit) for code, name, unit in TESTS if code == data["test"])
        value = _as_number(data["result"])
        return LabRecorded(
            test=Coding(
                system=CodeSystem.LOINC if data["test"][0].isdigit() else CodeSystem.TEXT,
                code=data["test"],
                display=name,
            ),
            value=value,
            value_text=data["result"] if value is None else "",
            unit=data.get("unit") or (usual_unit if value is not None else ""),
            upper_normal=data.get("upper_normal"),
        )


def _coding(system: str, code: str, display: str) -> Coding:
    return Coding(system=CodeSystem(system), code=code.strip(), display=display.strip())


def _as_number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None
