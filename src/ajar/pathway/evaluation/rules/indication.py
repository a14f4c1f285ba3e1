"""What the treatment is for, apart from whether it is safe: IND-1, IND-2, SPR-S4, SPR-S5, SPR-T7.

Somebody may be safe to treat and outside the label (clinical.md 3.1). Monotherapy is approved in the US
and for treatment-resistant depression alone (trap 10); not for acute suicidality, and not in the EU.
"""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import ACUTE_SUICIDALITY, DEPRESSION_NOW, Concept
from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.evidence import GRADED
from ajar.pathway.evaluation.findings import Ruling, Standing
from ajar.pathway.evaluation.medicines import DrugClass, classes_of, ingredients_of
from ajar.pathway.evaluation.products import NASAL, Indication, Jurisdiction, Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, remarks
from ajar.pathway.evaluation.rules.wanted import Wanted, ruling_on_wanted
from ajar.pathway.patients.facts import MedicationRecorded

NO_FACT: Final[frozenset[str]] = frozenset()
NOBODY_SAID: Final = "Nobody has said yet what the treatment is for."
CHOOSE: Final = "Choose what the treatment is for."


def _purpose(_candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    if setting.product in NASAL:
        return (_against_the_label(setting),)
    if setting.indication is None:
        return (remarks(NOBODY_SAID, "not chosen"),)
    because = "Ketamine is not approved for any psychiatric disorder: this use is off-label."
    return (remarks(because, setting.indication.label),)


def _against_the_label(setting: Setting) -> Ruling:
    if setting.indication is None:
        return asks(NOBODY_SAID, CHOOSE, "not chosen", fill_in="purpose")
    if setting.on_label:
        return passes("Within the label's indications.", setting.indication.label)
    because = (
        "Outside Spravato's indications, which are treatment-resistant depression and depression with acute "
        "suicidality. It may still be safe; off-label use is a prescriber's signed decision."
    )
    until = "Until it is for an indication of the label."
    return defers(because, setting.indication.label, until)


def _evidence(_candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    if setting.indication is None:
        return (remarks("The evidence depends on what it is for.", "not chosen"),)
    graded = GRADED[setting.indication]
    words = f"Evidence grade {graded.grade}: {graded.because} {graded.source}"
    return (remarks(words, setting.indication.label),)


SUICIDALITY: Final = (
    Wanted(
        concept=DEPRESSION_NOW,
        about="depression",
        yes="A major depressive episode is recorded.",
        no="This indication is for depression: no major depressive episode is recorded.",
        until="Until a major depressive episode is diagnosed and recorded.",
    ),
    Wanted(
        concept=ACUTE_SUICIDALITY,
        about="acute suicidality",
        yes="Acute suicidal thoughts or behaviour are recorded.",
        no="No acute suicidal thoughts or behaviour: another indication applies.",
        until="Until the indication is chosen that applies.",
    ),
)


def _acute(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    limit = remarks(
        "Not shown to prevent suicide; it does not replace admission, even after an early improvement.",
        "limitation of use",
    )
    return (*(ruling_on_wanted(wanted, candidate, setting) for wanted in SUICIDALITY), limit)


SSRI_SNRI: Final = frozenset(
    {
        "citalopram",
        "escitalopram",
        "fluoxetine",
        "fluvoxamine",
        "paroxetine",
        "sertraline",
        "venlafaxine",
        "desvenlafaxine",
        "duloxetine",
        "levomilnacipran",
        "milnacipran",
    }
)
"""From general knowledge, verify."""
COMPLETE: Final = Concept(question_id="medicines_complete")


def _with_antidepressant(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    found = [
        fact
        for fact in candidate.active_medicines()
        if DrugClass.ANTIDEPRESSANT in classes_of(fact.payload.medicine)
    ]
    return (_co_therapy(found, "an oral antidepressant", candidate, setting),)


def _with_ssri_or_snri(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    found = [
        fact for fact in candidate.active_medicines() if SSRI_SNRI & ingredients_of(fact.payload.medicine)
    ]
    return (_co_therapy(found, "an SSRI or SNRI", candidate, setting),)


def _co_therapy(
    found: list[Fact[MedicationRecorded]], wanted: str, candidate: Candidate, setting: Setting
) -> Ruling:
    if found:
        return passes(f"Given with {wanted}.", found[-1].payload.medicine.display, found[-1])
    told = COMPLETE.confirmed(candidate, setting.now)
    answers = candidate.answers_to(COMPLETE.question_id)
    if told.datum != "history answer: yes" or answers[-1].payload.answer is not Answer.YES:
        until = f"Record {wanted}, or confirm that the list of medicines is complete."
        return asks(f"No {wanted.split(' ', 1)[1]} is recorded, and the list may be incomplete.", until)
    because = f"The label asks for {wanted} beside it; without one it is off-label."
    return defers(because, "none among the recorded medicines", f"Until {wanted} is taken.", answers[-1])


def _monotherapy(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    if setting.jurisdiction is Jurisdiction.EU:
        return _with_ssri_or_snri(candidate, setting)
    if setting.jurisdiction is Jurisdiction.US:
        return (passes("With an oral antidepressant, or alone: both are on the US label.", "US label"),)
    return (
        remarks("No label text for this country was read: check whether it may be given alone.", "label"),
    )


MEDICINES: Final = frozenset({"medicines", "answers"})

RULES: Final = (
    Rule(
        id="IND-1",
        title="What the treatment is for",
        source="clinical.md 3.1, PRD-01 to PRD-06; [EUSPC25 4.1]",
        reads=NO_FACT,
        judge=_purpose,
        standing=Standing.LABEL,
    ),
    Rule(
        id="IND-2",
        title="How good the evidence is",
        source="clinical.md 7",
        reads=NO_FACT,
        judge=_evidence,
    ),
    Rule(
        id="SPR-S5",
        title="Depression with acute suicidality",
        source="SPR-S5 [STC]; [MPR]",
        reads=frozenset({"answers", "conditions"}),
        judge=_acute,
        standing=Standing.LABEL,
        products=NASAL,
        indications=frozenset({Indication.MDSI}),
    ),
    Rule(
        id="SPR-S4",
        title="With an oral antidepressant",
        source="SPR-S4 [MPR]; [APPR-OM]: approval as monotherapy covers TRD alone (trap 10)",
        reads=MEDICINES,
        judge=_with_antidepressant,
        standing=Standing.LABEL,
        products=NASAL,
        indications=frozenset({Indication.MDSI}),
    ),
    Rule(
        id="SPR-T7",
        title="With an antidepressant, or alone",
        source="SPR-T7 [APPR-OM]; [APPR-BK]; EU with an SSRI or SNRI [EUSPC25 4.1] (trap 10)",
        reads=MEDICINES,
        judge=_monotherapy,
        standing=Standing.LABEL,
        products=NASAL,
        indications=frozenset({Indication.TRD}),
    ),
)
