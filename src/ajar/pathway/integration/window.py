"""Integration bound to the dose: does each dose have a session 24 to 72 hours after it?

The first days are the usual rationale for early integration (clinical.md PSY-5, INT-3, INT-5). Nobody
has shown that the exact hours matter, so the page says so and a session outside them still counts as
held.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.dosing.entries import DrugGiven, SessionCancelled
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError, aware

OPENS_AFTER: Final = timedelta(hours=24)
CLOSES_AFTER: Final = timedelta(hours=72)
RULE_ID: Final = "INT-3"
SOURCE: Final = (
    "clinical.md PSY-5, INT-3 (24 to 48 h), INT-5 (at most 72 h, design default); "
    "from general knowledge, verify"
)

FIRST_SERIES: Final = frozenset(
    regimen.phases[0].label.casefold() for regimen in REGIMENS.values() if not regimen.follows_a_response
)
"""The phases that a treatment begins with, whatever a regimen calls them: induction, series, ascent."""

DOSE_KINDS: Final = (
    SessionPlanned.KIND,
    SessionCancelled.KIND,
    DrugGiven.KIND,
    IntegrationHeld.KIND,
    EnteredInError.KIND,
)
"""The kinds of entry that this module reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dosing session: planned for, or begun at, `at`."""

    encounter_id: UUID
    number: int
    at: datetime
    given: bool
    phase: str = ""

    @property
    def is_booster(self) -> bool:
        """Does it come after the first series? False where the plan names no phase."""
        return bool(self.phase) and self.phase.casefold() not in FIRST_SERIES

    @property
    def window(self) -> tuple[datetime, datetime]:
        """From and until when its integration session should begin."""
        return self.at + OPENS_AFTER, self.at + CLOSES_AFTER


class Bond(StrEnum):
    """How a dose and its integration session stand."""

    HELD = "held"
    HELD_OUTSIDE = "held outside 24 to 72 h"
    BOOKED = "booked"
    BOOKED_OUTSIDE = "booked outside 24 to 72 h"
    NOTHING_BOOKED = "nothing booked"
    MISSED = "missed"


GAPS: Final = frozenset({Bond.BOOKED_OUTSIDE, Bond.NOTHING_BOOKED, Bond.MISSED})
"""What a prescriber should see before ordering the next dose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDose:
    """A dose with its integration session, held or booked; `session_at` is when that begins."""

    dose: Dose
    bond: Bond
    session_at: datetime | None

    @property
    def is_gap(self) -> bool:
        """Is there no session in the window, past or booked?"""
        return self.bond in GAPS


def doses(entries: Iterable[Entry]) -> tuple[Dose, ...]:
    """Every dosing session that was given or still stands, in the order of time."""
    told = effective(entries)
    cancelled = {entry.encounter_id for entry in told if isinstance(entry.payload, SessionCancelled)}
    begun: dict[UUID, datetime] = {}
    for entry in told:
        if isinstance(entry.payload, DrugGiven) and entry.encounter_id is not None:
            begun[entry.encounter_id] = min(
                begun.get(entry.encounter_id, entry.happened_at), entry.happened_at
            )
    found = [
        Dose(
            encounter_id=entry.encounter_id,
            number=entry.payload.number,
            at=begun.get(entry.encounter_id, entry.payload.starts_at),
            given=entry.encounter_id in begun,
            phase=entry.payload.phase,
        )
        for entry in told
        if isinstance(entry.payload, SessionPlanned)
        and entry.encounter_id is not None
        and entry.encounter_id not in cancelled
    ]
    return tuple(sorted(found, key=lambda dose: dose.at))


def bound(
    standing: Sequence[Dose],
    *,
    held: Iterable[Entry],
    booked: Sequence[datetime],
    now: datetime,
) -> tuple[BoundDose, ...]:
    """Each dose with its session. `held` are the effective IntegrationHeld entries, `booked` the begins
    of booked integration appointments, past and to come.
    """
    aware("now", now)
    sessions = [entry for entry in held if isinstance(entry.payload, IntegrationHeld)]
    ends = [later.at for later in standing[1:]] + [None]
    return tuple(
        _bound(dose, until, sessions, sorted(booked), now) for dose, until in zip(standing, ends, strict=True)
    )


def _bound(
    dose: Dose, until: datetime | None, sessions: Sequence[Entry], booked: Sequence[datetime], now: datetime
) -> BoundDose:
    held_at = sorted(entry.happened_at for entry in sessions if _follows(entry, dose))
    coming = [at for at in booked if at >= now and dose.at < at and (until is None or at < until)]
    for times, inside, outside in (
        (held_at, Bond.HELD, Bond.HELD_OUTSIDE),
        (coming, Bond.BOOKED, Bond.BOOKED_OUTSIDE),
    ):
        if times:
            best = min(times, key=lambda at: (not _in_window(dose, at), at))
            return BoundDose(dose=dose, bond=inside if _in_window(dose, best) else outside, session_at=best)
    over = dose.given and now > dose.window[1]
    return BoundDose(dose=dose, bond=Bond.MISSED if over else Bond.NOTHING_BOOKED, session_at=None)


def _follows(entry: Entry, dose: Dose) -> bool:
    return (
        isinstance(entry.payload, IntegrationHeld) and entry.payload.dosing_encounter_id == dose.encounter_id
    )


def _in_window(dose: Dose, at: datetime) -> bool:
    opens, closes = dose.window
    return opens <= at <= closes
