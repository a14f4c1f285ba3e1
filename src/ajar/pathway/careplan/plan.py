"""A course under change: what each edit does to every later dose, and why an edit cannot stand.

Whatever is moved, changed, added, skipped or brought back, and in whatever order, each dose still to come is
judged by what comes before it in time. An edit that would leave a later dose too high lowers that dose; it
never raises one. An edit that breaks a rail itself is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from ajar.pathway.careplan.guard import DoseBefore, Guard, Liver, PlannedDose
from ajar.pathway.careplan.guards import guards, hard_stops
from ajar.pathway.careplan.guards_injected import next_at_most_mg_per_kg
from ajar.pathway.careplan.guards_nasal import SPR_LOWER_DOSES_MG
from ajar.pathway.careplan.layout import spacing_problems
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy, in_units, per_kilogram
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, Indication, Jurisdiction
from ajar.pathway.scheduling.spans import Span

DAY: Final = timedelta(days=1)


class LineState(StrEnum):
    """Where one session of the plan stands."""

    GIVEN = "given"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One session as the plan has it."""

    id: UUID
    number: int
    starts_at: datetime
    dose_mg: float
    state: LineState = LineState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A dose of the same drug from before this course."""

    at: datetime
    amount_mg: float
    dose_mg_per_kg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """For whom the plan is. `dose_weight_kg` is None for products that are not dosed by weight."""

    jurisdiction: Jurisdiction
    age_years: int
    dose_weight_kg: float | None = None
    indication: Indication | None = None
    liver: Liver = Liver.NOT_KNOWN
    lower_start_ancestry: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePlan:
    """A course with all its lines; those that were given are facts and are not judged again."""

    regimen: Regimen
    receiver: Receiver
    zone: ZoneInfo
    lines: tuple[PlanLine, ...]
    before: tuple[Given, ...] = ()
    duration_min: float | None = None

    @property
    def standing(self) -> tuple[PlanLine, ...]:
        """The lines that were given or are still to come, in order of time."""
        kept = (line for line in self.lines if line.state is not LineState.SKIPPED)
        return tuple(sorted(kept, key=lambda line: line.starts_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Another time for one session."""

    line_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDose:
    """Another dose for one session."""

    line_id: UUID
    dose_mg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSession:
    """One session more."""

    line_id: UUID
    starts_at: datetime
    dose_mg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """One session is called off or missed."""

    line_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A session that was called off comes back at this time."""

    line_id: UUID
    starts_at: datetime


Edit = Move | ChangeDose | AddSession | Skip | Resume


class EditRefused(ValueError):
    """The edit cannot stand; each reason in words."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def edited(plan: CoursePlan, edit: Edit, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> CoursePlan:
    """The plan after one edit, with every later dose within the rails.

    A session may always be called off: less is never refused.

    Raises:
        EditRefused: the edit breaks a rail, or its session is not there or not open.
    """
    changed = _settled(_applied(plan, edit), edit, policy)
    faults = () if isinstance(edit, Skip) else plan_faults(changed, policy)
    if faults:
        raise EditRefused(*faults)
    return changed


