"""Concentration, dilution, volume and units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import DoseOrdered, OrderChecked
from ajar.pathway.dosing.preparation import (
    AS_BOUGHT,
    VIALS_MG_PER_ML,
    Diluent,
    PreparationRefused,
    Prepared,
    refuse_other_package,
    refuse_other_volume,
    refuse_preparation,
    units_of,
    volume_ml,
)
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, Product
from tests.pathway.dosing.history import ORDERED, check_of, entry


def ordered(product: Product, amount_mg: float = 50.0) -> DoseOrdered:
    return DoseOrdered(
        product=product, amount_mg=amount_mg, duration_min=None, devices=None, meaning="I order this dose."
    )


def checked(**prepared: object) -> OrderChecked:
    plain = check_of(entry(ORDERED))
    told = {name: getattr(plain, name) for name in OrderChecked.__slots__}
    return OrderChecked(**(told | prepared))  # type: ignore[arg-type]


@pytest.mark.hazard("HAZ-25")
@pytest.mark.parametrize("diluent", [None, *Diluent])
@pytest.mark.parametrize("strength", VIALS_MG_PER_ML)
@pytest.mark.parametrize("product", sorted(INJECTED))
def test_only_100_mg_per_ml_undiluted_into_a_vein_is_refused(
    product: Product, strength: float, diluent: Diluent | None
) -> None:
    prepared = Prepared(concentration_mg_per_ml=strength, diluent=diluent)
    if product is Product.KETAMINE_IV and strength == 100.0 and diluent is None:
        with pytest.raises(PreparationRefused, match="PRD-07"):
            refuse_preparation(ordered(product), prepared)
        return
    refuse_preparation(ordered(product), prepared)


@pytest.mark.hazard("HAZ-02")
@pytest.mark.parametrize("product", sorted(INJECTED | BY_MOUTH))
def test_what_the_label_was_not_asked_is_no_pass(product: Product) -> None:
    with pytest.raises(PreparationRefused, match=r"as printed|printed on the vial"):
        refuse_preparation(ordered(product), AS_BOUGHT)


def test_a_strength_that_nobody_sells_is_refused() -> None:
    with pytest.raises(PreparationRefused, match="10, 50, 100 mg/mL"):
        refuse_preparation(ordered(Product.KETAMINE_IM), Prepared(concentration_mg_per_ml=25.0))


def test_a_device_comes_as_it_is() -> None:
    refuse_preparation(ordered(Product.ESKETAMINE_IN, 56.0), AS_BOUGHT)


@pytest.mark.parametrize(("amount_mg", "unit_mg", "units"), [(100, 50, 2), (50, 100, 0.5), (150, 100, 1.5)])
def test_lozenges_are_whole_or_halved(amount_mg: float, unit_mg: float, units: float) -> None:
    assert units_of(amount_mg, unit_mg) == units


@pytest.mark.parametrize(("amount_mg", "unit_mg"), [(75, 100), (10, 100), (100, 0), (100, None)])
def test_other_parts_are_refused(amount_mg: float, unit_mg: float | None) -> None:
    with pytest.raises(PreparationRefused):
        units_of(amount_mg, unit_mg)


@pytest.mark.parametrize(
    ("strength", "diluent", "expected_ml"), [(50.0, "", 1.0), (100.0, "0.9 % saline", 1.0), (10.0, "", 5.0)]
)
def test_an_equal_volume_halves_the_concentration(strength: float, diluent: str, expected_ml: float) -> None:
    check = checked(concentration_mg_per_ml=strength, diluent=diluent)
    assert volume_ml(50.0, check) == expected_ml


def test_a_volume_is_not_guessed() -> None:
    with pytest.raises(PreparationRefused, match="check the vial again"):
        volume_ml(50.0, checked())


@given(amount_mg=st.floats(1, 100), wrong=st.sampled_from([0.1, 0.5, 0.9, 1.1, 2.0, 10.0]))
def test_the_syringe_must_agree_with_the_order(amount_mg: float, wrong: float) -> None:
    check = checked(concentration_mg_per_ml=50.0)
    expected_ml = volume_ml(amount_mg, check)
    refuse_other_volume(amount_mg, expected_ml, check)
    if abs(wrong - 1) * expected_ml > 0.01:
        with pytest.raises(PreparationRefused, match="Look again"):
            refuse_other_volume(amount_mg, expected_ml * wrong, check)


SPRAVATO, TEN, HUNDRED, ALSO_HUNDRED = "5045802803", "4202311310", "0409205105", "2502168405"


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("product", "ndc", "said_mg_per_ml"),
    [
        (Product.ESKETAMINE_IN, SPRAVATO, None),
        (Product.ESKETAMINE_IN, "5045802899", None),  # a box of another size
        (Product.KETAMINE_IV, TEN, 10.0),
        (Product.KETAMINE_IM, TEN, None),
        (Product.KETAMINE_SC, HUNDRED, 100.0),
        (Product.KETAMINE_IV, ALSO_HUNDRED, 100.0),
        (Product.KETAMINE_IV, "1234567890", 10.0),
        (Product.KETAMINE_SL_HOME, None, None),
    ],
)
def test_the_package_of_the_ordered_product_or_an_unknown_one_is_not_refused(
    product: Product, ndc: str | None, said_mg_per_ml: float | None
) -> None:
    refuse_other_package(product, ndc, said_mg_per_ml=said_mg_per_ml)


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("product", "ndc", "said_mg_per_ml", "words"),
    [
        (Product.ESKETAMINE_IN, TEN, None, ("Ketamine 10 mg/mL, 20 mL vial (PRD-02)", "Spravato")),
        (Product.KETAMINE_IV, SPRAVATO, None, ("Spravato 28 mg nasal device (PRD-01)", "Ketamine infusion")),
        (Product.KETAMINE_SL_HOME, HUNDRED, None, ("100 mg/mL", "lozenge at home")),
        (Product.KETAMINE_IV, ALSO_HUNDRED, 10.0, ("Ketamine 100 mg/mL", "10 mg/mL was chosen")),
        (Product.KETAMINE_IM, TEN, 50.0, ("Ketamine 10 mg/mL", "50 mg/mL was chosen")),
    ],
)
def test_another_package_or_strength_than_ordered_is_refused_naming_both(
    product: Product, ndc: str, said_mg_per_ml: float | None, words: tuple[str, str]
) -> None:
    with pytest.raises(PreparationRefused) as refused:
        refuse_other_package(product, ndc, said_mg_per_ml=said_mg_per_ml)
    assert all(one in str(refused.value) for one in words)
