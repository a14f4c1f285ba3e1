"""What a session's entries refuse."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from ajar.pathway.dosing.entries import Act, DoseEnded, SessionCancelled
from tests.pathway.dosing.history import ORDERED, READINESS, check_of, entry, given


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
