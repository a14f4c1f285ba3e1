"""The history questions: what is asked, for how long an answer holds, and which rules read it.

A question marked `lifetime` asks whether something was ever so: a "yes" stays until it is corrected as
an error, whatever is answered later. The wording is the clinic's; the concepts are clinical.md 3.2, 3.3.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.products import (
    AT_HOME,
    NASAL,
    Indication,
    Jurisdiction,
)
from ajar.pathway.evaluation.question import Question

YEAR: Final = timedelta(days=365)
QUARTER: Final = timedelta(days=90)
MONTH: Final = timedelta(days=30)  # clinical.md LAB-1: at least monthly, design default

HEART: Final = "Heart, vessels and brain"
MIND: Final = "Mental health"
SUBSTANCES: Final = "Substances"
OTHER: Final = "Liver, allergy, medicines"
HOME: Final = "At home"

FOR_DEPRESSION: Final = frozenset({Indication.MDSI, Indication.BORDERLINE, Indication.EATING})
FOR_SUICIDALITY: Final = frozenset({Indication.MDSI})
FOR_RESISTANCE: Final = frozenset({Indication.TRD})

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
        id="raised_intracranial_pressure",
        wording="Raised pressure in the head now?",
        group=HEART,
        rules=("CI-13",),
        holds=YEAR,
    ),
    Question(
        id="decompensated_heart",
        wording="Heart failure on slight effort, unstable angina, or a severely narrowed aortic valve?",
        group=HEART,
        rules=("CI-23",),
        holds=QUARTER,
    ),
    Question(
        id="treated_hypertension",
        wording="High blood pressure that is being treated?",
        group=HEART,
        rules=("CA-01",),
        holds=YEAR,
    ),
    Question(
        id="hypertensive_encephalopathy",
        wording="Ever a hypertensive encephalopathy?",
        group=HEART,
        rules=("CA-02",),
        lifetime=True,
    ),
    Question(
        id="stroke_or_tia",
        wording="Ever a stroke without bleeding, or a transient attack?",
        group=HEART,
        rules=("CA-16",),
        lifetime=True,
    ),
    Question(
        id="heart_risk",
        wording="Heart disease, an abnormal heart rhythm, fainting, or a sudden cardiac death in the family?",
        group=HEART,
        rules=("LAB-5",),
        holds=YEAR,
    ),
    Question(
        id="seizures",
        wording="A seizure disorder?",
        group=HEART,
        rules=("CA-08",),
        holds=YEAR,
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
        id="capacity_lacking",
        wording="Is the person unable to decide about this treatment?",
        group=MIND,
        rules=("CI-19",),
        holds=MONTH,
    ),
    Question(
        id="delirium_dementia",
        wording="Delirium, dementia, or a brain injury with symptoms?",
        group=MIND,
        rules=("CI-20",),
        holds=QUARTER,
    ),
    Question(
        id="cognitive_impairment",
        wording="Trouble with memory or thinking, short of dementia?",
        group=MIND,
        rules=("POP-11", "LAB-10"),
        holds=QUARTER,
    ),
    Question(
        id="depression_now",
        wording="A major depressive episode now, diagnosed?",
        group=MIND,
        rules=("SPR-S5", "IND-4"),
        holds=QUARTER,
        good=Answer.YES,
        indications=FOR_DEPRESSION,
    ),
    Question(
        id="acute_suicidality",
        wording="Suicidal thoughts or behaviour now that need urgent help?",
        group=MIND,
        rules=("SPR-S5",),
        holds=MONTH,
        good=Answer.YES,
        indications=FOR_SUICIDALITY,
    ),
    Question(
        id="antidepressants_not_taken",
        wording="Were antidepressants of this episode often not taken as prescribed?",
        group=MIND,
        rules=("TRD-4",),
        holds=YEAR,
        indications=FOR_RESISTANCE,
    ),
    Question(
        id="psychosis_in_family",
        wording="A parent, brother, sister or child with a primary psychosis?",
        group=MIND,
        rules=("CA-04",),
        holds=YEAR,
    ),
    Question(
        id="recent_suicide_attempt",
        wording="A suicide attempt in the last 12 months?",
        group=MIND,
        rules=("CA-12",),
        holds=MONTH,
    ),
    Question(
        id="borderline",
        wording="A borderline personality disorder?",
        group=MIND,
        rules=("CA-13",),
        holds=YEAR,
    ),
    Question(
        id="eating_disorder",
        wording="An eating disorder with low weight?",
        group=MIND,
        rules=("CA-14",),
        holds=QUARTER,
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
        id="eye_pressure",
        wording="Raised pressure in the eye, or acute glaucoma?",
        group=OTHER,
        rules=("CI-14",),
        holds=YEAR,
    ),
    Question(
        id="porphyria",
        wording="Ever an acute porphyria?",
        group=OTHER,
        rules=("CI-21",),
        lifetime=True,
    ),
    Question(
        id="overactive_thyroid",
        wording="An overactive thyroid that is not yet controlled?",
        group=OTHER,
        rules=("CI-22",),
        holds=QUARTER,
    ),
    Question(
        id="thyroid_history",
        wording="Ever a disease of the thyroid?",
        group=OTHER,
        rules=("LAB-6",),
        lifetime=True,
    ),
    Question(
        id="dialysis",
        wording="On dialysis?",
        group=OTHER,
        rules=("POP-9",),
        holds=YEAR,
    ),
    Question(
        id="cystitis",
        wording="An active ulcerative, interstitial or ketamine-induced cystitis?",
        group=OTHER,
        rules=("CI-24",),
        holds=QUARTER,
    ),
    Question(
        id="urinary_symptoms",
        wording="Urgency, pain or blood on passing water?",
        group=OTHER,
        rules=("CA-15",),
        holds=MONTH,
    ),
    Question(
        id="lung_disease",
        wording="Chronic lung disease, or sleep apnoea with obesity?",
        group=OTHER,
        rules=("CA-07",),
        holds=YEAR,
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
        good=Answer.YES,
    ),
    Question(
        id="ancestry_lower_start",
        wording="Japanese or Chinese ancestry? (Asked for the first dose in the EU; may stay open.)",
        group=OTHER,
        rules=("POP-6",),
        lifetime=True,
        products=NASAL,
        jurisdictions=frozenset({Jurisdiction.EU}),
    ),
    Question(
        id="home_first_dose_supervised",
        wording="Was a first dose taken on site, with blood pressure, pulse and oxygen measured?",
        group=HOME,
        rules=("SL-06",),
        holds=YEAR,
        good=Answer.YES,
        products=AT_HOME,
    ),
    Question(
        id="home_chaperone",
        wording="Will an adult be in the home, there before each dose and until it is over?",
        group=HOME,
        rules=("SL-07",),
        holds=MONTH,
        good=Answer.YES,
        products=AT_HOME,
    ),
    Question(
        id="home_pressure_monitor",
        wording="A working blood-pressure monitor at home, and a video link for the check-in?",
        group=HOME,
        rules=("SL-07",),
        holds=MONTH,
        good=Answer.YES,
        products=AT_HOME,
    ),
)

BY_ID: Final[Mapping[str, Question]] = MappingProxyType({question.id: question for question in QUESTIONS})
