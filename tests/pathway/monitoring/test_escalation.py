"""Who is told next: the ladder of a clinic, and what waits on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import AlarmEscalated, Priority, Rested, SoundPaused
from ajar.pathway.monitoring.escalation import (
    DEFAULT_ESCALATION,
    EscalationPolicy,
    EscalationStep,
    Rung,
    unseen_high,
)
from ajar.pathway.monitoring.sounds import pause_of, sounding

T0 = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HIGH = Alarm(
    id="ALM-1",
    signal="systolic_mmhg",
    priority=Priority.HIGH,
    text="SBP 204 ≥ 200",
    since=T0,
    source="s",
    version="v",
)


@pytest.mark.parametrize(("after_s", "steps"), [(0, 0), (119, 0), (120, 1), (299, 1), (300, 2), (9000, 2)])
def test_each_step_is_taken_in_its_time(after_s: float, steps: int) -> None:
    now = T0 + timedelta(seconds=after_s)
    assert DEFAULT_ESCALATION.reached(unseen_since=T0, now=now) == steps


@pytest.mark.parametrize(
    ("steps_s", "words"),
    [
        ((), "at least one"),
        ((0.0,), "each later than the one before"),
        ((120.0, 120.0), "each later than the one before"),
        ((901.0,), "within 900 seconds, got 901"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(steps_s: tuple[float, ...], words: str) -> None:
    steps = tuple(EscalationStep(after_s=after_s, to=Rung.PRESCRIBER) for after_s in steps_s)
    with pytest.raises(ValueError, match=words):
        EscalationPolicy(version="1", steps=steps, source="the clinic")


@pytest.mark.parametrize(
    ("alarm", "waits"),
    [
        (HIGH, True),
        (replace(HIGH, latched=True), True),
        (replace(HIGH, seen_by="A nurse"), False),
        (replace(HIGH, priority=Priority.MEDIUM), False),
        (replace(HIGH, technical=True), False),
    ],
)
def test_only_a_high_alarm_that_nobody_has_seen_waits(alarm: Alarm, waits: bool) -> None:
    assert unseen_high([alarm]) == ((alarm,) if waits else ())


def test_an_entry_of_a_pause_rests_what_it_covers_and_nothing_worse() -> None:
    paused = SoundPaused(lasts_s=120, covers=(Rested(alarm=HIGH.key, priority=Priority.MEDIUM),))
    pause = pause_of(paused, begun_at=T0, by="A nurse")
    milder = replace(HIGH, priority=Priority.MEDIUM)
    assert sounding([milder], now=T0, paused=pause) == ()
    assert sounding([HIGH], now=T0, paused=pause) == (HIGH,)
    assert sounding([milder], now=T0 + timedelta(seconds=120), paused=pause) == (milder,)


@pytest.mark.parametrize("lasts_s", [0, 121, float("nan")])
def test_no_pause_is_longer_than_two_minutes(lasts_s: float) -> None:
    with pytest.raises(ValueError, match="at most 120 seconds"):
        SoundPaused(lasts_s=lasts_s, covers=())


def test_an_escalation_says_whom_the_policy_names() -> None:
    with pytest.raises(ValueError, match="rung"):
        AlarmEscalated(
            alarm="x", priority=Priority.HIGH, message="", rung="", told="", unseen_since=T0, version="1"
        )
