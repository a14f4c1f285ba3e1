"""What a clinic may set, and what is refused with the field's name (clinical.md 4.2)."""

from dataclasses import replace

import pytest

from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, SIGNAL_OF_RULE, Limit, Limits, Side, Step

HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
PRESSURE = DEFAULT_LIMITS.limits[0]


def above(bound: float, priority: Priority) -> Step:
    return Step(side=Side.AT_LEAST, bound=bound, priority=priority)


def with_limit(limit: Limit) -> Limits:
    others = [one for one in DEFAULT_LIMITS.limits if one.id != limit.id]
    return replace(DEFAULT_LIMITS, limits=(limit, *others))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"overdue_low_min": 12}, r"overdue_low_min must be below overdue_medium_min \(10\), got 12"),
        ({"overdue_low_min": 0}, "overdue_low_min must be 1 to 15 minutes, got 0"),
        ({"overdue_medium_min": float("nan")}, "overdue_medium_min must be 2 to 30 minutes, got nan"),
        ({"seen_holds_min": 61}, "seen_holds_min must be 1 to 60 minutes, got 61"),
        ({"raised_systolic_mmhg": 150}, "raised_systolic_mmhg must be above 0 and not above 140"),
        ({"raised_diastolic_mmhg": 95}, "raised_diastolic_mmhg must be above 0 and not above 90"),
        ({"version": " "}, "version must not be empty"),
        ({"limits": DEFAULT_LIMITS.limits[1:]}, r"ALM-1 \(systolic_mmhg\) is missing"),
        ({"limits": (*DEFAULT_LIMITS.limits, PRESSURE)}, "one entry for each rule and signal"),
    ],
)
def test_limits_refuse_what_makes_no_sense_or_is_looser_than_the_label(
    fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(DEFAULT_LIMITS, **fields)


@pytest.mark.parametrize("rise", [41, None])
def test_the_marker_of_the_label_may_not_be_put_off_or_dropped(rise: float | None) -> None:
    with pytest.raises(ValueError, match=r"limits.ALM-1.rise must not be above 40 \(label"):
        with_limit(replace(PRESSURE, rise=rise))
    assert with_limit(replace(PRESSURE, rise=30)).limits[0].rise == 30


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"steps": ()}, "steps must run from high to low"),
        ({"steps": (above(180, LOW), above(200, HIGH))}, "steps must run from high to low"),
        ({"steps": (above(160, HIGH), above(180, LOW))}, "high at ≥ 160 must lie beyond low at ≥ 180"),
        ({"steps": (above(180, HIGH), above(180, LOW))}, "must lie beyond"),
        ({"steps": (above(400, HIGH),)}, "bound of systolic_mmhg must be 40 to 300, got 400"),
        ({"rise": 0}, "rise must be above 0 and at most 300, got 0"),
        ({"signal": "mood"}, "expected a signal of .*, got 'mood'"),
        ({"source": ""}, "source must not be empty"),
    ],
)
def test_a_limit_refuses_disorder_and_what_cannot_be(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(PRESSURE, **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"held_s": -1}, "held_s must be 0 to 900 seconds, got -1"),
        ({"held_s": 901}, "held_s must be 0 to 900 seconds, got 901"),
        ({"held": Side.BELOW}, "held must be '≥' or '>', got '<'"),
        ({"held_s": 30, "priority": HIGH}, "held_s must be 0 for a high priority"),
    ],
)
def test_a_step_refuses_to_wait_for_ever_or_to_keep_an_emergency_waiting(
    fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(above(180, MEDIUM), **fields)


def test_every_rule_of_the_table_has_its_signal_and_source() -> None:
    assert {limit.id: limit.signal for limit in DEFAULT_LIMITS.limits} == SIGNAL_OF_RULE
    assert all("clinical.md" in limit.source for limit in DEFAULT_LIMITS.limits)


@pytest.mark.parametrize(
    ("side", "at_bound", "beyond"),
    [(Side.AT_LEAST, True, 11), (Side.ABOVE, False, 11), (Side.AT_MOST, True, 9), (Side.BELOW, False, 9)],
)
def test_each_side_says_what_lies_on_it(side: Side, at_bound: bool, beyond: float) -> None:
    assert side.breached(10, 10) is at_bound
    assert side.breached(beyond, 10)
    assert Side(side.value) is side


def test_priorities_are_read_by_their_words() -> None:
    assert [Priority(word).rank for word in ("high", "medium", "low")] == [0, 1, 2]
