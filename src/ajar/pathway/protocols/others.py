"""Borderline disorder, eating disorders, ADHD and psychosis (clinical.md 7, rows 6 to 9)."""

from typing import Final

from ajar.pathway.evaluation.evidence import GRADED
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.protocols.moods import CADENCE
from ajar.pathway.protocols.protocol import Access, Evidence, Measure, Protocol

AS_DEPRESSION: Final = frozenset({Product.KETAMINE_IV, Product.ESKETAMINE_IN})

BORDERLINE: Final = Protocol(
    id="PRT-6",
    indications=(Indication.BORDERLINE,),
    name="Borderline disorder, emotional dysregulation",
    access=Access.THROUGH_ANOTHER,
    primary=(Measure(instrument="bsl-23", every_days=7, source=CADENCE, verified=False),),
    secondary=(Measure(instrument="c-ssrs", every_days=7, source=CADENCE, verified=False),),
    grade=GRADED[Indication.BORDERLINE].grade,
    evidence=(
        Evidence(
            words="A pilot trial of 22 people, one dose of 0.5 mg/kg: no significant effect on "
            "suicidality or "
            "depression. It was tolerated; dissociation was gone after 40 min.",
            source="[FINE23]",
        ),
    ),
    schedule="Only where depression resists treatment as well, on that schedule.",
    typical=AS_DEPRESSION,
    cautions=(
        "Dissociation and states like psychosis; self-harm.",
        "Dialectical behaviour therapy goes on.",
        "The trial left out people with psychosis in the family.",
    ),
    softened="It is not shown to help borderline disorder; it may treat a depression beside it.",
    source=f"clinical.md 7, row 6 {GRADED[Indication.BORDERLINE].source}",
)

EATING: Final = Protocol(
    id="PRT-7",
    indications=(Indication.EATING,),
    name="Eating disorders",
    access=Access.THROUGH_ANOTHER,
    primary=(
        Measure(instrument="ede-qs", every_days=7, source=CADENCE, verified=False),
        Measure(instrument="ede-q", every_days=28, source=CADENCE, verified=False),
    ),
    secondary=(Measure(instrument="phq-9", every_days=14, source=CADENCE, verified=False),),
    grade=GRADED[Indication.EATING].grade,
    evidence=(Evidence(words="Reports and series of cases, mainly of anorexia.", source="[ED22]; [AN21]"),),
    schedule="As for the depression beside it.",
    typical=AS_DEPRESSION,
    cautions=(
        "Electrolytes, QTc, a slow heart and refeeding are looked at first.",
        "The dose stands on the lower of ideal and actual weight.",
        "Vomiting after a dose that was swallowed.",
        "Weight and BMI at each visit.",
    ),
    softened="For eating disorders there are only reports of single people.",
    source=f"clinical.md 7, row 7 {GRADED[Indication.EATING].source}",
)

ADHD: Final = Protocol(
    id="PRT-8",
    indications=(Indication.ADHD,),
    name="ADHD",
    access=Access.THROUGH_ANOTHER,
    primary=(),
    secondary=(
        Measure(instrument="asrs", every_days=84, source="a screen, not a measure of change", verified=False),
    ),
    grade=GRADED[Indication.ADHD].grade,
    evidence=(Evidence(words="None for ADHD itself.", source="[SEED]"),),
    schedule="Only through another condition; its scale is the primary one.",
    typical=frozenset(),
    cautions=("A stimulant and ketamine both raise the pressure (DDI-04).", "ADHD alone is no indication."),
    softened="It is not a treatment of ADHD.",
    source=f"clinical.md 7, row 8 {GRADED[Indication.ADHD].source}",
)

PSYCHOSIS: Final = Protocol(
    id="PRT-9",
    indications=(Indication.PSYCHOSIS,),
    name="Psychosis, schizophrenia",
    access=Access.EXCLUDED,
    primary=(),
    secondary=(
        Measure(instrument="pq-16", every_days=0, source="a screen before any booking", verified=False),
        Measure(instrument="pq-b", every_days=0, source="a screen before any booking", verified=False),
    ),
    grade=GRADED[Indication.PSYCHOSIS].grade,
    evidence=(
        Evidence(
            words="Nine reports of 41 people with psychosis in their history saw no worsening: a "
            "hypothesis, no more.",
            source="[VER-PSY]",
        ),
    ),
    schedule="None.",
    typical=frozenset(),
    cautions=(
        "A positive screen: a psychiatrist speaks with the person before anything is booked.",
        "A screen is not a diagnosis.",
    ),
    softened="The programme does not treat people with psychosis; that is its own policy.",
    source=f"clinical.md 7, row 9 {GRADED[Indication.PSYCHOSIS].source}",
    policy="Excluded by the policy of this programme. It is not a contraindication of the label (section "
    "9, trap 5).",
)
