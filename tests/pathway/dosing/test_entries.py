"""What a session's entries refuse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DrugGiven,
    LozengesDispensed,
    OrderChecked,
    PatientArrived,
    PatientMoved,
    ReadinessAnswered,
    SessionCancelled,
)
from ajar.pathway.ledger.codec import decode
from ajar.pathway.ledger.payload import Payload
from tests.pathway.dosing.history import ORDERED, READINESS, check_of, entry, given

HANDED_OUT = LozengesDispensed(
    doses=1, units_per_dose=1.0, unit_mg=100.0, lot="L1", expires_on=date(2030, 1, 1), pharmacy="Quay"
)


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize("amount_mg", [0.0, -1.0, float("nan"), float("inf")])
def test_a_dose_of_nothing_is_refused(amount_mg: float) -> None:
    with pytest.raises(ValueError, match="more than 0 mg"):
        replace(ORDERED, amount_mg=amount_mg)
    with pytest.raises(ValueError, match="more than 0 mg"):
        DoseEnded(total_mg=amount_mg, complete=True)
    with pytest.raises(ValueError, match="more than 0 mg"):
        given(Act.INJECTED, amount_mg=amount_mg)


@pytest.mark.parametrize(
    ("build", "match"),
    [
        (lambda: replace(ORDERED, duration_min=0.0), "1 to 240 minutes"),
        (lambda: replace(ORDERED, duration_min=241.0), "1 to 240 minutes"),
        (lambda: given(Act.RATE_CHANGED, rate_mg_per_h=1001.0, because="x"), "0 to 1000 mg/h"),
        (lambda: given(Act.PAUSED, rate_mg_per_h=0.0), "reason must not be empty"),
        (lambda: given(Act.INJECTED, amount_mg=1.0, lot=" "), "lot must not be empty"),
        (lambda: DoseEnded(total_mg=20.0, complete=False), "reason for stopping early"),
        (lambda: SessionCancelled(because=""), "because must not be empty"),
        (lambda: PatientMoved(room_id=UUID(int=2), room_name=" "), "room must not be empty"),
        (lambda: replace(check_of(entry(ORDERED)), second_person="A"), "two different people"),
        (lambda: replace(check_of(entry(ORDERED)), lot=""), "lot must not be empty"),
        (lambda: replace(READINESS, last_solids_at=datetime(2026, 3, 2, 8, 0)), "time zone"),
    ],
)
def test_what_cannot_be_is_refused_in_words(build: Any, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        build()


def test_a_spray_has_no_duration_and_unasked_times_are_allowed() -> None:
    assert replace(ORDERED, duration_min=None).duration_min is None
    assert replace(READINESS, last_solids_at=None).last_solids_at is None


@pytest.mark.parametrize(
    ("cls", "stored"),
    [
        (PatientArrived, {"room_id": "00000000-0000-0000-0000-000000000001", "room_name": "Room 1"}),
        (
            ReadinessAnswered,
            {
                "last_solids_at": None,
                "last_liquids_at": None,
                "escort_name": "Jonas",
                "escort_phone": "1",
                "intoxication_signs": False,
                "new_medicines": False,
                "new_symptoms": False,
                "suicidal_thoughts_since_last_visit": False,
            },
        ),
        (
            OrderChecked,
            {
                "order_id": "00000000-0000-0000-0000-000000000001",
                "first_person": "A",
                "second_person": "B",
                "second_person_id": "2",
                "product": "ketamine_iv",
                "amount_mg": 35.0,
                "lot": "L1",
                "expires_on": "2030-01-01",
            },
        ),
        (
            DrugGiven,
            {
                "act": "placed",
                "product": "ketamine_sl_clinic",
                "amount_mg": 50.0,
                "rate_mg_per_h": None,
                "lot": "L1",
                "expires_on": None,
            },
        ),
        (DoseEnded, {"total_mg": 35.0, "complete": True}),
    ],
)
def test_what_was_written_before_the_new_questions_is_still_read(
    cls: type[Payload], stored: dict[str, object]
) -> None:
    assert isinstance(decode(cls, stored), cls)


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: replace(READINESS, cssrs_highest_item=7), "items 1 to 6"),
        (lambda: given(Act.INJECTED, amount_mg=35.0, volume_ml=0.0), "more than 0"),
        (lambda: given(Act.TAKEN, amount_mg=35.0, units=-1.0), "more than 0"),
        (lambda: DoseEnded(total_mg=35.0, complete=True, held_min=61.0), "at most 60 minutes"),
        (lambda: replace(check_of(entry(ORDERED)), unit_mg=0.0), "more than 0 mg"),
        (lambda: replace(HANDED_OUT, doses=0), "At least one dose"),
        (lambda: replace(HANDED_OUT, pharmacy=" "), "pharmacy"),
    ],
)
def test_what_cannot_be_true_is_refused(make: Callable[[], object], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        make()
