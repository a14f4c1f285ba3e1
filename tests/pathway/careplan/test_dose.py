"""The dose calculator and its guard rails."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.careplan.dose import Body, advised_basis, calculated_dose, ideal_weight_kg
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guards import PlannedDose, guards, hard_stops
from ajar.pathway.careplan.products import PREPARATIONS, devices_for, preparation_of_ndc
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.observations.vitals import Implausible
from ajar.pathway.patients.facts import Sex

HEAVY = Body(weight_kg=110, height_cm=170, sex=Sex.FEMALE)
LIGHT = Body(weight_kg=60, height_cm=170, sex=Sex.FEMALE)

bodies = st.builds(
    Body,
    weight_kg=st.floats(40, 250),
    height_cm=st.floats(130, 210),
    sex=st.sampled_from([Sex.FEMALE, Sex.MALE]),
)


def test_the_worked_example_of_the_source_iv_11():
    found = calculated_dose(dose_mg_per_kg=0.5, body=HEAVY, basis=advised_basis(HEAVY))

    assert round(HEAVY.bmi, 1) == 38.1
    assert found.basis is WeightBasis.IDEAL
    assert found.dose_weight_kg == 61.4
    assert found.amount_mg == 30.7
    assert "30.7 mg" in found.steps[-1]
    assert calculated_dose(dose_mg_per_kg=0.5, body=HEAVY, basis=WeightBasis.ACTUAL).amount_mg == 55.0


def test_below_a_bmi_of_30_the_actual_weight_is_advised():
    assert advised_basis(LIGHT) is WeightBasis.ACTUAL
    found = calculated_dose(dose_mg_per_kg=0.5, body=LIGHT, basis=WeightBasis.ACTUAL)
    assert (found.amount_mg, len(found.steps)) == (30.0, 2)


@pytest.mark.parametrize(
    ("sex", "height_cm", "expected_kg"),
    [(Sex.MALE, 152.4, 50.0), (Sex.FEMALE, 152.4, 45.5), (Sex.MALE, 140, 50.0), (Sex.MALE, 177.8, 73.0)],
)
def test_ideal_weight_is_devines_with_a_floor_at_60_inches(sex: Sex, height_cm: float, expected_kg: float):
    assert ideal_weight_kg(sex, height_cm) == pytest.approx(expected_kg)


@given(bodies, st.floats(0.05, 1.0))
def test_the_amount_is_the_dose_times_the_weight_it_names(body: Body, dose_mg_per_kg: float):
    found = calculated_dose(dose_mg_per_kg=dose_mg_per_kg, body=body, basis=advised_basis(body))
    weight_kg = (
        body.weight_kg if found.basis is WeightBasis.ACTUAL else ideal_weight_kg(body.sex, body.height_cm)
    )

    assert found.amount_mg == pytest.approx(dose_mg_per_kg * weight_kg, abs=0.051)
    assert found.amount_mg > 0


@given(bodies)
def test_the_advised_dose_never_stands_on_more_than_the_actual_weight(body: Body):
    found = calculated_dose(dose_mg_per_kg=0.5, body=body, basis=advised_basis(body))
    assert found.dose_weight_kg <= round(body.weight_kg, 1)


@pytest.mark.parametrize("dose_mg_per_kg", [0, -0.5, nan, inf, -inf])
def test_a_dose_that_is_no_dose_is_refused(dose_mg_per_kg: float):
    with pytest.raises(ValueError, match="more than 0 mg/kg"):
        calculated_dose(dose_mg_per_kg=dose_mg_per_kg, body=LIGHT, basis=WeightBasis.ACTUAL)


@pytest.mark.parametrize(("weight_kg", "height_cm"), [(0, 170), (nan, 170), (900, 170), (60, 17), (60, nan)])
def test_a_body_that_nobody_has_is_refused(weight_kg: float, height_cm: float):
    with pytest.raises(Implausible):
        Body(weight_kg=weight_kg, height_cm=height_cm, sex=Sex.FEMALE)


def test_an_amount_too_small_to_measure_is_refused():
    with pytest.raises(ValueError, match="more than 0 mg"):
        calculated_dose(dose_mg_per_kg=0.0001, body=LIGHT, basis=WeightBasis.ACTUAL)


def test_the_formula_is_not_stretched_to_bodies_it_does_not_know():
    words = (
        "^The ideal-weight formula [(]Devine[)] is written for female and male bodies only; "
        "choose actual weight and say why.$"
    )
    with pytest.raises(ValueError, match=words):
        ideal_weight_kg(Sex.OTHER, 170)


def test_a_fixed_dose_is_not_calculated_from_a_weight():
    with pytest.raises(ValueError, match=r"^A product in fixed doses is not calculated from a weight.$"):
        calculated_dose(dose_mg_per_kg=0.5, body=LIGHT, basis=WeightBasis.FIXED)


def spray(amount_mg: float, **changes) -> PlannedDose:
    words = {"number": 1, "jurisdiction": Jurisdiction.US, "age_years": 40} | changes
    return PlannedDose(product=Product.ESKETAMINE_IN, amount_mg=amount_mg, dose_mg_per_kg=None, **words)


def infusion(dose_mg_per_kg: float | None, amount_mg: float = 35, number: int = 1) -> PlannedDose:
    return PlannedDose(
        product=Product.KETAMINE_IV,
        number=number,
        amount_mg=amount_mg,
        dose_mg_per_kg=dose_mg_per_kg,
        jurisdiction=Jurisdiction.US,
        age_years=40,
    )


OLDER_EU = {"jurisdiction": Jurisdiction.EU, "age_years": 65}


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("dose", "rule_ids"),
    [
        (spray(56), []),
        (spray(84), ["SPR-T1"]),
        (spray(84, number=2), []),
        (spray(28, number=2), ["SPR-T6"]),
        (spray(112, number=2), ["SPR-T6"]),
        (spray(57), ["SPR-T6"]),
        (spray(28, **OLDER_EU), []),
        (spray(56, **OLDER_EU), ["POP-4"]),
        (spray(56, number=2, **OLDER_EU), []),
        (spray(56, jurisdiction=Jurisdiction.EU, age_years=64), []),
        (infusion(0.5), []),
        (infusion(0.51), ["IV-07"]),
        (infusion(0.5, amount_mg=100.1), ["IV-07"]),
        (infusion(1.01, number=2), ["IV-07"]),
        (infusion(None), ["IV-07"]),
    ],
)
def test_a_dose_outside_the_rails_is_a_hard_stop(dose: PlannedDose, rule_ids: list[str]):
    assert [guard.rule_id for guard in hard_stops(guards(dose))] == rule_ids


@pytest.mark.parametrize(
    ("dose_mg_per_kg", "words"), [(0.5, []), (0.6, ["too little response"]), (0.8, ["second prescriber"])]
)
def test_later_infusions_above_the_standard_need_a_reason(dose_mg_per_kg: float, words: list[str]):
    found = guards(infusion(dose_mg_per_kg, number=2))

    assert hard_stops(found) == []
    assert all(guard.strength is Strength.SOFT_STOP and guard.source for guard in found)
    assert [word in guard.because for guard, word in zip(found, words, strict=True)] == [True] * len(words)


def test_sessions_are_counted_from_one_and_amounts_are_positive():
    with pytest.raises(ValueError, match="counted from 1"):
        spray(56, number=0)
    with pytest.raises(ValueError, match="more than 0 mg"):
        spray(0)


@pytest.mark.parametrize(("dose_mg", "devices"), [(28, 1), (56, 2), (84, 3)])
def test_a_dose_is_a_whole_number_of_devices(dose_mg: float, devices: int):
    assert devices_for(dose_mg) == devices


@pytest.mark.parametrize("dose_mg", [0, 14, 57])
def test_a_part_of_a_device_is_refused(dose_mg: float):
    with pytest.raises(ValueError, match="devices of 28 mg"):
        devices_for(dose_mg)


@pytest.mark.parametrize(
    ("digits", "id_"),
    [
        ("5045802800", "PRD-01"),
        ("5045802899", "PRD-01"),
        ("4202311310", "PRD-02"),
        ("0409205105", "PRD-04"),
        ("2502168405", "PRD-04"),
        ("5045802900", None),
        ("0000000000", None),
    ],
)
def test_labeller_and_product_of_a_drug_code_say_what_it_is(digits: str, id_: str | None):
    found = preparation_of_ndc(digits)
    assert (found.id if found else None) == id_


def test_every_preparation_is_scheduled_and_sourced_and_only_the_spray_is_on_label():
    assert {one.schedule for one in PREPARATIONS.values()} == {"CIII"}
    assert all(one.id[:6] in one.source for one in PREPARATIONS.values())
    assert [one.id for one in PREPARATIONS.values() if one.on_label] == ["PRD-01"]
