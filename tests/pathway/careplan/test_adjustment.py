"""The dose-adjustment table: each row, what is missing, and that a step never leaves the rails."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.careplan.adjustment import AfterSession, NextStep, Tolerability, suggested
from ajar.pathway.careplan.guard import DoseBefore, PlannedDose
from ajar.pathway.careplan.guards import guards, hard_stops
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.evaluation.products import Jurisdiction, Product

WEIGHT_KG = 70.0


def dose(product: Product, amount_mg: float, number: int = 3, **changes) -> PlannedDose:
    by_weight = product in (Product.KETAMINE_IV, Product.KETAMINE_IM, Product.KETAMINE_SC)
    return PlannedDose(
        product=product,
        number=number,
        amount_mg=amount_mg,
        dose_mg_per_kg=round(amount_mg / WEIGHT_KG, 3) if by_weight else None,
        jurisdiction=changes.pop("jurisdiction", Jurisdiction.US),
        age_years=changes.pop("age_years", 40),
        **changes,
    )


def after(last: PlannedDose, **changes) -> AfterSession:
    words = {
        "session": 3,
        "end_of_induction": False,
        "tolerability": Tolerability.GOOD,
        "fall_percent": 30.0,
        "dose_weight_kg": WEIGHT_KG if last.dose_mg_per_kg else None,
    } | changes
    return AfterSession(last=last, **words)


SPRAY, DRIP = dose(Product.ESKETAMINE_IN, 84), dose(Product.KETAMINE_IV, 35)
TROUBLED, SERIOUS = {"tolerability": Tolerability.TROUBLED}, {"tolerability": Tolerability.SERIOUS}


WEIGHED = {"dose_weight_kg": WEIGHT_KG}
UNWEIGHED_DRIP = replace(DRIP, dose_mg_per_kg=None)
UNWEIGHED_RUNG = replace(dose(Product.KETAMINE_SC, 35), dose_mg_per_kg=None)
ROWS = [
    (after(DRIP, **SERIOUS), "ADJ-1", NextStep.HOLD, None),
    (after(DRIP, **SERIOUS, fall_percent=None), "ADJ-1", NextStep.HOLD, None),
    (after(SPRAY, **SERIOUS, end_of_induction=True, fall_percent=80), "ADJ-1", NextStep.HOLD, None),
    (after(SPRAY, **TROUBLED), "ADJ-2", NextStep.REDUCE, 56),
    (after(DRIP, **TROUBLED), "ADJ-2", NextStep.REDUCE, 28),
    (after(DRIP, fall_percent=24.9), "ADJ-3", NextStep.INCREASE, 42),
    (after(dose(Product.ESKETAMINE_IN, 56), fall_percent=0), "ADJ-3", NextStep.INCREASE, 84),
    (after(DRIP, fall_percent=25), "ADJ-4", NextStep.SAME, 35),
    (after(SPRAY, end_of_induction=True, fall_percent=50), "ADJ-5", NextStep.TAPER, 84),
    (after(SPRAY, end_of_induction=True, fall_percent=49.9), "ADJ-4", NextStep.SAME, 84),
    (after(SPRAY, end_of_induction=True, fall_percent=24.9), "ADJ-6", NextStep.STOP, None),
    (after(SPRAY, **TROUBLED, end_of_induction=True, fall_percent=10), "ADJ-6", NextStep.STOP, None),
    (after(SPRAY, fall_percent=10), "ADJ-3", NextStep.DECIDE, None),
    (after(dose(Product.ESKETAMINE_IN, 56), **TROUBLED), "ADJ-2", NextStep.DECIDE, None),
    (after(DRIP, **TROUBLED, fall_percent=-5), "ADJ", NextStep.DECIDE, None),
    (after(DRIP, session=1, fall_percent=None), "ADJ", NextStep.DECIDE, None),
    (after(DRIP, fall_percent=None), "ADJ", NextStep.ASK, None),
    (after(DRIP, tolerability=Tolerability.NOT_KNOWN), "ADJ", NextStep.ASK, None),
    (after(dose(Product.KETAMINE_SC, 35), fall_percent=0), "ADJ-3", NextStep.INCREASE, 70),
    (after(dose(Product.KETAMINE_SC, 35), **TROUBLED), "ADJ-2", NextStep.REDUCE, 17.5),
    (after(dose(Product.KETAMINE_SC, 17.5), **TROUBLED), "ADJ-2", NextStep.DECIDE, None),
    (after(dose(Product.KETAMINE_SL_CLINIC, 100), fall_percent=0), "ADJ-3", NextStep.INCREASE, 150),
    (after(dose(Product.KETAMINE_SL_HOME, 100), fall_percent=0), "ADJ-3", NextStep.DECIDE, None),
    (after(dose(Product.KETAMINE_PO, 100), **TROUBLED), "ADJ-2", NextStep.REDUCE, 75),
    (after(DRIP, **TROUBLED, fall_percent=0), "ADJ", NextStep.DECIDE, None),
    (after(DRIP, **TROUBLED, fall_percent=0.5), "ADJ-2", NextStep.REDUCE, 28),
    (after(DRIP, **TROUBLED, session=1, fall_percent=None), "ADJ", NextStep.DECIDE, None),
    (after(SPRAY, end_of_induction=True, fall_percent=25), "ADJ-4", NextStep.SAME, 84),
    (after(DRIP, session=1), "ADJ", NextStep.DECIDE, None),
    (after(DRIP, session=2), "ADJ-4", NextStep.SAME, 35),
    (after(DRIP, session=2, fall_percent=None), "ADJ", NextStep.ASK, None),
    (after(dose(Product.KETAMINE_SC, 18.2), **TROUBLED), "ADJ-2", NextStep.DECIDE, None),  # the rung of 17.5
    (after(dose(Product.KETAMINE_IV, 7.7), **TROUBLED), "ADJ-2", NextStep.REDUCE, 0.7),
    (after(DRIP, fall_percent=0, dose_weight_kg=None), "ADJ-3", NextStep.DECIDE, None),
    (after(UNWEIGHED_DRIP, **TROUBLED, **WEIGHED), "ADJ-2", NextStep.DECIDE, None),
    (after(UNWEIGHED_RUNG, **TROUBLED, **WEIGHED), "ADJ-2", NextStep.DECIDE, None),
]


@pytest.mark.parametrize(("told", "rule_id", "step", "dose_mg"), ROWS)
def test_each_row_of_the_table(told: AfterSession, rule_id: str, step: NextStep, dose_mg: float | None):
    found = suggested(told)

    assert (found.rule_id, found.step, found.dose_mg) == (rule_id, step, dose_mg)
    assert found.because
    assert "1.9" in found.source or rule_id in found.source


IV_RAILS, SC_RAILS = DEFAULT_DOSE_POLICY.iv, DEFAULT_DOSE_POLICY.sc


@pytest.mark.parametrize(
    ("policy", "last", "step", "dose_mg"),
    [
        ({"iv": replace(IV_RAILS, at_most_mg_per_kg=0.55)}, DRIP, NextStep.DECIDE, None),
        ({"iv": replace(IV_RAILS, step_mg_per_kg=0.05)}, DRIP, NextStep.INCREASE, 38.5),
        ({"iv": replace(IV_RAILS, rise_at_most_mg_per_kg=0.05)}, DRIP, NextStep.DECIDE, None),
        ({"sc": replace(SC_RAILS, rung_days=8)}, dose(Product.KETAMINE_SC, 35), NextStep.DECIDE, None),
    ],
)
def test_a_step_keeps_to_the_tighter_rails_of_a_clinic(policy, last: PlannedDose, step, dose_mg):
    found = suggested(after(last, fall_percent=0), DosePolicy(**policy))
    assert (found.step, found.dose_mg) == (step, dose_mg)


def test_a_step_into_a_softer_rail_says_what_it_asks_for():
    found = suggested(after(dose(Product.KETAMINE_IV, 49), fall_percent=0))
    assert (found.dose_mg, found.rails[0].second_signature) == (56, True)


@given(
    st.sampled_from(sorted(Product)),
    st.floats(10, 400),
    st.sampled_from(sorted(Tolerability)),
    st.floats(-100, 100),
    st.booleans(),
)
def test_no_suggestion_leaves_the_rails(
    product: Product, amount_mg: float, tolerability: Tolerability, fall_percent: float, end: bool
):
    last = dose(
        product, round(amount_mg, 1), before=DoseBefore(amount_mg=1, dose_mg_per_kg=None, days_since_rise=9)
    )
    found = suggested(after(last, tolerability=tolerability, fall_percent=fall_percent, end_of_induction=end))
    if found.step in (NextStep.REDUCE, NextStep.INCREASE):
        assert found.dose_mg is not None
        per_kg = round(found.dose_mg / WEIGHT_KG, 3) if last.dose_mg_per_kg else None
        before = DoseBefore(amount_mg=last.amount_mg, dose_mg_per_kg=last.dose_mg_per_kg, days_since_rise=7)
        following = replace(last, number=4, amount_mg=found.dose_mg, dose_mg_per_kg=per_kg, before=before)
        assert hard_stops(guards(following)) == []
