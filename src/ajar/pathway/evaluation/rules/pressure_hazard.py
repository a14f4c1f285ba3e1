"""Where a rise of pressure is a serious hazard, and recent cardiovascular events: CI-05, CI-06."""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import (
    PRESSURE_HAZARD,
    RECENT_CARDIOVASCULAR_EVENT,
    Codes,
    Evidence,
    Holds,
)
from ajar.pathway.evaluation.diagnoses import coded
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.products import BY_MOUTH, Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rules.rule import Rule, Stop, concept_rule, ruling_on
from ajar.pathway.evaluation.rules.ruling import asks
from ajar.pathway.patients.facts import ConditionRecorded, ConditionStatus


def _hazard(setting: Setting) -> Stop:
    """On the labels of the spray and of the injection; a compounded product has none."""
    return Stop(
        yes="A rise of blood pressure or of pressure in the head is a serious hazard for this person.",
        no="No such hazard known.",
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED,
        standing=Standing.POLICY if setting.product in BY_MOUTH else Standing.LABEL,
    )


def _recent_event(setting: Setting) -> Stop:
    """The EU label contraindicates within 6 weeks; the US label gives no interval (trap 1)."""
    by_label = setting.product is Product.ESKETAMINE_IN and setting.jurisdiction is Jurisdiction.EU
    return Stop(
        yes="A cardiovascular event in the last 6 weeks.",
        no="No cardiovascular event in the last 6 weeks.",
        strength=Strength.HARD_STOP if by_label else Strength.SOFT_STOP,
        effect=Outcome.CONTRAINDICATED if by_label else Outcome.DEFER,
        until="Until 6 weeks have passed and cardiology has cleared it.",
        standing=Standing.LABEL if by_label else Standing.POLICY,
    )


HAZARD: Final[Rule] = concept_rule(
    id="CI-05",
    title="Rise of blood or intracranial pressure is a serious hazard",
    concept=PRESSURE_HAZARD,
    source="[MIMS-PH]; [EUSPC25 4.3]; racemic wording from general knowledge, verify",
    stop_for=_hazard,
    verified=False,
)

EVENT_CODES: Final = Codes(
    icd10=("I21", "I22", "I24", "I26", "I46", "I60", "I61", "I63", "G45", "I20.0"),
    snomed=frozenset({"22298006", "230690007", "59282003"}),
    statuses=frozenset(ConditionStatus),
)
"""Acute coronary, embolic and cerebral events; from general knowledge, verify."""
WEEKS: Final = timedelta(weeks=6)  # CI-06, [EUSPC25 4.3]
NOW_BY_CODE: Final = ("I21", "I22")  # ICD-10-CM codes an infarction so for its first 4 weeks


def _event(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """A diagnosis with its day counts as well as the answer; without its day it is asked about."""
    evidence = RECENT_CARDIOVASCULAR_EVENT.look_up(candidate, setting.now)
    recorded = [fact for fact in candidate.conditions if EVENT_CODES.match(fact.payload)]
    recent = [fact for fact in recorded if _within(fact, setting)]
    if recent and evidence.holds is not Holds.YES:
        evidence = _coded(recent[-1], evidence)
    said = ruling_on(evidence, RECENT_CARDIOVASCULAR_EVENT, _recent_event(setting))
    undated = [fact for fact in recorded if fact.payload.onset_on is None and not _within(fact, setting)]
    if evidence.holds is Holds.YES or not undated or evidence.holds is Holds.NO:
        return (said,)
    words = undated[-1].payload.condition.display
    return (said, asks(f"{words}: the day is not recorded.", "Record when it was.", words, undated[-1]))


def _within(fact: Fact[ConditionRecorded], setting: Setting) -> bool:
    condition, today = fact.payload, setting.now.date()
    if condition.onset_on is not None:
        return today - condition.onset_on < WEEKS
    now = coded(condition.condition).code.upper().startswith(NOW_BY_CODE)
    return now and condition.status is ConditionStatus.ACTIVE


def _coded(fact: Fact[ConditionRecorded], said: Evidence) -> Evidence:
    onset = fact.payload.onset_on
    day = f"since {onset.isoformat()}" if onset else "active, day not recorded"
    return Evidence(
        holds=Holds.YES,
        datum=f"{fact.payload.condition.display}, {day}",
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        conflict="The latest history answer is no." if said.holds is Holds.NO else "",
    )


RECENT_EVENT: Final[Rule] = Rule(
    id="CI-06",
    title="Cardiovascular event within 6 weeks",
    source="[EUSPC25 4.3]; [EUPIL]; US label gives no interval (CONFLICT, trap 1)",
    reads=frozenset({"answers", "conditions"}),
    judge=_event,
)

RULES: Final = (HAZARD, RECENT_EVENT)
