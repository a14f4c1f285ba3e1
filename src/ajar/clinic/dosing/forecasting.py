"""What the engine expects of a checked order, as it is frozen: bands of many people, and each model's peak.

Nothing heavy is imported here: the compiled kernels are loaded when a forecast is first asked for
(`ajar.pharmacology.members`). The first one in a process may take long, so it is never made while a chart is
locked or drug is about to be given.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np

from ajar.clinic.careplan.expected import GIVEN, person_of, session_given
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.dosing.sightings import resting_today
from ajar.clinic.patients.models import Encounter
from ajar.pathway.dosing.entries import DoseOrdered
from ajar.pathway.dosing.forecast import ForecastFrozen, FrozenBand, ModelPeak, Output
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pharmacology.ensemble import ensemble
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import Band, Forecast, forecast
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.plasma import Analyte
from ajar.pharmacology.regimen import DosingSession, Regimen
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

PEOPLE: Final = 200
"""How many simulated people a band is made of (design default): its outer edges are then 10 people deep."""

SEED: Final = 20261127
"""The same question gets the same answer."""

SEEN_FOR_H: Final = 4.0
STEP_H: Final = 1.0 / 12.0
COARSE_STEP_H: Final = 0.25
"""With earlier sessions the kernels go from the first of them on: coarser, so that it stays quick."""

EARLIER_WITHIN: Final = timedelta(days=28)
"""Earlier sessions are felt in this one (fewer points of dissociation each time, recovering with a half-life
of about 14 days: pharmacology.md 4.2, attenuation). Two half-lives back is as far as is looked."""

BASIS: Final = "population"
"""Whose spread: people of this weight, age and sex. Earlier sessions of this person have not been fitted."""

ENGINE: Final = {
    Output.KETAMINE: ("ketamine_venous_ng_ml", "ng/mL"),
    Output.DISSOCIATION: ("cadss", "points"),
    Output.SYSTOLIC: ("sbp_rise_mmhg", "mmHg"),
}
"""Each output by the engine's name, and its unit here."""

PARENTS: Final = (Analyte.KETAMINE, Analyte.ESKETAMINE)
NO_PRESSURE: Final = "No systolic pressure was measured today before the check, so none is forecast."


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a forecast is asked about. `resting_mmhg` is today's pressure before any drug."""

    order: DoseOrdered
    person: Person | None
    missing: tuple[str, ...]
    resting_mmhg: float | None
    earlier: tuple[tuple[Product, float, float, float], ...]
    """Product, mg, infusion minutes and hours before today's, the oldest first."""


def inputs_of(session: Session, order: DoseOrdered, encounter: Encounter, *, now: datetime) -> Inputs:
    """What the chart knows of it now."""
    subject = person_of(encounter.patient, on=now.astimezone(encounter.site.zone).date())
    return Inputs(
        order=order,
        person=subject.person,
        missing=subject.missing,
        resting_mmhg=resting_today(session.encounter_id),
        earlier=_earlier(session, now=now),
    )


def _earlier(session: Session, *, now: datetime) -> tuple[tuple[Product, float, float, float], ...]:
    """What was really given lately, by the sessions that ended."""
    rows = DosingNow.objects.filter(
        patient_id=session.patient_id,
        stage=Stage.DISCHARGED,
        first_dose_at__gt=now - EARLIER_WITHIN,
        first_dose_at__lt=now,
    )
    told = (session_of(row) for row in rows.exclude(pk=session.encounter_id).order_by("first_dose_at"))
    return tuple(
        (
            Product(one.product),
            one.total_mg,
            _minutes(one.order),
            (now - one.first_dose_at) / timedelta(hours=1),
        )
        for one in told
        if one.total_mg and one.first_dose_at is not None
    )


def _minutes(order: DoseOrdered | None) -> float:
    return order.duration_min or 0.0 if order else 0.0


