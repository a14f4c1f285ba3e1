"""Benzodiazepines by their daily dose: CA-11 and DDI-03 (clinical.md 3.3, 3.9).

The dose is read from what was recorded as taken. Where it cannot be read as a whole, somebody is asked.
"""

from dataclasses import dataclass
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.formulary.daily_dose import daily_dose
from ajar.pathway.evaluation.formulary.equivalents import BenzodiazepinePolicy
from ajar.pathway.evaluation.formulary.ingredient import DrugClass
from ajar.pathway.evaluation.medicines import CLASSES_OF, recognise
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.interaction import clear
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.patients.facts import MedicationRecorded

Taking = Fact[MedicationRecorded]

MEDICINES: Final = frozenset({"medicines"})
AT_MOST: Final = "; what is taken when needed, or in a range, is counted as if always taken at its highest"
ASK: Final = "Record how much is taken and how often a day, such as 0.5 mg twice a day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All benzodiazepines together, as mg of diazepam a day.

    Left out of the sum: those whose daily dose is `unknown`, and those that no table compares.
    """

    taken: tuple[Taking, ...]
    unknown: tuple[Taking, ...]
    incomparable: tuple[Taking, ...]
    diazepam_mg: float
    at_most: bool

    @property
    def names(self) -> str:
        """What is recorded, with its dose."""
        records = (fact.payload for fact in self.taken)
        return "; ".join(f"{each.medicine.display} {each.dose_text}".strip() for each in records)

    @property
    def latest(self) -> Taking:
        """The one that was recorded last."""
        return max(self.taken, key=lambda fact: fact.recorded_at)


def total_of(candidate: Candidate, policy: BenzodiazepinePolicy) -> Total:
    """What this candidate takes of benzodiazepines, as diazepam."""
    taken = [
        fact
        for fact in candidate.active_medicines()
        if DrugClass.BENZODIAZEPINE in recognise(fact.payload.medicine).classes
    ]
    comparable = [fact for fact in taken if _comparable(fact.payload, policy)]
    doses = [(fact, diazepam_mg_of(fact.payload, policy)) for fact in comparable]
    return Total(
        taken=tuple(taken),
        unknown=tuple(fact for fact, dose in doses if dose is None),
        incomparable=tuple(fact for fact in taken if fact not in comparable),
        diazepam_mg=sum(dose[0] for _, dose in doses if dose is not None),
        at_most=any(dose[1] for _, dose in doses if dose is not None),
    )


def diazepam_mg_of(record: MedicationRecorded, policy: BenzodiazepinePolicy) -> tuple[float, bool] | None:
    """The daily dose as mg of diazepam, and whether it is an upper end; None where it is not known."""
    dose = daily_dose(record.dose_text, record.medicine.display)
    named = _comparable(record, policy)
    equal_mg = policy.diazepam_mg(named, dose.mg) if dose and named else None
    return (equal_mg, dose.at_most) if dose and equal_mg is not None else None


def _comparable(record: MedicationRecorded, policy: BenzodiazepinePolicy) -> str | None:
    """The one benzodiazepine of this medicine that the table of equivalents has; else None."""
    named = [
        name
        for name in recognise(record.medicine).ingredients
        if DrugClass.BENZODIAZEPINE in CLASSES_OF[name]
    ]
    return named[0] if len(named) == 1 and named[0] in policy.equal_to_10_mg_diazepam_mg else None


def _high_dose(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    policy = setting.policy.interactions.benzodiazepines
    total = total_of(candidate, policy)
    if not total.taken:
        return clear(Strength.CAUTION, len(candidate.active_medicines()))
    return (
        *(_unknown(fact) for fact in total.unknown),
        *(_incomparable(fact) for fact in total.incomparable),
        *_over(total, policy),
    )


def _trial_cut(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    policy = setting.policy.interactions.benzodiazepines
    total = total_of(candidate, policy)
    if not total.taken:
        return clear(Strength.INFO, len(candidate.active_medicines()))
    return (_compared(total, policy),)


def _over(total: Total, policy: BenzodiazepinePolicy) -> tuple[Ruling, ...]:
    """The known part of the dose, against the limit; nothing to say where no part is known."""
    over = total.diazepam_mg > policy.limit_mg
    if not over and (total.unknown or total.incomparable):
        return ()
    equals = f"About {total.diazepam_mg:g} mg of diazepam a day{AT_MOST if total.at_most else ''}"
    because = (
        f"{equals}: more than {policy.limit_mg:g} mg separated those who did not respond. "
        "Plan a slow taper, or which dose to hold; never stop abruptly."
        if over
        else f"{equals}: not above {policy.limit_mg:g} mg."
    )
    return (
        Ruling(
            verdict=Verdict.PRECAUTION if over else Verdict.PASS,
            strength=Strength.CAUTION,
            effect=Outcome.ELIGIBLE_WITH_CAUTION if over else Outcome.ELIGIBLE,
            because=because,
            datum=total.names,
            happened_at=total.latest.happened_at,
            recorded_at=total.latest.recorded_at,
        ),
    )


def _unknown(fact: Taking) -> Ruling:
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.CAUTION,
        because="The daily dose cannot be read from what is recorded.",
        datum=f"{fact.payload.medicine.display} {fact.payload.dose_text}".strip(),
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=ASK,
        standing=Standing.DESIGN_DEFAULT,
    )


def _incomparable(fact: Taking) -> Ruling:
    """No dose would answer this, so a prescriber may look it up and accept it (strength INFO)."""
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.INFO,
        because="The table of equivalents cannot compare this benzodiazepine with diazepam.",
        datum=f"{fact.payload.medicine.display} {fact.payload.dose_text}".strip(),
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until="Work out the diazepam equivalent, and accept this with what you found.",
        standing=Standing.DESIGN_DEFAULT,
    )


def _compared(total: Total, policy: BenzodiazepinePolicy) -> Ruling:
    """Information: it asks for nothing, whatever it says."""
    lorazepam_mg = policy.lorazepam_mg(total.diazepam_mg)
    words = f"About {lorazepam_mg:g} mg of lorazepam a day{AT_MOST if total.at_most else ''}"
    if lorazepam_mg > policy.trial_cut_mg:
        because = f"{words}: a trial left out people above {policy.trial_cut_mg:g} mg."
    elif total.unknown or total.incomparable:
        because = "The daily dose is not known, so it cannot be compared: see CA-11."
    else:
        because = f"{words}: within what a trial took in ({policy.trial_cut_mg:g} mg)."
    return Ruling(
        verdict=Verdict.PASS,
        strength=Strength.INFO,
        because=because,
        datum=total.names,
        happened_at=total.latest.happened_at,
        recorded_at=total.latest.recorded_at,
    )


RULES: Final = (
    Rule(
        id="CA-11",
        title="Daily dose of benzodiazepines",
        source="clinical.md CA-11: [ANDRASHKO20]; equivalents from general knowledge, verify",
        reads=MEDICINES,
        judge=_high_dose,
        verified=False,
    ),
    Rule(
        id="DDI-03",
        title="Benzodiazepine dose that a trial left out",
        source="clinical.md DDI-03: [PMC10812090]; equivalents from general knowledge, verify",
        reads=MEDICINES,
        judge=_trial_cut,
        verified=False,
    ),
)
