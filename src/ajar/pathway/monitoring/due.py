"""Which observation is due next, and how late it is (clinical.md 4.1, ALM-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.monitoring.cadence import Cadence, Check, Interval
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.limits import Limits

BEFORE_DOSE: Final = frozenset({Stage.ARRIVED, Stage.READY})
SINCE_DOSE: Final = frozenset({Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One observation and when it is due; `overdue_by` is zero until then."""

    check: Check
    at: datetime
    overdue_by: timedelta
    source: str

    def lateness(self, limits: Limits) -> Priority | None:
        """ALM-8: how pressing its absence is by now."""
        late_min = self.overdue_by.total_seconds() / 60
        if late_min >= limits.overdue_medium_min:
            return Priority.MEDIUM
        return Priority.LOW if late_min >= limits.overdue_low_min else None


def last_times(vitals: VitalsNow) -> dict[Check, datetime]:
    """When each check was last made."""
    found = {check: vitals.latest(check.signal) for check in Check}
    return {check: seen.at for check, seen in found.items() if seen is not None}


def next_due(
    session: Session, last: Mapping[Check, datetime], cadence: Cadence, *, now: datetime
) -> Due | None:
    """The observation that is due first; None where the stage asks for none."""
    dues = all_due(session, last, cadence, now=now)
    return min(dues, key=lambda due: due.at, default=None)


def all_due(
    session: Session, last: Mapping[Check, datetime], cadence: Cadence, *, now: datetime
) -> list[Due]:
    """Every observation still to come, in the order of the checks."""
    moments = {check: _due_at(check, session, last.get(check), cadence) for check in Check}
    return [
        Due(
            check=check,
            at=at,
            overdue_by=max(now - at, timedelta(0)),
            source=f"{cadence.id}: {cadence.source}",
        )
        for check, at in moments.items()
        if at is not None
    ]


def _due_at(check: Check, session: Session, last: datetime | None, cadence: Cadence) -> datetime | None:
    if session.stage in BEFORE_DOSE and session.arrived_at is not None:
        return _baseline_at(check, session.arrived_at, last, cadence)
    if session.stage in SINCE_DOSE and session.first_dose_at is not None:
        return _fixed_at(check, session.first_dose_at, last, cadence) or _repeated_at(
            check, session, session.first_dose_at, last, cadence
        )
    return None


def _baseline_at(
    check: Check, arrived_at: datetime, last: datetime | None, cadence: Cadence
) -> datetime | None:
    if check not in cadence.before or (last is not None and last >= arrived_at):
        return None
    return arrived_at + timedelta(minutes=cadence.baseline_within_min)


def _fixed_at(
    check: Check, first_dose_at: datetime, last: datetime | None, cadence: Cadence
) -> datetime | None:
    for fixed in cadence.fixed:
        opens_at = first_dose_at + timedelta(minutes=fixed.opens_min)
        if fixed.check is check and (last is None or last < opens_at):
            return first_dose_at + timedelta(minutes=fixed.at_min)
    return None


def _repeated_at(
    check: Check, session: Session, first_dose_at: datetime, last: datetime | None, cadence: Cadence
) -> datetime | None:
    every_min = next((_every_min(one, session) for one in cadence.repeated if one.check is check), None)
    if every_min is None:
        return None
    since = first_dose_at if last is None else max(last, first_dose_at)
    return since + timedelta(minutes=every_min)


def _every_min(interval: Interval, session: Session) -> float | None:
    return interval.during_min if session.stage is Stage.DOSING else interval.after_min
