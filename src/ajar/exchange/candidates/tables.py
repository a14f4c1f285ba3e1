"""The document that `ajar screen` takes: every key, what it holds and what it means."""

from typing import Final

from ajar.exchange.candidates.shape import (
    Answers,
    Choice,
    Day,
    Field,
    ItemAnswer,
    Kind,
    Many,
    Moment,
    Number,
    Shape,
    Text,
    Whole,
    YesNo,
)
from ajar.exchange.candidates.tests import TESTS
from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.outcome import Level, Verdict
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.observations.vitals import BOUNDS
from ajar.pathway.patients.facts import (
    CodeSystem,
    ConditionStatus,
    Pregnancy,
    PregnancyMethod,
    Sex,
    TrialOutcome,
)

COMPLETE: Final = "medicines_complete"
"""The one question that a key of its own answers: there a yes is the good answer."""
ASKED: Final = {question.id: question.wording for question in QUESTIONS if question.id != COMPLETE}
MODES: Final = tuple(mode.value for mode in Mode)
INSTRUMENTS: Final = (*SCORERS, "stop-bang", "mmse", "moca")
"""Those whose answers are scored here, and those that are known by their total alone."""
LEVELS: Final = tuple(level.value for level in (*Level, Verdict.POSITIVE, Verdict.NEGATIVE))
UNREMARKABLE: Final = "unremarkable"
ANSWERS: Final = tuple(answer.value for answer in Answer)
OLDEST_YEARS: Final = 120


def _field(name: str, kind: Kind, words: str) -> Field:
    return Field(name=name, kind=kind, words=words)


def _must(name: str, kind: Kind, words: str) -> Field:
    return Field(name=name, kind=kind, words=words, required=True)


def _one_of(values: type[Sex | CodeSystem | ConditionStatus | Pregnancy]) -> Choice:
    return Choice(among=tuple(value.value for value in values))


AT: Final = _field("at", Moment(), "when it was so; left out: on the planned date")
SYSTEM: Final = _field("system", _one_of(CodeSystem), "where the code comes from; needed with a code")
CODE: Final = _field("code", Text(), "the code, such as F33.2")

