"""What is due when, for each product, and the rest of a session told ahead: read and approved."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring.cadence import Cadence, Check, Interval
from ajar.pathway.monitoring.due import Due, ahead, all_due, every_of, next_due
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs, needs_of
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES, cadence_of
from tests.pathway.dosing.history import ORDERED, START
from tests.pathway.monitoring.test_due import at, session
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
CLOSER: Final = needs_of(["DDI-04"])
LONGER: Final = needs_of(["POP-7"])
DOSED_AT_MIN: Final = 20
"""In these sessions the patient arrives at minute 0."""


def minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{(moment - START).total_seconds() / 60:g}"


def line(due: Due) -> str:
    """Which check; when; how late; from when its absence alerts."""
    late_min = due.overdue_by.total_seconds() / 60
    missing = f", missing at {minute(due.missing_at)}" if due.missing_at else ""
    return f"{due.check} at {minute(due.at)}, {late_min:g} min late{missing}"


def dues(
    one: Session,
    plan: Cadence,
    now: float,
    last: dict[Check, datetime] | None = None,
    needs: Needs = NO_NEEDS,
) -> list[str]:
    found = all_due(one, last or {}, plan, now=at(now), needs=needs)
    first = next_due(one, last or {}, plan, now=at(now), needs=needs)
    assert first == min(found, key=lambda due: due.at, default=None)
    return [line(due) for due in found]


RUNNING: Final = session(Stage.DOSING, dosed=True)
OBSERVED: Final = replace(session(Stage.OBSERVED, dosed=True), dose_ended_at=at(60))
ARRIVED: Final = session(Stage.ARRIVED)


def made(check: Check, at_min: float) -> dict[Check, datetime]:
    return {check: at(at_min)}


def test_what_is_due_is_approved_for_each_plan() -> None:
    said: dict[str, object] = {}
    for plan in DEFAULT_CADENCES.plans:
        name = f"{plan.id} {plan.product}"
        said[f"{name}, arrived"] = dues(ARRIVED, plan, 16)
        said[f"{name}, just dosed"] = dues(RUNNING, plan, DOSED_AT_MIN)
        said[f"{name}, drug in, nothing made"] = dues(OBSERVED, plan, 75.5)
        said[f"{name}, all made at 65"] = dues(OBSERVED, plan, 66, dict.fromkeys(Check, at(65)))
        said[f"{name}, watched more closely"] = dues(RUNNING, plan, DOSED_AT_MIN, needs=CLOSER)
        said[f"{name}, its source"] = sorted({due.source for due in all_due(ARRIVED, {}, plan, now=START)})
    assert_approved(APPROVED / "due.json", said)


def test_what_is_due_at_the_edges_is_approved() -> None:
    spray, infusion = cadence_of(Product.ESKETAMINE_IN), cadence_of(Product.KETAMINE_IV)
    injection = cadence_of(Product.KETAMINE_IM)
    said: dict[str, object] = {
        "made as the patient came": dues(ARRIVED, infusion, 1, dict.fromkeys(infusion.before, START)),
        "made before the patient came": dues(ARRIVED, infusion, 1, made(Check.VITALS, -0.1)),
        "the first minute in which it is late": dues(ARRIVED, infusion, 15),
        "not arrived": dues(session(Stage.PLANNED), infusion, 1),
        "arrival not recorded": dues(replace(ARRIVED, arrived_at=None), infusion, 1),
        "no drug recorded": dues(replace(RUNNING, acts=()), infusion, 30),
        "gone": dues(session(Stage.DISCHARGED, dosed=True), infusion, 30),
        "recovered": dues(session(Stage.RECOVERED, dosed=True), infusion, 30),
        "pressure 29.9 min after the spray": dues(OBSERVED, spray, 55, made(Check.VITALS, 49.9)),
        "pressure 30 min after the spray": dues(OBSERVED, spray, 55, made(Check.VITALS, 50)),
        "closer, before the 40 min check": dues(OBSERVED, spray, 45, made(Check.VITALS, 44.9), CLOSER),
        "closer, as the 40 min check is due": dues(OBSERVED, spray, 45, made(Check.VITALS, 45), CLOSER),
        "closer, sedation is not": dues(OBSERVED, spray, 70, dict.fromkeys(Check, at(65)), CLOSER),
        "made as the drug was given": dues(RUNNING, infusion, 21, made(Check.VITALS, 20)),
        "made before the drug": dues(RUNNING, infusion, 21, made(Check.VITALS, 19)),
        "sedation while drug is given": dues(RUNNING, infusion, 21, made(Check.SEDATION, 21)),
        "sedation made before the drug ended": dues(OBSERVED, infusion, 61, made(Check.SEDATION, 50)),
        "sedation made since the drug ended": dues(OBSERVED, infusion, 71, made(Check.SEDATION, 70)),
        "29.9 min after an injection": dues(OBSERVED, injection, 50, made(Check.VITALS, 49.9)),
        "30 min after an injection": dues(OBSERVED, injection, 50, made(Check.VITALS, 50)),
    }
    assert_approved(APPROVED / "due_edges.json", said)


def test_an_interval_is_the_closer_one_where_a_finding_asks_for_it() -> None:
    early = Interval(
        check=Check.VITALS, during_min=20, after_min=30, early_min=10, early_until_min=30, closer_min=15
    )
    plain = replace(early, early_min=None, early_until_min=0.0, closer_min=None)
    said = {
        f"{stage}, {since:g} min after the dose, {words}": f"{every_of(interval, stage, since, needs)}"
        for stage in (Stage.DOSING, Stage.OBSERVED)
        for since in (29.9, 30)
        for words, interval, needs in (
            ("as planned", early, NO_NEEDS),
            ("closer", early, CLOSER),
            ("closer, not planned", plain, CLOSER),
        )
    }
    assert_approved(APPROVED / "intervals.json", said)


def told_ahead(one: Session, plan: Cadence, now: float = DOSED_AT_MIN, needs: Needs = NO_NEEDS) -> list[str]:
    """Each moment still to come: minutes after the dose and after arrival, what, and whether it is late."""
    return [
        f"{moment.minute} ({minute(moment.at)}): {moment.words}{', late' if moment.overdue else ''}"
        for moment in ahead(one, {}, plan, now=at(now), needs=needs)
    ]


def test_the_rest_of_a_session_is_told_ahead_as_approved() -> None:
    infusion = cadence_of(Product.KETAMINE_IV)
    ordered = replace(RUNNING, order=ORDERED)
    said: dict[str, object] = {
        f"{plan.id} {plan.product}": told_ahead(RUNNING, plan) for plan in DEFAULT_CADENCES.plans
    }
    said["an infusion ordered over 40 min"] = told_ahead(ordered, infusion)
    said["an infusion, a quarter of an hour in, nothing made"] = told_ahead(ordered, infusion, 35)
    said["an infusion as a check is due"] = told_ahead(ordered, infusion, 30)
    said["an infusion that ended after 40 min"] = told_ahead(OBSERVED, infusion, 90)
    said["an infusion ordered over 40 min that ended after 20"] = told_ahead(
        replace(OBSERVED, order=ORDERED, dose_ended_at=at(40)), infusion, 41
    )
    said["a stay that is longer"] = told_ahead(ordered, infusion, needs=LONGER)
    said["watched more closely"] = told_ahead(ordered, infusion, needs=CLOSER)
    said["an order without a duration"] = told_ahead(
        replace(RUNNING, order=replace(ORDERED, duration_min=None)), infusion
    )
    said["a patient who is ready"] = told_ahead(session(Stage.READY), infusion)
    said["a dose without an act"] = told_ahead(replace(RUNNING, acts=()), infusion)
    assert_approved(APPROVED / "ahead.json", said)
