"""A session is a fold; the incremental one is judged by the plain one (HAZ: a stage nobody can explain)."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from uuid import UUID

import pytest
from hypothesis import given as with_any

from ajar.pathway.discharge.entries import EncounterSigned
from ajar.pathway.dosing.entries import Act, DoseEnded, PatientArrived
from ajar.pathway.dosing.session import Session, evolve, fold
from ajar.pathway.dosing.stage import TRANSITIONS, Move, MoveRefused, Stage, move_of
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import (
    ENCOUNTER,
    ORDERED,
    PATIENT,
    PAYLOAD_OF,
    PLANNED,
    READINESS,
    START,
    chain,
    check_of,
    entry,
    given,
    histories,
)

ARRIVED = PatientArrived(room_id=UUID(int=1), room_name="Room 1")


def running(*more: tuple[object, float]) -> Session:
    """An infusion that began at minute 20."""
    order = entry(ORDERED, position=4, minute=10)
    told = [
        *chain((PLANNED, 0), (ARRIVED, 1), (READINESS, 5)),
        order,
        entry(check_of(order), position=5, minute=12),
    ]
    session = fold(told)
    assert session is not None
    rest = [(given(Act.INFUSION_STARTED, rate_mg_per_h=52.5), 20.0), *more]
    ready = replace(session, stage=Stage.READY)
    entries = [
        entry(payload, position=6 + n, minute=minute)  # type: ignore[arg-type]
        for n, (payload, minute) in enumerate(rest)
    ]
    result = reduce(evolve, entries, ready)
    assert result is not None
    return result


def at(minute: float) -> "Session | object":
    return START + timedelta(minutes=minute)


@with_any(histories())
def test_the_session_of_any_history_is_the_same_one_entry_at_a_time(history: list[Entry]) -> None:
    state: Session | None = None
    for number, one in enumerate(history, start=1):
        state = fold(history[:number]) if one.supersedes else evolve(state, one)
        assert state == fold(history[:number])


@with_any(histories(corrections=False))
def test_the_stage_is_where_the_table_leads(history: list[Entry]) -> None:
    stage = Stage.PLANNED
    for one in effective(history):
        if (move := move_of(one.payload.KIND)) is not None:
            stage = TRANSITIONS[stage][move]
    session = fold(history)
    assert session is not None
    assert session.stage is stage
    assert (session.closed_at is not None) == (stage in (Stage.DISCHARGED, Stage.CANCELLED))


def test_nothing_is_told_before_the_plan() -> None:
    assert fold([]) is None
    assert fold(chain((ARRIVED, 0))) is None
    assert fold([entry(PLANNED, encounter_id=None)]) is None


def test_a_session_says_whose_it_is_since_when_and_on_which_entries_it_stands() -> None:
    moves = (Move.ARRIVE, Move.CONFIRM_READY, Move.GIVE_DRUG)
    told = chain((PLANNED, 3), *((PAYLOAD_OF[move], 10.0 * n) for n, move in enumerate(moves, start=1)))
    planned, dosing = fold(told[:1]), fold(told)
    assert planned is not None
    assert dosing is not None
    assert (planned.encounter_id, planned.patient_id) == (ENCOUNTER, PATIENT)
    assert (planned.stage_since, dosing.stage_since) == (at(3), at(30))
    assert [act.entry_id for act in dosing.acts] == [told[-1].id]


def test_an_illegal_entry_is_refused() -> None:
    with pytest.raises(MoveRefused, match="this stage allows"):
        fold(chain((PLANNED, 0), (DoseEnded(total_mg=1.0, complete=True), 5)))


def test_a_new_order_has_not_been_checked() -> None:
    session = running()
    assert session.check is not None
    again = evolve(session, entry(ORDERED, position=20, minute=30))
    assert again is not None
    assert again.check is None
    stray = evolve(again, entry(check_of(entry(ORDERED)), position=21, minute=31))
    assert stray is not None
    assert stray.check is None


@pytest.mark.parametrize(
    ("more", "minute", "expected_mg"),
    [
        ((), 20, 0.0),
        ((), 40, 17.5),
        (((given(Act.PAUSED, rate_mg_per_h=0.0, because="nausea"), 30.0),), 60, 8.75),
        (
            (
                (given(Act.PAUSED, rate_mg_per_h=0.0, because="nausea"), 30.0),
                (given(Act.RESUMED, rate_mg_per_h=52.5), 40.0),
            ),
            50,
            17.5,
        ),
        (((given(Act.INJECTED, amount_mg=5.0), 30.0),), 40, 22.5),
        (((DoseEnded(total_mg=34.0, complete=False, because="pain"), 58.0),), 90, 34.0),
    ],
)
def test_drug_given_is_rate_times_time_plus_what_was_injected(
    more: tuple[tuple[object, float], ...], minute: float, expected_mg: float
) -> None:
    session = running(*more)
    assert session.given_mg(now=START + timedelta(minutes=minute)) == pytest.approx(expected_mg)


def test_the_clock_starts_with_the_first_drug_and_drug_ends_with_the_infusion() -> None:
    planned = fold(chain((PLANNED, 0)))
    assert planned is not None
    assert planned.first_dose_at is None
    assert planned.last_drug_at is None
    assert planned.product == "ketamine_iv"
    session = running()
    assert session.first_dose_at == at(20)
    assert session.last_drug_at == at(20)
    ended = evolve(session, entry(DoseEnded(total_mg=35.0, complete=True), position=9, minute=60))
    assert ended is not None
    assert ended.last_drug_at == at(60)
    sprayed = replace(ended, acts=(replace(ended.acts[0], given=given(Act.DEVICE_SPRAYED, amount_mg=28.0)),))
    assert sprayed.last_drug_at == at(20)


def test_what_comes_after_the_signature_is_seen() -> None:
    signed = EncounterSigned(
        seal="x", entries=3, last_position=2, printed_name="Imran Vale, MD", meaning="I have reviewed it."
    )
    session = fold(chain((PLANNED, 0), (ARRIVED, 1), (signed, 90)))
    assert session is not None
    assert session.signed_at is not None
    assert not session.changed_after_signing
    later = evolve(session, entry(VitalsMeasured(spo2_percent=97.0), position=4, minute=95))
    assert later is not None
    assert later.changed_after_signing
