"""The order form: what a prescriber types, checked against the guard rails as it becomes a course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.dose import Body, CalculatedDose, advised_basis, calculated_dose
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guards import Guard, hard_stops
from ajar.pathway.careplan.layout import Wish
from ajar.pathway.careplan.regimens import Regimen
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.observations.vitals import Implausible
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18

ADVISED: Final = "advised"
FARTHEST: Final = timedelta(weeks=26)
"""How far ahead a course begins or a session is moved: what holds rooms and people is read for 60 weeks, so
that a whole course fits in (design default)."""
QUARTERS: Final = (0, 15, 30, 45)
WEEKDAY_CHOICES: Final = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
)


def refuse_distant(day: date) -> date:
    """A day that a calendar is kept for.

    Raises:
        ValidationError: it is over, or lies too far ahead.
    """
    ahead = day - timezone.localdate()
    if ahead < timedelta(days=-1):  # the site's day may still be the one before
        raise ValidationError(_("This day is over."))
    if ahead > FARTHEST:
        raise ValidationError(_("Choose a day within half a year: the calendar is not kept further ahead."))
    return day


def start_times() -> list[tuple[str, str]]:
    """Quarter hours at which a session may begin."""
    opens, closes = WEEKDAYS_8_TO_18.opens.hour, WEEKDAYS_8_TO_18.closes.hour
    clocks = [f"{hour:02d}:{minute:02d}" for hour in range(opens, closes - 1) for minute in QUARTERS]
    return [(clock, clock) for clock in clocks]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDose:
    """The doses of a course in mg, and how they came about where a weight was involved."""

    first_mg: float
    later_mg: float
    calculated: CalculatedDose | None = None


class CourseForm(forms.Form):
    """What every course asks for: where, when and with which intention."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), empty_label=None)
    indication = forms.CharField(label=_("Indication"), max_length=200)
    sessions = forms.TypedChoiceField(label=_("Sessions to lay out"), coerce=int)
    first_day = forms.DateField(
        label=_("First session, not before"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Preferred days"), coerce=int, choices=WEEKDAY_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    at = forms.TypedChoiceField(
        label=_("Preferred time"), coerce=time.fromisoformat, choices=start_times, initial="09:00"
    )
    intention = forms.CharField(
        label=_("Intention"),
        help_text=_("What the patient hopes for, in their own words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, patient: Patient, regimen: Regimen, sites: Iterable[Site], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.regimen = patient, regimen
        where: Any = self.fields["site"]
        where.queryset = Site.objects.filter(pk__in=[site.pk for site in sites], telehealth=False)
        counts: Any = self.fields["sessions"]
        counts.choices = [(number, _sessions_words(regimen, number)) for number in _ends(regimen)]

    def clean_first_day(self) -> date:
        """A day that can be laid out."""
        return refuse_distant(self.cleaned_data["first_day"])

    def clean(self) -> dict[str, Any]:
        """Refuse what the layout or a guard rail refuses, with the rule and its source."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned["request"] = self._request(cleaned)
        except Implausible as refused:
            self.add_error(refused.field, str(refused))
        except ValueError as refused:
            raise ValidationError(str(refused)) from None
        else:
            self._refuse_hard_stops(cleaned["request"])
        return cleaned

    @cached_property
    def request(self) -> CourseRequest:
        """The course as asked for; only of a valid form."""
        asked: CourseRequest = self.cleaned_data["request"]
        return asked

    @property
    def soft_guards(self) -> list[Guard]:
        """Guard rails that are not hard stops, for the page to show."""
        return [guard for guard in self.request.guards() if guard.strength is not Strength.HARD_STOP]

    def _refuse_hard_stops(self, asked: CourseRequest) -> None:
        for stop in hard_stops(asked.guards()):
            self.add_error(None, f"{stop.because} ({stop.rule_id}; {stop.source})")

    def _request(self, cleaned: dict[str, Any]) -> CourseRequest:
        dose = self._dose(cleaned)
        site: Site = cleaned["site"]
        return CourseRequest(
            patient=self.patient,
            site=site,
            indication=cleaned["indication"],
            intention=cleaned["intention"],
            calculated=dose.calculated,
            wish=Wish(
                regimen=self.regimen,
                sessions=cleaned["sessions"],
                first_day=cleaned["first_day"],
                weekdays=tuple(cleaned["weekdays"]),
                at=cleaned["at"],
                zone=site.zone,
                hours=WEEKDAYS_8_TO_18,
                first_dose_mg=dose.first_mg,
                later_dose_mg=dose.later_mg,
            ),
        )

    def _dose(self, cleaned: dict[str, Any]) -> AskedDose:
        raise NotImplementedError


class WeightDoseForm(CourseForm):
    """A course dosed per kilogram."""

    dose_mg_per_kg = forms.FloatField(label=_("Dose"))
    weight_kg = forms.FloatField(label=_("Weight"))
    height_cm = forms.FloatField(label=_("Height"))
    basis = forms.ChoiceField(
        label=_("Weight that the dose stands on"),
        choices=(
            (ADVISED, _("As advised: ideal from a BMI of 30, actual below it (IV-08)")),
            (WeightBasis.ACTUAL.value, _("Actual weight")),
            (WeightBasis.IDEAL.value, _("Ideal weight")),
        ),
        initial=ADVISED,
    )
    field_order = (
        "site",
        "indication",
        "dose_mg_per_kg",
        "weight_kg",
        "height_cm",
        "basis",
        "sessions",
        "first_day",
        "weekdays",
        "at",
        "intention",
    )
    units: Final = {"dose_mg_per_kg": "mg/kg", "weight_kg": "kg", "height_cm": "cm"}

    def _dose(self, cleaned: dict[str, Any]) -> AskedDose:
        body = Body(
            weight_kg=cleaned["weight_kg"], height_cm=cleaned["height_cm"], sex=self.patient.person.sex
        )
        chosen = cleaned["basis"]
        basis = advised_basis(body) if chosen == ADVISED else WeightBasis(chosen)
        found = calculated_dose(dose_mg_per_kg=cleaned["dose_mg_per_kg"], body=body, basis=basis)
        return AskedDose(first_mg=found.amount_mg, later_mg=found.amount_mg, calculated=found)


class FixedDoseForm(CourseForm):
    """A course in fixed doses."""

    first_dose_mg = forms.TypedChoiceField(label=_("First session"), coerce=float)
    later_dose_mg = forms.TypedChoiceField(label=_("Later sessions, until changed"), coerce=float)
    field_order = (
        "site",
        "indication",
        "first_dose_mg",
        "later_dose_mg",
        "sessions",
        "first_day",
        "weekdays",
        "at",
        "intention",
    )
    units: Final[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_dose_mg", "later_dose_mg"):
            field: Any = self.fields[name]
            field.choices = [(f"{dose:g}", f"{dose:g} mg") for dose in self.regimen.fixed_doses_mg]

    def _dose(self, cleaned: dict[str, Any]) -> AskedDose:
        return AskedDose(first_mg=cleaned["first_dose_mg"], later_mg=cleaned["later_dose_mg"])


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


def form_for(regimen: Regimen) -> type[WeightDoseForm] | type[FixedDoseForm]:
    """The form that this regimen needs."""
    return FixedDoseForm if regimen.fixed_doses_mg else WeightDoseForm


def _ends(regimen: Regimen) -> list[int]:
    """Numbers of sessions at which a phase ends."""
    total, ends = 0, []
    for phase in regimen.phases:
        total += phase.sessions
        ends.append(total)
    return ends


def _sessions_words(regimen: Regimen, number: int) -> str:
    reached = regimen.phase_of(number)
    return f"{number}: up to the end of {reached.label.lower()} ({reached.rhythm})"
