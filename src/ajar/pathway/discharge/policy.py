"""What a clinic may decide about leaving: one frozen policy with sourced defaults (clinical.md 4.1, 4.7).

What it may not decide is refused here: in the US the REMS keeps a patient for two hours after a spray
(FSM-7), every product has a minimum stay under every law, and no zero in breathing or oxygen passes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product as pairs
from typing import Final

from ajar.pathway.discharge.stay import DEFAULT_STAYS, STARTS, Clock, SprayClock, StayRule, rule_for
from ajar.pathway.dosing.session import Session
from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import MODERATE_LIVER, SEVERE_LIVER, Holds
from ajar.pathway.evaluation.products import Jurisdiction, Product

REMS_STAY_MIN: Final = 120
"""FSM-7 [FDA-REMS]: not a clinic's to change in the US."""
ALDRETE_MARKS: Final = (8, 10)
"""One table passes at 8 [ALD-OMICS], most at 9 [ALD-WIKI]; nothing lower is in print."""


class AldreteUnit(StrEnum):
    """In what the circulation domain compares pressures: sources disagree (trap 21), so it is declared."""

    PERCENT = "percent"
    MMHG = "mmHg"

    @property
    def version(self) -> str:
        """The scale as each assessment names it."""
        spelled = "in percent of baseline" if self is AldreteUnit.PERCENT else "in mmHg from baseline"
        return f"modified Aldrete, circulation {spelled}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DischargePolicy:
    """When a patient may leave, as far as a clinic decides it. Each finding keeps `version`."""

    version: str
    stays: tuple[StayRule, ...]
    spray_clock: SprayClock
    hepatic_extra_min: int
    aldrete_unit: AldreteUnit
    aldrete_pass: int
    circulation_within: tuple[float, float]
    cadss_rise: int
    lowest_systolic_mmhg: float
    lowest_diastolic_mmhg: float
    fresh_min: int
    released_within_min: int

    def __post_init__(self) -> None:
        self._refuse_gaps()
        lowest, highest = ALDRETE_MARKS
        if not lowest <= self.aldrete_pass <= highest:
            raise ValueError(f"An Aldrete pass mark is {lowest} to {highest}, got {self.aldrete_pass}.")
        for name in ("hepatic_extra_min", "cadss_rise"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} cannot be below 0, got {getattr(self, name)}.")
        for name in ("fresh_min", "released_within_min"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1 minute, got {getattr(self, name)}.")

    def _refuse_gaps(self) -> None:
        for product, jurisdiction in pairs(Product, Jurisdiction):
            rule = rule_for(self.stays, product, jurisdiction)
            if rule is None:
                raise ValueError(f"No minimum stay for {product} in {jurisdiction}; each needs a rule.")
        spray = rule_for(self.stays, Product.ESKETAMINE_IN, Jurisdiction.US)
        if spray is not None and spray.minutes < REMS_STAY_MIN:
            raise ValueError(
                f"The REMS keeps a patient for {REMS_STAY_MIN} min after the spray in the US (FSM-7), got "
                f"{spray.minutes}."
            )


DEFAULT_POLICY: Final = DischargePolicy(
    version="discharge 2026-11 (clinical.md 4.1 and 4.7)",
    stays=DEFAULT_STAYS,
    spray_clock=SprayClock.LAST_DEVICE,  # SPR-A8 CONFLICT; design default, both times are kept
    hepatic_extra_min=60,  # POP-7 [USPI19 §8.6]; the length is a design default
    aldrete_unit=AldreteUnit.PERCENT,  # trap 21 CONFLICT [ALD-WIKI]
    aldrete_pass=9,  # [ALD-WIKI]
    circulation_within=(20, 50),  # [ALD-WJG], in aldrete_unit
    cadss_rise=2,  # gate C: back to baseline + 2, design default
    lowest_systolic_mmhg=90,  # ELG-BP6
    lowest_diastolic_mmhg=50,  # ELG-BP6
    fresh_min=30,  # older says nothing about leaving now: design default; MON-1 asks for a final set
    released_within_min=10,  # a release is recorded as it happens: design default
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What bears on leaving and is not in the session: whose law applies, and the patient's liver.

    `liver_impaired`: moderate or worse (Child-Pugh B or C) on the chart.
    """

    jurisdiction: Jurisdiction
    liver_impaired: bool


def circumstances_of(candidate: Candidate, jurisdiction: Jurisdiction, *, now: datetime) -> Circumstances:
    """What the chart says outside the session (POP-7: a sick liver keeps the drug, so the stay is longer)."""
    impaired = any(
        concept.look_up(candidate, now).holds is Holds.YES for concept in (MODERATE_LIVER, SEVERE_LIVER)
    )
    return Circumstances(jurisdiction=jurisdiction, liver_impaired=impaired)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The minimum stay of one session: the rule, its clock, and what the liver adds, in minutes."""

    rule: StayRule
    clock: Clock | SprayClock
    extra_min: int

    @property
    def minutes(self) -> int:
        """All of it."""
        return self.rule.minutes + self.extra_min

    def ends_at(self, session: Session) -> datetime | None:
        """When it is over; None while drug may still be given."""
        if session.dose_ended_at is None:
            return None
        starts_at = STARTS[self.clock](session)
        return starts_at + timedelta(minutes=self.minutes) if starts_at is not None else None


def stay_of(session: Session, around: Circumstances, policy: DischargePolicy = DEFAULT_POLICY) -> Stay | None:
    """The minimum stay that applies to this session; None for a product without a rule."""
    rule = rule_for(policy.stays, session.product, around.jurisdiction)
    if rule is None:
        return None
    return Stay(
        rule=rule,
        clock=policy.spray_clock if rule.clock is Clock.SPRAY else rule.clock,
        extra_min=policy.hepatic_extra_min if around.liver_impaired else 0,
    )
