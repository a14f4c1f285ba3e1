"""What lies on an edge: the last value that is still taken, beside each refusal of test_approved_refusals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ajar.pathway.dosing.drug import (
    act_of,
    infusion_rate_mg_per_h,
    is_complete,
    next_device,
    refuse_act,
    refuse_unexplained_total,
)
from ajar.pathway.dosing.entries import Act, DoseEnded, DrugGiven
from ajar.pathway.dosing.moving import refuse_move
from ajar.pathway.dosing.passages import pass_on
from ajar.pathway.dosing.policy import READINESS_POLICY
from ajar.pathway.dosing.preparation import refuse_other_volume, units_of, volume_ml
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import Move, NotInRoom, Stage, refuse_outside_room
from ajar.pathway.ledger.payload import EnteredInError
from tests.pathway.dosing.history import ORDERED, PLANNED, READINESS, START, chain, check_of, entry, given
from tests.pathway.dosing.test_approved_refusals import DOSING, IM_SESSION, PO_SESSION, injected, taken
from tests.pathway.dosing.test_drug import ORDER, PAUSED, session
from tests.pathway.dosing.test_entries import HANDED_OUT
from tests.pathway.dosing.test_moving import ROOM_2, moved_twice
from tests.pathway.dosing.test_passages import passing
from tests.pathway.dosing.test_readiness import CALM
from tests.pathway.dosing.test_rems import CERTIFIED

VIAL = replace(check_of(ORDER), concentration_mg_per_ml=50.0)


@pytest.mark.parametrize(
    "build",
    [
        lambda: replace(ORDERED, duration_min=240.0),
        lambda: replace(ORDERED, duration_min=1.0),
        lambda: replace(READINESS, cssrs_highest_item=1),
        lambda: replace(READINESS, cssrs_highest_item=6),
        lambda: given(Act.INFUSION_STARTED, rate_mg_per_h=0.0),
        lambda: given(Act.INFUSION_STARTED, rate_mg_per_h=1000.0),
        lambda: given(Act.INJECTED, amount_mg=1.0, volume_ml=0.5),
        lambda: given(Act.TAKEN, amount_mg=1.0, units=0.5),
        lambda: DoseEnded(total_mg=1.0, complete=True, held_min=60.0),
        lambda: DoseEnded(total_mg=1.0, complete=True, held_min=1.0),
        lambda: replace(HANDED_OUT, doses=1),
        lambda: replace(CERTIFIED, valid_until=CERTIFIED.certified_on),
        lambda: replace(READINESS_POLICY.injected, liquids_h=0.0),
        lambda: replace(READINESS_POLICY.injected, liquids_h=6.0),
        lambda: replace(READINESS_POLICY.injected, solids_h=24.0),
        lambda: refuse_move(moved_twice(), room_id=ROOM_2.room_id, at=moved_twice().stays[-1].since),
        lambda: refuse_act(DOSING, PAUSED[0], at=START),
        lambda: refuse_act(IM_SESSION, injected(), at=START),
        lambda: refuse_act(PO_SESSION, taken(), at=START),
        lambda: pass_on(passing(Move.END_DOSE, Stage.DOSING, at=START)),
        lambda: refuse_unexplained_total(total_mg=100.0, ordered_mg=99.0, because=""),
        lambda: refuse_other_volume(100.0, 2.03, VIAL),
        lambda: refuse_other_volume(5.0, 0.105, VIAL),
    ],
)
def test_what_lies_on_the_edge_is_taken(build: Callable[[], object]) -> None:
    build()


def test_amounts_are_rounded_as_they_are_set_and_drawn_up() -> None:
    assert infusion_rate_mg_per_h(amount_mg=35, duration_min=41) == 51.2
    assert infusion_rate_mg_per_h(amount_mg=1, duration_min=0.5) == 120.0
    assert volume_ml(33.3, VIAL) == 0.67
    assert volume_ml(33.3, replace(VIAL, diluent="0.9 % saline")) == 1.33
    assert units_of(0.5, 1.0) == 0.5
    assert units_of(0.75, 0.5) == 1.5
    assert is_complete(total_mg=99.0, ordered_mg=100.0)


def test_a_session_stands_where_its_chain_stands_though_the_last_entry_was_taken_back() -> None:
    told = chain((PLANNED, 0), (CALM, 1))
    session_ = fold([*told, entry(EnteredInError(), position=3, supersedes=told[-1].id)])
    assert session_ is not None
    assert session_.position == 3


def test_a_refused_move_to_another_room_names_the_stage() -> None:
    with pytest.raises(NotInRoom) as refused:
        refuse_outside_room(Stage.PLANNED)
    assert refused.value.stage is Stage.PLANNED


def test_without_an_order_there_is_no_device() -> None:
    assert next_device(replace(session(devices=2), order=None)) is None


def test_an_act_carries_all_that_was_said_of_it_and_nothing_else() -> None:
    said: dict[str, Any] = {
        "amount_mg": 5.0,
        "rate_mg_per_h": 20.0,
        "line_site": "left forearm",
        "device_number": 1,
        "because": "nausea",
        "body_site": "left deltoid",
        "volume_ml": 0.1,
        "units": 0.5,
    }
    checked = {"product": "ketamine_iv", "lot": "L1", "expires_on": date(2030, 1, 1)}
    assert act_of(session(), Act.RATE_CHANGED, **said) == DrugGiven(act=Act.RATE_CHANGED, **checked, **said)
    bare = act_of(session(), Act.INJECTED)
    assert bare == DrugGiven(act=Act.INJECTED, amount_mg=None, rate_mg_per_h=None, **checked)
