"""Anxiety disorders, PTSD and OCD (clinical.md 7, rows 3 to 5)."""

from typing import Final

from ajar.pathway.evaluation.evidence import GRADED
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.protocols.moods import CADENCE
from ajar.pathway.protocols.protocol import Access, Evidence, Measure, Protocol

ANXIETY: Final = Protocol(
    id="PRT-3",
    indications=(Indication.ANXIETY,),
    name="Anxiety disorders (generalised, social, panic)",
    access=Access.DIRECT,
    primary=(
        Measure(instrument="gad-7", every_days=7, source=CADENCE, verified=False),
        Measure(instrument="lsas", every_days=7, source=f"{CADENCE}; for social anxiety", verified=False),
    ),
    secondary=(Measure(instrument="phq-9", every_days=14, source=CADENCE, verified=False),),
    grade=GRADED[Indication.ANXIETY].grade,
    evidence=(
        Evidence(
            words="Social anxiety: a crossover of 18 people, a response on the LSAS in 33 % against none.",
            source="[TAY18]",
        ),
        Evidence(words="Pooled, the odds ratio is 28.9, with a wide interval.", source="[WHIT21]"),
        Evidence(
            words="Generalised and social anxiety, open (grade D): under the skin, 0.25 to 1 mg/kg, then "
            "weekly for "
            "3 months, 20 people. Panic: no direct evidence (grade E).",
            source="[GLUE17]; [GLUE18]",
        ),
    ),
    schedule="0.5 mg/kg, once or weekly.",
    typical=frozenset({Product.KETAMINE_IV, Product.KETAMINE_SC}),
    cautions=(
        "Benzodiazepines are common here.",
        "One meta-analysis saw a larger effect above 0.5 mg/kg; the rails hold all the same.",
    ),
    softened="Small studies of social anxiety are hopeful; for panic there are none.",
    source=f"clinical.md 7, row 3 {GRADED[Indication.ANXIETY].source}",
)

PTSD: Final = Protocol(
    id="PRT-4",
    indications=(Indication.PTSD,),
    name="Post-traumatic stress disorder",
    access=Access.DIRECT,
    primary=(
        Measure(instrument="pcl-5", every_days=7, source=f"{CADENCE}; the week version", verified=False),
    ),
    secondary=(Measure(instrument="phq-9", every_days=14, source=CADENCE, verified=False),),
    grade=GRADED[Indication.PTSD].grade,
    evidence=(
        Evidence(words="30 people, six infusions against midazolam: positive.", source="[FEDER21]"),
        Evidence(
            words="158 veterans, eight infusions: no benefit for PTSD; mood was better. 0.2 mg/kg did no "
            "more "
            "than placebo.",
            source="[ABD22]",
        ),
        Evidence(
            words="Trials pooled: g 0.27, or 0.20 with bias taken out; response odds ratio 2.03, not "
            "significant.",
            source="[PTSD-META]; [WHIT21]",
        ),
    ),
    schedule="Six infusions in 2 weeks, or eight in 4 weeks.",
    typical=frozenset({Product.KETAMINE_IV}),
    cautions=(
        "The dissociative subtype, and sudden re-living of what happened.",
        "A therapist trained in trauma; no exposure while dissociated.",
        "Consent says that the benefit is uncertain.",
    ),
    softened="Whether it helps PTSD itself is uncertain: one trial says yes, a larger one says no.",
    source=f"clinical.md 7, row 4 {GRADED[Indication.PTSD].source}",
)

OCD: Final = Protocol(
    id="PRT-5",
    indications=(Indication.OCD,),
    name="Obsessive-compulsive disorder",
    access=Access.DIRECT,
    primary=(
        Measure(instrument="y-bocs", every_days=7, source=CADENCE, verified=False),
        Measure(instrument="oci-r", every_days=28, source=CADENCE, verified=False),
    ),
    secondary=(Measure(instrument="phq-9", every_days=14, source=CADENCE, verified=False),),
    grade=GRADED[Indication.OCD].grade,
    evidence=(
        Evidence(
            words="A crossover of 15 people without medicines: 50 % responded at one week (35 % on the "
            "Y-BOCS) "
            "against none; the effect carried over for more than a week.",
            source="[ROD13]",
        ),
    ),
    schedule="One dose of 0.5 mg/kg, together with exposure and response prevention.",
    typical=frozenset({Product.KETAMINE_IV}),
    cautions=("The effect is short.", "Exposure and response prevention in the days after."),
    softened="One small trial saw a short effect on obsessions; it is no replacement for exposure therapy.",
    source=f"clinical.md 7, row 5 {GRADED[Indication.OCD].source}",
)
