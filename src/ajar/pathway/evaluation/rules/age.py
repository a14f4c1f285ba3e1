"""Age and ancestry: CI-18 with POP-1, POP-2, POP-3, POP-4, POP-6. (POP-5: ELG-BP2.)"""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import ANCESTRY, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import NASAL, Jurisdiction, Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import passes, remarks

ADULT_FROM: Final = 18  # years, [USPI21]; nobody sets it
YOUNG_ADULT_TO: Final = 24  # years, boxed warning [USPI21]
SPRAVATO_LABELS: Final = frozenset({Jurisdiction.US, Jurisdiction.EU})


def _age(candidate: Candidate, setting: Setting) -> int:
    return candidate.age_on(setting.now.date())


def _adult(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age = _age(candidate, setting)
    stopped = age < ADULT_FROM
    labelled = setting.product in NASAL and setting.jurisdiction in SPRAVATO_LABELS
    return (
        Ruling(
            verdict=Verdict.STOP if stopped else Verdict.PASS,
            strength=Strength.HARD_STOP,
            effect=Outcome.CONTRAINDICATED if stopped else Outcome.ELIGIBLE,
            because="Under 18: not approved, and outside this programme." if stopped else "An adult.",
            datum=f"age {age} years",
            standing=Standing.LABEL if labelled else Standing.POLICY,
        ),
    )


def _young_adult(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age = _age(candidate, setting)
    young = ADULT_FROM <= age <= YOUNG_ADULT_TO
    because = "18 to 24: suicidal thoughts are asked about at every visit, and a safety plan is made (CA-12)."
    return (_caution(because if young else "Not between 18 and 24.", f"age {age} years", holds=young),)


def _older(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    age, limit = _age(candidate, setting), setting.populations.older_from_years
    because = f"{limit} or older: higher exposure and a larger rise of blood pressure are expected."
    older = age >= limit
    return (_caution(because if older else f"Under {limit}.", f"age {age} years", holds=older),)


def _older_start(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """The EU's first dose from 65, where the clinic follows it (trap 2)."""
    age, limit = _age(candidate, setting), setting.populations.older_from_years
    if age < limit:
        return (passes(f"Under {limit}: the usual first dose.", f"age {age} years"),)
    if setting.populations.older_eu_start_28_mg:
        because = "The first dose is 28 mg, then 28, 56 or 84 mg in steps of 28 mg."
    else:
        because = "The EU text starts with 28 mg; this clinic has decided otherwise."
    return (remarks(because, f"age {age} years"),)


def _ancestry(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """Only shown, also where it was not asked: it changes a dose, not whether somebody may be treated.

    Whether the plan is held to it is the clinic's switch.
    """
    found = ANCESTRY.look_up(candidate, setting.now)
    if found.holds is Holds.NO:
        return (passes("The usual first dose.", found.datum),)
    binding = (
        "The plan is held to it." if setting.populations.ancestry_eu_start_28_mg else "It is not binding."
    )
    if found.holds is Holds.YES:
        because = f"Japanese or Chinese ancestry: a first dose of 28 mg is advised. {binding}"
        return (remarks(because, found.datum),)
    because = f"A first dose of 28 mg is advised for some Asian ancestries: not asked. {binding}"
    return (remarks(because, found.datum),)


def _caution(because: str, datum: str, *, holds: bool) -> Ruling:
    verdict = Verdict.PRECAUTION if holds else Verdict.PASS
    return Ruling(verdict=verdict, strength=Strength.CAUTION, because=because, datum=datum)


PERSON: Final = frozenset({"person"})
EUROPE: Final = frozenset({Jurisdiction.EU})

RULES: Final = (
    Rule(
        id="CI-18",
        title="Age under 18",
        source="[USPI21]; [MPR]; POP-1",
        reads=PERSON,
        judge=_adult,
        standing=Standing.LABEL,
        covers=("POP-1",),
    ),
    Rule(
        id="POP-2",
        title="Age 18 to 24",
        source="[USPI19 boxed]; [USPI21]; CA-12",
        reads=PERSON,
        judge=_young_adult,
        standing=Standing.LABEL,
    ),
    Rule(
        id="POP-4",
        title="First dose from 65 in the EU",
        source="[MIMS-HK]; [EUSPC-T2]; the US label has no separate first dose (CONFLICT, trap 2)",
        reads=PERSON,
        judge=_older_start,
        standing=Standing.LABEL,
        products=NASAL,
        jurisdictions=EUROPE,
    ),
    Rule(
        id="POP-6",
        title="First dose by ancestry in the EU",
        source="clinical.md POP-6; from general knowledge, verify",
        reads=frozenset({"answers"}),
        judge=_ancestry,
        standing=Standing.POLICY,
        verified=False,
        products=NASAL,
        jurisdictions=EUROPE,
    ),
    Rule(id="POP-3", title="Age 65 or older", source="[DRUGS-ESK]; [YALE-BP]", reads=PERSON, judge=_older),
)
