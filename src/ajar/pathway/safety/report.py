"""The adverse events of a patient or a session, as lines of a report; and what noted events still suggest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.monitoring.events import TERMS as NOTED_TERMS
from ajar.pathway.safety.entries import AdverseEventRecorded
from ajar.pathway.safety.policy import DEFAULT_SAFETY, SafetyPolicy
from ajar.pathway.safety.pressure_rise import pressure_rise
from ajar.pathway.safety.terms import BLOOD_PRESSURE_INCREASED, BY_NAME, FROM_EVENT, OTHER, AdverseTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One adverse event with the entry that says so and the dictionary's words for its term."""

    entry: Entry
    event: AdverseEventRecorded
    term: AdverseTerm

    @property
    def severity(self) -> str:
        """The grade with its meaning, or why there is none."""
        if self.event.grade is None:
            return "not graded"
        return f"grade {self.event.grade}: {self.term.anchors[self.event.grade]}"


def report(entries: Iterable[Entry]) -> tuple[ReportLine, ...]:
    """The adverse events that stand, by when they began."""
    lines = [
        ReportLine(entry=entry, event=entry.payload, term=BY_NAME[entry.payload.term])
        for entry in effective(entries)
        if isinstance(entry.payload, AdverseEventRecorded)
    ]
    return tuple(sorted(lines, key=lambda line: (line.event.onset_at, line.entry.position)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something seen in the session that nobody has recorded as an adverse event yet."""

    key: str
    term: str
    words: str
    note: str
    entry: Entry


def suggestions(
    session: Session, entries: Sequence[Entry], policy: SafetyPolicy = DEFAULT_SAFETY
) -> tuple[Suggestion, ...]:
    """What noted events and the pressures suggest, less what is recorded. Suggests a term, never a grade.

    `entries` are the encounter's, as told.
    """
    stands = effective(entries)
    known = {line.event.term for line in report(entries)}
    noted = {
        one.term if one.term != OTHER else one.key: one
        for one in (_noted(entry) for entry in reversed(stands))
        if one is not None and one.term not in known
    }
    rise = _rise(session, stands, policy)
    found = [*noted.values(), *([rise] if rise and rise.term not in known else [])]
    return tuple(sorted(found, key=lambda one: one.entry.happened_at))


def _noted(entry: Entry) -> Suggestion | None:
    if not isinstance(entry.payload, EventNoted):
        return None
    event = entry.payload
    listed = NOTED_TERMS.get(event.event)
    if listed is not None and not listed.adverse:
        return None
    if listed is None and event.severity is None:
        return None
    said = [event.event, str(event.severity or ""), event.note]
    return Suggestion(
        key=str(entry.id),
        term=FROM_EVENT.get(event.event, OTHER),
        words=event.event.capitalize(),
        note=", ".join(part for part in said if part),
        entry=entry,
    )


def _rise(session: Session, stands: Sequence[Entry], policy: SafetyPolicy) -> Suggestion | None:
    rise = pressure_rise(session, stands, policy)
    if rise is None:
        return None
    return Suggestion(
        key="pressure",
        term=BLOOD_PRESSURE_INCREASED,
        words=f"{BLOOD_PRESSURE_INCREASED}: {rise.words}",
        note=rise.words,
        entry=rise.began.entry,
    )