def forecast_for(inputs: Inputs, *, order_id: UUID) -> ForecastFrozen:
    """The entry that is to be frozen for a checked order: its bands, or in words why there are none."""
    try:
        answer = _answer(inputs)
    except (ValueError, ArithmeticError, LookupError) as refused:
        answer = _Answer(because=str(refused))
    order, person = inputs.order, inputs.person
    return ForecastFrozen(
        order_id=order_id,
        product=order.product,
        dose_mg=order.amount_mg,
        duration_min=order.duration_min,
        weight_kg=person.weight_kg if person else None,
        age_years=person.age_years if person else None,
        sex=person.sex.value if person and person.sex else "",
        resting_systolic_mmhg=inputs.resting_mmhg,
        earlier_sessions=len(inputs.earlier),
        model=MODEL_ID,
        model_version=VERSION,
        seed=SEED,
        people=PEOPLE,
        basis=BASIS,
        minutes=answer.minutes,
        bands=answer.bands,
        models=answer.models,
        notes=answer.notes,
        because=answer.because,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    minutes: tuple[float, ...] = ()
    bands: tuple[FrozenBand, ...] = ()
    models: tuple[ModelPeak, ...] = ()
    notes: tuple[str, ...] = ()
    because: str = ""


def _answer(inputs: Inputs) -> _Answer:
    """Ask the engine.

    Raises:
        ValueError: something is missing, or no model knows this dose or route.
    """
    if inputs.person is None:
        raise ValueError("; ".join(inputs.missing))
    given, start_h = _regimen(inputs)
    seen = forecast(
        given,
        inputs.person,
        times_h=_times(start_h),
        outputs=[name for name, _unit in ENGINE.values()],
        people=PEOPLE,
        seed=SEED,
    )
    times_h = seen[ENGINE[Output.DISSOCIATION][0]].times_h
    since = int(np.searchsorted(times_h, start_h - STEP_H / 2))
    return _Answer(
        minutes=tuple(round(float(at - start_h) * 60.0, 3) for at in times_h[since:]),
        bands=_bands(seen, since, resting_mmhg=inputs.resting_mmhg),
        models=_peaks(given.sessions[-1], inputs, start_h=start_h),
        notes=(*seen.notes, *(() if inputs.resting_mmhg is not None else (NO_PRESSURE,))),
    )


def _regimen(inputs: Inputs) -> tuple[Regimen, float]:
    """Earlier sessions and today's, in hours from the first of them; and when today's begins."""
    start_h = max((hours for *_rest, hours in inputs.earlier), default=0.0)
    sessions = [
        session_given(product, mg, duration_min=minutes, start_h=start_h - hours)
        for product, mg, minutes, hours in inputs.earlier
    ]
    return Regimen(sessions=(*sessions, _today(inputs.order, start_h=start_h))), start_h


def _today(order: DoseOrdered, *, start_h: float) -> DosingSession:
    return session_given(
        Product(order.product), order.amount_mg, duration_min=_minutes(order), start_h=start_h
    )


def _times(start_h: float) -> FloatArray:
    """Evenly from 0 h past the end of today's session, so that its start is one of the times."""
    step_h = COARSE_STEP_H if start_h else STEP_H
    before = round(start_h / step_h)
    step_h = start_h / before if before else step_h
    times_h: FloatArray = np.arange(before + round(SEEN_FOR_H / step_h) + 1, dtype=np.float64) * step_h
    return times_h


def _bands(seen: Forecast, since: int, *, resting_mmhg: float | None) -> tuple[FrozenBand, ...]:
    """Every output that can be compared with what is measured: a pressure needs where it starts from."""
    added = {Output.SYSTOLIC: resting_mmhg}
    return tuple(
        _frozen(output, unit, seen[name], since, added=shift)
        for output, (name, unit) in ENGINE.items()
        if (shift := added.get(output, 0.0)) is not None
    )


def _frozen(output: Output, unit: str, band: Band, since: int, *, added: float) -> FrozenBand:
    p05, p25, p50, p75, p95 = (
        tuple(round(float(value) + added, 1) for value in row[since:]) for row in band.quantiles.values()
    )
    return FrozenBand(
        output=output, unit=unit, status=band.status.value, p05=p05, p25=p25, p50=p50, p75=p75, p95=p95
    )


def _peaks(today: DosingSession, inputs: Inputs, *, start_h: float) -> tuple[ModelPeak, ...]:
    """The typical person's peak of what was given, by every admissible model, today's dose alone."""
    alone = _today(inputs.order, start_h=0.0) if start_h else today
    product, _route, _drug = GIVEN[Product(inputs.order.product)]
    if inputs.person is None:
        return ()
    seen = ensemble(Regimen(sessions=(alone,)), inputs.person, product=product, times_h=_times(0.0))
    sources = {member.model: member.source for member in seen.members}
    return tuple(
        ModelPeak(
            model=row.model,
            source=sources[row.model],
            measured=f"{row.analyte}, {row.site}",
            peak_ng_ml=round(row.cmax_ng_ml, 1),
            at_min=round(row.tmax_h * 60.0, 1),
        )
        for row in seen.summary()
        if row.counted and row.analyte in PARENTS
    )
