"""What is to be observed when, by product (clinical.md 4.1): sourced defaults that a clinic may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.monitoring.latest import DISSOCIATION, SEDATION


class Check(StrEnum):
    """One kind of observation, and the signal that shows it was made."""

    VITALS = "vital signs"
    SEDATION = "MOAA/S"
    DISSOCIATION = "CADSS-6"

    @property
    def words(self) -> str:
        """As it begins a line."""
        return self.value[0].upper() + self.value[1:]

    @property
    def signal(self) -> str:
        """The signal whose time says when this was last done."""
        return SIGNAL_OF[self]


SIGNAL_OF: Final[Mapping[Check, str]] = {
    Check.VITALS: "systolic_mmhg",
    Check.SEDATION: SEDATION,
    Check.DISSOCIATION: DISSOCIATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedCheck:
    """A check at a set time after the first dose; anything measured from `opens_min` on satisfies it."""

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
    """How often a check is repeated while drug is given and after it; None where it is not."""

    check: Check
    during_min: float | None
    after_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The observation plan of one product."""

    product: str
    id: str
    before: tuple[Check, ...]
    fixed: tuple[FixedCheck, ...]
    repeated: tuple[Interval, ...]
    source: str
    baseline_within_min: float = 15  # design default: from arrival to the first set of vital signs


_EVERYTHING: Final = (Check.VITALS, Check.SEDATION, Check.DISSOCIATION)
_AT_40: Final = {"at_min": 40.0, "opens_min": 30.0, "closes_min": 50.0}  # window: clinical.md 2.4, field 22

CADENCES: Final[Mapping[str, Cadence]] = {
    cadence.product: cadence
    for cadence in (
        Cadence(
            product="esketamine_in",
            id="MON-1",
            before=_EVERYTHING,
            fixed=tuple(FixedCheck(check=check, **_AT_40) for check in _EVERYTHING),
            repeated=(
                Interval(check=Check.VITALS, during_min=None, after_min=30),
                Interval(check=Check.SEDATION, during_min=None, after_min=30),
            ),
            source="40 min: label and REMS form; every 30 min afterwards: design default (clinical.md MON-1)",
        ),
        Cadence(
            product="ketamine_iv",
            id="MON-3",
            before=_EVERYTHING,
            fixed=(FixedCheck(check=Check.DISSOCIATION, **_AT_40),),
            repeated=(
                Interval(check=Check.VITALS, during_min=10, after_min=15),
                Interval(check=Check.SEDATION, during_min=None, after_min=15),
            ),
            source="every 10 min: three large series; every 15 min after: clinical.md MON-3; CADSS-6: DIS-1",
        ),
        Cadence(
            product="ketamine_im",
            id="MON-5",
            before=_EVERYTHING,
            fixed=(FixedCheck(check=Check.DISSOCIATION, **_AT_40),),
            repeated=(
                Interval(check=Check.VITALS, during_min=10, after_min=15),
                Interval(check=Check.SEDATION, during_min=None, after_min=15),
            ),
            source="SC analogue, the rest design default (clinical.md MON-5)",
        ),
        Cadence(
            product="ketamine_sl",
            id="MON-7",
            before=(Check.VITALS,),
            fixed=(),
            repeated=(Interval(check=Check.VITALS, during_min=30, after_min=30),),
            source="design default (clinical.md MON-7)",
        ),
    )
}


def cadence_of(product: str) -> Cadence:
    """The observation plan of a product.

    Raises:
        LookupError: nobody wrote one; a session without a plan is not run.
    """
    try:
        return CADENCES[product]
    except KeyError:
        known = ", ".join(CADENCES)
        raise LookupError(f"No observation plan for {product!r}; there is one for: {known}.") from None
