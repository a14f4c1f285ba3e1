"""The observation plan of one product: what is observed before, at set times, and again and again.

The plans themselves are in monitoring/plans.py. A clinic may change them; it may not drop what a label
or a REMS asks for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.ledger.payload import said
from ajar.pathway.monitoring.latest import CHECK_IN, DISSOCIATION, SEDATION


class Check(StrEnum):
    """One kind of observation; `SIGNAL_OF` names the signal that shows it was made."""

    VITALS = "vital signs"
    SEDATION = "MOAA/S"
    DISSOCIATION = "CADSS-6"
    CONTACT = "check-in"

    @property
    def words(self) -> str:
        """As it begins a line."""
        return self.value[0].upper() + self.value[1:]


SIGNAL_OF: Final[Mapping[Check, str]] = {
    Check.VITALS: "systolic_mmhg",
    Check.SEDATION: SEDATION,
    Check.DISSOCIATION: DISSOCIATION,
    Check.CONTACT: CHECK_IN,
}


CHECKS: Final = tuple(Check)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedCheck:
    """A check at a set time after the first dose; anything measured from `opens_min` on satisfies it.

    Missing at `closes_min`, it alerts whatever else is set (clinical.md FSM-6).
    """

    check: Check
    at_min: float
    opens_min: float
    closes_min: float

    def __post_init__(self) -> None:
        if not 0 <= self.opens_min <= self.at_min <= self.closes_min:
            raise ValueError(
                f"A fixed check needs opens_min <= at_min <= closes_min, got {self.opens_min:g}, "
                f"{self.at_min:g}, {self.closes_min:g}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often a check is repeated, in minutes; None where it is not.

    `during_min`: while drug is given. `early_min`: until `early_until_min` after the first dose.
    `after_min`: later. `closer_min`: in all of it at most, for a patient who is watched more closely.
    """

    check: Check
    during_min: float | None
    after_min: float | None
    early_min: float | None = None
    early_until_min: float = 0.0
    closer_min: float | None = None

    def __post_init__(self) -> None:
        for name in ("during_min", "after_min", "early_min", "closer_min"):
            minutes = getattr(self, name)
            if minutes is not None and not (isfinite(minutes) and 1 <= minutes <= MOST_MIN):
                raise ValueError(
                    f"{name} of {self.check} must be 1 to {MOST_MIN:g} minutes, got {minutes:g}."
                )
        if (self.early_min is None) != (self.early_until_min == 0):
            raise ValueError(f"early_min and early_until_min of {self.check} belong together.")


MOST_MIN: Final = 120.0
"""No observation is spaced wider than this (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The observation plan of one product in one jurisdiction.

    `watched_min`: for how long after the first dose the plan runs at least; the release rules have their
    own clock. `continuous`: the signals that a device shows all the time.
    """

    product: str
    id: str
    before: tuple[Check, ...]
    fixed: tuple[FixedCheck, ...]
    repeated: tuple[Interval, ...]
    watched_min: float
    source: str
    jurisdictions: tuple[str, ...] = ()  # none named: wherever no other plan is
    continuous: tuple[str, ...] = ()
    baseline_within_min: float = 15  # design default: from arrival to the first set of vital signs

    def __post_init__(self) -> None:
        said("id", self.id)
        said(f"{self.id}.source", self.source)
        if self.product not in set(Product):
            known = ", ".join(Product)
            raise ValueError(f"{self.id}.product must be one of {known}, got {self.product!r}.")
        if wrong := sorted(set(self.jurisdictions) - set(Jurisdiction)):
            known = ", ".join(Jurisdiction)
            raise ValueError(f"{self.id}.jurisdictions must be of {known}, got {wrong[0]!r}.")
        for problem in self._gaps():
            raise ValueError(f"{self.id}.{problem}")

    def _gaps(self) -> Iterable[str]:
        """What would let a patient go unobserved."""
        if Check.VITALS not in self.before:
            yield "before must include vital signs: without a baseline nothing can be compared."
        if len({one.check for one in self.repeated}) < len(self.repeated):
            yield "repeated must name each check once."
        vitals = next((one for one in self.repeated if one.check is Check.VITALS), None)
        if vitals is None or vitals.during_min is None or vitals.after_min is None:
            yield "repeated must give vital signs during_min and after_min: silence has to become an alarm."
        if not 1 <= self.baseline_within_min <= 60:
            yield f"baseline_within_min must be 1 to 60, got {self.baseline_within_min:g}."
        if not (isfinite(self.watched_min) and self.watched_min >= 1):
            yield f"watched_min must be at least 1 and finite, got {self.watched_min:g}."

    def interval(self, check: Check) -> Interval | None:
        """How often a check is repeated; None: it is not."""
        for one in self.repeated:
            if one.check is check:
                return one
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadences:
    """The observation plans of a clinic under one version."""

    version: str
    plans: tuple[Cadence, ...]

    def __post_init__(self) -> None:
        said("cadences.version", self.version)
        keys = [(plan.product, law) for plan in self.plans for law in plan.jurisdictions or ("",)]
        if len(set(keys)) < len(keys):
            raise ValueError("cadences.plans: one plan for each product and jurisdiction.")
        if missing := [product for product in Product if (product, "") not in keys]:
            raise ValueError(f"cadences.plans: no plan for {missing[0].value!r}; every product needs one.")
        for plan in self.plans:
            if plan.product == Product.ESKETAMINE_IN:
                refuse_looser_than_the_label(plan)

    def of(self, product: str, jurisdiction: str) -> Cadence:
        """The plan of a product under a law.

        Raises:
            LookupError: nobody wrote one; a session without a plan is not run.
        """
        found: Cadence | None = None
        for plan in self.plans:
            if plan.product == product:
                if jurisdiction in plan.jurisdictions:
                    return plan
                found = plan if not plan.jurisdictions else found
        if found is None:
            known = ", ".join(dict.fromkeys(plan.product for plan in self.plans))
            raise LookupError(f"No observation plan for {product!r}; there is one for: {known}.")
        return found


LABEL_AT_MIN: Final = 40.0
LABEL_MISSING_MIN: Final = 50.0
"""Blood pressure about 40 min after the spray [MIMS-PH]; [HCP-TRD]; missing at 50: alert (FSM-6)."""


def refuse_looser_than_the_label(plan: Cadence) -> None:
    """The spray's pressure at 40 minutes may not be dropped, put off, or go missing unsaid.

    Raises:
        ValueError: naming the field and what is allowed.
    """
    kept = [
        one
        for one in plan.fixed
        if one.check is Check.VITALS and one.at_min <= LABEL_AT_MIN and one.closes_min <= LABEL_MISSING_MIN
    ]
    if not kept:
        raise ValueError(
            f"{plan.id}.fixed must keep vital signs at {LABEL_AT_MIN:g} min, closing by "
            f"{LABEL_MISSING_MIN:g} min (label and REMS, clinical.md FSM-6)."
        )
