"""The few shapes a ruling takes, so that a rule reads as what it says and not as how it is stored."""

from datetime import datetime
from typing import Any, Final

from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.evaluation.findings import Outcome, Ruling, Strength, Verdict

NOT_RECORDED: Final = "not recorded"


def passes(
    because: str, datum: str, seen: Fact[Any] | None = None, strength: Strength = Strength.SOFT_STOP
) -> Ruling:
    """Nothing stands in the way."""
    return Ruling(
        verdict=Verdict.PASS,
        strength=strength,
        because=because,
        datum=datum,
        happened_at=_happened(seen),
        recorded_at=_recorded(seen),
    )


def defers(
    because: str,
    datum: str,
    until: str,
    seen: Fact[Any] | None = None,
    strength: Strength = Strength.SOFT_STOP,
    conflict: str = "",
) -> Ruling:
    """Not now: `until` says what ends it."""
    return Ruling(
        verdict=Verdict.STOP,
        strength=strength,
        effect=Outcome.DEFER,
        because=because,
        datum=datum,
        happened_at=_happened(seen),
        recorded_at=_recorded(seen),
        until=until,
        conflict=conflict,
    )


def warns(because: str, datum: str, seen: Fact[Any] | None = None) -> Ruling:
    """Goes on with care, once somebody has accepted it."""
    return _precaution(because, datum, seen, Strength.CAUTION)


def remarks(because: str, datum: str, seen: Fact[Any] | None = None) -> Ruling:
    """Only shown: it blocks nothing."""
    return _precaution(because, datum, seen, Strength.INFO)


def asks(
    because: str,
    until: str,
    datum: str = NOT_RECORDED,
    seen: Fact[Any] | None = None,
    fill_in: str = "",
) -> Ruling:
    """Not known, or too old to rely on: `until` says what to do about it, `fill_in` where."""
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.SOFT_STOP,
        because=because,
        datum=datum,
        happened_at=_happened(seen),
        recorded_at=_recorded(seen),
        until=until,
        fill_in=fill_in,
    )


def _precaution(because: str, datum: str, seen: Fact[Any] | None, strength: Strength) -> Ruling:
    return Ruling(
        verdict=Verdict.PRECAUTION,
        strength=strength,
        because=because,
        datum=datum,
        happened_at=_happened(seen),
        recorded_at=_recorded(seen),
    )


def _happened(seen: Fact[Any] | None) -> datetime | None:
    return seen.happened_at if seen is not None else None


def _recorded(seen: Fact[Any] | None) -> datetime | None:
    return seen.recorded_at if seen is not None else None