def plan_faults(plan: CoursePlan, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> tuple[str, ...]:
    """Every hard stop and every breach of the rhythm among the sessions still to come, in words."""
    found: list[str] = []
    for line, dose in planned_doses(plan, policy):
        if line.state is LineState.OPEN:
            stops = hard_stops(guards(dose, policy))
            found += [
                f"Session {line.number}: {stop.because} ({stop.rule_id}; {stop.source})" for stop in stops
            ]
            found += [f"Session {line.number}: {problem}." for problem in _crowded(plan, line)]
    return tuple(found)


def plan_guards(plan: CoursePlan, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> tuple[Guard, ...]:
    """Every rail that a session still to come does not keep, once each, hard stops first."""
    doses = (dose for line, dose in planned_doses(plan, policy) if line.state is LineState.OPEN)
    found = dict.fromkeys(guard for dose in doses for guard in guards(dose, policy))
    stops = hard_stops(list(found))
    return (*stops, *(guard for guard in found if guard not in stops))


def planned_doses(
    plan: CoursePlan, policy: DosePolicy = DEFAULT_DOSE_POLICY
) -> Iterator[tuple[PlanLine, PlannedDose]]:
    """Each standing line as the rails look at it: with the dose before it, whoever gave that one."""
    trail = _Trail(again_after=policy.first_again_after_days * DAY)
    for given in sorted(plan.before, key=lambda one: one.at):
        trail.follow(given.at, given.amount_mg, given.dose_mg_per_kg or _per_kg(plan, given.amount_mg))
    for line in plan.standing:
        per_kg = _per_kg(plan, line.dose_mg)
        before, number = trail.before(line.starts_at)
        if before is None and not plan.before:
            number += _not_on_the_chart(plan, line)
        yield line, _dose(plan, line, per_kg, before, number)
        trail.follow(line.starts_at, line.dose_mg, per_kg)


@dataclass(slots=True, kw_only=True)
class _Trail:
    """What has been given so far, while walking through time."""

    again_after: timedelta
    last: tuple[datetime, float, float | None] | None = None
    rose_at: datetime | None = None
    count: int = 0

    def before(self, at: datetime) -> tuple[DoseBefore | None, int]:
        """The dose before this moment, and which number the next one has."""
        if self.last is None or self.rose_at is None or at - self.last[0] > self.again_after:
            return None, 1
        _, amount_mg, per_kg = self.last
        since = (at - self.rose_at) / DAY
        return DoseBefore(amount_mg=amount_mg, dose_mg_per_kg=per_kg, days_since_rise=since), self.count + 1

    def follow(self, at: datetime, amount_mg: float, per_kg: float | None) -> None:
        """Take one more dose."""
        known, number = self.before(at)
        self.count = number
        if known is None or amount_mg > known.amount_mg:
            self.rose_at = at
        self.last = (at, amount_mg, per_kg)


def _dose(
    plan: CoursePlan, line: PlanLine, per_kg: float | None, before: DoseBefore | None, number: int
) -> PlannedDose:
    to = plan.receiver
    return PlannedDose(
        product=plan.regimen.product,
        number=number,
        amount_mg=line.dose_mg,
        dose_mg_per_kg=per_kg,
        jurisdiction=to.jurisdiction,
        age_years=to.age_years,
        indication=to.indication,
        before=before,
        liver=to.liver,
        lower_start_ancestry=to.lower_start_ancestry,
        duration_min=plan.duration_min,
    )


def _not_on_the_chart(plan: CoursePlan, line: PlanLine) -> int:
    """Earlier sessions by the line's number that this plan does not hold, in whatever state."""
    return line.number - 1 - sum(one.number < line.number for one in plan.lines)


def _per_kg(plan: CoursePlan, amount_mg: float) -> float | None:
    weight_kg = plan.receiver.dose_weight_kg
    return round(amount_mg / weight_kg, 3) if weight_kg else None


def _crowded(plan: CoursePlan, line: PlanLine) -> Sequence[str]:
    long = plan.regimen.length.total
    others = [one.starts_at for one in plan.standing if one.id != line.id]
    others += [given.at for given in plan.before]
    spans = [Span(starts_at=at, ends_at=at + long) for at in others]
    own = Span(starts_at=line.starts_at, ends_at=line.starts_at + long)
    return spacing_problems(plan.regimen.phase_of(line.number), own, spans, plan.zone)


def _applied(plan: CoursePlan, edit: Edit) -> CoursePlan:
    match edit:
        case Move(starts_at=at):
            return _with(plan, replace(_line(plan, edit.line_id, LineState.OPEN), starts_at=at))
        case ChangeDose(dose_mg=dose_mg):
            return _with(plan, replace(_line(plan, edit.line_id, LineState.OPEN), dose_mg=dose_mg))
        case Skip():
            return _with(plan, replace(_line(plan, edit.line_id, LineState.OPEN), state=LineState.SKIPPED))
        case Resume(starts_at=at):
            back = _line(plan, edit.line_id, LineState.SKIPPED)
            return _with(plan, replace(back, starts_at=at, state=LineState.OPEN))
        case _:
            return _longer(plan, edit)


def _longer(plan: CoursePlan, edit: AddSession) -> CoursePlan:
    number = max((line.number for line in plan.lines), default=0) + 1
    if number > plan.regimen.most_sessions:
        raise EditRefused(f"{plan.regimen.label} has {plan.regimen.most_sessions} sessions at most.")
    line = PlanLine(id=edit.line_id, number=number, starts_at=edit.starts_at, dose_mg=edit.dose_mg)
    return replace(plan, lines=(*plan.lines, line))


def _line(plan: CoursePlan, line_id: UUID, state: LineState) -> PlanLine:
    for line in plan.lines:
        if line.id == line_id and line.state is state:
            return line
    raise EditRefused(f"No session of this plan that is {state} has this name.")


def _with(plan: CoursePlan, changed: PlanLine) -> CoursePlan:
    return replace(plan, lines=tuple(changed if one.id == changed.id else one for one in plan.lines))


def _settled(plan: CoursePlan, edit: Edit, policy: DosePolicy) -> CoursePlan:
    """Lower each later dose that what now comes before it no longer allows; what was asked for stays."""
    asked = edit.line_id if isinstance(edit, ChangeDose | AddSession) else None
    for line in plan.standing:
        dose = next(dose for one, dose in planned_doses(plan, policy) if one.id == line.id)
        if line.state is LineState.OPEN and line.id != asked and hard_stops(guards(dose, policy)):
            lower_mg = largest_allowed_mg(dose, plan.receiver.dose_weight_kg, policy)
            plan = _with(plan, replace(line, dose_mg=lower_mg or line.dose_mg))
    return plan


def largest_allowed_mg(
    dose: PlannedDose, dose_weight_kg: float | None, policy: DosePolicy = DEFAULT_DOSE_POLICY
) -> float | None:
    """The largest dose not above the planned one that breaks no hard stop; None where there is none."""
    for amount_mg in sorted(set(_candidates_mg(dose, dose_weight_kg, policy)), reverse=True):
        if 0 < amount_mg <= dose.amount_mg:
            per_kg = round(amount_mg / dose_weight_kg, 3) if dose_weight_kg else dose.dose_mg_per_kg
            if not hard_stops(guards(replace(dose, amount_mg=amount_mg, dose_mg_per_kg=per_kg), policy)):
                return amount_mg
    return None


def _candidates_mg(dose: PlannedDose, dose_weight_kg: float | None, policy: DosePolicy) -> list[float]:
    if dose.product in BY_MOUTH:
        unit_mg = in_units(dose.product, policy).unit_mg
        return [unit_mg * units for units in range(1, int(dose.amount_mg // unit_mg) + 1)]
    if dose.product not in INJECTED:
        return list(SPR_LOWER_DOSES_MG)
    rails = per_kilogram(dose.product, policy)
    known = [rails.first_at_most_mg_per_kg, rails.at_most_mg_per_kg]
    if dose.before is not None and dose.before.dose_mg_per_kg is not None:
        known += [dose.before.dose_mg_per_kg, next_at_most_mg_per_kg(dose.before.dose_mg_per_kg, rails)]
    weight_kg = dose_weight_kg or 0.0
    return [*(floor(per_kg * weight_kg * 10 + 1e-6) / 10 for per_kg in known), rails.at_most_mg]
