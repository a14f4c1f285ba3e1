"""The room of a session: the last arrival or move that stands, and what is no move."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given as with_any

from ajar.pathway.dosing.entries import PatientArrived, PatientMoved
from ajar.pathway.dosing.moving import move_words, refuse_move
from ajar.pathway.dosing.passages import NotReady
from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.dosing.stage import IN_ROOM, NotInRoom, Stage
from ajar.pathway.ledger.entry import Entry, effective
from tests.pathway.dosing.history import PLANNED, ROOMS, START, chain, entry, histories

ARRIVED = PatientArrived(room_id=UUID(int=1), room_name="Room 1")
ROOM_1, ROOM_2, ROOM_3 = ROOMS


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def moved_twice() -> Session:
    """Room 1 from minute 1, Room 2 from 30, Room 3 from 60."""
    session = fold(chain((PLANNED, 0), (ARRIVED, 1), (ROOM_2, 30), (ROOM_3, 60)))
    assert session is not None
    return session


def plainly(history: list[Entry], moment: datetime) -> UUID | None:
    """The room of the last arrival or move until then, looked for from the beginning each time."""
    room_id = None
    for one in sorted(effective(history), key=lambda one: one.happened_at):
        if isinstance(one.payload, PatientArrived | PatientMoved) and one.happened_at <= moment:
            room_id = one.payload.room_id
    return room_id


@pytest.mark.hazard("HAZ-09")
@with_any(histories())
def test_the_room_at_any_time_is_that_of_the_last_arrival_or_move_that_stands(history: list[Entry]) -> None:
    session = fold(history)
    assert session is not None
    assert list(session.stays) == sorted(session.stays, key=lambda stay: stay.since)
    assert session.room_id == (session.stays[-1].room_id if session.stays else None)
    for moment in {one.happened_at for one in history}:
        stay = session.stay_at(moment)
        closed = session.closed_at is not None and moment > session.closed_at
        assert (stay.room_id if stay else None) == (None if closed else plainly(history, moment))


@pytest.mark.parametrize(("minute", "room"), [(0.9, None), (1, 1), (29.9, 1), (30, 2), (60, 3), (600, 3)])
def test_each_moment_has_one_room(minute: float, room: int | None) -> None:
    stay = moved_twice().stay_at(at(minute))
    assert (stay.room_id.int if stay else None) == room


def test_who_has_left_is_in_no_room() -> None:
    left = replace(moved_twice(), closed_at=at(90))
    assert left.stay_at(at(90)) == left.stays[-1]
    assert left.stay_at(at(90.1)) is None


def test_a_move_that_is_told_late_takes_its_place_in_time() -> None:
    session = fold(chain((PLANNED, 0), (ARRIVED, 1), (ROOM_3, 60), (ROOM_2, 30)))
    assert session is not None
    assert [stay.room_name for stay in session.stays] == ["Room 1", "Room 2", "Room 3"]
    assert session.room_name == "Room 3"


def test_a_move_that_is_taken_back_never_was() -> None:
    history = chain((PLANNED, 0), (ARRIVED, 1), (ROOM_2, 30))
    again = entry(ROOM_3, position=4, minute=30, supersedes=history[-1].id)
    session = fold([*history, again])
    assert session is not None
    assert [stay.room_name for stay in session.stays] == ["Room 1", "Room 3"]


def test_a_dose_at_home_has_no_room_and_is_not_moved() -> None:
    at_home = PatientArrived(room_id=None, room_name="At home, by video")
    session = fold(chain((PLANNED, 0), (at_home, 1)))
    assert session is not None
    assert (session.room_id, session.room_name, session.stays) == (None, "At home, by video", ())
    assert session.stay_at(at(5)) is None
    with pytest.raises(NotReady, match="has no room"):
        refuse_move(session, room_id=ROOM_2.room_id, at=at(5))


@pytest.mark.parametrize("stage", Stage)
def test_only_a_patient_who_is_in_a_room_is_moved(stage: Stage) -> None:
    session = replace(moved_twice(), stage=stage)
    if stage in IN_ROOM:
        refuse_move(session, room_id=ROOM_2.room_id, at=at(61))
        return
    with pytest.raises(NotInRoom, match=f"in stage arrived, .* is in stage {stage}"):
        refuse_move(session, room_id=ROOM_2.room_id, at=at(61))


def test_the_fold_itself_refuses_a_move_before_the_arrival() -> None:
    with pytest.raises(NotInRoom, match="this session is in stage planned"):
        fold(chain((PLANNED, 0), (ROOM_2, 5)))


@pytest.mark.parametrize(
    ("room", "minute", "words"),
    [(ROOM_3, 61, "is in Room 3 already"), (ROOM_2, 59.9, "came to Room 3 later than that")],
)
def test_what_cannot_have_been_is_refused_in_words(room: PatientMoved, minute: float, words: str) -> None:
    with pytest.raises(NotReady, match=words):
        refuse_move(moved_twice(), room_id=room.room_id, at=at(minute))


def test_a_move_says_where_to_and_why() -> None:
    assert move_words(ROOM_2) == "Moved to Room 2"
    assert move_words(replace(ROOM_2, because="broken monitor")) == "Moved to Room 2: broken monitor"
