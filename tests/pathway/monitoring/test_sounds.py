"""A pause rests the sound for two minutes at most, and nothing new or worse (practice.md 4.1)."""

from datetime import timedelta

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.sounds import MOST_PAUSED_S, SIGNALLING, pause, sounding
from tests.pathway.dosing.history import START

HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW


def alarm(priority: Priority, *, rule: str = "ALM-1", seen_by: str = "") -> Alarm:
    return Alarm(
        id=rule,
        signal="systolic_mmhg",
        priority=priority,
        text="x",
        since=START,
        source="x",
        version="1",
        seen_by=seen_by,
    )


def later(seconds: float) -> dict[str, object]:
    return {"now": START + timedelta(seconds=seconds)}


@pytest.mark.parametrize(
    ("standing", "now", "rests"),
    [
        (alarm(LOW), 0, True),
        (alarm(MEDIUM), 119, True),
        (alarm(MEDIUM), 120, False),
        (alarm(MEDIUM), -1, False),
        (alarm(HIGH), 10, False),
        (alarm(LOW, rule="ALM-2"), 10, False),
    ],
)
def test_a_pause_rests_what_stood_and_no_worse(standing: Alarm, now: float, rests: bool) -> None:
    paused = pause([alarm(MEDIUM)], by="Dana Rowe, RN", now=START)
    assert paused.silences(standing, **later(now)) is rests  # type: ignore[arg-type]
    heard = sounding([standing], paused=paused, **later(now))  # type: ignore[arg-type]
    assert bool(heard) is not rests


def test_the_countdown_runs_to_nothing() -> None:
    paused = pause([], by="Dana Rowe, RN", now=START, lasts_s=90)
    assert [paused.left_s(**later(at)) for at in (0, 60, 200)] == [90, 30, 0]  # type: ignore[arg-type]


@pytest.mark.parametrize("lasts_s", [0, -5, 121])
def test_nobody_rests_the_sound_longer_than_two_minutes(lasts_s: float) -> None:
    with pytest.raises(ValueError, match=f"at most {MOST_PAUSED_S} seconds, got {lasts_s:g}"):
        pause([], by="Dana Rowe, RN", now=START, lasts_s=lasts_s)


@with_any(st.lists(st.tuples(st.sampled_from(Priority), st.sampled_from(["", "Dana Rowe, RN"]))))
def test_what_was_seen_is_quiet_and_still_stands(found: list[tuple[Priority, str]]) -> None:
    standing = [alarm(priority, seen_by=by) for priority, by in found]
    assert sounding(standing, now=START) == tuple(one for one in standing if not one.seen_by)


def test_each_priority_shows_and_sounds_in_its_own_way() -> None:
    assert set(SIGNALLING) == set(Priority)
    assert len({one.colour for one in SIGNALLING.values()}) == len(Priority)
    assert len({(one.groups, one.pulses) for one in SIGNALLING.values()}) == len(Priority)
    assert not any(one.verified for one in SIGNALLING.values())  # the standard itself was not read
