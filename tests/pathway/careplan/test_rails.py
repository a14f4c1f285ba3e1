"""Rails by product, the policy that may only be drawn tighter, populations, preparations and equivalence."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.careplan.dose import Body, advised_basis, calculated_dose, opening_mg, weight_guard
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.equivalence import equivalents, in_a_vein
from ajar.pathway.careplan.guard import DoseBefore, Liver, PlannedDose
from ajar.pathway.careplan.guards import CHECKS, guards, hard_stops
from ajar.pathway.careplan.policy import (
    DEFAULT_DOSE_POLICY,
    HOME_AT_MOST,
    IN_UNITS_AT_MOST,
    PER_KG_AT_MOST,
    DosePolicy,
)
from ajar.pathway.careplan.populations import cautions, watched_for_the_liver
from ajar.pathway.careplan.preparing import preparation_steps
from ajar.pathway.careplan.products import (
    HYDROCHLORIDE_OF_BASE_MG,
    PREPARATIONS,
    base_mg,
    hydrochloride_mg,
    preparations_of,
)
from ajar.pathway.careplan.regimens import REGIMENS, SPRAVATO_TRD
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.home_rules import HomeRules
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from ajar.pathway.patients.facts import Sex

IV, IM, SC = Product.KETAMINE_IV, Product.KETAMINE_IM, Product.KETAMINE_SC
SL, HOME, PO, IN = (
    Product.KETAMINE_SL_CLINIC,
    Product.KETAMINE_SL_HOME,
    Product.KETAMINE_PO,
    Product.ESKETAMINE_IN,
)
KG = 70.0
SC_RAILS = DEFAULT_DOSE_POLICY.sc


def planned(
    product: Product, amount: float, *, after: float | None = None, days: float = 9, **changes
) -> PlannedDose:
    """`amount` and `after` in mg/kg for what is injected, else in mg."""
    injected = product in (IV, IM, SC)
    before = None
    if after is not None:
        before = DoseBefore(
            amount_mg=after * KG if injected else after,
            dose_mg_per_kg=after if injected else None,
            days_since_rise=days,
        )
    words = {"jurisdiction": Jurisdiction.US, "age_years": 40, "number": 1 if after is None else 2} | changes
    return PlannedDose(
        product=product,
        amount_mg=amount * KG if injected else amount,
        dose_mg_per_kg=amount if injected else None,
        before=before,
        **words,
    )


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("dose", "rule_ids"),
    [
        (planned(IV, 0.5005), []),  # half a thousandth of a mg/kg is rounding
        (planned(IM, 0.5), []),
        (planned(IM, 0.51), ["IM-05"]),
        (planned(IM, 0.75, after=0.5), []),
        (planned(IM, 0.76, after=0.5), ["IM-05"]),
        (planned(IM, 1.5, after=1.4), []),
        (planned(IM, 1.51, after=1.5), ["IM-05"]),
        (planned(SC, 0.25), []),
        (planned(SC, 0.3), ["SC-01"]),
        (planned(SC, 0.5, after=0.25, days=7), []),
        (planned(SC, 0.5, after=0.25, days=6.9), ["SC-01"]),
        (planned(SC, 0.25, after=0.25, days=3), []),
        (planned(SC, 0.5, after=0.24), []),  # 0.24 stands on the rung of 0.25
        (planned(SC, 1.0, after=0.25), ["SC-01"]),
        (planned(SC, 1.0, after=0.5), []),
        (planned(SC, 1.01, after=1.0), ["SC-01"]),
        (planned(IV, 0.7, after=0.5), []),
        (planned(IV, 0.76, after=0.5), ["IV-07"]),
        (planned(IV, 0.5, duration_min=1.9), ["IV-04"]),
        (planned(IV, 0.5, duration_min=100.1), ["IV-04"]),
        (planned(IV, 0.5, duration_min=100), []),
        (planned(SL, 100), []),
        (planned(SL, 150), ["SL-03"]),
        (planned(SL, 200, after=100), []),
        (planned(SL, 250, after=100), ["SL-03"]),
        (planned(SL, 450, after=400), ["SL-03"]),
        (planned(SL, 25), ["SL-03"]),
        (planned(SL, 75, after=100), ["SL-03"]),
        (planned(HOME, 100), ["SL-07"]),
        (planned(HOME, 100, after=100), []),
        (planned(HOME, 150, after=100), ["SL-07"]),
        (planned(PO, 100), []),
        (planned(PO, 125), ["SL-05"]),
        (planned(PO, 150, after=100), []),
        (planned(PO, 175, after=100), ["SL-05"]),
        (planned(PO, 325, after=300), ["SL-05"]),
        (replace(planned(PO, 300, after=300), dose_mg_per_kg=7.1), ["SL-05"]),
        (replace(planned(PO, 300, after=300), dose_mg_per_kg=7.0), []),
        (planned(IN, 84, indication=Indication.MDSI), []),
        (planned(IN, 56, indication=Indication.MDSI), []),
        (planned(IN, 28, indication=Indication.MDSI), ["SPR-T6"]),
        (planned(IN, 84, indication=Indication.SUICIDALITY), ["SPR-T1"]),
        (planned(IN, 84, indication=Indication.MDSI, age_years=70, jurisdiction=Jurisdiction.EU), ["POP-4"]),
        (planned(IN, 84, after=28, age_years=70, jurisdiction=Jurisdiction.EU), ["POP-4"]),
        (planned(IN, 56, liver=Liver.SEVERE), ["POP-8"]),
        (planned(IV, 0.5, liver=Liver.SEVERE), []),
        (planned(IN, 56, age_years=17), ["POP-1"]),
    ],
)
def test_what_no_plan_may_cross(dose: PlannedDose, rule_ids: list[str]):
    assert [guard.rule_id for guard in hard_stops(guards(dose))] == rule_ids


@pytest.mark.parametrize(
    ("dose", "rule_id", "second"),
    [
        (planned(IM, 1.01, after=1.0), "IM-05", True),
        (planned(IV, 0.8, after=0.75), "IV-07", True),
        (planned(IN, 56, indication=Indication.MDSI), "SPR-S2", False),
        (planned(SC, 0.25, liver=Liver.SEVERE), "POP-8", False),
        (planned(SL, 50, after=100), "SL-03", False),
    ],
)
def test_what_needs_a_reason_or_a_second_signature(dose: PlannedDose, rule_id: str, second: bool):
    found = guards(dose)
    assert [(one.rule_id, one.second_signature) for one in found] == [(rule_id, second)]
    assert hard_stops(found) == []


def test_lower_start_by_ancestry_is_a_switch_and_unknown_is_not_no():
    policy = replace(DEFAULT_DOSE_POLICY, populations=Populations(ancestry_eu_start_28_mg=True))
    eu = {"jurisdiction": Jurisdiction.EU}
    assert guards(planned(IN, 56, **eu)) == []
    assert [one.rule_id for one in guards(planned(IN, 56, **eu), policy)] == ["POP-6"]
    assert guards(planned(IN, 56, lower_start_ancestry=False, **eu), policy) == []
    assert guards(planned(IN, 28, lower_start_ancestry=True, **eu), policy) == []
    assert guards(planned(IN, 56), policy) == []
    older = {"jurisdiction": Jurisdiction.EU, "age_years": 65}
    never_lower = replace(DEFAULT_DOSE_POLICY, populations=Populations(older_eu_start_28_mg=False))
    assert guards(planned(IN, 56, **older), never_lower) == []
    assert guards(planned(IN, 84, indication=Indication.MDSI, **older), never_lower) == []


def test_every_product_has_rails_regimens_and_preparations():
    for product in Product:
        assert CHECKS[product]
        assert preparations_of(product)
        assert all(product in one.products for one in preparations_of(product))
        assert any(regimen.product is product for regimen in REGIMENS.values())
    for regimen in REGIMENS.values():
        assert regimen.source
        assert all(remark.source for remark in regimen.remarks)
        assert all(phase.source for phase in regimen.phases)


@pytest.mark.hazard("HAZ-03")
@given(st.floats(1.0001, 3.0))
def test_no_clinic_may_loosen_a_rail(factor: float):
    for name in ("iv", "im", "sc", "lozenge", "oral", "home"):
        rails = getattr(DEFAULT_DOSE_POLICY, name)
        fields = {"lozenge": IN_UNITS_AT_MOST, "oral": IN_UNITS_AT_MOST, "home": HOME_AT_MOST}
        for field in fields.get(name, PER_KG_AT_MOST):
            looser = replace(rails, **{field: getattr(rails, field) * factor})
            with pytest.raises(ValueError, match="tighter"):
                DosePolicy(**{name: looser})


LADDER = "SC-01: the ladder of doses is that of the studies; only slower is open."
UNIT = "SL-03: a session's least dose and its unit are not lowered."
MINUTES = "IV-04: infusion times of 2 to 100 min are reported; a clinic may only narrow that."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sc": replace(DEFAULT_DOSE_POLICY.sc, rung_days=6)}, LADDER),
        ({"sc": replace(DEFAULT_DOSE_POLICY.sc, rungs_mg_per_kg=(0.25, 1.0))}, LADDER),
        ({"lozenge": replace(DEFAULT_DOSE_POLICY.lozenge, least_mg=25)}, UNIT),
        ({"lozenge": replace(DEFAULT_DOSE_POLICY.lozenge, unit_mg=100)}, UNIT),
        ({"infusion_least_min": 1}, MINUTES),
        ({"infusion_most_min": 101}, MINUTES),
        (
            {"home": HomeRules(systolic_at_most_mmhg=141)},
            "SL-07: systolic_at_most_mmhg may be drawn tighter than 140, not looser; got 141.",
        ),
        (
            {"im": replace(DEFAULT_DOSE_POLICY.im, step_mg_per_kg=0)},
            "IM-05: step_mg_per_kg may be drawn tighter than 0.25, not looser; got 0.",
        ),
    ],
)
def test_a_policy_that_is_looser_than_what_is_shipped_is_refused(changes: dict, words: str):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        DosePolicy(**changes)


@pytest.mark.parametrize(
    "changes", [{"infusion_least_min": 3}, {"infusion_most_min": 99}, {"sc": replace(SC_RAILS, rung_days=8)}]
)
def test_a_policy_may_be_tighter(changes: dict):
    assert DosePolicy(**changes)


def test_a_tighter_rail_is_kept():
    assert guards(planned(SL, 100, after=100)) == []
    policy = replace(DEFAULT_DOSE_POLICY, iv=replace(DEFAULT_DOSE_POLICY.iv, at_most_mg_per_kg=0.6))
    assert hard_stops(guards(planned(IV, 0.7, after=0.6), policy))


@pytest.mark.parametrize(
    "dose",
    [
        planned(IV, 0.51),
        planned(IV, 0.6, after=0.5),
        planned(IV, 0.8, after=0.5),
        replace(planned(IV, 0.5), dose_mg_per_kg=None),
        planned(SL, 150),
        planned(SL, 50, after=100),
        planned(SL, 75, after=100),
        planned(SL, 250, after=100),
    ],
)
def test_a_rail_that_a_clinic_has_set_names_the_source_that_the_clinic_gave(dose: PlannedDose):
    ours = {name: replace(getattr(DEFAULT_DOSE_POLICY, name), source="our own") for name in ("iv", "lozenge")}
    policy = replace(DEFAULT_DOSE_POLICY, **ours)
    assert [one.source for one in guards(dose, policy)] == ["our own"]


@pytest.mark.parametrize(
    ("dose", "rule_ids"),
    [
        (planned(IV, 0.5, age_years=24), ["POP-2", "POP-7"]),
        (planned(IV, 0.5, age_years=65), ["POP-3", "POP-7"]),
        (planned(IV, 0.5, liver=Liver.NO_DISEASE), []),
        (planned(IV, 0.5, liver=Liver.MODERATE), ["POP-7"]),
    ],
)
def test_who_needs_more_care(dose: PlannedDose, rule_ids: list[str]):
    assert [one.rule_id for one in cautions(dose)] == rule_ids


@pytest.mark.parametrize(
    ("regimen_id", "days"),
    [
        ("KETAMINE_IV_THRICE", (0, 2, 4, 7, 9, 11)),
        ("KETAMINE_SC_WEEKLY", (0, 7, 14, 21)),
        ("SPRAVATO_MAINTENANCE", (0, 7, 14, 21, 28, 42)),
        ("SPRAVATO_TRD", (0, 3, 7, 10, 14, 17, 21, 24, 28, 35, 42, 49, 56, 70)),
    ],
)
def test_a_regimen_names_the_days_it_counts(regimen_id: str, days: tuple[float, ...]):
    assert REGIMENS[regimen_id].nominal_days(len(days)) == days


def test_a_phase_of_every_second_week_counts_two_weeks_for_each_session():
    turned = replace(SPRAVATO_TRD, phases=SPRAVATO_TRD.phases[:0:-1])
    assert turned.nominal_days(8) == (0, 14, 28, 42, 56, 70, 84, 91)


def test_a_diseased_liver_is_watched_longer():
    assert watched_for_the_liver(SPRAVATO_TRD, Liver.NO_DISEASE) is SPRAVATO_TRD
    longer = watched_for_the_liver(SPRAVATO_TRD, Liver.MODERATE)
    assert longer.length.observe_min == SPRAVATO_TRD.length.observe_min + 60
    assert "POP-7" in longer.length.source


@pytest.mark.parametrize(
    ("product", "preparation", "rule_ids"),
    [
        (IV, "PRD-04", ["PRD-07", "PRD-05"]),
        (IV, "PRD-03", ["PRD-05"]),
        (IM, "PRD-04", ["PRD-05", "IM-05"]),
        (SL, "PRD-06-100", ["PRD-06", "PRD-05"]),
        (IN, "PRD-01", ["SPR-A1", "SPR-A2", "SPR-A3", "SPR-A4", "SPR-A5", "SPR-A7"]),
    ],
)
def test_what_is_so_before_a_dose_is_prepared(product: Product, preparation: str, rule_ids: list[str]):
    steps = preparation_steps(product, PREPARATIONS[preparation])
    assert [step.rule_id for step in steps] == rule_ids
    if "PRD-07" in rule_ids:
        assert steps[0].strength is Strength.HARD_STOP


def test_a_preparation_of_another_product_is_refused():
    with pytest.raises(ValueError, match="is not given from"):
        preparation_steps(IV, PREPARATIONS["PRD-01"])


@pytest.mark.parametrize(("base", "salt"), HYDROCHLORIDE_OF_BASE_MG.items())
def test_base_and_hydrochloride_convert_as_printed(base: float, salt: float):
    assert hydrochloride_mg(base) == pytest.approx(salt, abs=0.01)
    assert base_mg(salt) == pytest.approx(base, abs=0.01)


@pytest.mark.parametrize(
    ("label", "least_mg", "most_mg"),
    [
        ("Into a muscle", 37.6, 37.6),
        ("Lozenge", 87.5, 140),
        ("Racemic, by the nose", 70, 87.5),
        ("Swallowed", 140, 233.3),
    ],
)
def test_equivalents_of_35_mg_divide_by_the_share_taken_up(label: str, least_mg: float, most_mg: float):
    found = next(one for one in equivalents(35) if one.label == label)
    assert (found.least_mg, found.most_mg) == (least_mg, most_mg)


def test_nothing_is_made_of_no_dose_or_an_unknown_share():
    assert in_a_vein(SC, 35) is None
    assert in_a_vein(SL, 111.3) == (27.8, 44.5)
    with pytest.raises(ValueError, match="more than 0 mg"):
        equivalents(0)


def body(weight_kg: float, sex: Sex = Sex.FEMALE) -> Body:
    return Body(weight_kg=weight_kg, height_cm=170, sex=sex)


@pytest.mark.parametrize(
    ("weighed", "indication", "basis"),
    [
        (body(70), None, WeightBasis.ACTUAL),
        (body(70), Indication.EATING, WeightBasis.IDEAL),
        (body(55), Indication.EATING, WeightBasis.ACTUAL),
        (body(45), None, WeightBasis.ACTUAL),
        (body(110), None, WeightBasis.IDEAL),
        (body(70, Sex.OTHER), Indication.EATING, WeightBasis.IDEAL),
        (body(45, Sex.OTHER), Indication.EATING, WeightBasis.ACTUAL),
    ],
)
def test_the_weight_that_counts(weighed: Body, indication: Indication | None, basis: WeightBasis):
    assert advised_basis(weighed, indication) is basis


@pytest.mark.parametrize(
    ("weighed", "basis", "indication", "rule_id"),
    [
        (body(110), WeightBasis.ACTUAL, None, "POP-10"),
        (body(70), WeightBasis.ACTUAL, Indication.EATING, "PRT-7"),
        (body(70), WeightBasis.ACTUAL, None, None),
    ],
)
def test_another_weight_than_the_advised_one_is_told(weighed, basis, indication, rule_id):
    found = weight_guard(weighed, basis, indication)
    assert (found.rule_id if found else None) == rule_id


def test_the_arithmetic_says_why_the_lower_weight_counts():
    found = calculated_dose(
        dose_mg_per_kg=0.5, body=body(70), basis=WeightBasis.IDEAL, indication=Indication.EATING
    )
    assert "PRT-7" in found.steps[0]


@given(st.floats(40, 150))
def test_the_opening_doses_keep_to_their_rungs(weight_kg: float):
    found = calculated_dose(dose_mg_per_kg=1.0, body=body(weight_kg), basis=WeightBasis.ACTUAL)
    for amount_mg, rung in zip(opening_mg(found, (0.25, 0.5)), (0.25, 0.5), strict=True):
        assert rung - 0.005 <= amount_mg / found.dose_weight_exact_kg <= rung + 1e-9
