"""Time is carried on when the machine's clock is moved, and followed while both agree."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.clinic.clock import AGREE_WITHIN, Mark, SteadyClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOOT = "one run of the machine"


@dataclass
class Machine:
    """A clock that can be moved, and a counter that cannot."""

    said: datetime = NOON
    counted: float = 1000.0

    def passes(self, seconds: float) -> None:
        self.said += timedelta(seconds=seconds)
        self.counted += seconds

    def clock(self, last: Mark | None = None, boot: str = BOOT) -> SteadyClock:
        made = SteadyClock(wall=lambda: self.said, counted_s=lambda: self.counted)
        made.keep(last, boot=boot)
        return made


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_before_it_keeps_time_it_goes_by_the_machines_clock_whatever_it_says(machine: Machine) -> None:
    clock = SteadyClock(wall=lambda: machine.said, counted_s=lambda: machine.counted)
    machine.said += HOUR
    assert clock.look() == (NOON + HOUR, None)
    clock.accept()
    assert clock.now() == NOON + HOUR


@pytest.mark.hazard("HAZ-37")
@given(
    by_s=st.floats(-1e6, 1e6).filter(lambda s: abs(s) > AGREE_WITHIN.total_seconds() + 1),
    after_s=st.floats(0, 1e5),
)
def test_a_clock_that_is_moved_is_not_followed(by_s: float, after_s: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.said += timedelta(seconds=by_s)
    machine.passes(after_s)
    at, jump = clock.look()
    assert abs(at - (NOON + timedelta(seconds=after_s))) < timedelta(milliseconds=1)
    assert jump is not None
    assert abs(jump.by - timedelta(seconds=by_s)) < timedelta(milliseconds=1)


def test_small_corrections_are_followed_and_do_not_add_up(machine: Machine) -> None:
    clock = machine.clock()
    for _ in range(100):
        machine.passes(60)
        machine.said += timedelta(seconds=1)
        assert clock.look() == (machine.said, None)


def test_a_clock_that_is_set_right_again_is_followed_by_itself(machine: Machine) -> None:
    clock = machine.clock()
    machine.said += HOUR
    assert clock.look()[1] is not None
    machine.said -= HOUR
    machine.passes(5)
    assert clock.look() == (NOON + timedelta(seconds=5), None)


def test_a_jump_keeps_the_moment_it_was_found_until_the_clock_is_moved_again(machine: Machine) -> None:
    clock = machine.clock()
    machine.said += HOUR
    first = clock.look()[1]
    machine.passes(60)
    assert clock.look()[1] == first
    machine.said += HOUR
    second = clock.look()[1]
    assert second is not None
    assert second.found_at == NOON + timedelta(minutes=1)
    assert second.by == 2 * HOUR


def test_an_accepted_time_is_gone_by(machine: Machine) -> None:
    clock = machine.clock()
    machine.said -= HOUR
    assert clock.now() == NOON
    clock.accept()
    assert clock.look() == (NOON - HOUR, None)
    clock.stop()
    machine.said += 5 * HOUR
    assert clock.now() == NOON + 4 * HOUR


@pytest.mark.parametrize(
    ("boot", "moved", "shown"),
    [
        (BOOT, HOUR, NOON + timedelta(seconds=30)),  # its counter knows better
        (BOOT, -HOUR, NOON + timedelta(seconds=30)),
        ("another run", -HOUR, NOON),  # no earlier than it was
        ("another run", HOUR, NOON + HOUR + timedelta(seconds=30)),  # it may have been off for an hour
        ("", HOUR, NOON + HOUR + timedelta(seconds=30)),  # no counter is known
    ],
)
def test_time_is_carried_over_a_restart(
    machine: Machine, boot: str, moved: timedelta, shown: datetime
) -> None:
    last = Mark(at=NOON, counted_s=machine.counted, boot_id=BOOT)
    machine.passes(30)
    machine.said += moved
    assert machine.clock(last, boot).now() == shown