DIAGNOSIS: Final = Shape(
    name="diagnosis",
    words="A diagnosis or problem, by code or by a name that is on the list of names.",
    fields=(
        _must("name", Text(), "what it is called"),
        CODE,
        SYSTEM,
        _field("status", _one_of(ConditionStatus), "active (where left out), remission or resolved"),
        _field("since", Day(), "when it began"),
        _field("until", Day(), "when it ended"),
        AT,
    ),
)
MEDICINE: Final = Shape(
    name="medicine",
    words="A medicine, a supplement, or a food such as grapefruit juice.",
    fields=(
        _must("name", Text(), "ingredient or brand"),
        _field("dose", Text(least=0), "with its unit and how often, such as 1 mg twice a day"),
        _field("route", Text(least=0), "how it is taken, such as oral or nasal"),
        CODE,
        SYSTEM,
        _field("active", YesNo(), "taken now; true where left out"),
        _field("since", Day(), "first day"),
        _field("until", Day(), "last day"),
        AT,
    ),
)
ALLERGY: Final = Shape(
    name="allergy",
    words="An allergy or intolerance.",
    fields=(
        _must("name", Text(), "the substance"),
        CODE,
        SYSTEM,
        _field("reaction", Text(least=0), "what happened"),
        _field("active", YesNo(), "true where left out"),
        AT,
    ),
)
VITALS: Final = Shape(
    name="vital signs",
    words="Readings that were taken together. A blood pressure comes as both numbers.",
    fields=(
        *(
            _field(field, Number(lowest=it.lowest, highest=it.highest, unit=it.unit), f"{it.name}, {it.unit}")
            for field, it in BOUNDS.items()
        ),
        _field("at_rest", YesNo(), "was the person at rest"),
        AT,
    ),
)
LAB: Final = Shape(
    name="laboratory result",
    words="One result, by the name of the test or by its LOINC code.",
    fields=(
        _field("test", Choice(among=tuple(TESTS)), "the test by name"),
        _field("loinc", Text(), "or its LOINC code"),
        _field("value", Number(lowest=-1e9, highest=1e9), "the number"),
        _field("text", Text(), "or the result in words, such as negative"),
        _field("unit", Text(least=0), "UCUM unit of the number; left out: that of the test by name"),
        _field("upper_normal", Number(lowest=0, highest=1e9), "upper limit of normal of this laboratory"),
        AT,
    ),
)
PREGNANCY: Final = Shape(
    name="pregnancy",
    words="A pregnancy test or statement.",
    fields=(
        _must("status", _one_of(Pregnancy), "what is known"),
        _must("method", Choice(among=tuple(each.value for each in PregnancyMethod)), "how it is known"),
        AT,
    ),
)
TRIAL: Final = Shape(
    name="antidepressant trial",
    words="One trial of an antidepressant.",
    fields=(
        _must("drug", Text(), "ingredient or brand"),
        _must("weeks", Number(lowest=0.1, highest=1040), "how long at that dose"),
        _field("dose", Text(least=0), "highest dose"),
        _field("adequate_dose", YesNo(), "at least the minimum effective dose; left out: not known"),
        _field("this_episode", YesNo(), "in the current episode; true where left out"),
        _field(
            "outcome",
            Choice(among=tuple(each.value for each in TrialOutcome)),
            "how far symptoms fell; left out: unknown",
        ),
        _field("stopped_for_intolerance", YesNo(), "false where left out"),
        AT,
    ),
)
SCORE: Final = Shape(
    name="score",
    words="A questionnaire: its answers in its own order, or the result that somebody reported.",
    fields=(
        _must("instrument", Choice(among=INSTRUMENTS), "which questionnaire"),
        _field("answers", Many(of=ItemAnswer()), "one number for each item, null for one left out"),
        _field("mode", Choice(among=MODES), "who held the pen; left out: clinician"),
        _field("total", Number(lowest=0, highest=1000), "or the total alone"),
        _field("level", Choice(among=LEVELS), "or the level alone: of a triage, or of a screen"),
        AT,
    ),
)
CANDIDATE: Final = Shape(
    name="ajar screen: a candidate",
    words="A synthetic or de-identified patient who is considered for treatment. No names.",
    fields=(
        _must("product", Choice(among=tuple(Product)), "what would be given, and how"),
        _must("jurisdiction", Choice(among=tuple(Jurisdiction)), "whose label and law apply"),
        _must("sex", _one_of(Sex), "administrative sex"),
        _field("age", Whole(lowest=0, highest=OLDEST_YEARS, unit="years"), "on the planned date"),
        _field("birth_date", Day(), "instead of the age"),
        _must("planned_date", Moment(), "when treatment is planned: rules judge as of then"),
        _field("indication", Choice(among=tuple(Indication)), "what the treatment is for"),
        _field("payer", Text(least=0), "whose definitions apply; left out: the label's"),
        _field("time_zone", Text(), "of times without an offset, such as America/New_York; UTC if left out"),
        _field("diagnoses", Many(of=DIAGNOSIS), "diagnoses and problems"),
        _field("medicines", Many(of=MEDICINE), "everything that is taken"),
        _field("medicines_complete", YesNo(), "is that list complete? Left out: nobody asked"),
        _field("allergies", Many(of=ALLERGY), "allergies"),
        _field("vitals", Many(of=VITALS), "vital signs, each set with its time"),
        _field("labs", Many(of=LAB), "laboratory results"),
        _field("pregnancy", PREGNANCY, "the latest test or statement"),
        _field(
            "history",
            Answers(keys=ASKED, values=ANSWERS),
            "history questions that were asked, each with its answer",
        ),
        _field(
            "history_otherwise",
            Choice(among=(UNREMARKABLE, "unknown")),
            "what holds for every history question that is not listed: it was asked, and the answer speaks "
            "against nothing (unremarkable) or is not known; left out: it was not asked",
        ),
        _field("antidepressant_trials", Many(of=TRIAL), "treatments tried for depression"),
        _field("scores", Many(of=SCORE), "questionnaires"),
    ),
)
