"""A whole course laid out over the calendar, as a proposal that a person accepts or changes.

Sessions keep to the regimen's rhythm, then to the preferred weekdays, then to the preferred time; what
had to move says why. Integration follows 24 to 72 h after each dose (clinical.md PSY-5, INT-3: from
general knowledge, verify; INT-5: design default).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import combinations, pairwise, product
from typing import Final
from zoneinfo import ZoneInfo

from ajar.pathway.careplan.regimens import Phase, Regimen
from ajar.pathway.careplan.supply import Keeper, Seat, Supply, seat, seat_at_home
from ajar.pathway.scheduling.availability import WEEKDAYS, OpenHours, days, moment
from ajar.pathway.scheduling.spans import Span

STEP: Final = timedelta(minutes=15)
LOOK_AHEAD_DAYS: Final = 14
"""How long after its due day a session is still looked for (design default)."""

INTEGRATION_FROM: Final = timedelta(hours=24)
INTEGRATION_UNTIL: Final = timedelta(hours=72)
INTEGRATION_LENGTH: Final = timedelta(minutes=50)
NEEDS_WEEKDAYS: Final = {
    2: "Twice a week needs two weekdays with at least a day between them.",
    3: "Three times a week needs three weekdays with at least a day between them.",
}
NO_THERAPIST: Final = "no therapist is free 24 to 72 h after the dose"
INTEGRATION_SOURCE: Final = "clinical.md PSY-5, INT-3 (general knowledge, verify); INT-5 (design default)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for. `weekdays` in order of preference, Monday is 0."""

    regimen: Regimen
    sessions: int
    first_day: date
    weekdays: tuple[int, ...]
    at: time
    zone: ZoneInfo
    hours: OpenHours
    first_dose_mg: float
    later_dose_mg: float
    opening_mg: tuple[float, ...] = ()
    """Doses of the first sessions where the regimen climbs; `later_dose_mg` follows."""
    earlier: tuple[Span, ...] = ()
    """Sessions of this drug from before the course: its rhythm counts them."""

    def __post_init__(self) -> None:
        if not 1 <= self.sessions <= self.regimen.most_sessions:
            raise ValueError(
                f"{self.regimen.label} is laid out over 1 to {self.regimen.most_sessions} sessions, "
                f"got {self.sessions}."
            )
        if not self.weekdays:
            raise ValueError("Choose at least one weekday.")
        needed = max(self.regimen.phase_of(number).per_week for number in range(1, self.sessions + 1))
        if needed > 1 and not _apart(self.weekdays, needed):
            raise ValueError(NEEDS_WEEKDAYS[needed])

    def dose_mg(self, number: int) -> float:
        """The dose planned for the nth session."""
        if number <= len(self.opening_mg):
            return self.opening_mg[number - 1]
        return self.first_dose_mg if number == 1 else self.later_dose_mg


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIntegration:
    """A therapist's time after a dose."""

    span: Span
    therapist: Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session of the proposal. `problems` keep it from being accepted; `notes` explain a move."""

    number: int
    phase: Phase
    dose_mg: float
    span: Span
    seat: Seat
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    integration: PlannedIntegration | None = None
    integration_missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A whole course."""

    wish: Wish
    sessions: tuple[PlannedSession, ...]

    @property
    def acceptable(self) -> bool:
        """Has every session a room and a monitor at an allowed time?"""
        return not any(session.problems for session in self.sessions)

    @property
    def digest(self) -> str:
        """Tells one proposal from another, so that what is accepted is what was seen."""
        return sha256("\n".join(map(_line, self.sessions)).encode()).hexdigest()


def proposed_course(wish: Wish, supply: Supply, *, now: datetime) -> Proposal:
    """Lay out every session, then integration after each."""
    placed: list[PlannedSession] = []
    for number in range(1, wish.sessions + 1):
        placed.append(_placed(number, placed, wish, supply, now=now))
    return Proposal(wish=wish, sessions=with_integration(placed, supply, wish))


def spacing_problems(phase: Phase, span: Span, others: Sequence[Span], zone: ZoneInfo) -> tuple[str, ...]:
    """Why a session cannot stand at this time beside the others of its course, in words."""
    found = []
    gap = min((_distance(span, other) for other in others), default=phase.least_gap)
    if gap < phase.least_gap:
        hours = phase.least_gap.total_seconds() / 3600
        found.append(f"sessions start at least {hours:g} h apart; this is {gap.total_seconds() / 3600:g} h")
    same_week = sum(_week(other, zone) == _week(span, zone) for other in others)
    if same_week >= phase.per_week:
        found.append(f"at most {phase.per_week} a calendar week; this week has {same_week} already")
    return tuple(found)


