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

from ajar.clinic import clock
from ajar.clinic.careplan.chart import home_facts, known_of
from ajar.clinic.careplan.requests import CourseRequest, Known
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.dose import Body, CalculatedDose, advised_basis, calculated_dose, opening_mg
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guards import hard_stops
from ajar.pathway.careplan.home import HomeFacts
from ajar.pathway.careplan.layout import Wish
from ajar.pathway.careplan.plan import Given
from ajar.pathway.careplan.populations import watched_for_the_liver
from ajar.pathway.careplan.regimens import Regimen
from ajar.pathway.evaluation.products import Indication
from ajar.pathway.observations.vitals import Implausible
from ajar.pathway.protocols.conditions import LABELS
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18
from ajar.pathway.scheduling.spans import Span

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
    ahead = day - timezone.localdate(clock.now())
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
    opening_mg: tuple[float, ...] = ()
    calculated: CalculatedDose | None = None
    body: Body | None = None


def sessions_before(before: Iterable[Given], regimen: Regimen) -> tuple[Span, ...]:
    """The times of earlier sessions of the drug: the rhythm of a new course counts them."""
    return tuple(Span(starts_at=one.at, ends_at=one.at + regimen.length.total) for one in before)


class CourseForm(forms.Form):
    """What every course asks for: where, when and with which intention."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), empty_label=None)
    condition = forms.ChoiceField(label=_("Protocol to follow"))
    indication = forms.CharField(label=_("Indication, in words"), max_length=200)
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
    because = forms.CharField(
        label=_("Reason"), help_text=_("Where a rail asks for one."), max_length=600, required=False
    )
    second = forms.ChoiceField(label=_("Second prescriber"), required=False)
    second_pin = forms.CharField(
        label=_("Signing PIN of the second prescriber"),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        max_length=8,
        required=False,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    doses: tuple[str, ...] = ()
    """The fields that the rails cannot do without."""

    def __init__(
        self,
        *args: Any,
        patient: Patient,
        regimen: Regimen,
        sites: Iterable[Site],
        signers: Iterable[Account] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.regimen, self.policy = patient, regimen, programme().doses
        self.entries = all_entries(patient.pk)
        self.signers = {str(one.pk): one for one in signers}
        self._choose_condition()
        second: Any = self.fields["second"]
        named = [(pk, author_of(one).name) for pk, one in self.signers.items()]
        second.choices = [("", _("nobody yet")), *named]
        where: Any = self.fields["site"]
        where.queryset = Site.objects.filter(pk__in=[site.pk for site in sites], telehealth=False)
        counts: Any = self.fields["sessions"]
        counts.choices = [(number, _sessions_words(regimen, number)) for number in _ends(regimen)]

    def _choose_condition(self) -> None:
        """A regimen that belongs to one indication leaves no choice."""
        if self.regimen.indication is not None:
            del self.fields["condition"]
            return
        named: Any = self.fields["condition"]
        open_to_all = [one for one in Indication if one is not Indication.MDSI]
        named.choices = [("", _("Choose"))] + [(one.value, LABELS[one]) for one in open_to_all]

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

    def preview(self) -> CourseRequest | None:
        """The course as far as it is typed, for the rails; None while a dose or a weight is missing.

        Raises:
            ValueError: what was typed cannot be, in words.
        """
        self.full_clean()
        typed = dict(getattr(self, "cleaned_data", {}))
        wrong = [
            str(told) for name in self.doses if self.data.get(name) for told in self.errors.get(name, ())
        ]
        if wrong:
            raise ValueError(" ".join(wrong))
        if "site" not in typed or any(name not in typed for name in self.doses):
            return None
        today = timezone.localdate(clock.now())
        beside = {"first_day": today, "weekdays": [0, 2, 4], "at": time(9), "intention": "", "indication": ""}
        beside |= {"sessions": self.regimen.default_sessions, "condition": "", "because": "", "second": ""}
        return self._request(beside | typed)

    def _refuse_hard_stops(self, asked: CourseRequest) -> None:
        for stop in hard_stops(asked.guards(self.policy)):
            self.add_error(None, f"{stop.because} ({stop.rule_id}; {stop.source})")

    def _request(self, cleaned: dict[str, Any]) -> CourseRequest:
        site: Site = cleaned["site"]
        now = clock.now()
        condition = self.regimen.indication or (
            Indication(cleaned["condition"]) if cleaned.get("condition") else None
        )
        known = known_of(self.patient, self.entries, self.regimen, condition, policy=self.policy, now=now)
        dose = self._dose(cleaned, Indication.EATING if known.eating_disorder else condition)
        signer = self.signers.get(cleaned["second"])
        return CourseRequest(
            patient=self.patient,
            site=site,
            indication=cleaned["indication"],
            intention=cleaned["intention"],
            calculated=dose.calculated,
            body=dose.body,
            condition=condition,
            because=cleaned["because"],
            second_signature_by=author_of(signer).name if signer else "",
            known=known,
            home=self._home(cleaned),
            wish=self._wish(cleaned, dose, known),
        )

    def _wish(self, cleaned: dict[str, Any], dose: AskedDose, known: Known) -> Wish:
        return Wish(
            regimen=watched_for_the_liver(self.regimen, known.liver, self.policy),
            sessions=cleaned["sessions"],
            first_day=cleaned["first_day"],
            weekdays=tuple(cleaned["weekdays"]),
            at=cleaned["at"],
            zone=cleaned["site"].zone,
            hours=WEEKDAYS_8_TO_18,
            first_dose_mg=dose.first_mg,
            later_dose_mg=dose.later_mg,
            opening_mg=dose.opening_mg,
            earlier=sessions_before(known.before, self.regimen),
        )

    def _dose(self, cleaned: dict[str, Any], condition: Indication | None) -> AskedDose:
        raise NotImplementedError

    def _home(self, cleaned: dict[str, Any]) -> HomeFacts | None:
        return None


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
        "condition",
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
    doses = ("dose_mg_per_kg", "weight_kg", "height_cm", "basis")

    def _dose(self, cleaned: dict[str, Any], condition: Indication | None) -> AskedDose:
        body = Body(
            weight_kg=cleaned["weight_kg"], height_cm=cleaned["height_cm"], sex=self.patient.person.sex
        )
        chosen = cleaned["basis"]
        basis = advised_basis(body, condition) if chosen == ADVISED else WeightBasis(chosen)
        found = calculated_dose(
            dose_mg_per_kg=cleaned["dose_mg_per_kg"], body=body, basis=basis, indication=condition
        )
        return AskedDose(
            first_mg=found.amount_mg,
            later_mg=found.amount_mg,
            opening_mg=opening_mg(found, self.regimen.opening_mg_per_kg),
            calculated=found,
            body=body,
        )


class FixedDoseForm(CourseForm):
    """A course in fixed doses."""

    first_dose_mg = forms.TypedChoiceField(label=_("First session"), coerce=float)
    later_dose_mg = forms.TypedChoiceField(label=_("Later sessions, until changed"), coerce=float)
    field_order = (
        "site",
        "condition",
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
    doses = ("first_dose_mg", "later_dose_mg")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_dose_mg", "later_dose_mg"):
            field: Any = self.fields[name]
            field.choices = [(f"{dose:g}", f"{dose:g} mg") for dose in self.regimen.fixed_doses_mg]

    def _dose(self, cleaned: dict[str, Any], condition: Indication | None) -> AskedDose:
        return AskedDose(first_mg=cleaned["first_dose_mg"], later_mg=cleaned["later_dose_mg"])


class HomeDoseForm(FixedDoseForm):
    """A course that is taken at home, with what has to be there (SL-07)."""

    doses_per_dispense = forms.IntegerField(
        label=_("Doses dispensed at a time"), min_value=1, max_value=8, initial=1
    )
    chaperone = forms.CharField(
        label=_("Adult chaperone, there before each dose"), max_length=120, required=False
    )
    video_check_in = forms.BooleanField(
        label=_("A video check-in before each dose is agreed"), required=False
    )
    cuff_at_home = forms.BooleanField(label=_("A blood-pressure cuff is at home"), required=False)

    def _home(self, cleaned: dict[str, Any]) -> HomeFacts:
        return home_facts(
            self.entries,
            chaperone=cleaned.get("chaperone", ""),
            video_check_in=cleaned.get("video_check_in"),
            cuff_at_home=cleaned.get("cuff_at_home"),
            doses_per_dispense=cleaned.get("doses_per_dispense"),
        )


def form_for(regimen: Regimen) -> type[WeightDoseForm] | type[FixedDoseForm]:
    """The form that this regimen needs."""
    if not regimen.needs_a_room:
        return HomeDoseForm
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
