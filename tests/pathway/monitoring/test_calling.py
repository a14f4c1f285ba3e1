"""The patient's call: sent, seen, over; and when a screen counts as silent."""

from datetime import UTC, datetime, timedelta

import pytest

from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY, Call, ScreenPolicy, call_of
from ajar.pathway.monitoring.events import HELP, TERMS
from ajar.pathway.monitoring.latest import Happened

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(second: int, what: str = HELP) -> Happened:
    return Happened(what=what, at=NOON + timedelta(seconds=second), position=second, by="Someone")


def seen(second: int, what: str = TERMS[HELP].key) -> Happened:
    return at(second, what)


@pytest.mark.parametrize(
    ("events", "acknowledged", "expected"),
    [
        ([], [], Call.NONE),
        ([at(0, "panic")], [], Call.NONE),
        ([], [seen(5)], Call.NONE),
        ([at(0)], [], Call.SENT),
        ([at(0)], [seen(5, "ALM-7 panic")], Call.SENT),
        ([at(0)], [seen(5)], Call.SEEN),
        ([at(0), at(9)], [seen(5)], Call.SENT),
        ([at(9), at(0)], [seen(9)], Call.SEEN),
    ],
)
def test_a_call_is_sent_until_someone_has_seen_the_newest_press(events, acknowledged, expected):
    assert call_of(events, acknowledged) is expected


def test_a_screen_is_silent_once_it_was_not_heard_for_longer_than_the_policy_says():
    late = timedelta(seconds=DEFAULT_SCREEN_POLICY.silent_after_s)
    assert not DEFAULT_SCREEN_POLICY.is_silent(NOON, now=NOON + late)
    assert DEFAULT_SCREEN_POLICY.is_silent(NOON, now=NOON + late + timedelta(milliseconds=1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"beat_every_s": 0.0}, "beat_every_s must be above 0"),
        ({"lasts_h": float("nan")}, "lasts_h must be above 0"),
        ({"silent_after_s": 3.0}, "two beats"),
        ({"silent_after_s": 31.0}, "to 30 seconds"),
        ({"ring_glows_s": 300.0}, "shorter than ring_every_min"),
    ],
)
def test_a_policy_that_would_hide_a_dead_screen_is_refused(changed, said):
    with pytest.raises(ValueError, match=said):
        ScreenPolicy(**changed)


def test_a_call_is_a_high_alarm_and_a_silent_screen_a_technical_one():
    assert TERMS[HELP].priority == "high"
    assert not TERMS[HELP].technical
    assert [term.name for term in TERMS.values() if term.technical] == ["patient's screen silent"]