def session_span(day: date, at: time, wish: Wish) -> Span:
    """The whole time a session takes from its arrival."""
    starts_at = moment(day, at, wish.zone)
    return Span(starts_at=starts_at, ends_at=starts_at + wish.regimen.length.total)


def _placed(
    number: int, before: Sequence[PlannedSession], wish: Wish, supply: Supply, *, now: datetime
) -> PlannedSession:
    phase = wish.regimen.phase_of(number)
    others = [*wish.earlier, *(session.span for session in before)]
    notes: list[str] = []
    for day in _candidate_days(phase, others, wish):
        span, found, why = _best_time(day, phase, others, wish, supply, now=now)
        if span is not None and found is not None:
            return PlannedSession(
                number=number,
                phase=phase,
                dose_mg=wish.dose_mg(number),
                span=span,
                seat=found,
                notes=(*notes, *_moved(day, span, why, wish)),
            )
        if day.weekday() in wish.weekdays:
            notes.append(f"{_day_words(day)}: {why}")
    return _unplaced(number, phase, others, notes, wish, supply)


def _candidate_days(phase: Phase, others: Sequence[Span], wish: Wish) -> Iterator[date]:
    """Days to try, from the due day, none before the first preferred day of its week.

    A day that nobody asked for comes only after a preferred one was tried in vain: the rhythm of the week
    is kept, and a week whose preferred days are over is left alone.
    """
    first = _due_day(phase, others, wish)
    asked_for = False
    for day in days(first, first + timedelta(days=LOOK_AHEAD_DAYS)):
        begins_week = day.weekday() == 0
        asked_for = day.weekday() in wish.weekdays or (asked_for and not begins_week)
        if asked_for:
            yield day


def _due_day(phase: Phase, others: Sequence[Span], wish: Wish) -> date:
    """The first day that the rhythm allows: after the least gap, and in a week that is not full."""
    if len(others) == len(wish.earlier):
        return wish.first_day
    last = max(others)
    last_day = last.starts_at.astimezone(wish.zone).date()
    monday = last_day - timedelta(days=last_day.weekday())
    full = sum(_week(other, wish.zone) == _week(last, wish.zone) for other in others) >= phase.per_week
    weeks_on = phase.every_weeks if full or phase.every_weeks > 1 else 0
    earliest = (last.starts_at + phase.least_gap).astimezone(wish.zone).date()
    return max(earliest, monday + timedelta(weeks=weeks_on))


def _best_time(
    day: date, phase: Phase, others: Sequence[Span], wish: Wish, supply: Supply, *, now: datetime
) -> tuple[Span | None, Seat | None, str]:
    """The time nearest to the preferred one that works, or why the day does not."""
    reasons: list[str] = []
    for span in _times(day, wish):
        problems = spacing_problems(phase, span, others, wish.zone)
        if span.starts_at <= now:
            problems = ("that time is over", *problems)
        found = seat_for(wish.regimen, span, supply)
        if not problems and not found.missing:
            return span, found, reasons[0] if reasons else ""
        reasons.extend(problems or found.missing)
    return None, None, reasons[0] if reasons else "the site is closed"


def _times(day: date, wish: Wish) -> list[Span]:
    """Every start of the day in quarter hours, the preferred time first, then by distance from it."""
    opening = wish.hours.on(day, wish.zone)
    if opening is None:
        return []
    preferred = session_span(day, wish.at, wish)
    starts_at = opening.starts_at
    spans = []
    while starts_at + wish.regimen.length.total <= opening.ends_at:
        spans.append(replace(preferred, starts_at=starts_at, ends_at=starts_at + wish.regimen.length.total))
        starts_at += STEP
    return sorted(spans, key=lambda span: (_distance(span, preferred), span.starts_at))


def _moved(day: date, span: Span, why: str, wish: Wish) -> list[str]:
    local = span.starts_at.astimezone(wish.zone)
    if day.weekday() not in wish.weekdays:
        return [f"moved to a {WEEKDAYS[day.weekday()]}"]
    if local.time() != wish.at:
        return [f"moved from {wish.at:%H:%M} to {local:%H:%M}: {why or 'outside the opening hours'}"]
    return []


