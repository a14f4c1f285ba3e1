"""Vital signs: what no living person shows is refused where it enters; what is unusual is asked about."""

import pytest

from ajar.pathway.observations.vitals import (
    BOUNDS,
    DissociationRated,
    Implausible,
    SedationRated,
    VitalsMeasured,
)


@pytest.mark.hazard("HAZ-10")
@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        (
            {"spo2_percent": 140},
            "spo2_percent",
            "Oxygen saturation 140 % cannot be right: expected 40 to 100.",
        ),
        ({"spo2_percent": 0}, "spo2_percent", "Oxygen saturation 0 % cannot be right: expected 40 to 100."),
        (
            {"heart_rate_bpm": float("nan")},
            "heart_rate_bpm",
            "Heart rate nan /min cannot be right: expected 20 to 250.",
        ),
        ({"weight_kg": -70}, "weight_kg", "Weight -70 kg cannot be right: expected 25 to 350."),
        (
            {"systolic_mmhg": 80, "diastolic_mmhg": 120},
            "systolic_mmhg",
            "Blood pressure 80/120: the first number must be the higher one.",
        ),
        (
            {"systolic_mmhg": 120, "diastolic_mmhg": 120},
            "systolic_mmhg",
            "Blood pressure 120/120: the first number must be the higher one.",
        ),
        ({"systolic_mmhg": 128}, "diastolic_mmhg", "Blood pressure needs both numbers, such as 128/82."),
        ({"diastolic_mmhg": 82}, "systolic_mmhg", "Blood pressure needs both numbers, such as 128/82."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_in_words(values, field, words):
    with pytest.raises(Implausible) as refused:
        VitalsMeasured(**values)
    assert refused.value.field == field
    assert str(refused.value) == words


@pytest.mark.parametrize("field", sorted(BOUNDS))
def test_the_bounds_themselves_are_taken_and_what_lies_beyond_is_not(field):
    bounds = BOUNDS[field]
    pair = {"systolic_mmhg": 301.0, "diastolic_mmhg": 19.0}
    for value in (bounds.lowest, bounds.highest):
        others = {"systolic_mmhg": {"diastolic_mmhg": 30.0}, "diastolic_mmhg": {"systolic_mmhg": 250.0}}
        assert VitalsMeasured(**{field: value, **others.get(field, {})}).values()[field] == value
    for value in (bounds.lowest - 0.1, bounds.highest + 0.1):
        with pytest.raises(Implausible):
            VitalsMeasured(**{**(pair if "mmhg" in field else {}), field: value})


def test_a_set_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"^A set of vital signs needs at least one value\.$"):
        VitalsMeasured()


@pytest.mark.hazard("HAZ-10")
def test_an_unusual_value_is_taken_and_named_so_that_a_person_confirms_it():
    reading = VitalsMeasured(systolic_mmhg=200, diastolic_mmhg=118, heart_rate_bpm=80)
    assert reading.unusual() == ("systolic pressure 200 mmHg", "diastolic pressure 118 mmHg")


def test_a_usual_reading_asks_for_nothing():
    assert VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=82, spo2_percent=97).unusual() == ()
    assert VitalsMeasured(heart_rate_bpm=45, temperature_c=38.5).unusual() == ()
    edges = VitalsMeasured(heart_rate_bpm=44, temperature_c=38.6)
    assert edges.unusual() == ("heart rate 44 /min", "temperature 38.6 °C")


@pytest.mark.parametrize("level", range(6))
def test_sedation_runs_from_0_to_5(level):
    assert SedationRated(moaa_s=level).moaa_s == level


@pytest.mark.parametrize("level", [-1, 6])
def test_no_other_sedation_is_taken(level):
    with pytest.raises(ValueError, match=rf"^MOAA/S runs from 0 to 5, got {level}\.$"):
        SedationRated(moaa_s=level)


@pytest.mark.parametrize(("items", "total"), [((0,) * 6, 0), ((4,) * 6, 24), ((0, 1, 2, 3, 4, 0), 10)])
def test_dissociation_is_the_sum_of_six_answers(items, total):
    assert DissociationRated(items=items, distress=False).total == total


@pytest.mark.parametrize("items", [(), (1,) * 5, (1,) * 7, (0, 0, 0, 0, 0, 5), (0, 0, 0, 0, 0, -1)])
def test_six_answers_from_0_to_4_are_expected(items):
    with pytest.raises(ValueError, match=r"^CADSS-6 takes six answers from 0 to 4, got "):
        DissociationRated(items=items, distress=True)
