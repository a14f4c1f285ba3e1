"""The history questions: what is asked, for how long an answer holds, and which rules read it.

A question marked `lifetime` asks whether something was ever so: a "yes" stays until it is corrected as
an error, whatever is answered later. The wording is the clinic's; the concepts are clinical.md 3.2, 3.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the history. `holds` is how long a "no" may be relied on (design default)."""

    id: str
    wording: str
    group: str
    rules: tuple[str, ...]
    lifetime: bool = False
    holds: timedelta = timedelta(days=365)


YEAR: Final = timedelta(days=365)
QUARTER: Final = timedelta(days=90)
MONTH: Final = timedelta(days=30)  # clinical.md LAB-1: at least monthly, design default

HEART: Final = "Heart, vessels and brain"
MIND: Final = "Mental health"
SUBSTANCES: Final = "Substances"
OTHER: Final = "Liver, allergy, medicines"

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        id="aneurysm",
        wording="Ever an aneurysm: of the aorta, in the head, or of an artery in arm or leg?",
        group=HEART,
        rules=("CI-01",),
        lifetime=True,
    ),
    Question(
        id="arteriovenous_malformation",
        wording="Ever an arteriovenous malformation?",
        group=HEART,
        rules=("CI-02",),
        lifetime=True,
    ),
    Question(
        id="intracerebral_haemorrhage",
        wording="Ever a bleed in the brain?",
        group=HEART,
        rules=("CI-03",),
        lifetime=True,
    ),
    Question(
        id="pressure_hazard",
        wording="Any condition in which a rise of blood pressure, or of pressure in the head, is dangerous?",
        group=HEART,
        rules=("CI-05",),
        holds=YEAR,
    ),
    Question(
        id="recent_cardiovascular_event",
        wording="A heart attack, stroke or other cardiovascular event in the last 6 weeks?",
        group=HEART,
        rules=("CI-06",),
        holds=MONTH,
    ),
    Question(
        id="psychosis_now",
        wording="Psychotic symptoms now, or a diagnosis of schizophrenia or schizoaffective disorder?",
        group=MIND,
        rules=("CI-07",),
        holds=QUARTER,
    ),
    Question(
        id="psychosis_past",
        wording="Ever a psychotic episode that is over, or depression with psychotic symptoms?",
        group=MIND,
        rules=("CA-03",),
        lifetime=True,
    ),
    Question(
        id="mania_now",
        wording="Manic or mixed state now?",
        group=MIND,
        rules=("CI-08",),
        holds=QUARTER,
    ),
    Question(
        id="bipolar",
        wording="Ever a diagnosis of bipolar disorder?",
        group=MIND,
        rules=("CA-05",),
        lifetime=True,
    ),
    Question(
        id="substance_use_untreated",
        wording="An active substance use disorder, alcohol included, that is not being treated?",
        group=SUBSTANCES,
        rules=("CI-15",),
        holds=QUARTER,
    ),
    Question(
        id="substance_use_remission",
        wording="A substance use disorder that is treated or in remission?",
        group=SUBSTANCES,
        rules=("CA-06",),
        holds=YEAR,
    ),
    Question(
        id="ketamine_use_disorder",
        wording="Ever a ketamine use disorder?",
        group=SUBSTANCES,
        rules=("CI-16",),
        lifetime=True,
    ),
    Question(
        id="severe_liver_disease",
        wording="Severe liver disease (Child-Pugh C)?",
        group=OTHER,
        rules=("CI-12",),
        holds=YEAR,
    ),
    Question(
        id="moderate_liver_disease",
        wording="Moderate liver disease (Child-Pugh B)?",
        group=OTHER,
        rules=("CA-09",),
        holds=YEAR,
    ),
    Question(
        id="ketamine_hypersensitivity",
        wording="Ever an allergic reaction to ketamine, esketamine or anything in the product?",
        group=OTHER,
        rules=("CI-04",),
        lifetime=True,
    ),
    Question(
        id="breast_feeding",
        wording="Breast-feeding now?",
        group=OTHER,
        rules=("CI-10",),
        holds=MONTH,
    ),
    Question(
        id="medicines_complete",
        wording="Is the list of medicines complete, with what is bought without prescription?",
        group=OTHER,
        rules=("MED-1",),
        holds=MONTH,
    ),
)

BY_ID: Final[Mapping[str, Question]] = MappingProxyType({question.id: question for question in QUESTIONS})
