"""The stages of a dosing session and the only moves between them.

The table is the rule. A move that is not in it is refused with what is allowed now; the drawing in
docs/reference/stages.md is generated from it. Moves are named by the kind of entry that makes them,
so that later rooms of the visit (discharge) can move a session without this room knowing them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    READY = "ready"
    DOSING = "dosing"
    OBSERVED = "observed"
    RECOVERED = "recovered"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """An entry kind that moves a session, with the words a nurse uses for it."""

    ARRIVE = "patient.arrived"
    CONFIRM_READY = "readiness.confirmed"
    GIVE_DRUG = "drug.given"
    END_DOSE = "dose.ended"
    CONFIRM_RECOVERY = "recovery.confirmed"
    LOSE_RECOVERY = "recovery.lost"
    RELEASE = "session.released"
    LEAVE_AGAINST_ADVICE = "session.left-against-advice"
    CANCEL = "session.cancelled"

    @property
    def words(self) -> str:
        """The move as people say it."""
        return self.name.replace("_", " ").lower()


MOVES: Final[Mapping[str, Move]] = {move.value: move for move in Move}

TRANSITIONS: Final[Mapping[Stage, Mapping[Move, Stage]]] = {
    Stage.PLANNED: {Move.ARRIVE: Stage.ARRIVED, Move.CANCEL: Stage.CANCELLED},
    Stage.ARRIVED: {Move.CONFIRM_READY: Stage.READY, Move.CANCEL: Stage.CANCELLED},
    Stage.READY: {Move.GIVE_DRUG: Stage.DOSING, Move.CANCEL: Stage.CANCELLED},
    Stage.DOSING: {
        Move.GIVE_DRUG: Stage.DOSING,
        Move.END_DOSE: Stage.OBSERVED,
        Move.LEAVE_AGAINST_ADVICE: Stage.DISCHARGED,
    },
    Stage.OBSERVED: {
        Move.CONFIRM_RECOVERY: Stage.RECOVERED,
        Move.LEAVE_AGAINST_ADVICE: Stage.DISCHARGED,
    },
    Stage.RECOVERED: {
        Move.LOSE_RECOVERY: Stage.OBSERVED,
        Move.RELEASE: Stage.DISCHARGED,
        Move.LEAVE_AGAINST_ADVICE: Stage.DISCHARGED,
    },
    Stage.DISCHARGED: {},
    Stage.CANCELLED: {},
}

IN_ROOM: Final = frozenset({Stage.ARRIVED, Stage.READY, Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED})
"""Stages in which the patient occupies a room."""

CLOSED: Final = frozenset({Stage.DISCHARGED, Stage.CANCELLED})


class MoveRefused(ValueError):
    """The session's stage does not allow this move; the stage stays as it was."""

    def __init__(self, move: Move, stage: Stage) -> None:
        allowed = ", ".join(m.words for m in TRANSITIONS[stage]) or "nothing more"
        super().__init__(
            f"'{move.words.capitalize()}' cannot follow stage '{stage}'; this stage allows: {allowed}."
        )
        self.move = move
        self.stage = stage


class NotInRoom(ValueError):
    """Only a patient who is in a room is moved to another; the room stays as it was."""

    def __init__(self, stage: Stage) -> None:
        allowed = ", ".join(one for one in Stage if one in IN_ROOM)
        super().__init__(
            f"A patient is moved to another room in stage {allowed}; this session is in stage {stage}."
        )
        self.stage = stage


def refuse_outside_room(stage: Stage) -> None:
    """Refuse to move a patient who has not arrived, or whose session is closed.

    Raises:
        NotInRoom: the stage is none of IN_ROOM.
    """
    if stage not in IN_ROOM:
        raise NotInRoom(stage)


def move_of(kind: str) -> Move | None:
    """The move an entry kind makes, or None when it makes none."""
    return MOVES.get(kind)


def after(stage: Stage, move: Move) -> Stage:
    """The stage that follows.

    Raises:
        MoveRefused: the table has no such move.
    """
    try:
        return TRANSITIONS[stage][move]
    except KeyError:
        raise MoveRefused(move, stage) from None
