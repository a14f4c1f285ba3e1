"""The expected session and the expected course: forecasts by the engine, as the plan's pages show them.

A forecast is computed once for each question (who, which doses, which model version) and kept while the
process lives; nothing of it is stored, because it is no measurement.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

from ajar.clinic.careplan.expected import (
    GIVEN,
    PlannedDoses,
    Score,
    Subject,
    baseline_among,
    session_of,
    usual_session,
)
from ajar.clinic.careplan.fans import Fan, course_fan, room_fans
from ajar.pharmacology.causes import Decomposition, Situation, decomposition
from ajar.pharmacology.completion import Outlook, completion_outlook
from ajar.pharmacology.ensemble import Ensemble, ensemble
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import QUANTILES, Band, Forecast, band_of, forecast
from ajar.pharmacology.members import Asked, curves_of, glanced
from ajar.pharmacology.models import Product
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import DosingSession
from ajar.pharmacology.regimen import Regimen as Doses
from ajar.pharmacology.simulate import Circumstances
from ajar.pharmacology.u1.parameters import VERSION
from ajar.pharmacology.u1.slow_table import PHQ9_OFFSET, PHQ9_PER_MADRS, PLACEBO_SHARE, RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms

PEOPLE_IN_A_SESSION: Final = 200
PEOPLE_IN_A_COURSE: Final = 200
"""How many simulated people a band is made of (design default): its outer edges are then 10 people deep."""

PLACEBO_PARTS: Final = 20
"""Into how many equal parts the spread of the placebo effect is cut."""

HOURS_IN_A_DAY: Final = 24.0

SEED: Final = 20261127
"""The same question gets the same answer."""

SEEN_FOR_H: Final = 4.0
STEP_H: Final = 1.0 / 12.0
COARSE_STEP_H: Final = 0.25
FINE_UP_TO_H: Final = 35 * 24.0
"""Later sessions are drawn more coarsely, so that a year of boosters stays a few megabytes."""

AFTER_THE_LAST_DAYS: Final = 28
"""How far a course is drawn past its last session: the two weeks of recall of the PHQ-9, twice."""

KEPT: Final = 64
"""Forecasts kept in a process, a few kilobytes each."""

ROOM_OUTPUTS: Final = ("cadss", "sbp_rise_mmhg", "ketamine_venous_ng_ml")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExpectedSession:
    """The next session of this person: fans, what the published models say, and why it differs from usual."""

    number: int
    dose_mg: float
    fans: tuple[Fan, ...]
    models: Ensemble
    causes: Decomposition
    here: Situation
    notes: tuple[str, ...]
    people: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExpectedCourse:
    """The symptoms over the sessions and after, from the person's own baseline; and who gets through.

    `fan` is None while a weight or a baseline is missing.
    """

    fan: Fan | None
    baseline: Score | None
    completion: Outlook | None
    sessions: int
    people: int


def expected_session(subject: Subject, planned: PlannedDoses) -> ExpectedSession | None:
    """What the next session is likely to be; None while something is missing.

    Raises:
        ValueError: a dose that the engine does not know; the message says why.
    """
    if subject.person is None:
        return None
    product, _route, _drug = GIVEN[planned.regimen.product]
    given = planned.sessions(until=planned.next_number)
    seen = _session_bands(VERSION, subject.person, given, PEOPLE_IN_A_SESSION)
    alone = session_of(planned.regimen, planned.next_dose_mg)
    here = Situation(person=subject.person, session=alone, number=planned.next_number)
    return ExpectedSession(
        number=planned.next_number,
        dose_mg=planned.next_dose_mg,
        fans=room_fans(
            seen, given.sessions[-1], systolic_mmhg=subject.systolic.value if subject.systolic else None
        ),
        models=_models(VERSION, subject.person, alone, product),
        causes=_causes(VERSION, here, usual_session(planned.regimen)),
        here=here,
        notes=seen.notes,
        people=seen.people,
        version=f"{seen.model_id} {seen.model_version}",
    )


def expected_course(
    subject: Subject, planned: PlannedDoses, scores: tuple[Score, ...], *, first_dose_at: datetime
) -> ExpectedCourse:
    """Symptoms over the whole course, with what was measured since; and how many complete one like it.

    Raises:
        ValueError: a dose that the engine does not know; the message says why.
    """
    _product, route, drug = GIVEN[planned.regimen.product]
    baseline = baseline_among(scores, first_dose_at=first_dose_at)
    fan = None
    if subject.person is not None and baseline is not None and baseline.total > 0:
        seen = _course_bands(VERSION, subject.person, planned, baseline.total, PEOPLE_IN_A_COURSE)
        since = [(one, (one.at - first_dose_at) / timedelta(days=1)) for one in scores]
        measured = tuple((day, float(one.total)) for one, day in since if one.at >= baseline.at)
        fan = course_fan(
            seen, planned.days, measured=tuple((max(day, 0.0), total) for day, total in measured)
        )
    return ExpectedCourse(
        fan=fan,
        baseline=baseline,
        completion=completion_outlook(route, drug),
        sessions=len(planned.days),
        people=PEOPLE_IN_A_COURSE,
    )


@lru_cache(maxsize=KEPT)
def _session_bands(_version: str, person: Person, given: Doses, people: int) -> Forecast:
    """The room outputs around the last of these sessions; the earlier ones are felt in it.

    The grid begins with the first session, because the kernels go from point to point; what comes before the
    last session is left out again.
    """
    times_h = even_times(given.sessions[-1].start_h)
    seen = forecast(given, person, times_h=times_h, outputs=ROOM_OUTPUTS, people=people, seed=SEED)
    since = int(np.searchsorted(times_h, given.sessions[-1].start_h - STEP_H / 2))
    bands = {
        name: replace(
            band,
            times_h=band.times_h[since:],
            quantiles={level: row[since:] for level, row in band.quantiles.items()},
        )
        for name, band in seen.bands.items()
    }
    return replace(seen, bands=bands)


def even_times(start_h: float) -> FloatArray:
    """Evenly from 0 h past the end of a session at `start_h`, so that its start is one of the times."""
    step_h = STEP_H if start_h <= FINE_UP_TO_H else COARSE_STEP_H
    before = round(start_h / step_h)
    step_h = start_h / before if before else step_h
    times_h: FloatArray = np.arange(before + round(SEEN_FOR_H / step_h) + 1, dtype=np.float64) * step_h
    return times_h


@lru_cache(maxsize=KEPT)
def _course_bands(_version: str, person: Person, planned: PlannedDoses, phq9: int, people: int) -> Band:
    """Daily PHQ-9 from the first session on, over people who differ in body, answer and placebo effect.

    U1 draws no placebo effect; its published spread is laid over the people in equal parts here, because a
    band without it closes to a line once the drug is gone.
    """
    parts = people // PLACEBO_PARTS
    asked = [_course_question(person, planned, phq9, share) for share in placebo_shares()]
    curves = [
        curves_of(question, start=number * parts, count=parts)["phq9"]
        for number, question in enumerate(asked)
    ]
    quantiles = np.quantile(np.concatenate(curves), QUANTILES, axis=0)
    return band_of(glanced(asked[0]).curves["phq9"], asked[0].times_h, quantiles)


def placebo_shares() -> tuple[float, ...]:
    """The placebo effect of equally likely people: middles of equal parts of its spread, never below 0."""
    spread = NormalDist(PLACEBO_SHARE.value, PLACEBO_SHARE.between_subject_sd or 0.0)
    middles = (spread.inv_cdf((number + 0.5) / PLACEBO_PARTS) for number in range(PLACEBO_PARTS))
    return tuple(max(share, 0.0) for share in middles)


def _course_question(person: Person, planned: PlannedDoses, phq9: int, placebo_share: float) -> Asked:
    """PHQ-9 becomes MADRS by the engine's own conversion."""
    baseline = Symptoms(
        madrs_baseline=(phq9 - PHQ9_OFFSET.value) / PHQ9_PER_MADRS.value,
        response_e=RESPONSE_E.value,
        placebo_share=placebo_share,
        stress=0.0,
    )
    return Asked(
        regimen=planned.sessions(until=len(planned.days)),
        person=person,
        seed=SEED,
        times_h=np.arange(0.0, planned.days[-1] + AFTER_THE_LAST_DAYS + 0.5) * HOURS_IN_A_DAY,
        outputs=("phq9",),
        circumstances=Circumstances(symptoms=baseline),
    )


@lru_cache(maxsize=KEPT)
def _models(_version: str, person: Person, session: DosingSession, product: Product) -> Ensemble:
    times_h = np.arange(0.0, 2 * SEEN_FOR_H, STEP_H)
    return ensemble(Doses(sessions=(session,)), person, product=product, times_h=times_h)


@lru_cache(maxsize=KEPT)
def _causes(_version: str, here: Situation, usual: DosingSession) -> Decomposition:
    return decomposition(here, usual_session=usual)
