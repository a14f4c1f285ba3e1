"""The keypad's form: what cannot be stands at its own field, all of it at once."""

import pytest

from ajar.clinic.monitoring.forms import VitalsForm

pytestmark = pytest.mark.hazard("HAZ-10")


def refused(**typed):
    form = VitalsForm({name: str(value) for name, value in typed.items()})
    assert form.is_valid()
    return (None, form.errors) if form.vitals() is None else (form.vitals(), {})


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"spo2_percent": 140}, {"spo2_percent"}),
        ({"systolic_mmhg": 80, "diastolic_mmhg": 120}, {"systolic_mmhg"}),
        (
            {"systolic_mmhg": 80, "diastolic_mmhg": 120, "spo2_percent": 140},
            {"systolic_mmhg", "spo2_percent"},
        ),
        ({"systolic_mmhg": 128}, {"diastolic_mmhg"}),
        ({}, {"__all__"}),
    ],
)
def test_every_impossible_value_is_named_at_once(typed, fields):
    vitals, errors = refused(**typed)
    assert vitals is None
    assert set(errors) == fields


def test_what_can_be_is_a_set_of_vital_signs():
    vitals, _ = refused(systolic_mmhg=128, diastolic_mmhg=82, spo2_percent=97)
    assert vitals.values() == {"systolic_mmhg": 128, "diastolic_mmhg": 82, "spo2_percent": 97}
