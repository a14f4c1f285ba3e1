"""The table of stages."""

import pytest

from ajar.pathway.dosing.stage import CLOSED, IN_ROOM, TRANSITIONS, Move, MoveRefused, Stage, after, move_of


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", Move)
def test_a_move_that_is_not_in_the_table_is_refused_with_what_is_allowed(stage: Stage, move: Move) -> None:
    if move in TRANSITIONS[stage]:
        assert after(stage, move) is TRANSITIONS[stage][move]
        return
    with pytest.raises(MoveRefused) as refused:
        after(stage, move)
    allowed = [other.words for other in TRANSITIONS[stage]] or ["nothing more"]
    assert all(words in str(refused.value) for words in allowed)
    assert (refused.value.stage, refused.value.move) == (stage, move)


def test_every_stage_can_be_reached_and_only_closed_ones_end() -> None:
    reached = {Stage.PLANNED} | {after for moves in TRANSITIONS.values() for after in moves.values()}
    assert reached == set(Stage)
    assert {stage for stage in Stage if not TRANSITIONS[stage]} == CLOSED
    assert not IN_ROOM & CLOSED


@pytest.mark.hazard("HAZ-06")
@pytest.mark.parametrize("stage", sorted(IN_ROOM - {Stage.RECOVERED}))
def test_nobody_is_released_from_a_stage_that_has_not_recovered(stage: Stage) -> None:
    with pytest.raises(MoveRefused):
        after(stage, Move.RELEASE)


def test_a_kind_that_moves_nothing_has_no_move() -> None:
    assert move_of("vitals.measured") is None
    assert move_of("dose.ended") is Move.END_DOSE
