"""A candidate out of a patient's ledger: the entries as they stand, folded by what they are about."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import FindingAccepted, HistoryAnswered, ScoreReported
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    LabRecorded,
    MedicationRecorded,
    Person,
    PregnancyRecorded,
)

P = TypeVar("P", bound=Payload)


def candidate_from(entries: Iterable[Entry], person: Person) -> Candidate:
    """The candidate that a patient's entries describe; corrections applied, errors gone."""
    return candidate_of(facts_from(entries), person)


def facts_from(entries: Iterable[Entry]) -> list[Fact[Payload]]:
    """The entries as they stand, as facts."""
    return [
        Fact(
            payload=entry.payload,
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            entry_id=entry.id,
            recorded_by=entry.recorded_by.name,
        )
        for entry in effective(entries)
    ]


def draft(payload: Payload, *, now: datetime) -> Fact[Payload]:
    """A fact that is being typed: judged with the others, not recorded."""
    return Fact(payload=payload, happened_at=now, recorded_at=now, entry_id=None, recorded_by="being typed")


def candidate_of(facts: Sequence[Fact[Payload]], person: Person) -> Candidate:
    """The candidate that `facts` describe."""
    ordered = sorted(facts, key=lambda fact: (fact.happened_at, fact.recorded_at))
    return Candidate(
        person=person,
        answers=tuple(_of(HistoryAnswered, ordered)),
        conditions=_latest(_of(ConditionRecorded, facts), lambda payload: _key(payload.condition)),
        medicines=_latest(_of(MedicationRecorded, facts), lambda payload: _key(payload.medicine)),
        allergies=_latest(_of(AllergyRecorded, facts), lambda payload: _key(payload.substance)),
        pregnancy=tuple(_of(PregnancyRecorded, ordered)),
        labs=tuple(_of(LabRecorded, ordered)),
        vitals=tuple(_of(VitalsMeasured, ordered)),
        trials=tuple(_of(AntidepressantTrialRecorded, ordered)),
        questionnaires=tuple(_of(QuestionnaireAnswered, ordered)),
        scores=tuple(_of(ScoreReported, ordered)),
        acceptances=tuple(_of(FindingAccepted, ordered)),
    )


def _of(kind: type[P], facts: Iterable[Fact[Any]]) -> list[Fact[P]]:
    return [fact for fact in facts if isinstance(fact.payload, kind)]


def _latest(facts: Iterable[Fact[P]], key: Callable[[P], tuple[str, str]]) -> tuple[Fact[P], ...]:
    """Of each concept the fact recorded last: an onset long ago may be recorded, and resolved, today."""
    standing = {key(fact.payload): fact for fact in sorted(facts, key=lambda fact: fact.recorded_at)}
    return tuple(sorted(standing.values(), key=lambda fact: fact.happened_at))


def _key(coding: Coding) -> tuple[str, str]:
    if coding.system is CodeSystem.TEXT:
        return coding.system, coding.display.strip().casefold()
    return coding.system, coding.code
