"""Alarm load: a session told again, and what became of each of its alarms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ajar.pathway.dosing.stage import Move
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.load import Load, SessionLoad, load_of, session_load
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import PAYLOAD_OF, PLANNED, START, chain, entry

HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
KEY = "ALM-1 systolic_mmhg"
ARRIVED = [(PLANNED, 0.0), (PAYLOAD_OF[Move.ARRIVE], 0.0)]


def pressure(high: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=70.0)


def told(entries: list[Entry], *, minute: float) -> SessionLoad:
    now = START + timedelta(minutes=minute)
    return session_load(entries, limits=DEFAULT_LIMITS, plan=cadence_of("ketamine_iv"), now=now)


def after(*more: tuple[Payload, float]) -> list[Entry]:
    return chain(*ARRIVED, *more)


def of_pressure(load: SessionLoad) -> list[tuple[Priority, float | None, bool]]:
    """The episodes of the one rule: priority, wait, acted on."""
    return [(one.priority, one.wait_s, one.acted_at is not None) for one in load.episodes if one.alarm == KEY]


ACK = AlarmAcknowledged(alarm=KEY, priority=HIGH, message="SBP")
DONE = AlarmResolved(alarm=KEY, priority=HIGH, message="SBP", action="measured again")


@pytest.mark.parametrize(
    ("more", "episodes"),
    [
        ([(pressure(120), 1.0)], []),
        ([(pressure(165), 1.0)], [(LOW, None, False)]),
        ([(pressure(165), 1.0), (pressure(120), 2.0), (pressure(165), 3.0)], [(LOW, None, False)] * 2),
        ([(pressure(165), 1.0), (pressure(204), 2.0)], [(LOW, None, False), (HIGH, None, False)]),
        ([(pressure(204), 1.0), (pressure(165), 2.0)], [(HIGH, None, False)]),  # latched: still the same one
        ([(pressure(204), 1.0), (ACK, 2.0), (ACK, 3.0)], [(HIGH, 60.0, False)]),
        ([(pressure(204), 1.0), (DONE, 3.0), (DONE, 4.0)], [(HIGH, 120.0, True)]),
        ([(pressure(204), 1.0), (ACK, 2.0), (DONE, 3.0)], [(HIGH, 60.0, True)]),
        ([(ACK, 1.0), (DONE, 1.0)], []),  # about nothing that stands
    ],
)
def test_an_alarm_begins_ends_and_is_answered(
    more: list[tuple[Payload, float]], episodes: list[tuple[Priority, float | None, bool]]
) -> None:
    assert of_pressure(told(after(*more), minute=5)) == episodes


def test_what_is_overdue_between_two_entries_is_counted_from_when_it_was() -> None:
    load = told(after((pressure(120), 40.0)), minute=41)
    missing = [one for one in load.episodes if one.alarm == "ALM-8 vital signs"]
    assert [one.begun_at for one in missing] == [START + timedelta(minutes=20)]  # due at 15, low after 5
    still = told(after(), minute=30)  # and now, with nothing told since
    assert [one.alarm for one in still.episodes if "vital" in one.alarm] == ["ALM-8 vital signs"]


def test_a_taken_back_reading_and_the_drug_itself_are_told_again() -> None:
    entries = after(
        (pressure(204), 1.0), (PAYLOAD_OF[Move.CONFIRM_READY], 2.0), (PAYLOAD_OF[Move.GIVE_DRUG], 3.0)
    )
    back = entry(EnteredInError(), position=6, minute=4, supersedes=entries[2].id)
    load = told([*entries, back], minute=5)
    assert of_pressure(load) == [(HIGH, None, False)]
    assert load.room_h == pytest.approx(5 / 60)


def test_nothing_is_counted_of_who_never_came_or_has_left() -> None:
    assert told(chain((PLANNED, 0.0)), minute=60) == SessionLoad(room_h=0.0, episodes=())
    left = after(
        (PAYLOAD_OF[Move.CONFIRM_READY], 1.0), (PAYLOAD_OF[Move.GIVE_DRUG], 2.0),
        (PAYLOAD_OF[Move.END_DOSE], 3.0), (PAYLOAD_OF[Move.LEAVE_AGAINST_ADVICE], 6.0),
    )  # fmt: skip
    assert told(left, minute=600).room_h == pytest.approx(0.1)
    note = replace(entry(EventNoted(event="panic", severity=None, action=""), position=9), encounter_id=None)
    assert told([*after(), note], minute=1).episodes == ()


def test_the_sum_says_what_it_can() -> None:
    quiet = told(after((pressure(120), 1.0)), minute=5)
    loud = told(after((pressure(204), 1.0), (DONE, 2.0)), minute=5)
    assert load_of([]) == Load(
        sessions=0,
        room_h=0,
        alarms=0,
        of_priority=dict.fromkeys(Priority, 0),
        seen=0,
        acted=0,
        median_wait_s=None,
    )
    assert (load_of([]).alarms_per_room_h, load_of([]).acted_percent) == (None, None)
    both = load_of([quiet, loud])
    assert (both.sessions, both.alarms, both.seen, both.acted) == (2, 1, 1, 1)
    assert both.alarms_per_room_h == pytest.approx(6)
    assert (both.acted_percent, both.median_wait_s) == (100, 60)
