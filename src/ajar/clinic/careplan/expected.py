"""What the engine is asked about a patient: the clinic's products and regimens in its words, in one place.

The chart knows some of what the models ask. What it lacks is named, never guessed: without a weight there is
no person to ask about; hypertension and ancestry are not among the facts of a chart, so nothing is adjusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from ajar.clinic.careplan.selectors import LastMeasured, last_measured
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Patient
from ajar.pathway.careplan.course import Course
from ajar.pathway.careplan.products import devices_for
from ajar.pathway.careplan.regimens import Regimen
from ajar.pathway.evaluation.products import Product
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, score
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import Sex
from ajar.pharmacology import models, person
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingSession,
    Route,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    subcutaneous,
    sublingual,
)
from ajar.pharmacology.regimen import Regimen as Doses

BASELINE_WITHIN: Final = timedelta(days=28)
"""How old a score may be and still be the baseline: as in followup (pathway/followup/scores.py)."""

GIVEN: Final = {
    Product.KETAMINE_IV: (models.Product.KETAMINE_INJECTION, Route.INTRAVENOUS, Drug.RACEMATE),
    Product.ESKETAMINE_IN: (models.Product.ESKETAMINE_NASAL, Route.NASAL, Drug.ESKETAMINE),
    Product.KETAMINE_IM: (models.Product.KETAMINE_INJECTION, Route.INTRAMUSCULAR, Drug.RACEMATE),
    Product.KETAMINE_SC: (models.Product.KETAMINE_INJECTION, Route.SUBCUTANEOUS, Drug.RACEMATE),
    Product.KETAMINE_SL_CLINIC: (models.Product.KETAMINE_LOZENGE, Route.SUBLINGUAL, Drug.RACEMATE),
    Product.KETAMINE_SL_HOME: (models.Product.KETAMINE_LOZENGE, Route.SUBLINGUAL, Drug.RACEMATE),
    Product.KETAMINE_PO: (models.Product.KETAMINE_ORAL, Route.ORAL, Drug.RACEMATE),
}
"""Each product of the clinic as the engine knows it."""

AT_ONCE: Final = {
    Route.INTRAMUSCULAR: intramuscular,
    Route.SUBCUTANEOUS: subcutaneous,
    Route.ORAL: oral,
}
HOLD_H: Final = 10.0 / 60.0
"""How long a lozenge is held, then swallowed: 10 min, as the models know it (pharmacology.md 4.1)."""

SEXES: Final = {Sex.FEMALE: person.Sex.FEMALE, Sex.MALE: person.Sex.MALE}
"""The sexes that studies told apart; the engine is told nothing about the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDoses:
    """A course as the engine is asked about it: the day and dose of each session, and which is next.

    Days count from the first session; `next_index` counts from 0.
    """

    regimen: Regimen
    days: tuple[float, ...]
    doses_mg: tuple[float, ...]
    next_index: int

    @property
    def next_number(self) -> int:
        """The next session, counted from 1."""
        return self.next_index + 1

    @property
    def next_dose_mg(self) -> float:
        """What is to be given next."""
        return self.doses_mg[self.next_index]

    def sessions(self, *, until: int) -> Doses:
        """The first so many sessions in the engine's words."""
        given = zip(self.days[:until], self.doses_mg[:until], strict=True)
        return Doses(
            sessions=tuple(session_of(self.regimen, dose_mg, start_h=day * 24.0) for day, dose_mg in given)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom the engine is asked about, with what the chart knows and how old it is; or what is missing."""

    person: Person | None
    missing: tuple[str, ...]
    weight: LastMeasured | None
    systolic: LastMeasured | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One PHQ-9 total and when it was answered."""

    total: float
    at: datetime


def session_of(regimen: Regimen, dose_mg: float, *, start_h: float = 0.0) -> DosingSession:
    """One session of a clinic's regimen as the engine takes it.

    Raises:
        ValueError: a spray dose that is not a whole number of devices, or more than the engine knows.
    """
    minutes = regimen.infusion_min or regimen.length.dosing_min
    return session_given(regimen.product, dose_mg, duration_min=minutes, start_h=start_h)


def session_given(
    product: Product, dose_mg: float, *, duration_min: float, start_h: float = 0.0
) -> DosingSession:
    """One session of a product as the engine takes it; `duration_min` is how long an infusion runs.

    Raises:
        ValueError: a spray dose that is not a whole number of devices, or more than the engine knows.
    """
    _product, route, drug = GIVEN[product]
    if route is Route.NASAL:
        return nasal_devices(devices=devices_for(dose_mg), start_h=start_h)
    if route is Route.SUBLINGUAL:
        return sublingual(
            drug=drug, amount_mg=dose_mg, hold_h=HOLD_H, after_hold=AfterHold.SWALLOWED, start_h=start_h
        )
    if route in AT_ONCE:
        return AT_ONCE[route](drug=drug, amount_mg=dose_mg, start_h=start_h)
    return intravenous(drug=drug, amount_mg=dose_mg, duration_h=duration_min / 60.0, start_h=start_h)


def usual_session(regimen: Regimen) -> DosingSession:
    """What the 70 kg reference person would be given first in this regimen."""
    per_kg = regimen.default_dose_mg_per_kg
    if regimen.opening_mg_per_kg:
        per_kg = regimen.opening_mg_per_kg[0]
    dose_mg = per_kg * person.REFERENCE_WEIGHT_KG if per_kg else regimen.first_dose_mg
    if dose_mg is None:
        raise ValueError(f"{regimen.label} names neither a dose by weight nor a first dose.")
    return session_of(regimen, dose_mg)


def doses_of(course: Course, regimen: Regimen) -> PlannedDoses | None:
    """An ordered course, without the sessions that were called off; None where none is left."""
    kept = [one for one in course.sessions if not one.cancelled_because]
    if not kept:
        return None
    kept.sort(key=lambda one: one.plan.starts_at)
    first_at = kept[0].plan.starts_at
    ahead = [index for index, one in enumerate(kept) if not one.begun]
    return PlannedDoses(
        regimen=regimen,
        days=tuple((one.plan.starts_at - first_at) / timedelta(days=1) for one in kept),
        doses_mg=tuple(one.plan.dose_mg for one in kept),
        next_index=ahead[0] if ahead else len(kept) - 1,
    )


def subject_of(patient: Patient, *, on: date) -> Subject:
    """The patient as a person of the models, or what the chart lacks for that, in words."""
    found = person_of(patient, on=on)
    return replace(found, systolic=resting_systolic(patient))


def person_of(patient: Patient, *, on: date) -> Subject:
    """The same without a resting pressure, for whoever knows it from today."""
    weight = last_measured(patient, "weight_kg")
    missing: tuple[str, ...] = ()
    found = None
    if weight is None:
        missing = (_("the weight: none is recorded"),)
    else:
        try:
            found = Person(
                weight_kg=weight.value,
                age_years=float(patient.person.age_on(on)),
                sex=SEXES.get(Sex(patient.sex)),
            )
        except ValueError as refused:
            missing = (str(refused),)
    return Subject(person=found, missing=missing, weight=weight, systolic=None)


def resting_systolic(patient: Patient) -> LastMeasured | None:
    """The latest systolic pressure from before a drug: outside visits, said at rest, or a visit's first.

    Later readings of a session carry the rise that is to be forecast.
    """
    seen: set[object] = set()
    latest = None
    told = effective(all_entries(patient.pk, kinds=(VitalsMeasured.KIND, EnteredInError.KIND)))
    for entry in sorted(told, key=lambda entry: entry.happened_at):
        vitals = entry.payload
        if not isinstance(vitals, VitalsMeasured) or vitals.systolic_mmhg is None:
            continue
        first = entry.encounter_id is None or entry.encounter_id not in seen
        seen.add(entry.encounter_id)
        if first or vitals.at_rest:
            latest = LastMeasured(value=vitals.systolic_mmhg, at=entry.happened_at, by=entry.recorded_by.name)
    return latest


def scores_of(patient: Patient) -> tuple[Score, ...]:
    """Every PHQ-9 total, the earliest first."""
    told = effective(all_entries(patient.pk, kinds=(QuestionnaireAnswered.KIND, EnteredInError.KIND)))
    found = []
    for entry in sorted(told, key=lambda entry: entry.happened_at):
        if isinstance(entry.payload, QuestionnaireAnswered) and entry.payload.instrument == PHQ9.id:
            result = score(PHQ9, entry.payload.items)
            if isinstance(result, Scored):
                found.append(Score(total=result.total, at=entry.happened_at))
    return tuple(found)


def baseline_among(scores: Sequence[Score], *, first_dose_at: datetime) -> Score | None:
    """The last total of the four weeks before the first dose; None where there is none."""
    before = [one for one in scores if one.at <= first_dose_at]
    if not before or first_dose_at - before[-1].at > BASELINE_WITHIN:
        return None
    return before[-1]
