"""The newest values: the same one entry at a time, in any order, as from everything at once."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import Act
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.monitoring.events import CHECKED_IN
from ajar.pathway.monitoring.latest import SIGNALS, VitalsNow, evolve, fold, values_of
from ajar.pathway.monitoring.marks import FoldAfresh, all_since, last_breach
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import ENCOUNTER, OBSERVED, START, entry, given, histories


def followed(history: list[Entry]) -> VitalsNow:
    """As the read model does it."""
    state = VitalsNow(encounter_id=ENCOUNTER)
    for number, one in enumerate(history, start=1):
        try:
            state = evolve(state, one)
        except FoldAfresh:
            state = fold(history[:number], encounter_id=ENCOUNTER)
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


@pytest.mark.parametrize(
    "told",
    [
        ((0, 112), (4, 130), (8, 112), (12, 128), (16, 120)),
        ((0, 120), (4, 120), (4, 118), (8, 122), (8, 122)),
        ((0, 130), (4, 125), (8, 120), (12, 115), (16, 118)),
        ((0, 110), (4, 115), (8, 120), (12, 125), (16, 122)),
        ((-4, 118), (1, 112), (2, 114), (2, 112), (4, 120)),
    ],
)
def test_five_readings_told_in_any_order_give_what_a_rebuild_gives(told: tuple[tuple[int, int], ...]) -> None:
    """The law above on all orders of a few readings: equal values and moments, about the time of the drug."""
    drug = entry(given(Act.INFUSION_STARTED, rate_mg_per_h=50.0), position=1, minute=0.5)
    other = Author(kind=AuthorKind.STAFF, id="2", name="Ines Calder, RN")
    for order in permutations(told):
        history = [drug, *(replace(one, position=one.position + 1) for one in rates(list(order)))]
        history[-1] = replace(history[-1], recorded_by=other)
        state = fold(history[:1], encounter_id=ENCOUNTER)
        for number, one in enumerate(history[1:], start=2):
            try:
                state = evolve(state, one)
            except FoldAfresh:
                state = fold(history[:number], encounter_id=ENCOUNTER)
            assert state == fold(history[:number], encounter_id=ENCOUNTER)


READINGS = st.lists(st.tuples(st.integers(0, 160), st.integers(110, 130)), min_size=1, max_size=60)
"""Heart rates, each at a quarter of a minute: many at the same moment, told in any order."""


def rates(values: list[tuple[int, int]]) -> list[Entry]:
    return [
        entry(VitalsMeasured(heart_rate_bpm=float(rate)), position=n, minute=quarter / 4)
        for n, (quarter, rate) in enumerate(values, start=1)
    ]


@with_any(READINGS, st.integers(108, 132))
def test_the_marks_know_the_run_and_the_last_breach_of_any_bound(
    values: list[tuple[int, int]], bound: int
) -> None:
    told = rates(values)
    kept = followed(told).signal("heart_rate_bpm")
    assert kept is not None
    by_time = sorted(told, key=lambda e: (e.happened_at, e.position))
    plain = [(e.happened_at, values_of(e)["heart_rate_bpm"]) for e in by_time]
    breached = [at for at, rate in plain if rate > bound]
    run: list[object] = []
    for at, rate in plain:
        run = [*run, at] if rate > bound else []
    assert all_since(kept.lows, kept.first_at, lambda rate: rate > bound) == (run[0] if run else None)
    newest = last_breach(kept.highs, lambda rate: rate > bound)
    assert (newest.at if newest else None) == (breached[-1] if breached else None)


@with_any(READINGS)
def test_the_state_takes_no_more_room_than_there_are_values(values: list[tuple[int, int]]) -> None:
    kept = followed(rates(values)).signal("heart_rate_bpm")
    assert kept is not None
    different = len({rate for _, rate in values})
    assert len(kept.lows) <= different
    assert len(kept.highs) <= different


def test_what_was_told_too_late_for_its_neighbours_asks_for_a_fold_afresh() -> None:
    told = rates([(0, 112), (4, 130), (8, 129), (12, 128), (6, 120)])
    state = fold(told[:4], encounter_id=ENCOUNTER)
    with pytest.raises(FoldAfresh):
        evolve(state, told[4])
    assert followed(told) == fold(told, encounter_id=ENCOUNTER)


def test_a_state_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=f"{len(SIGNALS)} places, got 1"):
        VitalsNow(encounter_id=ENCOUNTER, signals=(None,))


def test_a_check_that_was_answered_is_a_signal_of_its_own() -> None:
    answered = entry(EventNoted(event=CHECKED_IN, severity=None, action=""), minute=15)
    latest = followed([answered]).latest("check_in")
    assert latest is not None
    assert latest.at == START + timedelta(minutes=15)


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
    assert state.signal("spo2_percent") is None
    assert state.baseline("spo2_percent") is None
    assert state.position == 2


@pytest.mark.parametrize("event", ["nausea", "a word of the nurse's own"])
def test_events_that_are_no_alarm_take_no_room(event: str) -> None:
    noted = entry(EventNoted(event=event, severity=None, action=""))
    assert followed([noted]).events == ()


def test_nothing_told_is_nothing_known() -> None:
    assert fold([], encounter_id=ENCOUNTER) == VitalsNow(encounter_id=ENCOUNTER)
