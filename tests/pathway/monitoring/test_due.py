"""What is due when, by product (clinical.md 4.1)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.session import DrugAct, Session, fold
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring.cadence import Check, FixedCheck
from ajar.pathway.monitoring.due import Due, all_due, last_times, next_due
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.latest import fold as fold_vitals
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES, cadence_of
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from tests.pathway.dosing.history import ENCOUNTER, PLANNED, START, chain, entry, given

ALL = dict.fromkeys(Check, START)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def session(stage: Stage, *, dosed: bool = False) -> Session:
    """Arrived at minute 0; first dose, where there is one, at minute 20."""
    planned = fold(chain((PLANNED, 0)))
    assert planned is not None
    act = DrugAct(at=at(20), entry_id=ENCOUNTER, given=given(Act.INFUSION_STARTED, rate_mg_per_h=50.0))
    arrived_at = None if stage is Stage.PLANNED else START
    return replace(planned, stage=stage, arrived_at=arrived_at, acts=(act,) if dosed else ())


def due_of(
    product: str, stage: Stage, last: dict[Check, datetime], *, check: Check = Check.VITALS, now: float = 30
) -> datetime | None:
    dosed = stage not in (Stage.PLANNED, Stage.ARRIVED, Stage.READY)
    dues = all_due(session(stage, dosed=dosed), last, cadence_of(product), now=at(now))
    return next((due.at for due in dues if due.check is check), None)


@pytest.mark.parametrize("product", Product)
def test_before_the_dose_a_baseline_is_due_once(product: str) -> None:
    assert due_of(product, Stage.ARRIVED, {}) == at(15)
    assert due_of(product, Stage.READY, {Check.VITALS: at(-30)}) == at(15)
    assert due_of(product, Stage.READY, ALL) is None


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.DISCHARGED, Stage.CANCELLED])
def test_nothing_is_due_where_nobody_is_in_the_room(stage: Stage) -> None:
    assert next_due(session(stage), {}, cadence_of("ketamine_iv"), now=START) is None


@pytest.mark.parametrize(
    ("stage", "last_minute", "expected"),
    [
        (Stage.DOSING, 0, 60),  # the 40-minute check, counted from the first device
        (Stage.OBSERVED, 0, 60),
        (Stage.OBSERVED, 49, 60),  # measured 29 minutes after: before the window opens
        (Stage.OBSERVED, 50, 80),  # 30 minutes after: the window is open, so it counts
        (Stage.OBSERVED, 60, 90),
        (Stage.RECOVERED, 90, 120),
    ],
)
def test_the_spray_is_measured_at_40_minutes_and_every_30_after(
    stage: Stage, last_minute: float, expected: float
) -> None:
    assert due_of("esketamine_in", stage, {Check.VITALS: at(last_minute)}) == at(expected)


@pytest.mark.parametrize(
    ("stage", "last_minute", "expected"),
    [(Stage.DOSING, 0, 30), (Stage.DOSING, 31, 41), (Stage.OBSERVED, 60, 75), (Stage.RECOVERED, 75, 90)],
)
def test_the_infusion_is_measured_every_10_minutes_and_every_15_after(
    stage: Stage, last_minute: float, expected: float
) -> None:
    assert due_of("ketamine_iv", stage, {Check.VITALS: at(last_minute)}) == at(expected)


def test_an_infusion_never_measured_is_due_from_its_start() -> None:
    assert due_of("ketamine_iv", Stage.DOSING, {}) == at(30)


def test_dissociation_is_asked_at_40_minutes_and_not_repeated() -> None:
    assert due_of("ketamine_iv", Stage.OBSERVED, ALL, check=Check.DISSOCIATION) == at(60)
    done = ALL | {Check.DISSOCIATION: at(58)}
    assert due_of("ketamine_iv", Stage.OBSERVED, done, check=Check.DISSOCIATION) is None
    assert due_of("ketamine_iv", Stage.DOSING, ALL, check=Check.SEDATION) is None


@pytest.mark.hazard("HAZ-17")
def test_the_first_due_is_named_with_its_source() -> None:
    due = next_due(session(Stage.DOSING, dosed=True), ALL, cadence_of("ketamine_iv"), now=at(36))
    assert due is not None
    assert (due.check, due.at, due.overdue_by) == (Check.VITALS, at(30), timedelta(minutes=6))
    assert due.source.startswith("MON-3")
    assert due.lateness(DEFAULT_LIMITS) is Priority.LOW


@pytest.mark.hazard("HAZ-17")
def test_nothing_is_late_before_it_is_due() -> None:
    due = Due(check=Check.VITALS, at=at(30), overdue_by=timedelta(0), source="MON-3")
    assert due.lateness(DEFAULT_LIMITS) is None


def test_the_last_times_are_those_of_the_newest_values() -> None:
    vitals = fold_vitals(
        [
            entry(VitalsMeasured(systolic_mmhg=120.0, diastolic_mmhg=80.0), position=1, minute=3),
            entry(SedationRated(moaa_s=5), position=2, minute=4),
        ],
        encounter_id=ENCOUNTER,
    )
    assert last_times(vitals) == {Check.VITALS: at(3), Check.SEDATION: at(4)}


def test_a_product_without_a_plan_is_not_run() -> None:
    with pytest.raises(LookupError, match="No observation plan for 'ketamine_pr'"):
        cadence_of("ketamine_pr")


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="opens_min <= at_min <= closes_min"):
        FixedCheck(check=Check.VITALS, at_min=40, opens_min=45, closes_min=50)


def test_every_plan_names_its_rule_and_source() -> None:
    for cadence in DEFAULT_CADENCES.plans:
        assert cadence.id.startswith("MON-")
        assert "clinical.md" in cadence.source
