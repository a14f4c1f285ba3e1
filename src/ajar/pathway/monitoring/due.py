"""Which observation is due next, how late it is, and what the rest of the session asks for.

Clinical.md 4.1 (cadence), ALM-8 (overdue), FSM-6 (missing at 50 minutes).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.monitoring.cadence import CHECKS, SIGNAL_OF, Cadence, Check, FixedCheck, Interval
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.limits import Limits
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs

BEFORE_DOSE: Final = frozenset({Stage.ARRIVED, Stage.READY})
SINCE_DOSE: Final = frozenset({Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED})

NOT_LATE: Final = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One observation and when it is due; `overdue_by` is zero until then.

    `missing_at`: from then on its absence alerts whatever a clinic has set (FSM-6).
    """

    check: Check
    at: datetime
    overdue_by: timedelta
    source: str
    missing_at: datetime | None = None

    def lateness(self, limits: Limits) -> Priority | None:
        """ALM-8: how pressing its absence is by now."""
        late_min = self.overdue_by.total_seconds() / 60
        missing = self.missing_at is not None and self.at + self.overdue_by >= self.missing_at
        if late_min >= limits.overdue_medium_min or missing:
            return Priority.MEDIUM
        return Priority.LOW if late_min >= limits.overdue_low_min else None


def last_times(vitals: VitalsNow) -> dict[Check, datetime]:
    """When each check was last made."""
    return {check: seen.at for check, name in SIGNAL_OF.items() if (seen := vitals.latest(name)) is not None}


def next_due(
    session: Session,
    last: Mapping[Check, datetime],
    cadence: Cadence,
    *,
    now: datetime,
    needs: Needs = NO_NEEDS,
) -> Due | None:
    """The observation that is due first; None where the stage asks for none."""
    dues = all_due(session, last, cadence, now=now, needs=needs)
    return min(dues, key=lambda due: due.at, default=None)


def all_due(
    session: Session,
    last: Mapping[Check, datetime],
    cadence: Cadence,
    *,
    now: datetime,
    needs: Needs = NO_NEEDS,
) -> list[Due]:
    """Every observation still to come, in the order of the checks."""
    if session.stage in BEFORE_DOSE and session.arrived_at is not None:
        return list(_baselines(session.arrived_at, last, cadence, now=now))
    if session.stage in SINCE_DOSE and session.first_dose_at is not None:
        return list(_since_dose(session, session.first_dose_at, last, cadence, now=now, needs=needs))
    return []


def _baselines(
    arrived_at: datetime, last: Mapping[Check, datetime], cadence: Cadence, *, now: datetime
) -> Iterable[Due]:
    for check in cadence.before:
        made_at = last.get(check)
        if made_at is None or made_at < arrived_at:
            at = arrived_at + timedelta(minutes=cadence.baseline_within_min)
            yield _due(check, at, cadence, now=now)


def _since_dose(
    session: Session,
    first_dose_at: datetime,
    last: Mapping[Check, datetime],
    cadence: Cadence,
    *,
    now: datetime,
    needs: Needs,
) -> Iterable[Due]:
    for check in CHECKS:
        made_at = last.get(check)
        at = _repeated_at(cadence.interval(check), session, first_dose_at, made_at, needs)
        fixed = _next_fixed(check, first_dose_at, made_at, cadence)
        if fixed is None:
            if at is not None:
                yield _due(check, at, cadence, now=now)
            continue
        fixed_at = first_dose_at + timedelta(minutes=fixed.at_min)
        if at is not None and needs.closer and at < fixed_at:
            yield _due(check, at, cadence, now=now)
        else:
            missing_at = first_dose_at + timedelta(minutes=fixed.closes_min)
            yield _due(check, fixed_at, cadence, now=now, missing_at=missing_at)


def _due(
    check: Check, at: datetime, cadence: Cadence, *, now: datetime, missing_at: datetime | None = None
) -> Due:
    return Due(
        check=check,
        at=at,
        overdue_by=now - at if now > at else NOT_LATE,
        source=f"{cadence.id}: {cadence.source}",
        missing_at=missing_at,
    )


def _next_fixed(
    check: Check, first_dose_at: datetime, made_at: datetime | None, cadence: Cadence
) -> FixedCheck | None:
    """The next check at a set time that nothing has satisfied yet."""
    for fixed in cadence.fixed:
        if fixed.check is check and (
            made_at is None or made_at < first_dose_at + timedelta(minutes=fixed.opens_min)
        ):
            return fixed
    return None


def _repeated_at(
    interval: Interval | None,
    session: Session,
    first_dose_at: datetime,
    made_at: datetime | None,
    needs: Needs,
) -> datetime | None:
    if interval is None:
        return None
    since = first_dose_at if made_at is None or made_at < first_dose_at else made_at
    if interval.during_min is None and session.dose_ended_at is not None:
        since = max(since, session.dose_ended_at)  # it was not asked for while drug was given
    every_min = every_of(interval, session.stage, (since - first_dose_at).total_seconds() / 60, needs)
    return None if every_min is None else since + timedelta(minutes=every_min)


def every_of(interval: Interval, stage: Stage, since_dose_min: float, needs: Needs) -> float | None:
    """How long after one check, made so many minutes after the first dose, the next is due."""
    every_min = interval.during_min if stage is Stage.DOSING else interval.after_min
    if interval.early_min is not None and since_dose_min < interval.early_until_min:
        every_min = interval.early_min
    if needs.closer and interval.closer_min is not None:
        return interval.closer_min if every_min is None else min(every_min, interval.closer_min)
    return every_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One moment of the plan that is still to come, in whole, and the checks it asks for."""

    at: datetime
    minute: int  # after the first dose
    checks: tuple[Check, ...]
    overdue: bool

    @property
    def words(self) -> str:
        """Such as 'Vital signs, MOAA/S'."""
        words = ", ".join(self.checks)
        return words[0].upper() + words[1:]


def ahead(
    session: Session,
    last: Mapping[Check, datetime],
    cadence: Cadence,
    *,
    now: datetime,
    needs: Needs = NO_NEEDS,
) -> tuple[Ahead, ...]:
    """Every moment up to the end of the watch, as if each check were made when it is due.

    An infusion is taken to end after the time ordered.
    """
    if session.stage not in SINCE_DOSE or session.first_dose_at is None:
        return ()
    ends_at = session.first_dose_at + timedelta(minutes=cadence.watched_min + needs.longer_min)
    made, then = dict(last), session
    moments: dict[int, list[Due]] = {}
    while (due := next_due(then, made, cadence, now=now, needs=needs)) is not None and due.at <= ends_at:
        minute = round((due.at - session.first_dose_at).total_seconds() / 60)
        moments.setdefault(minute, []).append(due)
        made[due.check] = max(due.at, now)
        if due.at >= _dose_ends_at(session, session.first_dose_at):
            then = _after_the_dose(session, session.first_dose_at)
    return tuple(
        Ahead(
            at=dues[0].at,
            minute=minute,
            checks=tuple(due.check for due in dues),
            overdue=dues[0].at < now,
        )
        for minute, dues in sorted(moments.items())  # what begins after the dose is found after it
    )


def _after_the_dose(session: Session, first_dose_at: datetime) -> Session:
    """As it will be once the dose has ended."""
    ended_at = session.dose_ended_at or _dose_ends_at(session, first_dose_at)
    return replace(session, stage=Stage.OBSERVED, dose_ended_at=ended_at)


def _dose_ends_at(session: Session, first_dose_at: datetime) -> datetime:
    ordered_min = session.order.duration_min if session.order is not None else None
    return first_dose_at + timedelta(minutes=ordered_min or 0.0)
