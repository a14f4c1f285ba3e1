"""Resistant depression and suicidal thoughts (clinical.md 7, rows 1 and 2)."""

from typing import Final

from ajar.pathway.evaluation.evidence import GRADED
from ajar.pathway.evaluation.products import ALL_PRODUCTS, Indication, Product
from ajar.pathway.protocols.protocol import Access, Evidence, Measure, Protocol

CADENCE: Final = (
    "clinical.md MBC-5: a scale of 2 weeks not more than weekly; the interval is a design default"
)
BEFORE_EACH: Final = "before each session: design default"

DEPRESSION: Final = Protocol(
    id="PRT-1",
    indications=(Indication.TRD,),
    name="Treatment-resistant depression",
    access=Access.DIRECT,
    primary=(
        Measure(instrument="phq-9", every_days=7, source=CADENCE, verified=False),
        Measure(instrument="madrs", every_days=14, source=CADENCE, verified=False),
        Measure(instrument="qids-sr16", every_days=7, source=CADENCE, verified=False),
    ),
    secondary=(Measure(instrument="wsas", every_days=28, source=CADENCE, verified=False),),
    grade=GRADED[Indication.TRD].grade,
    evidence=(
        Evidence(
            words="49 randomised trials with 3299 people, and the label of Spravato.",
            source="[META49]; clinical.md 1.2",
        ),
        Evidence(
            words="CANMAT: level 1 for one infusion, level 3 for repeated ones; third line.",
            source="[CANMAT21]",
        ),
        Evidence(
            words="Two open comparisons with ECT point in opposite directions; settings and severity differ.",
            source="[ELEKTD]; [KETECT]",
        ),
    ),
    schedule="Six infusions in 2 to 3 weeks, then weekly or longer; Spravato as on its label.",
    typical=ALL_PRODUCTS,
    cautions=(
        "Depression with psychotic symptoms: ECT is preferred.",
        "A bipolar disorder may have been missed.",
        "Benzodiazepines may weaken the answer.",
    ),
    softened="It helps many people whose depression did not answer to medicines; not everyone, and not "
    "for good.",
    source=f"clinical.md 7, row 1 {GRADED[Indication.TRD].source}",
)

SUICIDALITY: Final = Protocol(
    id="PRT-2",
    indications=(Indication.SUICIDALITY, Indication.MDSI),
    name="Suicidal thoughts",
    access=Access.DIRECT,
    primary=(
        Measure(instrument="sidas", every_days=7, source=CADENCE, verified=False),
        Measure(instrument="bss", every_days=7, source=CADENCE, verified=False),
    ),
    secondary=(
        Measure(instrument="c-ssrs", every_days=7, source=f"{CADENCE}; {BEFORE_EACH}", verified=False),
        Measure(instrument="madrs", every_days=14, source=f"{CADENCE}; its item 10", verified=False),
    ),
    grade=GRADED[Indication.SUICIDALITY].grade,
    evidence=(
        Evidence(
            words="Trials of 167 people pooled: fewer thoughts within a day and up to a week (d 0.48 to "
            "0.85).",
            source="[WILKMETA]",
        ),
        Evidence(
            words="156 in-patients, two infusions a day apart: on day 3 63.0 % without thoughts against "
            "31.6 %; the "
            "difference was gone by week 6. It was large with bipolar disorder, not significant with "
            "depression.",
            source="[ABBAR]; [FLIP-ABB]",
        ),
    ),
    schedule="One or two infusions in hospital; Spravato 84 mg twice a week for 4 weeks.",
    typical=frozenset({Product.KETAMINE_IV, Product.ESKETAMINE_IN}),
    cautions=(
        "Not a substitute for admission.",
        "The label shows no effect on suicide itself.",
        "No home route while the C-SSRS is red or orange.",
        "A safety plan, and means out of reach, come first.",
    ),
    softened="It can ease suicidal thoughts for days; it is not shown to prevent suicide and replaces no "
    "hospital.",
    source=f"clinical.md 7, row 2 {GRADED[Indication.SUICIDALITY].source}; [STC]",
)
