"""A candidate out of JSON: checked against its table, then the same facts that a chart would hold.

Nothing is assumed: a question that is not answered was not asked. Only what the table says for a key that
is left out is taken (a diagnosis is active, a medicine is taken now, a fact is of the planned date).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ajar.exchange.candidates import facts
from ajar.exchange.candidates.checking import Refused, check, parsed
from ajar.exchange.candidates.tables import ASKED, CANDIDATE, COMPLETE, UNREMARKABLE
from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.from_entries import candidate_of
from ajar.pathway.evaluation.history import BY_ID
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product, Setting
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import Person, Sex

Tree = Mapping[str, Any]

NOBODY: Final = UUID(int=0)
NOON: Final = time(12)
BY: Final = "the file"
OTHERWISE: Final = "history_otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A candidate and what is asked about them."""

    candidate: Candidate
    setting: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How times in the file are read: `zone` for those without an offset, `planned_at` where none is said."""

    zone: tzinfo
    planned_at: datetime


def read_candidate(data: bytes) -> Asked:
    """The candidate that a JSON file (UTF-8) describes.

    Raises:
        Refused: it is not JSON, or does not say what the table asks for; the message names the place.
    """
    document = parsed(data)
    check(document, CANDIDATE, "")
    return _asked(document) if isinstance(document, dict) else _no_object()


def _no_object() -> Asked:  # pragma: no cover  # `check` has refused everything but an object
    raise Refused("Expected an object in braces.")


def _asked(tree: Tree) -> Asked:
    clock = _clock(tree)
    found = list(_facts(tree, clock))
    for at, fact in found:
        if fact.happened_at > clock.planned_at:
            raise Refused(f"{at}: lies after the planned date, {clock.planned_at.isoformat()}.")
    setting = Setting(
        product=Product(tree["product"]),
        jurisdiction=Jurisdiction(tree["jurisdiction"]),
        now=clock.planned_at,
        indication=Indication(tree["indication"]) if "indication" in tree else None,
        payer=tree.get("payer", ""),
    )
    person = _person(tree, clock.planned_at.date())
    return Asked(candidate=candidate_of([fact for _, fact in found], person), setting=setting)


def _clock(tree: Tree) -> Clock:
    """A planned day without a time is judged at noon, or at its last reading where that is later."""
    zone = _zone(tree.get("time_zone", ""))
    planned = tree["planned_date"]
    if not _is_day(planned):
        return Clock(zone=zone, planned_at=_moment(planned, zone))
    noon = datetime.combine(date.fromisoformat(planned), NOON, tzinfo=zone)
    said = [_moment(row["at"], zone) for row in _rows(tree) if "at" in row and not _is_day(row["at"])]
    same_day = [moment for moment in said if moment.astimezone(zone).date() == noon.date()]
    return Clock(zone=zone, planned_at=max([noon, *same_day]))


def _zone(name: str) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(f"time_zone: expected a name such as America/New_York, got {name!r}.") from None


def _rows(tree: Tree) -> Iterator[Tree]:
    for name in ROWS:
        yield from tree.get(name, ())
    if "pregnancy" in tree:
        yield tree["pregnancy"]


def _is_day(text: str) -> bool:
    return "T" not in text.upper() and " " not in text.strip()


def _moment(text: str, zone: tzinfo) -> datetime:
    """A day begins at midnight; a time without an offset is of the file's zone."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _person(tree: Tree, planned_on: date) -> Person:
    born = tree.get("birth_date")
    if (born is None) == ("age" not in tree):
        raise Refused("age: expected either age or birth_date, and not both.")
    birth_date = date.fromisoformat(born) if born else _born_years_before(planned_on, tree["age"])
    if birth_date > planned_on:
        raise Refused("birth_date: lies after the planned date.")
    return Person(patient_id=NOBODY, birth_date=birth_date, sex=Sex(tree["sex"]))


def _born_years_before(day: date, years: int) -> date:
    """A birth date that makes the person so old on this day."""
    try:
        return day.replace(year=day.year - int(years))
    except ValueError:  # 29 February
        return day.replace(year=day.year - int(years), day=28)


ROWS: Final = {
    "diagnoses": facts.diagnosis,
    "medicines": facts.medicine,
    "allergies": facts.allergy,
    "vitals": facts.vitals,
    "labs": facts.lab,
    "antidepressant_trials": facts.trial,
    "scores": facts.score,
}
"""Each list of the file, and what makes a fact of one of its rows."""

Found = tuple[str, Fact[Payload]]


def _facts(tree: Tree, clock: Clock) -> Iterator[Found]:
    """Every fact with its place in the file."""
    for name, make in ROWS.items():
        for number, row in enumerate(tree.get(name, ())):
            yield _fact(f"{name}[{number}]", row, make, clock)
    if "pregnancy" in tree:
        yield _fact("pregnancy", tree["pregnancy"], facts.pregnancy, clock)
    for question, answer in _answers(tree):
        answered = HistoryAnswered(question=question, answer=answer)
        yield f"history.{question}", _at(clock.planned_at, answered)


def _fact(at: str, row: Tree, make: facts.Make, clock: Clock) -> Found:
    try:
        payload = make(row)
    except ValueError as refused:
        raise Refused(f"{at}: {refused}") from None
    moment = _moment(row["at"], clock.zone) if "at" in row else clock.planned_at
    return at, _at(moment, payload)


def _at(moment: datetime, payload: Payload) -> Fact[Payload]:
    return Fact(payload=payload, happened_at=moment, recorded_at=moment, entry_id=None, recorded_by=BY)


def _answers(tree: Tree) -> Sequence[tuple[str, Answer]]:
    said = _otherwise(tree.get(OTHERWISE, ""))
    said |= tree.get("history", {})
    found = [(question, Answer(answer)) for question, answer in said.items()]
    if COMPLETE in tree:
        found.append((COMPLETE, Answer.YES if tree[COMPLETE] else Answer.NO))
    return found


def _otherwise(said: str) -> dict[str, str]:
    """What holds for the questions that are not listed."""
    if said == UNREMARKABLE:
        return {name: BY_ID[name].good.value for name in ASKED}
    return dict.fromkeys(ASKED, said) if said else {}
