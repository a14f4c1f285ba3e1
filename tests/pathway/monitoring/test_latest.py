"""The newest values: the same one entry at a time, in any order, as from everything at once."""

from datetime import timedelta

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import Act
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.monitoring.latest import (
    GRAINS,
    VitalsNow,
    breached_since,
    evolve,
    fold,
    needs_fold,
    values_of,
)
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import ENCOUNTER, OBSERVED, START, entry, given, histories


def followed(history: list[Entry]) -> VitalsNow:
    """As the read model does it."""
    state = VitalsNow(encounter_id=ENCOUNTER)
    for number, one in enumerate(history, start=1):
        state = fold(history[:number], encounter_id=ENCOUNTER) if needs_fold(one) else evolve(state, one)
    return state


@with_any(histories())
def test_one_entry_at_a_time_gives_what_a_rebuild_gives(history: list[Entry]) -> None:
    assert followed(history) == fold(history, encounter_id=ENCOUNTER)


@pytest.mark.hazard("HAZ-11")
@pytest.mark.hazard("HAZ-18")
@with_any(histories())
def test_the_newest_value_is_the_one_measured_last(history: list[Entry]) -> None:
    state = followed(history)
    newest: dict[str, tuple[object, float]] = {}
    for one in sorted(effective(history), key=lambda e: (e.happened_at, e.position)):
        newest |= {signal: (one.happened_at, value) for signal, value in values_of(one).items()}
    assert {one.signal: (one.at, one.value) for one in state.newest} == newest


@with_any(st.permutations(range(40)), st.lists(OBSERVED, min_size=40, max_size=40))
def test_the_order_of_arrival_does_not_matter(order: list[int], observed: list[object]) -> None:
    entries = [
        entry(payload, position=n + 1, minute=n * 0.4)  # type: ignore[arg-type]
        for n, payload in enumerate(observed)
    ]
    assert followed([entries[n] for n in order]) == followed(entries)


@with_any(st.lists(st.tuples(st.floats(0, 40), st.integers(100, 220)), min_size=1, max_size=60))
def test_a_trail_says_since_when_all_values_breached_as_the_plain_readings_do(
    values: list[tuple[float, int]],
) -> None:
    entries = [
        entry(VitalsMeasured(heart_rate_bpm=float(rate)), position=n, minute=round(minute * 4) / 4)
        for n, (minute, rate) in enumerate(values, start=1)
    ]
    trail = followed(entries).trail("heart_rate_bpm")
    assert trail is not None
    assert len(trail.slices) <= GRAINS["heart_rate_bpm"].slices + 2
    told = sorted(((e.happened_at, values_of(e)["heart_rate_bpm"]) for e in entries), key=lambda one: one[0])
    found = breached_since(trail, lambda rate: rate > 120)
    newest_slice = [rate for at, rate in told if (told[-1][0] - at).total_seconds() < 1]
    if not all(rate > 120 for rate in newest_slice):
        assert found is None
    if found is not None:
        run = [rate for at, rate in told if at >= found[0]]
        assert all(rate > 120 for rate in run)


def test_a_run_is_as_long_as_from_its_first_reading_to_its_last() -> None:
    told = [
        entry(VitalsMeasured(heart_rate_bpm=125.0), position=n, minute=minute)
        for n, minute in enumerate((0, 7), start=1)
    ]
    trail = followed(told).trail("heart_rate_bpm")
    assert trail is not None
    assert breached_since(trail, lambda rate: rate > 120) == (START, 420.0)
    assert breached_since(trail, lambda rate: rate > 130) is None


def test_the_baseline_is_the_last_value_before_the_drug() -> None:
    before = entry(VitalsMeasured(spo2_percent=98.0), position=1, minute=0)
    at_rest = entry(VitalsMeasured(spo2_percent=97.0), position=2, minute=5)
    assert_before = followed([before, at_rest]).baseline("spo2_percent")
    assert assert_before is not None
    assert assert_before.value == 97
    drug = entry(given(Act.INFUSION_STARTED, rate_mg_per_h=50.0), position=3, minute=10)
    during = entry(VitalsMeasured(spo2_percent=94.0), position=4, minute=20)
    told_late = entry(VitalsMeasured(spo2_percent=96.0), position=5, minute=9, recorded_minute=25)
    state = followed([before, at_rest, drug, during, told_late])
    baseline, newest = state.baseline("spo2_percent"), state.latest("spo2_percent")
    assert baseline is not None
    assert newest is not None
    assert (baseline.value, newest.value) == (96, 94)
    assert state.first_dose_at == START + timedelta(minutes=10)
    assert state.readings == 4


def test_what_was_entered_in_error_is_gone() -> None:
    wrong = entry(VitalsMeasured(spo2_percent=55.0), position=1)
    taken_back = entry(EnteredInError(), position=2, supersedes=wrong.id)
    state = followed([wrong, taken_back])
    assert state.latest("spo2_percent") is None
    assert state.trail("spo2_percent") is None
    assert state.position == 2


@pytest.mark.parametrize("event", ["nausea", "a word of the nurse's own"])
def test_events_that_are_no_alarm_take_no_room(event: str) -> None:
    noted = entry(EventNoted(event=event, severity=None, action=""))
    assert followed([noted]).events == ()


def test_nothing_told_is_nothing_known() -> None:
    assert fold([], encounter_id=ENCOUNTER) == VitalsNow(encounter_id=ENCOUNTER)
