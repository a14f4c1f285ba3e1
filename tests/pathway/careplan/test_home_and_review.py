"""The lozenge at home, reviews, misses, frequency, and what is held against a whole course."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.careplan.dose import Body
from ajar.pathway.careplan.entries import BenefitReviewed, WeightBasis
from ajar.pathway.careplan.home import HomeFacts, risk_at_home, why_not_home
from ajar.pathway.careplan.ordering import OrderedCourse, course_guards, nominal_lines
from ajar.pathway.careplan.plan import CoursePlan, Given, PlanLine, Receiver
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY
from ajar.pathway.careplan.regimens import REGIMENS, SPRAVATO_TRD
from ajar.pathway.careplan.review import continuing_guard, frequency_alarm, review_guard, step_back
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Indication, Jurisdiction
from ajar.pathway.instruments.outcome import Level
from ajar.pathway.patients.facts import Sex

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
READY = HomeFacts(
    first_dose_on_site_at=NOW - timedelta(days=7),
    taken_at_home=1,
    chaperone="a sister",
    video_check_in=True,
    cuff_at_home=True,
    doses_per_dispense=1,
    risk=Level.YELLOW,
    risk_at=NOW - timedelta(days=1),
    symptoms={"phq-9": 14.0},
)


HOME = [
    ({}, []),
    ({"first_dose_on_site_at": None}, ["SL-07"]),
    ({"chaperone": " "}, ["SL-07"]),
    ({"video_check_in": None}, ["SL-07"]),
    ({"cuff_at_home": False}, ["SL-07"]),
    ({"doses_per_dispense": None}, ["SL-07"]),
    ({"doses_per_dispense": 0}, ["SL-07"]),
    ({"doses_per_dispense": 2}, ["SL-07"]),
    ({"doses_per_dispense": 4, "taken_at_home": 3}, ["SL-07"]),
    ({"doses_per_dispense": 4, "taken_at_home": 4}, []),
    ({"doses_per_dispense": 5, "taken_at_home": 4}, ["SL-07"]),
    ({"risk": None}, ["PRT-2"]),
    ({"risk_at": NOW - timedelta(days=8)}, ["PRT-2"]),
    ({"risk": Level.ORANGE}, ["PRT-2"]),
    ({"risk": Level.RED}, ["PRT-2"]),
    ({"symptoms": {"phq-9": 9.0}}, ["SL-08"]),
    ({"symptoms": {}}, ["SL-08"]),
    ({"symptoms": {"phq-9": 9.0, "gad-7": 10.0}}, []),
    ({"risk_at": None}, ["PRT-2"]),
    ({"risk_at": NOW - timedelta(days=7)}, []),
]


@pytest.mark.parametrize(("changes", "rule_ids"), HOME)
def test_a_course_at_home_needs_each_condition(changes: dict, rule_ids: list[str]):
    found = why_not_home(replace(READY, **changes), now=NOW)
    assert [guard.rule_id for guard in found] == rule_ids
    assert all((guard.strength is Strength.HARD_STOP) is (guard.rule_id != "SL-08") for guard in found)


@pytest.mark.parametrize("level", [None, *Level])
def test_a_day_at_home_asks_for_a_quiet_screener(level: Level | None):
    against = risk_at_home(level)
    assert (against is None) is (level in {Level.NONE, Level.YELLOW})
    assert against is None or (against.rule_id, against.strength) == ("PRT-2", Strength.HARD_STOP)


@given(
    st.sets(st.sampled_from(["chaperone", "video_check_in", "cuff_at_home", "risk", "doses_per_dispense"]))
)
def test_what_is_missing_never_opens_the_way_home(missing: set[str]):
    emptied = dict.fromkeys(missing - {"chaperone"}) | dict.fromkeys(missing & {"chaperone"}, "")
    found = why_not_home(replace(READY, **emptied), now=NOW)
    assert bool(found) is bool(missing)


def plan(regimen_id: str, days: list[float], doses_mg: list[float], **changes) -> CoursePlan:
    regimen = REGIMENS[regimen_id]
    receiver = Receiver(
        jurisdiction=Jurisdiction.US, age_years=40, indication=regimen.indication, dose_weight_kg=70
    )
    if regimen.fixed_doses_mg:
        receiver = replace(receiver, dose_weight_kg=None)
    times = [NOW + timedelta(days=day) for day in days]
    words = {"receiver": receiver, "before": ()} | changes
    return CoursePlan(regimen=regimen, zone=ZONE, lines=nominal_lines(times, doses_mg), **words)


LONG_AGO = tuple(Given(at=NOW - timedelta(days=days), amount_mg=35) for days in (70, 3))


@pytest.mark.parametrize(
    ("asked", "rule_ids"),
    [
        (
            OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [0, 3], [35, 35]), condition=Indication.TRD),
            ["POP-7"],
        ),
        (OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [0], [35]), condition=None), ["POP-7"]),
        (
            OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [0], [35]), condition=Indication.PSYCHOSIS),
            ["PRT-9", "POP-7"],
        ),
        (
            OrderedCourse(plan=plan("KETAMINE_SL_HOME", [0], [100]), condition=None),
            ["SL-07", "PRT-2", "SL-08"],
        ),
        (
            OrderedCourse(
                plan=plan("KETAMINE_IV_INDUCTION", [0], [35]),
                condition=Indication.TRD,
                body=Body(weight_kg=110, height_cm=170, sex=Sex.FEMALE),
                basis=WeightBasis.ACTUAL,
            ),
            ["POP-10", "POP-7"],
        ),
        (OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [], []), condition=Indication.TRD), []),
    ],
)
def test_what_is_held_against_a_course(asked: OrderedCourse, rule_ids: list[str]):
    told = [guard.rule_id for guard in course_guards(asked, now=NOW)]
    assert [rule_id for rule_id in dict.fromkeys(told) if rule_id in rule_ids] == rule_ids
    assert (told == []) is (rule_ids == [])


def test_the_lines_of_a_course_that_is_not_laid_out_are_counted_from_one():
    times = [NOW, NOW + timedelta(days=3)]
    assert nominal_lines(times, [35, 42]) == (
        PlanLine(id=UUID(int=1), number=1, starts_at=times[0], dose_mg=35),
        PlanLine(id=UUID(int=2), number=2, starts_at=times[1], dose_mg=42),
    )
    with pytest.raises(ValueError, match="shorter"):
        nominal_lines(times, [35])


WEEKLY = plan("KETAMINE_IV_CONSOLIDATION", [0], [35], before=LONG_AGO)
NASAL = plan("SPRAVATO_TRD", [0], [84], before=(Given(at=NOW - timedelta(days=30), amount_mg=84),))
ON_SITE = (Given(at=NOW - timedelta(days=7), amount_mg=100),)


@pytest.mark.parametrize(
    ("asked", "changes", "rule_id"),
    [
        (OrderedCourse(plan=WEEKLY, condition=None, fall_percent=60), {"response_percent": 61}, "IV-15"),
        (
            OrderedCourse(
                plan=plan("KETAMINE_IV_INDUCTION", [0, 8], [35, 35], before=LONG_AGO), condition=None
            ),
            {"frequency_most_per_week": 1},
            "IV-17",
        ),
        (
            OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [0], [35]), condition=None),
            {"iv": replace(DEFAULT_DOSE_POLICY.iv, at_most_mg_per_kg=0.4)},
            "IV-07",
        ),
        (OrderedCourse(plan=NASAL, condition=None), {"first_again_after_days": 29}, "SPR-T1"),
        (
            OrderedCourse(
                plan=plan("KETAMINE_SL_HOME", [0], [100], before=ON_SITE), condition=None, home=READY
            ),
            {"home": replace(DEFAULT_DOSE_POLICY.home, symptoms_from=15)},
            "SL-08",
        ),
        (
            OrderedCourse(plan=plan("KETAMINE_IV_INDUCTION", [0], [35]), condition=None),
            {"populations": Populations(older_from_years=40)},
            "POP-3",
        ),
    ],
)
def test_a_course_is_held_against_what_the_clinic_has_set(asked: OrderedCourse, changes: dict, rule_id: str):
    shipped, ours = (
        [guard.rule_id for guard in course_guards(asked, policy, now=NOW)]
        for policy in (DEFAULT_DOSE_POLICY, replace(DEFAULT_DOSE_POLICY, **changes))
    )
    assert rule_id not in shipped
    assert rule_id in ours


def test_a_ready_home_course_is_held_back_by_nothing_hard():
    before = (Given(at=NOW - timedelta(days=7), amount_mg=100),)
    asked = OrderedCourse(
        plan=plan("KETAMINE_SL_HOME", [0], [100], before=before), condition=Indication.TRD, home=READY
    )
    assert all(guard.strength is not Strength.HARD_STOP for guard in course_guards(asked, now=NOW))


def test_more_than_twice_a_week_after_two_months_is_an_alarm():
    busy = plan("KETAMINE_IV_THRICE", [0, 2, 4], [35, 35, 35])
    assert frequency_alarm(busy) is None
    found = frequency_alarm(replace(busy, before=LONG_AGO))
    assert found is not None
    assert found.rule_id == "IV-17"
    assert frequency_alarm(plan("KETAMINE_IV_CONSOLIDATION", [0, 7], [35, 35], before=LONG_AGO)) is None
    two_months = (Given(at=NOW - timedelta(days=56), amount_mg=35),)
    assert frequency_alarm(replace(busy, before=two_months)) is None  # the last dose is on day 60
    a_week = plan("KETAMINE_IV_THRICE", [0, 4, 7], [35, 35, 35], before=LONG_AGO[:1])
    assert frequency_alarm(a_week) is None


@pytest.mark.parametrize(
    ("before", "fall_percent", "strength"),
    [
        ((), None, Strength.HARD_STOP),
        (LONG_AGO, None, Strength.SOFT_STOP),
        (LONG_AGO, 49.0, Strength.SOFT_STOP),
        (LONG_AGO, 50.0, None),
    ],
)
def test_going_on_needs_a_course_before_and_a_response(before, fall_percent, strength):
    for regimen_id in ("KETAMINE_IV_CONSOLIDATION", "SPRAVATO_MAINTENANCE"):
        found = continuing_guard(plan(regimen_id, [0], [35], before=before), fall_percent)
        assert (found.strength if found else None) == strength
    assert continuing_guard(plan("KETAMINE_IV_INDUCTION", [0], [35]), None) is None


def reviewed(*, goes_on: bool) -> BenefitReviewed:
    return BenefitReviewed(
        course_id=UUID(int=1),
        after_session=8,
        goes_on=goes_on,
        because="PHQ-9 halved",
        rule_id="SPR-T3",
        rulebook_version="1",
    )


@pytest.mark.parametrize(
    ("reviews", "number", "stopped"),
    [
        ((), 8, False),
        ((), 9, True),
        ((reviewed(goes_on=True),), 9, False),
        ((reviewed(goes_on=False),), 9, True),
    ],
)
def test_no_dose_past_the_review_gate_before_the_benefit_was_judged(reviews, number: int, stopped: bool):
    found = review_guard(SPRAVATO_TRD, reviews, number=number)
    assert (found is not None) is stopped
    if found:
        assert (found.rule_id, found.strength) == ("SPR-T3", Strength.HARD_STOP)


def test_a_regimen_without_a_gate_has_none():
    assert review_guard(REGIMENS["SPRAVATO_MAINTENANCE"], (), number=9) is None


@pytest.mark.parametrize(
    ("number", "missed", "worsened", "phase"),
    [
        (13, 1, True, "maintenance-a"),
        (9, 2, True, "induction"),
        (3, 1, True, None),
        (13, 0, True, None),
        (13, 1, False, None),
        (13, 1, None, None),
    ],
)
def test_after_misses_with_worse_symptoms_the_denser_rhythm_may_come_back(number, missed, worsened, phase):
    found = step_back(SPRAVATO_TRD, number=number, missed=missed, worsened=worsened)
    assert (found.phase.id if found else None) == phase
