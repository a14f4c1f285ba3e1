"""Expected and seen, side by side: what a scenario expects of a minute against what the records say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.clinic.demo.floor.cast import Bed
from ajar.clinic.demo.floor.clocks import Clock
from ajar.clinic.discharge.around import around_of, encounter_of
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.monitoring.selectors import Watch, vitals_now, watch, watching_of
from ajar.exchange.scenarios.scenario import (
    AlarmExpected,
    DueExpected,
    Expected,
    OpenExpected,
    Outcome,
    OutcomeExpected,
    StayExpected,
)
from ajar.pathway.discharge.criteria import Judgement
from ajar.pathway.discharge.entries import LeftAgainstAdvice
from ajar.pathway.discharge.guard import standing
from ajar.pathway.dosing.stage import Stage

NONE: Final = "none"
STAY: Final = "B-STAY"
OUTCOMES: Final = {
    Stage.PLANNED: Outcome.NOT_STARTED,
    Stage.ARRIVED: Outcome.NOT_STARTED,
    Stage.READY: Outcome.NOT_STARTED,
    Stage.DOSING: Outcome.DOSING,
    Stage.OBSERVED: Outcome.OBSERVED,
    Stage.RECOVERED: Outcome.RECOVERED,
    Stage.DISCHARGED: Outcome.RELEASED,
    Stage.CANCELLED: Outcome.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One thing at one minute: what was expected and what was seen."""

    minute: float
    who: str
    what: str
    expected: str
    seen: str
    holds: bool

    @property
    def words(self) -> str:
        """As a line of a report."""
        mark = "ok" if self.holds else "NOT AS EXPECTED"
        where = f"{self.minute:>6g} min  {self.who}  {self.what}"
        if self.holds:
            return f"{where}: {self.seen}  [{mark}]"
        return f"{where}: expected {self.expected}; seen {self.seen}  [{mark}]"


def compared(minute: float, who: str, what: str, *, expected: str, seen: str) -> Verdict:
    """A verdict that holds where both say the same."""
    return Verdict(minute=minute, who=who, what=what, expected=expected, seen=seen, holds=expected == seen)


def judge_minute(
    expected: Iterable[Expected], *, minute: float, who: str, bed: Bed, clock: Clock
) -> Iterable[Verdict]:
    """Everything expected of one patient at one minute; alarms always, for none may come unexpected."""
    mine, now = [one for one in expected if one.who == who], clock.at(minute)
    seen = _watched(bed, now=now)
    yield _alarms(mine, seen, minute=minute, who=who)
    for one in mine:
        match one:
            case DueExpected() if one.at_min == minute:
                yield _due(one, seen, clock)
            case OpenExpected() if one.at_min == minute:
                yield _open(one, _judged(bed, now=now))
            case StayExpected() if one.earliest_release_min - minute in (0, 1):
                yield _stay(one, _judged(bed, now=now), minute)


def _watched(bed: Bed, *, now: datetime) -> Watch:
    """What the board shows of this patient."""
    return watch(
        session_now(bed.encounter_id),
        vitals_now(bed.encounter_id),
        now=now,
        watching=watching_of(bed.encounter_id),
    )


def _judged(bed: Bed, *, now: datetime) -> Judgement:
    around, ours = around_of(encounter_of(bed.encounter_id), now=now), programme()
    entries = all_encounter_entries(bed.encounter_id)
    return standing(entries, around, now=now, policy=ours.discharge, limits=ours.alarms).judgement


def _alarms(mine: Iterable[Expected], seen: Watch, *, minute: float, who: str) -> Verdict:
    stand = {f"{alarm.id} {alarm.signal} {alarm.priority}" for alarm in seen.alarms}
    should = {
        f"{one.alarm} {one.about} {one.priority}"
        for one in mine
        if isinstance(one, AlarmExpected)
        and one.since_min <= minute
        and (one.until_min is None or minute < one.until_min)
    }
    return compared(minute, who, "alarms", expected=_listed(should), seen=_listed(stand))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or NONE


def _due(one: DueExpected, seen: Watch, clock: Clock) -> Verdict:
    dues = [(due.at - clock.at(0)) / timedelta(minutes=1) for due in seen.dues if due.check is one.due]
    return compared(
        one.at_min,
        one.who,
        f"next {one.due}",
        expected=f"at {one.next_min:g} min",
        seen=f"at {dues[0]:g} min" if dues else "not due",
    )


def _open(one: OpenExpected, judged: Judgement) -> Verdict:
    open_ids = [criterion.id for criterion in judged.unmet_for_recovery]
    expected, seen = _listed(one.open), _listed(open_ids)
    return compared(one.at_min, one.who, "open for recovery", expected=expected, seen=seen)


def _stay(one: StayExpected, judged: Judgement, minute: float) -> Verdict:
    over = all(criterion.id != STAY for criterion in judged.unmet)
    words = {True: "over", False: "not over"}
    should = words[minute >= one.earliest_release_min]
    return compared(minute, one.who, "minimum stay", expected=should, seen=words[over])


def judge_outcome(one: OutcomeExpected, bed: Bed, *, minute: float) -> Verdict:
    """How the session stands at the end."""
    return compared(minute, one.who, "outcome", expected=one.outcome, seen=outcome_of(bed))


def outcome_of(bed: Bed) -> Outcome:
    """The outcome that the records say."""
    entries = LedgerEntry.objects.filter(encounter_id=bed.encounter_id, kind=LeftAgainstAdvice.KIND)
    if entries.exists():
        return Outcome.LEFT_AGAINST_ADVICE
    return OUTCOMES[session_now(bed.encounter_id).stage]
