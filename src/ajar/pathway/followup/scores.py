"""A course as one instrument saw it: the scores, the baseline, response and remission by definition.

Baseline choice is a design default: the last total in the 28 days before the first dose. An older one
is not a baseline, and a total from after the first dose never is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final
from uuid import UUID

from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.followup.cadence import DEFAULT_CADENCE, AskingCadence
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered, QuestionnaireRecorded
from ajar.pathway.instruments.change import Change, Direction, change_between
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.outcome import Outcome, Triaged
from ajar.pathway.instruments.score import Scored, outcome, total_text
from ajar.pathway.ledger.entry import Entry, effective


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    """One questionnaire as answered, scored now from its items (clinical.md MBC-1)."""

    entry_id: UUID
    answered_at: datetime
    result: Outcome
    items: tuple[int | None, ...]
    mode: Mode
    occasion: str
    overlapping_recall: bool  # asked again before the recall window allows (clinical.md MBC-5)
    instrument_version: str = ""
    recall: str = ""
    licence: str = ""  # "" in entries from before it was kept
    text_from: str = ""
    rulebook_version: str = ""

    @property
    def total(self) -> float | None:
        """The total, or None where the form could not be scored."""
        return self.result.total if isinstance(self.result, Scored) else None

    @property
    def total_words(self) -> str:
        """The total as people write it; "" where there is none."""
        return "" if self.total is None else total_text(self.total)

    @property
    def level(self) -> str:
        """The colour of an instrument that sorts by urgency; "" for the others."""
        return self.result.level.value if isinstance(self.result, Triaged) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOfScores:
    """Where things stand on one instrument. `change` is latest against baseline, if both exist."""

    points: tuple[ScorePoint, ...]
    doses: tuple[datetime, ...]
    baseline: ScorePoint | None
    latest: ScorePoint | None
    change: Change | None
    baseline_because: str
    reading: str

    @property
    def response(self) -> bool | None:
        """At least the defined fall from baseline; None where it cannot be judged."""
        return self.change.response if self.change else None

    @property
    def remission(self) -> bool | None:
        """Below the remission line after a baseline; None where it cannot be judged."""
        return self.change.remission if self.change else None


def points_from(entries: Iterable[Entry], instrument: Instrument) -> tuple[ScorePoint, ...]:
    """Every questionnaire of `instrument` in the order in which it was answered, corrections applied."""
    answered = sorted(
        (
            (entry, entry.payload)
            for entry in effective(entries)
            if isinstance(entry.payload, QuestionnaireAnswered) and entry.payload.instrument == instrument.id
        ),
        key=lambda pair: pair[0].happened_at,
    )
    points: list[ScorePoint] = []
    for entry, payload in answered:
        points.append(_point(entry, payload, instrument, points[-1] if points else None))
    return tuple(points)


def doses_from(entries: Iterable[Entry]) -> tuple[datetime, ...]:
    """The moment each session's first drug was given, in order."""
    started: dict[UUID | None, datetime] = {}
    for entry in effective(entries):
        if isinstance(entry.payload, DrugGiven):
            known = started.get(entry.encounter_id, entry.happened_at)
            started[entry.encounter_id] = min(known, entry.happened_at)
    return tuple(sorted(started.values()))


def course_of(
    instrument: Instrument,
    points: Sequence[ScorePoint],
    doses: Sequence[datetime],
    *,
    zone: tzinfo,
    cadence: AskingCadence = DEFAULT_CADENCE,
) -> CourseOfScores:
    """Baseline, latest total, change, and one sentence. `zone` is where the patient counts days."""
    scored = [point for point in points if isinstance(point.result, Scored)]
    baseline, because = baseline_of(scored, doses, cadence)
    latest = scored[-1] if scored else None
    change = _change(instrument, baseline, latest)
    return CourseOfScores(
        points=tuple(points),
        doses=tuple(doses),
        baseline=baseline,
        latest=latest,
        change=change,
        baseline_because=because,
        reading=_reading(instrument, baseline, latest, change, because, zone),
    )


