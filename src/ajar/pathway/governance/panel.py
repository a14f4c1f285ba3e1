"""Made-up candidates on whom every rule of the evaluation has something to say.

What a rule can say is read off what it does say about them, so that the manual and the list of changes
between two versions show the rules' behaviour and not a second description of it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import product
from typing import Final
from uuid import UUID

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered, ScoreReported
from ajar.pathway.evaluation.formulary.index import INGREDIENTS
from ajar.pathway.evaluation.from_entries import candidate_of
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.policy import DEFAULT_POLICY
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product, Setting
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    MedicationRecorded,
    Person,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    Sex,
    TrialOutcome,
)

NOW: Final = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
NOBODY: Final = UUID(int=0)
JURISDICTIONS: Final = (Jurisdiction.US, Jurisdiction.EU)
"""Those whose labels were read (clinical.md 0.3)."""

NUMBERS: Final = {
    "1742-6": (20, 70, 400),  # ALT
    "1920-8": (20, 70, 400),  # AST
    "6768-6": (80,),
    "2324-2": (30,),
    "2160-0": (0.9,),
    "2823-3": (4.1, 2.4),  # potassium
    "3016-3": (2.0, 0.01),  # TSH
    "8636-3": (420, 540),  # QTc
}
"""Results by LOINC code: a usual one, and those beyond a cut-off."""
IN_WORDS: Final = ("ecg", "urine drug screen", "urinalysis")
SCORES: Final = ("bpic-ss", "icsi", "stop-bang", "moca", "mmse", "phq-9", "gad-7")
LEVELS: Final = {"c-ssrs": ("none", "red"), "mdq": ("negative", "positive")}
VITALS: Final = (
    (122, 78, 72),
    (152, 94, 72),
    (164, 102, 72),
    (190, 115, 72),
    (84, 46, 72),
    (122, 78, 36),
    (122, 78, 118),
)
"""Systolic and diastolic pressure in mmHg, heart rate in beats a minute."""
SLIM_KG, HEAVY_KG = 38.0, 120.0


def _fact(payload: Payload) -> Fact[Payload]:
    return Fact(payload=payload, happened_at=NOW, recorded_at=NOW, entry_id=None, recorded_by="")


def _text(display: str) -> Coding:
    return Coding(system=CodeSystem.TEXT, code="", display=display)


def _answers(answer: Answer) -> list[Payload]:
    return [HistoryAnswered(question=each.id, answer=answer) for each in QUESTIONS]


def _labs(place: int) -> list[Payload]:
    """Every test, with its first, second or third result; the last where there are fewer."""
    found: list[Payload] = [_lab(name, text="abnormal" if place else "normal") for name in IN_WORDS]
    for code, values in NUMBERS.items():
        found.append(_lab(code, value=values[min(place, len(values) - 1)]))
    return found


def _lab(name: str, *, value: float | None = None, text: str = "") -> LabRecorded:
    system = CodeSystem.TEXT if value is None else CodeSystem.LOINC
    test = Coding(system=system, code="" if value is None else name, display=name)
    return LabRecorded(test=test, value=value, value_text=text, unit="", upper_normal=40)


def _scores(total: float, place: int) -> list[Payload]:
    found: list[Payload] = [ScoreReported(instrument=name, total=total) for name in SCORES]
    found.extend(ScoreReported(instrument=name, level=levels[place]) for name, levels in LEVELS.items())
    return found


def _medicines() -> list[Payload]:
    """One person who takes everything, and something that nobody knows."""
    names = [*(ingredient.name for ingredient in INGREDIENTS), "unheard-of"]
    return [
        MedicationRecorded(
            medicine=_text(name),
            active=True,
            dose_text="40 mg once a day",
            route_text="into the nose",
            started_on=None,
            ended_on=None,
        )
        for name in names
    ]


def _trial(drug: str, outcome: TrialOutcome) -> AntidepressantTrialRecorded:
    return AntidepressantTrialRecorded(
        drug=drug,
        max_dose_text="",
        weeks=8,
        adequate_dose=True,
        this_episode=True,
        outcome=outcome,
        stopped_for_intolerance=False,
    )


def _vitals() -> Iterator[list[Payload]]:
    for place, (systolic, diastolic, rate) in enumerate(VITALS):
        taken = VitalsMeasured(
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            heart_rate_bpm=rate,
            spo2_percent=90,
            weight_kg=HEAVY_KG if place else SLIM_KG,
            height_cm=170,
        )
        yield [taken]


def _pregnant(status: Pregnancy) -> list[Payload]:
    return [PregnancyRecorded(status=status, method=PregnancyMethod.URINE_HCG)]


def _charts() -> Iterator[list[Payload]]:
    """What stands in each chart."""
    yield []
    yield from (_answers(answer) for answer in Answer)
    yield from ([*_answers(Answer.YES), *_labs(place), *_scores(30, 1)] for place in range(3))
    yield [*_labs(0), *_scores(2, 0), _trial("sertraline", TrialOutcome.UNDER_25)]
    yield _medicines()
    yield from _vitals()
    yield from (_pregnant(status) for status in Pregnancy)
    yield [_trial(drug, TrialOutcome.AT_LEAST_50) for drug in ("sertraline", "venlafaxine")]
    yield [AllergyRecorded(substance=_text("esketamine"), reaction="", active=True)]
    yield [
        ConditionRecorded(
            condition=_text("unheard-of"), status=ConditionStatus.ACTIVE, onset_on=None, abated_on=None
        )
    ]


@cache
def candidates() -> tuple[Candidate, ...]:
    """Every chart of a woman of 44, and the empty one at other ages."""
    grown = [(chart, 44, Sex.FEMALE) for chart in _charts()]
    others: list[tuple[list[Payload], int, Sex]] = [
        ([], 17, Sex.FEMALE),
        ([], 22, Sex.FEMALE),
        ([], 71, Sex.MALE),
    ]
    return tuple(
        candidate_of([_fact(payload) for payload in chart], _person(age, sex))
        for chart, age, sex in [*grown, *others]
    )


def _person(age_years: int, sex: Sex) -> Person:
    born = NOW.date().replace(year=NOW.year - age_years)
    return Person(patient_id=NOBODY, birth_date=born, sex=sex)


FEW: Final = 4
"""The empty chart and one for each answer: where the purpose decides, it decides on these."""


@cache
def sittings() -> tuple[tuple[Setting, Candidate], ...]:
    """Whom to judge for what.

    Everybody for every product under each law, and for the spray by each payer's definition; a few for
    every purpose too.
    """
    payers = dict.fromkeys(definition.payer for definition in DEFAULT_POLICY.resistance)
    spray, resistant = Product.ESKETAMINE_IN, Indication.TRD
    whole = [
        *(_setting(each, law) for each, law in product(Product, JURISDICTIONS)),
        *(_setting(spray, law, resistant, payer) for law, payer in product(JURISDICTIONS, payers)),
    ]
    purposes = [_setting(*each) for each in product(Product, JURISDICTIONS, Indication)]
    everybody = candidates()
    return (*product(whole, everybody), *product(purposes, everybody[:FEW]))


def _setting(
    each: Product, law: Jurisdiction, indication: Indication | None = None, payer: str = ""
) -> Setting:
    return Setting(product=each, jurisdiction=law, now=NOW, indication=indication, payer=payer)
