"""What a patient needs to know before a planned session: when to come, to stop eating, and to be home."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.careplan.regimens import REGIMENS, Regimen
from ajar.pathway.dosing.policy import READINESS_POLICY, ReadinessPolicy
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.payload import aware

SOURCES: Final = {
    "food": "clinical.md DAY-1 [MPR]; for infusions from general knowledge, verify",
    "drink": "clinical.md DAY-2 [MPR]; for infusions from general knowledge, verify",
    "escort": "clinical.md DAY-3 [LACDMH]; [STC-TREAT]",
    "driving": "clinical.md DAY-4 [USPI19 §5.8]; [NERVANA]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingSession:
    """One session as the patient plans the day around it. `leave_at` is the earliest; it may get later."""

    arrive_at: datetime
    no_food_from: datetime
    no_drink_from: datetime
    leave_at: datetime
    source: str


class NoRegimen(LookupError):
    """No regimen is known for this product, so nothing can be said about its day."""


def coming_session(
    product: str, *, arrive_at: datetime, policy: ReadinessPolicy = READINESS_POLICY
) -> ComingSession:
    """The times of a session that begins with arriving at `arrive_at`.

    Raises:
        NoRegimen: the product has no regimen.
    """
    aware("arrive_at", arrive_at)
    regimen = _regimen(product)
    fast = policy.fast(regimen.product)
    dose_at = arrive_at + regimen.length.until_dose
    return ComingSession(
        arrive_at=arrive_at,
        no_food_from=dose_at - timedelta(hours=fast.solids_h),
        no_drink_from=dose_at - timedelta(hours=fast.liquids_h),
        leave_at=arrive_at + regimen.length.until_leaving,
        source=regimen.length.source,
    )


def _regimen(product: str) -> Regimen:
    for regimen in REGIMENS.values():
        if regimen.product == product:
            return regimen
    known = ", ".join(Product)
    raise NoRegimen(f"No regimen is known for {product!r}; expected one of {known}.")
