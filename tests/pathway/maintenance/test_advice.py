"""What the rules suggest about the frequency, for every product."""

import re
from dataclasses import replace

import pytest

from ajar.pathway.evaluation.products import Product
from ajar.pathway.maintenance.advice import advice
from ajar.pathway.maintenance.booster import BoosterDue, NoBooster, next_booster
from ajar.pathway.maintenance.policies import (
    ESKETAMINE_MAINTENANCE,
    POLICIES,
    RACEMIC_IV_MAINTENANCE,
    Ceiling,
    MaintenancePolicy,
)
from tests.pathway.maintenance.test_booster import at, state


def rules(given, policy=RACEMIC_IV_MAINTENANCE, *, day):
    found = advice(given, policy, now=at(day))
    assert all(one.source and one.because and one.rulebook_version for one in found)
    return [one.rule_id for one in found]


@pytest.mark.parametrize(
    ("scores", "day", "expected"),
    [
        (((18, -1), (16, 20)), 21, ["ADJ-6"]),
        (((18, -1), (12, 20)), 21, ["IV-18"]),
        (((18, -1), (6, 20)), 21, ["ADJ-5"]),
        (((18, -1), (6, 16), (6, 18), (14, 38)), 39, ["SPR-T9"]),  # two weekly boosters missed, and worse
        (((18, -1), (6, 16), (14, 30)), 31, ["ADJ-6"]),  # one missed is not enough
        (((18, -1), (6, 20)), 120, ["ADJ-5", "SPR-T5"]),
        (((18, -1),), 21, []),
        ((), 21, []),
        (((0, -1), (6, 20)), 21, []),
    ],
)
def test_what_is_suggested(scores, day, expected):
    assert rules(state(scores=scores), day=day) == expected


def test_before_the_course_is_over_nothing_is_suggested_and_after_the_end_neither():
    assert rules(state(doses=(0, 3)), day=5) == []
    assert rules(replace(state(), stopped_because="no benefit"), day=21) == []
    assert rules(state(doses=()), day=21) == []


def test_the_eu_text_continues_half_a_year():
    eight = replace(
        state(doses=(0, 3, 7, 10, 14, 17, 21, 24), scores=((18, -1), (15, 10), (6, 26))), sessions_planned=8
    )
    assert "SPR-T10" in rules(eight, ESKETAMINE_MAINTENANCE, day=30)
    assert "SPR-T10" not in rules(eight, ESKETAMINE_MAINTENANCE, day=300)
    assert "SPR-T10" not in rules(eight, RACEMIC_IV_MAINTENANCE, day=30)


def test_the_frequency_is_justified_again_from_when_it_was_set():
    long_ago = replace(state(), interval_days=14, interval_set_on=at(20).date())
    assert "SPR-T5" in rules(long_ago, day=111)
    assert "SPR-T5" not in rules(replace(long_ago, interval_set_on=at(100).date()), day=111)


def test_the_prescribers_interval_comes_before_the_steps():
    due = next_booster(replace(state(), interval_days=10), RACEMIC_IV_MAINTENANCE, now=at(21))
    assert isinstance(due, BoosterDue)
    assert (due.on, due.rule_id) == (at(27).date(), "MNT-INTERVAL")


def test_after_the_end_there_is_no_booster():
    answer = next_booster(
        replace(state(), stopped_because="Urinary symptoms"), RACEMIC_IV_MAINTENANCE, now=at(21)
    )
    assert isinstance(answer, NoBooster)
    assert [reason.rule_id for reason in answer.reasons] == ["MNT-STOPPED"]


@pytest.mark.parametrize("product", list(Product))
def test_every_product_has_a_policy_with_sources(product):
    policy = POLICIES[product]
    assert policy.product == product
    assert policy.ceiling.rule_id == "IV-17"
    assert all(step.source and step.rule_id for step in policy.steps)
    own = product in (Product.ESKETAMINE_IN, Product.KETAMINE_IV)
    assert own or all(step.design_default for step in policy.steps)


FIRST, SECOND = RACEMIC_IV_MAINTENANCE.steps


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "ketamine_iv: steps must rise from dose 1, got []."),
        ((SECOND,), "ketamine_iv: steps must rise from dose 1, got [5]."),
        ((SECOND, FIRST), "ketamine_iv: steps must rise from dose 1, got [5, 1]."),
        ((FIRST, SECOND, FIRST), "ketamine_iv: steps must rise from dose 1, got [1, 5, 1]."),
        ((FIRST, FIRST), "ketamine_iv: steps must rise from dose 1, got [1, 1]."),
        ((replace(FIRST, interval_days=0),), "ketamine_iv: an interval is at least 1 day."),
    ],
)
def test_steps_that_cannot_be_are_refused(steps, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        replace(RACEMIC_IV_MAINTENANCE, steps=steps)


def test_a_dose_a_day_is_a_step():
    daily = replace(RACEMIC_IV_MAINTENANCE, steps=(replace(FIRST, interval_days=1),))
    assert daily.step(9).interval_days == 1


@pytest.mark.parametrize("name", ["after_days", "window_days", "most_doses"])
def test_a_ceiling_of_nothing_is_refused(name):
    with pytest.raises(ValueError, match=r"^A ceiling needs days and doses of at least 1\.$"):
        Ceiling(**{name: 0})
    assert Ceiling(**{name: 1})


def test_a_clinics_own_ceiling_counts():
    strict: MaintenancePolicy = replace(
        RACEMIC_IV_MAINTENANCE, ceiling=Ceiling(after_days=10, window_days=7, most_doses=1)
    )
    answer = next_booster(state(), strict, now=at(20))
    assert isinstance(answer, NoBooster)
    assert "IV-17" in [reason.rule_id for reason in answer.reasons]
