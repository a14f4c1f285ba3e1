"""What a clinic may set about doses: rails per product and policy switches, with sourced defaults.

The shipped bounds are the widest that the program knows. A clinic may draw any of them tighter; a policy that
is looser than what is shipped is refused where it is made, so no configuration lifts a hard stop.
"""

from dataclasses import dataclass
from typing import Final

from ajar.pathway.evaluation.home_rules import DEFAULT_HOME, HomeRules
from ajar.pathway.evaluation.populations import DEFAULT_POPULATIONS, Populations
from ajar.pathway.evaluation.products import Product

IV_SOURCE: Final = "clinical.md IV-07, design default (from IV-02, IV-03, IV-06)"
IM_SOURCE: Final = "clinical.md IM-05, design default; range IM-04 (from general knowledge, verify)"
SC_SOURCE: Final = (
    "clinical.md SC-01 [GLUE17]; [GLUE18]: the ladder and its weeks; as a rail it is a design default"
)
LOZENGE_SOURCE: Final = (
    "clinical.md SL-03 [KTC-HOME]; SL-04 [AYCART]: 50 to 400 mg; first dose and step are design defaults"
)
ORAL_SOURCE: Final = "clinical.md SL-05 [AND-ORAL]: 25 to 300 mg; first dose and step are design defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerKilogram:
    """Rails of a product that is dosed by weight, in mg/kg and mg.

    Above `reason_above_mg_per_kg` the record says why, above `second_signature_above_mg_per_kg` a second
    prescriber signs. From one dose to the next it rises by `rise_at_most_mg_per_kg`, or by one of
    `rungs_mg_per_kg` where the product climbs a ladder, `rung_days` after the last rise at the earliest.
    `step_mg_per_kg` is what a suggestion proposes.
    """

    rule_id: str
    first_at_most_mg_per_kg: float
    reason_above_mg_per_kg: float
    second_signature_above_mg_per_kg: float
    at_most_mg_per_kg: float
    at_most_mg: float
    rise_at_most_mg_per_kg: float
    step_mg_per_kg: float
    source: str
    rungs_mg_per_kg: tuple[float, ...] = ()
    rung_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InUnits:
    """Rails of a product that comes in units, in mg.

    The least and the most of one session, the most of the first, the rise from one dose to the next, and the
    unit that a dose is a whole number of.
    """

    rule_id: str
    unit_mg: float
    least_mg: float
    first_at_most_mg: float
    usual_from_mg: float
    at_most_mg: float
    rise_at_most_mg: float
    source: str