def baseline_of(
    scored: Sequence[ScorePoint], doses: Sequence[datetime], cadence: AskingCadence = DEFAULT_CADENCE
) -> tuple[ScorePoint | None, str]:
    """The total that later ones are compared with, and why this one; or None, and why none."""
    if not scored:
        return None, "No score yet."
    if not doses:
        return scored[0], "The first score; no dose has been given yet."
    first_dose = min(doses)
    before = [point for point in scored if point.answered_at <= first_dose]
    if not before:
        return (
            None,
            "No score from before the first dose, so response cannot be judged.",
        )
    if first_dose - before[-1].answered_at > cadence.baseline_within:
        days = cadence.baseline_within.days
        return None, f"No score in the {days} days before the first dose, so response cannot be judged."
    return before[-1], "The last score before the first dose."


def day_text(day: date) -> str:
    """A day as people say it: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def _point(
    entry: Entry,
    payload: QuestionnaireAnswered,
    instrument: Instrument,
    previous: ScorePoint | None,
) -> ScorePoint:
    overlaps = previous is not None and entry.happened_at - previous.answered_at < instrument.least_interval
    return ScorePoint(
        entry_id=entry.id,
        answered_at=entry.happened_at,
        result=outcome(instrument, payload.items),
        items=payload.items,
        mode=payload.mode,
        occasion=payload.occasion,
        overlapping_recall=overlaps,
        instrument_version=payload.instrument_version,
        recall=payload.recall,
        **_context(payload),
    )


def _context(payload: QuestionnaireAnswered) -> dict[str, str]:
    """What entries of the second version keep beside the answers."""
    if not isinstance(payload, QuestionnaireRecorded):
        return {}
    return {
        "licence": payload.licence,
        "text_from": payload.text_from.value,
        "rulebook_version": payload.rulebook_version,
    }


def _change(instrument: Instrument, baseline: ScorePoint | None, latest: ScorePoint | None) -> Change | None:
    earlier, later = _scored(baseline), _scored(latest)
    if earlier is None or later is None or baseline is latest:
        return None
    return change_between(instrument, earlier, later)


def _scored(point: ScorePoint | None) -> Scored | None:
    return point.result if point is not None and isinstance(point.result, Scored) else None


def _reading(
    instrument: Instrument,
    baseline: ScorePoint | None,
    latest: ScorePoint | None,
    change: Change | None,
    because: str,
    zone: tzinfo,
) -> str:
    if latest is None:
        return f"No {instrument.name} score yet."
    latest_day = day_text(latest.answered_at.astimezone(zone).date())
    if baseline is None:
        return f"{instrument.name} {latest.total_words} on {latest_day}. {because}"
    if change is None:
        return f"{instrument.name} {latest.total_words} on {latest_day}; nothing to compare it with yet."
    since = day_text(baseline.answered_at.astimezone(zone).date())
    sentence = f"{instrument.name} {_moved(change)} since {since} ({RELIABILITY[change.direction]}). "
    return sentence + _verdict(change) + _mode_note(baseline, latest)


ONE: Final = "1"

RELIABILITY: Final = {
    Direction.IMPROVED: "reliable",
    Direction.WORSENED: "reliable",
    Direction.NO_RELIABLE_CHANGE: "no reliable change",
    Direction.NOT_JUDGED: "no source says how much of it is error",
}


def _moved(change: Change) -> str:
    if change.fall_points == 0:
        return "has not moved"
    verb = "fell" if change.fall_points > 0 else "rose"
    count = total_text(abs(change.fall_points))
    return f"{verb} {count} {'point' if count == ONE else 'points'}"


def _verdict(change: Change) -> str:
    if change.response is None:
        if change.fall_percent is not None:
            return "No source says what a response is on this scale."
        return "The baseline was 0, so response cannot be judged."
    if change.response:
        return "Response and remission." if change.remission else "Response, not remission."
    return "Remission, not response." if change.remission else "No response."


def _mode_note(baseline: ScorePoint, latest: ScorePoint) -> str:
    if baseline.mode is latest.mode:
        return ""
    return f" Asked in different ways ({baseline.mode.label} and {latest.mode.label}), so compare with care."
