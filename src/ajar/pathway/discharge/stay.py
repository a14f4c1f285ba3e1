"""How long a patient stays at least: per product, from which clock, with its source (clinical.md 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from ajar.pathway.dosing.session import Session
from ajar.pathway.evaluation.products import Product


class Clock(StrEnum):
    """From when the minimum stay runs."""

    LAST_DEVICE = "the last device"
    INFUSION_END = "the end of the infusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRule:
    """The minimum stay after one product, in minutes, and from when it is counted."""

    id: str
    product: Product
    clock: Clock
    minutes: int
    source: str
    design_default: bool


STAY_RULES: Final[Mapping[str, StayRule]] = {
    rule.product: rule
    for rule in (
        StayRule(
            id="FSM-7",
            product=Product.ESKETAMINE_IN,
            clock=Clock.LAST_DEVICE,
            minutes=120,
            source=(
                "120 min [FDA-REMS]; [MIMS-PH]. Counted from the last device (SPR-A8): sources disagree "
                "whether the first or the last counts, and both times are kept"
            ),
            design_default=False,
        ),
        StayRule(
            id="MON-3",
            product=Product.KETAMINE_IV,
            clock=Clock.INFUSION_END,
            minutes=60,
            source="design default; series observed for 90 min from start [YALE-BP]; [GFORM] says 15 min",
            design_default=True,
        ),
    )
}
"""US rules. The EU text for the spray names no fixed time (MON-2); it is not in use here."""


def stay_ends_at(session: Session) -> datetime | None:
    """When the minimum stay is over; None while drug may still be given or no rule is known."""
    rule = STAY_RULES.get(session.product)
    if rule is None or session.dose_ended_at is None:
        return None
    starts_at = session.last_drug_at if rule.clock is Clock.LAST_DEVICE else session.dose_ended_at
    return starts_at + timedelta(minutes=rule.minutes) if starts_at is not None else None


def minutes_until(moment: datetime, *, now: datetime) -> int:
    """Whole minutes until `moment`, rounded up: nobody goes a second early."""
    return ceil((moment - now).total_seconds() / 60)
