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
from ajar.pathway.dosing.passages import pass_on
from ajar.pathway.dosing.preparation import refuse_other_volume, units_of, volume_ml
from ajar.pathway.dosing.stage import Move, Stage
from tests.pathway.dosing.history import ORDERED, READINESS, START, check_of, given
from tests.pathway.dosing.test_approved_refusals import DOSING, IM_SESSION, PO_SESSION, injected, taken
from tests.pathway.dosing.test_drug import ORDER, PAUSED, session
from tests.pathway.dosing.test_entries import HANDED_OUT
from tests.pathway.dosing.test_passages import passing
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
