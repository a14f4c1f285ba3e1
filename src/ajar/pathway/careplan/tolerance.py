"""How the last session was borne, from its own entries: what ADJ-1 and ADJ-2 look at.

Entries of later steps of the visit are told by their kind, as a course tells an arrival. A session without a
dose, or without a pressure after it, is not known to have gone well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from ajar.pathway.careplan.adjustment import Tolerability
from ajar.pathway.careplan.course import GIVEN
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

EVENT: Final = "event.noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceLimits:
    """Where a session stops being well borne: ADJ-1 and ADJ-2, with their defaults."""

    serious_systolic_mmhg: float = 180  # ADJ-1
    serious_diastolic_mmhg: float = 110  # ADJ-1
    sustained_min: float = 5  # ADJ-1 "sustained": design default, as ALM-1 and ALM-2
    lost_consciousness_moaa_s: int = 1  # ADJ-1
    sedated_moaa_s: int = 3  # ADJ-2 "troublesome sedation": design default
    rise_systolic_mmhg: float = 40  # ADJ-2
    rise_diastolic_mmhg: float = 25  # ADJ-2
    serious_events: tuple[str, ...] = (
        "chest pain",
        "focal deficit",
        "seizure",
        "reduced consciousness",
        "not breathing",
        "cyanosis",
        "new arrhythmia",
    )
    hard_events: tuple[str, ...] = ("vomiting", "distressing dissociation", "panic")
    source: str = "clinical.md ADJ-1, ADJ-2, design default ([MPR]; [RASM13])"


DEFAULT_TOLERANCE: Final = ToleranceLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """The judgement and each thing it stands on, in words."""

    tolerability: Tolerability
    because: tuple[str, ...]


def session_borne(entries: Iterable[Entry], limits: ToleranceLimits = DEFAULT_TOLERANCE) -> Borne:
    """Judge one session from the entries of its encounter."""
    told = sorted(effective(entries), key=lambda entry: entry.happened_at)
    first_dose_at = next((entry.happened_at for entry in told if entry.payload.KIND == GIVEN), None)
    if first_dose_at is None:
        return Borne(tolerability=Tolerability.NOT_KNOWN, because=("No dose is recorded.",))
    before = [one for one in _pressures(told) if one[0] <= first_dose_at]
    after = [one for one in _pressures(told) if one[0] > first_dose_at]
    serious = [*_serious_events(told, limits), *_serious_signs(told, after, limits)]
    if serious:
        return Borne(tolerability=Tolerability.SERIOUS, because=tuple(serious))
    troubled = [*_hard_events(told, limits), *_rises(before, after, limits)]
    if troubled:
        return Borne(tolerability=Tolerability.TROUBLED, because=tuple(troubled))
    if not before or not after:
        because = ("Pressure before the dose and after it is not recorded.",)
        return Borne(tolerability=Tolerability.NOT_KNOWN, because=because)
    return Borne(tolerability=Tolerability.GOOD, because=("Nothing troublesome is recorded.",))


Pressure = tuple[datetime, float, float]


def _pressures(told: Sequence[Entry]) -> list[Pressure]:
    return [
        (entry.happened_at, entry.payload.systolic_mmhg, entry.payload.diastolic_mmhg)
        for entry in told
        if isinstance(entry.payload, VitalsMeasured)
        and entry.payload.systolic_mmhg is not None
        and entry.payload.diastolic_mmhg is not None
    ]


def _events(told: Sequence[Entry]) -> list[Any]:
    """Events as they were noted; their class belongs to a later step of the visit."""
    return [entry.payload for entry in told if entry.payload.KIND == EVENT]


def _serious_events(told: Sequence[Entry], limits: ToleranceLimits) -> list[str]:
    return [
        f"Serious: {noted.event}."
        for noted in _events(told)
        if noted.serious or noted.event.lower() in limits.serious_events
    ]


def _serious_signs(told: Sequence[Entry], after: Sequence[Pressure], limits: ToleranceLimits) -> list[str]:
    lowest = min((e.payload.moaa_s for e in told if isinstance(e.payload, SedationRated)), default=5)
    found = []
    if lowest <= limits.lost_consciousness_moaa_s:
        found.append(f"MOAA/S fell to {lowest}.")
    if _sustained(after, limits):
        found.append(
            f"Pressure of {limits.serious_systolic_mmhg:g} or {limits.serious_diastolic_mmhg:g} mmHg and "
            "more for "
            f"{limits.sustained_min:g} min."
        )
    return found


def _sustained(after: Sequence[Pressure], limits: ToleranceLimits) -> bool:
    """Were two readings in a row that high, and far enough apart?"""
    since: datetime | None = None
    for at, systolic, diastolic in after:
        high = systolic >= limits.serious_systolic_mmhg or diastolic >= limits.serious_diastolic_mmhg
        if not high:
            since = None
        elif since is None:
            since = at
        elif at - since >= timedelta(minutes=limits.sustained_min):
            return True
    return False


def _hard_events(told: Sequence[Entry], limits: ToleranceLimits) -> list[str]:
    noted = _events(told)
    found = [f"{one.event}." for one in noted if one.event.lower() in limits.hard_events]
    found += [
        f"{one.event}, severe." for one in noted if one.severity == "severe" and one.event + "." not in found
    ]
    lowest = min((e.payload.moaa_s for e in told if isinstance(e.payload, SedationRated)), default=5)
    if lowest <= limits.sedated_moaa_s:
        found.append(f"MOAA/S fell to {lowest}.")
    if any(isinstance(e.payload, DissociationRated) and e.payload.distress for e in told):
        found.append("Dissociation with distress.")
    return found


def _rises(before: Sequence[Pressure], after: Sequence[Pressure], limits: ToleranceLimits) -> list[str]:
    if not before or not after:
        return []
    _, systolic, diastolic = before[-1]
    rise = max(one[1] for one in after) - systolic, max(one[2] for one in after) - diastolic
    if rise[0] < limits.rise_systolic_mmhg and rise[1] < limits.rise_diastolic_mmhg:
        return []
    return [f"Pressure rose by {rise[0]:g}/{rise[1]:g} mmHg."]
