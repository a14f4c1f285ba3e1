"""How long ago something ended, where the chart says so."""

from datetime import date

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import Concept, meanings
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.patients.facts import ConditionRecorded


def ended_within(
    concept: Concept, candidate: Candidate, setting: Setting, *, months: int
) -> Fact[ConditionRecorded] | None:
    """The newest condition of this concept that ended less than so many months ago; None where none did.

    A condition without the day on which it ended is not counted: the caution about it asks for the time.
    """
    since = months_before(setting.now.date(), months)
    found = [
        fact
        for fact in candidate.conditions
        if fact.payload.abated_on is not None
        and fact.payload.abated_on > since
        and concept.question_id in meanings(fact.payload)
    ]
    return max(found, key=lambda fact: fact.payload.abated_on or since, default=None)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many calendar months earlier; the 28th where that month is shorter."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, min(day.day, 28))
