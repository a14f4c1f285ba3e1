"""How long a patient stays at least: per product and law, from which clock (clinical.md 4.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Final

from ajar.pathway.dosing.session import Session
from ajar.pathway.evaluation.products import Jurisdiction, Product

ANYWHERE: Final = frozenset(Jurisdiction)
EU_ONLY: Final = frozenset({Jurisdiction.EU})


class Clock(StrEnum):
    """From when the minimum stay runs."""

    SPRAY = "the spray"
    INFUSION_END = "the end of the infusion"
    INJECTION = "the last injection"
    BY_MOUTH = "the last dose by mouth"


class SprayClock(StrEnum):
    """Which device the two hours after a spray are counted from: sources disagree (SPR-A8)."""

    FIRST_DEVICE = "the first device"
    LAST_DEVICE = "the last device"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRule:
    """The minimum stay after one product under some laws, and from when it is counted.

    `minutes` 0: no time is fixed; the patient stays until clinically stable.
    """

    id: str
    product: Product
    jurisdictions: frozenset[Jurisdiction]
    clock: Clock
    minutes: int
    source: str
    design_default: bool

    def __post_init__(self) -> None:
        if not 0 <= self.minutes <= 24 * 60:
            raise ValueError(
                f"{self.id}: a minimum stay lies between 0 and 1440 minutes, got {self.minutes}."
            )


DEFAULT_STAYS: Final = (
    StayRule(
        id="MON-1",
        product=Product.ESKETAMINE_IN,
        jurisdictions=ANYWHERE - EU_ONLY,
        clock=Clock.SPRAY,
        minutes=120,
        source="FSM-7, 120 min [FDA-REMS]; [MIMS-PH]",
        design_default=False,
    ),
    StayRule(
        id="MON-2",
        product=Product.ESKETAMINE_IN,
        jurisdictions=EU_ONLY,
        clock=Clock.SPRAY,
        minutes=0,
        source="until clinically stable, no fixed time in the text read [MIMS-MY-D]; [EUSPC25 4.2]",
        design_default=False,
    ),
    StayRule(
        id="MON-3",
        product=Product.KETAMINE_IV,
        jurisdictions=ANYWHERE,
        clock=Clock.INFUSION_END,
        minutes=60,
        source="design default; series observed for 90 min from start [YALE-BP]; [GFORM] says 15 min",
        design_default=True,
    ),
    StayRule(
        id="MON-5",
        product=Product.KETAMINE_IM,
        jurisdictions=ANYWHERE,
        clock=Clock.INJECTION,
        minutes=90,
        source="design default after the SC analogue, 90 min [DELSANT20]",
        design_default=True,
    ),
    StayRule(
        id="MON-6",
        product=Product.KETAMINE_SC,
        jurisdictions=ANYWHERE,
        clock=Clock.INJECTION,
        minutes=90,
        source="90 min [GLUE18]; [DELSANT20]",
        design_default=False,
    ),
    StayRule(
        id="MON-7",
        product=Product.KETAMINE_SL_CLINIC,
        jurisdictions=ANYWHERE,
        clock=Clock.BY_MOUTH,
        minutes=120,
        source="2 h: design default; checks [KETNZ]",
        design_default=True,
    ),
    StayRule(
        id="MON-7",
        product=Product.KETAMINE_PO,
        jurisdictions=ANYWHERE,
        clock=Clock.BY_MOUTH,
        minutes=120,
        source="2 h: design default; checks [KETNZ]",
        design_default=True,
    ),
    StayRule(
        id="MON-8",
        product=Product.KETAMINE_SL_HOME,
        jurisdictions=ANYWHERE,
        clock=Clock.BY_MOUTH,
        minutes=180,
        source="3 to 4 h with the chaperone: design default; the shorter is asked for here",
        design_default=True,
    ),
)


def rule_for(stays: tuple[StayRule, ...], product: str, jurisdiction: Jurisdiction) -> StayRule | None:
    """The rule for this product under this law; None for a product nobody wrote one for."""
    for rule in stays:
        if rule.product == product and jurisdiction in rule.jurisdictions:
            return rule
    return None


def _last_drug(session: Session) -> datetime | None:
    return session.last_drug_at


def _first_drug(session: Session) -> datetime | None:
    return session.first_dose_at


def _dose_end(session: Session) -> datetime | None:
    return session.dose_ended_at


STARTS: Final[Mapping[Clock | SprayClock, Callable[[Session], datetime | None]]] = {
    SprayClock.FIRST_DEVICE: _first_drug,
    SprayClock.LAST_DEVICE: _last_drug,
    Clock.INFUSION_END: _dose_end,
    Clock.INJECTION: _last_drug,
    Clock.BY_MOUTH: _last_drug,
}
"""Where each clock starts. A spray's is the one that the clinic's policy names."""


def minutes_until(moment: datetime, *, now: datetime) -> int:
    """Whole minutes until `moment`, rounded up: nobody goes a second early."""
    return ceil((moment - now).total_seconds() / 60)