IV_RAILS: Final = PerKilogram(
    rule_id="IV-07",
    first_at_most_mg_per_kg=0.5,
    reason_above_mg_per_kg=0.5,
    second_signature_above_mg_per_kg=0.75,
    at_most_mg_per_kg=1.0,
    at_most_mg=100.0,
    rise_at_most_mg_per_kg=0.25,  # design default: the width of one tier of IV-07
    step_mg_per_kg=0.1,  # ADJ-2
    source=IV_SOURCE,
)
IM_RAILS: Final = PerKilogram(
    rule_id="IM-05",
    first_at_most_mg_per_kg=0.5,
    reason_above_mg_per_kg=1.0,
    second_signature_above_mg_per_kg=1.0,
    at_most_mg_per_kg=1.5,
    at_most_mg=150.0,  # design default: 1.5 mg/kg at 100 kg
    rise_at_most_mg_per_kg=0.25,
    step_mg_per_kg=0.25,
    source=IM_SOURCE,
)
SC_RAILS: Final = PerKilogram(
    rule_id="SC-01",
    first_at_most_mg_per_kg=0.25,
    reason_above_mg_per_kg=1.0,
    second_signature_above_mg_per_kg=1.0,
    at_most_mg_per_kg=1.0,
    at_most_mg=100.0,  # design default: as IV-07
    rise_at_most_mg_per_kg=0.5,
    step_mg_per_kg=0.25,
    rungs_mg_per_kg=(0.25, 0.5, 1.0),
    rung_days=7,
    source=SC_SOURCE,
)
LOZENGE_RAILS: Final = InUnits(
    rule_id="SL-03",
    unit_mg=50,
    least_mg=50,
    first_at_most_mg=100,
    usual_from_mg=100,
    at_most_mg=400,
    rise_at_most_mg=100,
    source=LOZENGE_SOURCE,
)
ORAL_RAILS: Final = InUnits(
    rule_id="SL-05",
    unit_mg=25,
    least_mg=25,
    first_at_most_mg=100,
    usual_from_mg=25,
    at_most_mg=300,
    rise_at_most_mg=50,
    source=ORAL_SOURCE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DosePolicy:
    """Everything a clinic may set about doses and courses.

    `home` and `populations` are the evaluation's and the day's as well: they are set here.
    """

    version: str = "2026-11 (clinical.md 1)"
    iv: PerKilogram = IV_RAILS
    im: PerKilogram = IM_RAILS
    sc: PerKilogram = SC_RAILS
    lozenge: InUnits = LOZENGE_RAILS
    oral: InUnits = ORAL_RAILS
    oral_at_most_mg_per_kg: float = 7.0  # SL-05 [AND-ORAL]
    home: HomeRules = DEFAULT_HOME
    populations: Populations = DEFAULT_POPULATIONS
    infusion_least_min: float = 2  # IV-04 [AND-4]
    infusion_most_min: float = 100  # IV-04 [RASM13]
    liver_extra_observe_min: int = 60  # POP-7, design default
    first_again_after_days: int = (
        180  # design default: after so long without a dose the first-dose rules hold again
    )
    response_percent: float = 50  # ADJ-5
    partial_percent: float = 25  # ADJ-3, ADJ-6; IV-18 allows 20 to 25
    judged_from_session: int = 2  # ADJ-3, ADJ-4
    baseline_within_days: int = 28  # design default, as in follow-up
    frequency_after_days: int = 60  # IV-17 [LOPEZ] (secondary)
    frequency_most_per_week: int = 2  # IV-17

    def __post_init__(self) -> None:
        for shipped, own in ((IV_RAILS, self.iv), (IM_RAILS, self.im), (SC_RAILS, self.sc)):
            _refuse_looser(shipped, own, PER_KG_AT_MOST)
            if own.rungs_mg_per_kg != shipped.rungs_mg_per_kg or own.rung_days < shipped.rung_days:
                raise ValueError(
                    f"{own.rule_id}: the ladder of doses is that of the studies; only slower is open."
                )
        for shipped_units, own_units in ((LOZENGE_RAILS, self.lozenge), (ORAL_RAILS, self.oral)):
            _refuse_looser(shipped_units, own_units, IN_UNITS_AT_MOST)
            if own_units.least_mg < shipped_units.least_mg or own_units.unit_mg != shipped_units.unit_mg:
                raise ValueError(f"{own_units.rule_id}: a session's least dose and its unit are not lowered.")
        _refuse_looser(DEFAULT_HOME, self.home, HOME_AT_MOST)
        if self.infusion_least_min < 2 or self.infusion_most_min > 100:
            raise ValueError(
                "IV-04: infusion times of 2 to 100 min are reported; a clinic may only narrow that."
            )


PER_KG_AT_MOST: Final = (
    "first_at_most_mg_per_kg",
    "reason_above_mg_per_kg",
    "second_signature_above_mg_per_kg",
    "at_most_mg_per_kg",
    "at_most_mg",
    "rise_at_most_mg_per_kg",
    "step_mg_per_kg",
)
IN_UNITS_AT_MOST: Final = ("first_at_most_mg", "at_most_mg", "rise_at_most_mg")
HOME_AT_MOST: Final = ("doses_per_dispense", "systolic_at_most_mmhg", "diastolic_at_most_mmhg")


def _refuse_looser(shipped: object, own: object, names: tuple[str, ...]) -> None:
    for name in names:
        bound, asked = getattr(shipped, name), getattr(own, name)
        if not 0 < asked <= bound:
            rule_id = getattr(own, "rule_id", "SL-07")
            raise ValueError(
                f"{rule_id}: {name} may be drawn tighter than {bound:g}, not looser; got {asked:g}."
            )


DEFAULT_DOSE_POLICY: Final = DosePolicy()


def per_kilogram(product: Product, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> PerKilogram:
    """The rails of a product dosed by weight.

    Raises:
        KeyError: the product comes in units.
    """
    by_weight = {Product.KETAMINE_IV: policy.iv, Product.KETAMINE_IM: policy.im}
    return (by_weight | {Product.KETAMINE_SC: policy.sc})[product]


def in_units(product: Product, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> InUnits:
    """The rails of a product by mouth."""
    return policy.oral if product is Product.KETAMINE_PO else policy.lozenge
