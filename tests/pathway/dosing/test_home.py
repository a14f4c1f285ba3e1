"""The gate of a lozenge at home (clinical.md 1.7): each condition alone closes it, and nobody opens it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.dosing.day import LozengesSoFar
from ajar.pathway.dosing.home import HOME_RULES, HomeRefused, refuse_dispense
from ajar.pathway.dosing.readiness import in_the_way, judge_readiness
from ajar.pathway.evaluation.findings import Finding, Strength, Verdict
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME, HomeRules
from ajar.pathway.evaluation.products import AT_HOME, Product
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.test_readiness import CALM, WELL, a_day, fact, setting

HOME = DEFAULT_HOME
SL_HOME = Product.KETAMINE_SL_HOME
COUNTS = st.integers(0, 12)


def at_home(rule_id: str, **changes: Any) -> Finding:
    found = judge_readiness(a_day(**changes), setting(SL_HOME))
    return next(one for one in found if one.rule_id == rule_id)


def told(**changes: Any) -> dict[str, Any]:
    assert WELL.home is not None
    return {"answered": replace(WELL, home=replace(WELL.home, **changes))}


def so_far(clinic: int, home: int, dispensed: int) -> dict[str, Any]:
    return {"lozenges": LozengesSoFar(doses_at_clinic=clinic, doses_at_home=home, doses_dispensed=dispensed)}


def pressure(systolic: float, diastolic: float) -> dict[str, Any]:
    measured = VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=diastolic, spo2_percent=98.0)
    return {"vitals": (fact(CALM), fact(measured))}


@pytest.mark.hazard("HAZ-24")
@pytest.mark.parametrize(
    ("rule_id", "changes", "verdict"),
    [
        ("SL-06", so_far(0, 0, 1), Verdict.STOP),
        ("SL-06", {"lozenges": None}, Verdict.NEEDS_INFORMATION),
        ("SL-06", so_far(1, 0, 1), Verdict.PASS),
        ("SL-07a", told(chaperone_is_adult=False), Verdict.STOP),
        ("SL-07a", told(chaperone_present=False), Verdict.STOP),
        ("SL-07a", told(chaperone_present=False, chaperone_name=""), Verdict.STOP),
        ("SL-07a", told(chaperone_present=None), Verdict.NEEDS_INFORMATION),
        ("SL-07a", told(chaperone_phone=" "), Verdict.NEEDS_INFORMATION),
        ("SL-07a", {"answered": replace(WELL, home=None)}, Verdict.NEEDS_INFORMATION),
        ("SL-07b", {"vitals": ()}, Verdict.NEEDS_INFORMATION),
        ("SL-07b", pressure(140, 90), Verdict.PASS),
        ("SL-07b", pressure(141, 90), Verdict.STOP),
        ("SL-07b", pressure(140, 91), Verdict.STOP),
        ("SL-07c", told(seen_by_video=False), Verdict.STOP),
        ("SL-07c", told(seen_by_video=None), Verdict.NEEDS_INFORMATION),
        ("SL-07d", so_far(1, 0, 0), Verdict.STOP),
        ("SL-07d", so_far(1, 0, 2), Verdict.STOP),
        ("SL-07d", so_far(1, 4, 8), Verdict.PASS),
        ("SL-07d", {"lozenges": None}, Verdict.NEEDS_INFORMATION),
        ("SL-07e", told(place=" "), Verdict.NEEDS_INFORMATION),
        ("SL-07e", {"answered": None}, Verdict.NEEDS_INFORMATION),
    ],
)
def test_each_condition_is_judged_by_itself(rule_id: str, changes: dict[str, Any], verdict: Verdict) -> None:
    found = at_home(rule_id, **changes)
    assert found.verdict is verdict
    assert found.strength is Strength.HARD_STOP
    assert not found.acceptable
    assert (verdict is Verdict.PASS) == (found not in in_the_way([found]))


def test_the_gate_is_asked_at_home_and_nowhere_else() -> None:
    gate = {rule.id for rule in HOME_RULES}
    for product in Product:
        asked = {one.rule_id for one in judge_readiness(a_day(), setting(product))}
        assert asked & gate == (gate if product in AT_HOME else set())
        assert ("DAY-3" in asked) != (product in AT_HOME)


@pytest.mark.hazard("HAZ-24")
@given(home=COUNTS, dispensed=COUNTS)
def test_the_first_dose_is_never_taken_at_home(home: int, dispensed: int) -> None:
    day = a_day(**so_far(0, home, dispensed))
    assert in_the_way(judge_readiness(day, setting(SL_HOME)))


@given(clinic=COUNTS, home=COUNTS, dispensed=COUNTS, doses=st.integers(1, 9))
def test_nobody_holds_more_doses_than_the_policy_allows(
    clinic: int, home: int, dispensed: int, doses: int
) -> None:
    before = LozengesSoFar(doses_at_clinic=clinic, doses_at_home=home, doses_dispensed=dispensed)
    try:
        refuse_dispense(doses, before, HOME)
    except HomeRefused:
        return
    assert clinic >= 1
    assert before.doses_left + doses <= (4 if home >= 4 else 1)


@pytest.mark.parametrize(
    ("clinic", "home", "dispensed", "doses", "match"),
    [
        (0, 0, 0, 1, "SL-06"),
        (1, 0, 0, 2, "At most 1"),
        (1, 0, 1, 1, "1 handed out"),
        (1, 4, 4, 5, "At most 4"),
    ],
)
def test_a_refused_dispense_says_why(clinic: int, home: int, dispensed: int, doses: int, match: str) -> None:
    before = LozengesSoFar(doses_at_clinic=clinic, doses_at_home=home, doses_dispensed=dispensed)
    with pytest.raises(HomeRefused, match=match):
        refuse_dispense(doses, before, HOME)


@pytest.mark.parametrize(
    "changes",
    [{"first_doses_on_site": 0}, {"doses_per_dispense": 0}, {"doses_per_dispense_when_stable": 0}],
)
def test_a_policy_cannot_open_the_home_to_a_first_dose(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"first dose|at least 1"):
        HomeRules(**changes)
