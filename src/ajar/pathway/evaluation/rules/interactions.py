"""Drug interactions that hold for infusion and nasal spray: clinical.md 3.9, and CI-17.

Oral routes have interactions of their own (DDI-13 to DDI-18) that do not apply here: rules go by route,
never by class alone (traps 23 and 24).
"""

from dataclasses import dataclass
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import Concept
from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.medicines import DrugClass, classes_of, is_recognised
from ajar.pathway.evaluation.products import ALL_PRODUCTS, RACEMIC, Product, Setting
from ajar.pathway.evaluation.rules.rule import Judge, Rule
from ajar.pathway.patients.facts import MedicationRecorded

DEPRESSANTS: Final = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.OPIOID, DrugClass.SEDATIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Classes of medicine, what happens with them, and what to do."""

    id: str
    title: str
    classes: frozenset[DrugClass]
    strength: Strength
    because: str
    source: str
    standing: Standing
    products: frozenset[Product] = ALL_PRODUCTS
    until: str = ""


INTERACTIONS: Final = (
    Interaction(
        id="DDI-01",
        title="Central nervous system depressants",
        classes=DEPRESSANTS,
        strength=Strength.CAUTION,
        because="More sedation, less breathing. Avoid on the same day where possible; watch SpO2 throughout.",
        source="clinical.md DDI-01, severity D, label: [KETALAR24 §7.3]; [MEDNET]; [NERVANA]",
        standing=Standing.LABEL,
    ),
    Interaction(
        id="DDI-02",
        title="Benzodiazepines and effect",
        classes=frozenset({DrugClass.BENZODIAZEPINE}),
        strength=Strength.CAUTION,
        because="May shorten or weaken the effect. Lowest dose; taper slowly before; never stop abruptly.",
        source="clinical.md DDI-02, severity C, reviews: [VER21]; [ANDRASHKO20]; [MONT]",
        standing=Standing.LITERATURE,
    ),
    Interaction(
        id="DDI-04",
        title="Stimulants",
        classes=frozenset({DrugClass.STIMULANT}),
        strength=Strength.CAUTION,
        because="The blood pressure may rise further: measure it more often. Not a contraindication.",
        source="clinical.md DDI-04, severity C, label: [MEDNET]; [SPP-STIM]",
        standing=Standing.LABEL,
    ),
    Interaction(
        id="DDI-05",
        title="MAO inhibitors",
        classes=frozenset({DrugClass.MAOI}),
        strength=Strength.CAUTION,
        because="The blood pressure may rise further: measure it more often; the prescriber signs off.",
        source="clinical.md DDI-05, severity C, label: [MEDNET]; case reports without change [VER21]",
        standing=Standing.LABEL,
    ),
    Interaction(
        id="DDI-06",
        title="Sympathomimetics and vasopressin",
        classes=frozenset({DrugClass.SYMPATHOMIMETIC}),
        strength=Strength.CAUTION,
        because="Both raise the blood pressure: monitor, and dose individually.",
        source="clinical.md DDI-06, severity C/D, label: [KETALAR24 §7.2]",
        standing=Standing.LABEL,
    ),
    Interaction(
        id="DDI-07",
        title="Theophylline or aminophylline with racemic ketamine",
        classes=frozenset({DrugClass.XANTHINE}),
        strength=Strength.HARD_STOP,
        because="Together they lower the seizure threshold: do not give both (CI-17).",
        source="clinical.md DDI-07 and CI-17, severity X, label: [KETALAR24 §7.1]",
        standing=Standing.LABEL,
        products=RACEMIC,
        until="Until it has been substituted.",
    ),
    Interaction(
        id="DDI-08",
        title="Lamotrigine",
        classes=frozenset({DrugClass.LAMOTRIGINE}),
        strength=Strength.CAUTION,
        because="May weaken the effects. Record it; do not stop it if it is needed for bipolar disorder.",
        source="clinical.md DDI-08, severity C: [VER21]; [AND-5]",
        standing=Standing.LITERATURE,
    ),
    Interaction(
        id="DDI-10",
        title="Naltrexone",
        classes=frozenset({DrugClass.NALTREXONE}),
        strength=Strength.CAUTION,
        because="Blocked the antidepressant effect in a small trial. Weigh a wash-out against its need.",
        source="clinical.md DDI-10, severity D: [WILL18]; [WILL19] (12 completers)",
        standing=Standing.LITERATURE,
    ),
)


def _interaction_judge(interaction: Interaction) -> Judge:
    def judge(candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
        hits = [
            fact
            for fact in candidate.active_medicines()
            if interaction.classes & classes_of(fact.payload.medicine)
        ]
        if hits:
            return tuple(_hit(interaction, fact) for fact in hits)
        count = len(candidate.active_medicines())
        return (
            Ruling(
                verdict=Verdict.PASS,
                strength=interaction.strength,
                because="Not among the recorded medicines.",
                datum=f"{count} medicine{'s' if count != 1 else ''} recorded",
            ),
        )

    return judge


def _hit(interaction: Interaction, fact: Fact[MedicationRecorded]) -> Ruling:
    hard = interaction.strength is Strength.HARD_STOP
    return Ruling(
        verdict=Verdict.STOP if hard else Verdict.PRECAUTION,
        strength=interaction.strength,
        effect=Outcome.DEFER if hard else Outcome.ELIGIBLE_WITH_CAUTION,
        because=interaction.because,
        datum=fact.payload.medicine.display,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=interaction.until,
    )


COMPLETE: Final = Concept(question_id="medicines_complete")


def _list_complete(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """Here a yes is the good answer, so the concept is read the other way round."""
    answers = candidate.answers_to(COMPLETE.question_id)
    latest = answers[-1] if answers else None
    fresh = latest is not None and setting.now - latest.happened_at <= COMPLETE.question.holds
    complete = latest is not None and fresh and latest.payload.answer is Answer.YES
    return (
        Ruling(
            verdict=Verdict.PASS if complete else Verdict.NEEDS_INFORMATION,
            strength=Strength.SOFT_STOP,
            because="The list of medicines is complete."
            if complete
            else "Nobody has said lately that the list of medicines is complete.",
            datum=f"history answer: {latest.payload.answer.value}" if latest else "not asked",
            happened_at=latest.happened_at if latest else None,
            recorded_at=latest.recorded_at if latest else None,
            until="" if complete else "Go through the medicines and confirm the list.",
        ),
    )


def _unrecognised(candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
    unknown = [f for f in candidate.active_medicines() if not is_recognised(f.payload.medicine)]
    if not unknown:
        return (
            Ruling(
                verdict=Verdict.PASS,
                strength=Strength.INFO,
                because="Every recorded medicine is on the list that the interaction rules know.",
                datum=f"{len(candidate.active_medicines())} recorded",
            ),
        )
    return tuple(
        Ruling(
            verdict=Verdict.NEEDS_INFORMATION,
            strength=Strength.INFO,
            because=f"{fact.payload.medicine.display} is not recognised: no interaction rule looked at it.",
            datum=fact.payload.medicine.display,
            happened_at=fact.happened_at,
            recorded_at=fact.recorded_at,
            until="Look it up, and accept this with what you found.",
        )
        for fact in unknown
    )


MEDICINES: Final = frozenset({"medicines"})

RULES: Final = (
    Rule(
        id="MED-1",
        title="List of medicines complete",
        source="design default; clinical.md DAY-6 (new medicines are asked at every visit)",
        reads=frozenset({"answers"}),
        judge=_list_complete,
        standing=Standing.DESIGN_DEFAULT,
    ),
    Rule(
        id="MED-2",
        title="Medicines recognised",
        source="design default: an unknown name is never guessed",
        reads=MEDICINES,
        judge=_unrecognised,
        standing=Standing.DESIGN_DEFAULT,
    ),
    *(
        Rule(
            id=interaction.id,
            title=interaction.title,
            source=interaction.source,
            reads=MEDICINES,
            judge=_interaction_judge(interaction),
            standing=interaction.standing,
            products=interaction.products,
        )
        for interaction in INTERACTIONS
    ),
)
