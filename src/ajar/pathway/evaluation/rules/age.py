"""Age: CI-18 with POP-1, POP-2, POP-3."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import Rule

ADULT_FROM: Final = 18  # years, [USPI21]
YOUNG_ADULT_TO: Final = 24  # years, boxed warning [USPI21]
OLDER_FROM: Final = 65  # years, [DRUGS-ESK]; [YALE-BP]


def _age(candidate: Candidate, setting: Setting) -> int:
    return candidate.age_on(setting.now.date())


def _adult(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age = _age(candidate, setting)
    stopped = age < ADULT_FROM
    return (
        Ruling(
            verdict=Verdict.STOP if stopped else Verdict.PASS,
            strength=Strength.HARD_STOP,
            effect=Outcome.CONTRAINDICATED if stopped else Outcome.ELIGIBLE,
            because="Under 18: not approved, and outside this programme." if stopped else "An adult.",
            datum=f"age {age} years",
        ),
    )


def _young_adult(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age = _age(candidate, setting)
    young = ADULT_FROM <= age <= YOUNG_ADULT_TO
    because = "18 to 24: suicidal thoughts are asked about at every visit, and a safety plan is made."
    return (_caution(because if young else "Not between 18 and 24.", f"age {age} years", holds=young),)


def _older(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age = _age(candidate, setting)
    older = age >= OLDER_FROM
    because = "65 or older: higher exposure and a larger rise of blood pressure are expected."
    return (_caution(because if older else "Under 65.", f"age {age} years", holds=older),)


def _caution(because: str, datum: str, *, holds: bool) -> Ruling:
    verdict = Verdict.PRECAUTION if holds else Verdict.PASS
    return Ruling(verdict=verdict, strength=Strength.CAUTION, because=because, datum=datum)


PERSON: Final = frozenset({"person"})

RULES: Final = (
    Rule(
        id="CI-18",
        title="Age under 18",
        source="[USPI21]; [MPR]; POP-1",
        reads=PERSON,
        judge=_adult,
        standing=Standing.LABEL,
    ),
    Rule(
        id="POP-2",
        title="Age 18 to 24",
        source="[USPI19 boxed]; [USPI21]; CA-12",
        reads=PERSON,
        judge=_young_adult,
        standing=Standing.LABEL,
    ),
    Rule(id="POP-3", title="Age 65 or older", source="[DRUGS-ESK]; [YALE-BP]", reads=PERSON, judge=_older),
)
