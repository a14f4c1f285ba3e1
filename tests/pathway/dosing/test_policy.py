"""What a clinic may set, and what it may not."""

from dataclasses import replace

import pytest

from ajar.pathway.dosing.policy import READINESS_POLICY, CheckedBy
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import INJECTED, Product

SPRAY = READINESS_POLICY.fast(Product.ESKETAMINE_IN)


@pytest.mark.parametrize("product", Product)
def test_every_product_has_its_fast_with_a_source(product: Product) -> None:
    fast = READINESS_POLICY.fast(product)
    assert fast.source
    assert fast.verified == ("verify" not in fast.source)
    assert (fast.strength is Strength.HARD_STOP) == (product is Product.ESKETAMINE_IN)


def test_a_policy_that_leaves_a_product_out_says_so() -> None:
    with pytest.raises(LookupError, match="says no fast for ketamine_po"):
        replace(READINESS_POLICY, fasts=(SPRAY,)).fast(Product.KETAMINE_PO)


@pytest.mark.parametrize("hours", [{"solids_h": 1.9}, {"liquids_h": 0.4}])
def test_nobody_may_ask_less_than_the_label_before_a_spray(hours: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="label"):
        replace(SPRAY, **hours)  # type: ignore[arg-type]
    elsewhere = replace(READINESS_POLICY.fasts[1], solids_h=1.9, liquids_h=0.4)  # a clinic's own choice
    assert elsewhere.strength is Strength.SOFT_STOP


@pytest.mark.parametrize(
    "hours", [{"solids_h": 25.0}, {"liquids_h": -1.0}, {"solids_h": 1.0, "liquids_h": 2.0}]
)
def test_hours_that_cannot_be_are_refused(hours: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0 to 24"):
        replace(READINESS_POLICY.fasts[1], **hours)  # type: ignore[arg-type]


@pytest.mark.parametrize("product", Product)
def test_two_people_check_unless_the_policy_lets_one_do_it(product: Product) -> None:
    assert READINESS_POLICY.needs_two(product) == (product is not Product.KETAMINE_SL_HOME)
    lighter = replace(READINESS_POLICY, checked_by=CheckedBy.TWO_FOR_INJECTIONS)
    assert lighter.needs_two(product) == (product in INJECTED)


def test_every_setting_names_its_source() -> None:
    assert set(READINESS_POLICY.sources) == {"spo2_at_least_percent", "driving", "stimulant", "checked_by"}
    assert READINESS_POLICY.home.source
