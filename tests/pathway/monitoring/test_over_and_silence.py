"""What is over leaves a quiet line; a device that falls silent is a technical alarm."""

from datetime import timedelta

import pytest

from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.alarms import alarm_conditions
from ajar.pathway.monitoring.entries import AlarmAcknowledged, Priority
from ajar.pathway.monitoring.latest import VitalsNow, fold
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.over import quiet_lines
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.monitoring.silence import Bound, SilencePolicy, heard, silences
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import ENCOUNTER, NURSE, START, entry

SEEN = AlarmAcknowledged(alarm="ALM-1 systolic_mmhg", priority=Priority.MEDIUM, message="SBP 184")


def seen(*told: tuple[Payload, float]) -> VitalsNow:
    """The state after these, each at its minute."""
    return fold(
        [entry(payload, position=n, minute=minute) for n, (payload, minute) in enumerate(told, start=1)],
        encounter_id=ENCOUNTER,
    )


def pressure(high: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=70.0)


def breaths(rate: float) -> VitalsMeasured:
    return VitalsMeasured(respiratory_rate_per_min=rate)


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ([], []),
        ([(pressure(170), 1), (pressure(120), 2)], []),
        ([(pressure(184), 1), (pressure(120), 2)], ["SBP was 184 ≥ 180, now 120"]),
        ([(pressure(184), 1)], []),  # it stands
        ([(pressure(184), 1), (pressure(120), 2), (SEEN, 3)], []),
        ([(SEEN, 0), (pressure(184), 1), (pressure(120), 2)], ["SBP was 184 ≥ 180, now 120"]),
        ([(pressure(204), 1), (pressure(120), 2)], []),  # latched: louder than a line
        (
            [(breaths(7), 1), (breaths(12), 2), (pressure(181), 3), (pressure(120), 4)],
            ["SBP was 181 ≥ 180, now 120", "RR was 7 < 8, now 12"],
        ),
    ],
)
def test_a_medium_bound_that_was_crossed_leaves_a_line_until_it_is_seen(
    told: list[tuple[Payload, float]], lines: list[str]
) -> None:
    vitals, now = seen(*told), START + timedelta(minutes=10)
    standing = alarm_conditions(vitals, DEFAULT_LIMITS, dues=(), now=now)
    found = quiet_lines(vitals, DEFAULT_LIMITS, standing=standing, now=now)
    assert [line.text for line in found] == lines
    later = quiet_lines(vitals, DEFAULT_LIMITS, standing=standing, now=now + timedelta(hours=1))
    assert later == ()


PLAN = cadence_of("ketamine_iv")
MONITOR = Bound(device=NURSE.name, since=START)  # the histories are all written by one hand
SHOWN = VitalsMeasured(spo2_percent=98.0, heart_rate_bpm=80.0)


@pytest.mark.parametrize(
    ("minute", "priority"), [(0.9, None), (1, Priority.LOW), (4.9, Priority.LOW), (5, Priority.MEDIUM)]
)
def test_silence_becomes_pressing_by_and_by(minute: float, priority: Priority | None) -> None:
    vitals, now = seen((SHOWN, 0)), START + timedelta(minutes=minute)
    found = silences(vitals, PLAN, MONITOR, now=now)
    assert {one.priority for one in found} == ({priority} if priority else set())
    assert all(one.technical and one.since == START for one in found)
    assert heard(vitals, MONITOR)


def test_only_a_device_that_spoke_can_fall_silent() -> None:
    late = START + timedelta(hours=1)
    other = Bound(device="M-2", since=START)
    assert silences(seen((SHOWN, 0)), PLAN, other, now=late) == ()  # someone else measured it
    assert silences(seen(), PLAN, MONITOR, now=late) == ()
    assert not heard(seen((SHOWN, 0)), other)
    newly = Bound(device=NURSE.name, since=late)
    assert silences(seen((SHOWN, 0)), PLAN, newly, now=late) == ()  # the interval begins when it is bound


@pytest.mark.parametrize(("low_s", "medium_s"), [(4, 60), (60, 60), (60, 901)])
def test_an_interval_that_makes_no_sense_is_refused(low_s: float, medium_s: float) -> None:
    with pytest.raises(ValueError, match="5 <= low_s < medium_s <= 900"):
        SilencePolicy(version="1", low_s=low_s, medium_s=medium_s, source="the clinic")