def _unplaced(
    number: int, phase: Phase, others: Sequence[Span], notes: list[str], wish: Wish, supply: Supply
) -> PlannedSession:
    """The session at its due day and preferred time, with what is wrong there."""
    day = next(_candidate_days(phase, others, wish))
    span = session_span(day, wish.at, wish)
    found = seat_for(wish.regimen, span, supply)
    closed = () if wish.hours.on(day, wish.zone) else ("the site is closed",)
    problems = (*closed, *spacing_problems(phase, span, others, wish.zone), *found.missing)
    nothing = (f"no possible time within {LOOK_AHEAD_DAYS} days of {_day_words(day)}",)
    return PlannedSession(
        number=number,
        phase=phase,
        dose_mg=wish.dose_mg(number),
        span=span,
        seat=found,
        problems=problems or nothing,
        notes=tuple(notes),
    )


def with_integration(
    sessions: Sequence[PlannedSession], supply: Supply, wish: Wish
) -> tuple[PlannedSession, ...]:
    """Give each session a therapist's time; the same therapist through the course where possible."""
    own = [*supply.own, *(session.span for session in sessions)]
    done: list[PlannedSession] = []
    order = list(supply.therapists)
    starts = [session.span.starts_at for session in sessions]
    for session, next_dose_at in zip(sessions, [*starts[1:], None], strict=True):
        found = integration_after(
            session.span.starts_at + wish.regimen.length.until_dose,
            therapists=order,
            own=own,
            next_dose_at=next_dose_at,
            zone=wish.zone,
            hours=wish.hours,
        )
        if found is None:
            done.append(replace(session, integration_missing=NO_THERAPIST))
            continue
        own.append(found.span)
        order.sort(key=lambda keeper: keeper.id != found.therapist.id)
        done.append(replace(session, integration=found))
    return tuple(done)


def integration_after(
    dose_at: datetime,
    *,
    therapists: Sequence[Keeper],
    own: Sequence[Span],
    next_dose_at: datetime | None,
    zone: ZoneInfo,
    hours: OpenHours,
) -> PlannedIntegration | None:
    """The first time 24 to 72 h after a dose that suits the first therapist who has one.

    A time before the next dose comes first, whoever is free then: one dose is talked over at a time, and
    what is booked after the next dose belongs to that one.
    """
    spans = list(_integration_times(dose_at, zone, hours))
    offers = sorted(
        product(therapists, spans),
        key=lambda offer: next_dose_at is not None and offer[1].starts_at >= next_dose_at,
    )
    for therapist, span in offers:
        if therapist.free(span) and not any(span.overlaps(other) for other in own):
            return PlannedIntegration(span=span, therapist=therapist)
    return None


def _integration_times(dose_at: datetime, zone: ZoneInfo, hours: OpenHours) -> Iterator[Span]:
    earliest, latest = dose_at + INTEGRATION_FROM, dose_at + INTEGRATION_UNTIL
    for day in days(earliest.astimezone(zone).date(), latest.astimezone(zone).date()):
        if (opening := hours.on(day, zone)) is None:
            continue
        starts_at = opening.starts_at
        while starts_at + INTEGRATION_LENGTH <= opening.ends_at:
            if earliest <= starts_at <= latest:
                yield Span(starts_at=starts_at, ends_at=starts_at + INTEGRATION_LENGTH)
            starts_at += STEP


def seat_for(regimen: Regimen, during: Span, supply: Supply) -> Seat:
    """A room and a monitor, or for a session at home only the one who watches by video."""
    return seat(during, supply) if regimen.needs_a_room else seat_at_home(during, supply)


def _apart(weekdays: Sequence[int], needed: int) -> bool:
    """Are there so many with a day between each, around the week too?"""
    chosen = combinations(sorted(set(weekdays)), needed)
    return any(
        all(later - earlier >= 2 for earlier, later in pairwise(some)) and some[-1] - some[0] <= 5
        for some in chosen
    )


def _distance(one: Span, other: Span) -> timedelta:
    return abs(one.starts_at - other.starts_at)


def _week(span: Span, zone: ZoneInfo) -> tuple[int, int]:
    return span.starts_at.astimezone(zone).isocalendar()[:2]


def _day_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day:%d %b}"


def _line(session: PlannedSession) -> str:
    after = session.integration
    parts = (
        session.number,
        session.dose_mg,
        session.span.starts_at.isoformat(),
        session.seat.room.id if session.seat.room else "",
        session.seat.monitor.id if session.seat.monitor else "",
        after.span.starts_at.isoformat() if after else "",
        after.therapist.id if after else "",
    )
    return "|".join(map(str, parts))
