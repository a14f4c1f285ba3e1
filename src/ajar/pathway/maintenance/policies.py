"""How maintenance goes for each product: a clinic's rules with sourced defaults.

Spravato's intervals come from its label (SPR-T4, SPR-T5). For infusions there is weekly consolidation
(IV-15) and then no agreed interval (IV-16). For the other routes no stored source gives an interval at
all: theirs follow the infusion's and say that they are a design default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import RACEMIC, Product

RULEBOOK_VERSION: Final = "maintenance 2026.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From the nth maintenance dose on (counted from 1), this many days between doses."""

    from_dose: int
    interval_days: int
    phase: str
    rule_id: str
    source: str
    design_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """How often is too often, from when on (clinical.md IV-17)."""

    after_days: int = 60
    window_days: int = 7
    most_doses: int = 2
    rule_id: str = "IV-17"
    source: str = "[LOPEZ] (secondary)"

    def __post_init__(self) -> None:
        if min(self.after_days, self.window_days, self.most_doses) < 1:
            raise ValueError("A ceiling needs days and doses of at least 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenancePolicy:
    """A clinic's rules for one product, with sourced defaults. Each advice keeps `version`."""

    product: str
    induction_doses: int
    benefit_rule_id: str
    benefit_source: str
    least_fall_percent: float
    judged_within_days: int  # after the last induction dose
    score_at_most_days_old: int
    evaluation_at_most_days_old: int
    steps: tuple[Step, ...]
    ceiling: Ceiling = Ceiling()
    futile_below_percent: float = 25  # ADJ-6, IV-18: a fall below this is no benefit
    rejustify_every_days: int = 90  # SPR-T5 "periodically"; the days are a design default
    step_back_after_missed: int = 2  # SPR-T9 "after misses"; the count is a design default
    continue_at_least_days: int = 0  # SPR-T10, EU text: half a year after symptoms improve; 0: no such rule
    version: str = RULEBOOK_VERSION

    def __post_init__(self) -> None:
        starts = [step.from_dose for step in self.steps]
        if not starts or starts[0] != 1 or starts != sorted(set(starts)):
            raise ValueError(f"{self.product}: steps must rise from dose 1, got {starts}.")
        if any(step.interval_days < 1 for step in self.steps):
            raise ValueError(f"{self.product}: an interval is at least 1 day.")

    def step(self, dose_number: int) -> Step:
        """The step in force for the nth maintenance dose."""
        return [step for step in self.steps if step.from_dose <= dose_number][-1]


ESKETAMINE_MAINTENANCE: Final = MaintenancePolicy(
    product=Product.ESKETAMINE_IN,
    induction_doses=8,  # SPR-T2
    benefit_rule_id="SPR-T3",
    benefit_source="[EPOC]; [HCP-TRD]; cut of 50 % is a design default",
    least_fall_percent=50,
    judged_within_days=28,
    score_at_most_days_old=28,
    evaluation_at_most_days_old=365,
    continue_at_least_days=182,
    steps=(
        Step(
            from_dose=1,
            interval_days=7,
            phase="weekly, weeks 5 to 8",
            rule_id="SPR-T4",
            source="[MPR]; [HCP-TRD]",
            design_default=False,
        ),
        Step(
            from_dose=5,
            interval_days=14,
            phase="every 2 weeks (or weekly), from week 9",
            rule_id="SPR-T5",
            source="[MPR]; [HCP-DOS]; the wider interval first is a design default",
            design_default=True,
        ),
    ),
)

INDUCTION_DOSES: Final[Mapping[Product, tuple[int, str]]] = {
    Product.KETAMINE_IV: (6, "IV-13"),
    Product.KETAMINE_IM: (6, "as IV-13, design default"),
    Product.KETAMINE_SC: (3, "SC-01: three rising doses, then weekly [GLUE17]; [GLUE18]"),
    Product.KETAMINE_SL_CLINIC: (6, "SL-04: 3 or 6 doses [HASSAN22]"),
    Product.KETAMINE_SL_HOME: (6, "SL-04: 3 or 6 doses [HASSAN22]"),
    Product.KETAMINE_PO: (6, "as SL-04, design default"),
}
"""Doses of a whole induction, and where the number comes from."""


def _racemic(product: Product) -> MaintenancePolicy:
    """Consolidation and monthly boosters; beside the infusion, borrowed and marked so."""
    return MaintenancePolicy(
        product=product,
        induction_doses=INDUCTION_DOSES[product][0],
        benefit_rule_id="IV-18",
        benefit_source="design default; Spravato analogue SPR-T3",
        least_fall_percent=50,
        judged_within_days=28,
        score_at_most_days_old=28,
        evaluation_at_most_days_old=365,
        steps=_racemic_steps(product),
    )


def _racemic_steps(product: Product) -> tuple[Step, ...]:
    own = product is Product.KETAMINE_IV
    borrowed = "" if own else "; taken over from the infusion, design default"
    return (
        Step(
            from_dose=1,
            interval_days=7,
            phase="weekly consolidation, 4 doses",
            rule_id="IV-15",
            source=f"[PHIL19]{borrowed}",
            design_default=not own,
        ),
        Step(
            from_dose=5,
            interval_days=30,
            phase="monthly, to be individualised",
            rule_id="IV-16",
            source="[AND-4]; [CANMAT21] level 3; the month is the programme's (IV-14), a design default"
            f"{borrowed}",
            design_default=True,
        ),
    )


POLICIES: Final[Mapping[str, MaintenancePolicy]] = MappingProxyType(
    {ESKETAMINE_MAINTENANCE.product: ESKETAMINE_MAINTENANCE}
    | {product.value: _racemic(product) for product in Product if product in RACEMIC}
)
"""One for each product."""

RACEMIC_IV_MAINTENANCE: Final = POLICIES[Product.KETAMINE_IV]
