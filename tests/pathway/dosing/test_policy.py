"""What a clinic may set, and what it may not."""

from dataclasses import replace

import pytest

from ajar.pathway.dosing.policy import READINESS_POLICY, CheckedBy
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME
from ajar.pathway.evaluation.products import INJECTED, Product


@pytest.mark.parametrize("product", Product)
def test_every_product_has_its_fast_with_a_source(product: Product) -> None:
    fast = READINESS_POLICY.fast(product)
    assert fast.source
    assert (product is Product.ESKETAMINE_IN) == ("verify" not in fast.source)
    assert (fast.strength is Strength.HARD_STOP) == (product is Product.ESKETAMINE_IN)


@pytest.mark.parametrize("hours", [{"solids_h": 1.9}, {"liquids_h": 0.4}])
def test_nobody_may_ask_less_than_the_label_before_a_spray(hours: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="label"):
        replace(READINESS_POLICY, spray=replace(READINESS_POLICY.spray, **hours))  # type: ignore[arg-type]
    own = replace(READINESS_POLICY.injected, solids_h=1.9, liquids_h=0.4)  # a clinic's own choice
    assert replace(READINESS_POLICY, injected=own).fast(Product.KETAMINE_SC).solids_h == 1.9


@pytest.mark.parametrize(
    "hours", [{"solids_h": 25.0}, {"liquids_h": -1.0}, {"solids_h": 1.0, "liquids_h": 2.0}]
)
def test_hours_that_cannot_be_are_refused(hours: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0 to 24"):
        replace(READINESS_POLICY.injected, **hours)  # type: ignore[arg-type]


@pytest.mark.parametrize("product", Product)
def test_two_people_check_unless_the_policy_lets_one_do_it(product: Product) -> None:
    assert READINESS_POLICY.needs_two(product) == (product is not Product.KETAMINE_SL_HOME)
    lighter = replace(READINESS_POLICY, checked_by=CheckedBy.TWO_FOR_INJECTIONS)
    assert lighter.needs_two(product) == (product in INJECTED)


def test_what_rests_on_general_knowledge_says_so() -> None:
    assert "verify" in READINESS_POLICY.source
    assert "verify" in DEFAULT_HOME.source
