"""Treatment-resistant depression: TRD-1 to TRD-4, by the payer's definition of the day.

Different antidepressants, adequate in dose and duration, without response. Stopping for intolerance is
not a failure. Whether somebody is within the indication is another question than whether it is safe, so
under Spravato's label this is a SOFT_STOP: off-label use is a prescriber's signed decision. For racemic
ketamine, which has no label here, it is a CAUTION.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import BIPOLAR, NOT_TAKEN, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.medicines import ingredients_in
from ajar.pathway.evaluation.products import NASAL, Indication, Setting
from ajar.pathway.evaluation.resistance_definitions import ResistanceDefinition, definition_for
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, remarks, warns
from ajar.pathway.evaluation.scores import latest_score
from ajar.pathway.patients.facts import AntidepressantTrialRecorded, TrialOutcome

NO_RESPONSE: Final = frozenset({TrialOutcome.UNDER_25, TrialOutcome.FROM_25_TO_49})
FOR_TRD: Final[frozenset[Indication | None]] = frozenset({Indication.TRD})

Trial = Fact[AntidepressantTrialRecorded]


def defined(setting: Setting) -> ResistanceDefinition:
    """The definition that this payer goes by today."""
    return definition_for(setting.payer, setting.now.date(), setting.policy.resistance)


def is_failure(trial: AntidepressantTrialRecorded, definition: ResistanceDefinition) -> bool | None:
    """Did an adequate trial fail? None where dose or result is not known."""
    if why_not_counted(trial, definition):
        return False
    if trial.adequate_dose is None or trial.outcome is TrialOutcome.UNKNOWN:
        return None
    return trial.outcome in NO_RESPONSE


def why_not_counted(trial: AntidepressantTrialRecorded, definition: ResistanceDefinition) -> str:
    """Why a trial is no failure under this definition; empty where it may be one."""
    reasons = (
        (definition.this_episode_only and not trial.this_episode, "an earlier episode"),
        (trial.stopped_for_intolerance, "stopped for intolerance, which is not a failure"),
        (trial.weeks < definition.adequate_weeks, f"shorter than {definition.adequate_weeks:g} weeks"),
        (trial.adequate_dose is False, "the dose was not adequate"),
        (trial.outcome is TrialOutcome.AT_LEAST_50, "it helped"),
    )
    return next((words for holds, words in reasons if holds), "")


def _label(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    definition = defined(setting)
    if definition.rule_id != "TRD-1":
        return (passes(f"{definition.payer} goes by its own definition: see {definition.rule_id}.", "payer"),)
    return (_trials(candidate, setting, definition),)


def _veterans(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    definition = defined(setting)
    if definition.rule_id != "TRD-2":
        return (passes("This payer does not ask for four trials and a PHQ-9 (trap 30).", "payer"),)
    return (_trials(candidate, setting, definition), *_severity(candidate, setting, definition))


def _trials(candidate: Candidate, setting: Setting, definition: ResistanceDefinition) -> Ruling:
    failed = _drugs(trial for trial in candidate.trials if is_failure(trial.payload, definition))
    unsure = _drugs(trial for trial in candidate.trials if is_failure(trial.payload, definition) is None)
    datum = f"{len(failed)} adequate trial{'s' if len(failed) != 1 else ''} without response"
    latest = max(candidate.trials, key=lambda trial: trial.recorded_at, default=None)
    until = f"Until recorded: {definition.words}."
    if len(failed) >= definition.trials_needed:
        return passes(f"Met: {definition.words}.", datum, latest)
    if latest is None:
        return asks("No antidepressant trial is recorded.", until)
    if len(failed | unsure) >= definition.trials_needed:
        because = "Dose or result of a trial is not known, so the indication cannot be judged."
        return asks(because, until, datum, latest)
    because = f"Outside the definition of treatment resistance: {definition.words}."
    return _outside(because, datum, until, latest, setting)


def _outside(because: str, datum: str, until: str, seen: Fact[Any] | None, setting: Setting) -> Ruling:
    if setting.product in NASAL:
        return defers(because, datum, until, seen)
    return warns(f"{because} It is off-label in any case.", datum, seen)


def _severity(candidate: Candidate, setting: Setting, definition: ResistanceDefinition) -> tuple[Ruling, ...]:
    if definition.phq9_at_least is None:
        return ()
    score, least = latest_score(candidate, "phq-9"), definition.phq9_at_least
    until = f"Until a PHQ-9 of {least} or more is recorded."
    if score is None or score.total is None:
        return (asks(f"{definition.payer} asks for a PHQ-9.", until, "PHQ-9: none"),)
    datum = f"PHQ-9 {score.words}"
    if setting.now - score.seen.happened_at > timedelta(days=setting.policy.score_holds_days):
        return (asks("The PHQ-9 is too old.", "Have the PHQ-9 filled in again.", datum, score.seen),)
    if score.total >= least:
        return (passes(f"PHQ-9 of {least} or more.", datum, score.seen),)
    return (_outside(f"PHQ-9 below {least}.", datum, until, score.seen, setting),)


def _counted(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """Which trials count under which definition, and why others do not: only shown."""
    definition = defined(setting)
    unknown = setting.payer if setting.payer.strip() and not definition.payer else ""
    goes_by = f"{unknown} has no definition of its own here, so the label's holds. " if unknown else ""
    left_out = [
        f"{trial.payload.drug}: {why}"
        for trial in candidate.trials
        if (why := why_not_counted(trial.payload, definition))
    ]
    because = f"{goes_by}Asked for since {definition.valid_from.isoformat()}: {definition.words}."
    if left_out:
        because += f" Not counted: {'; '.join(left_out)}."
    latest = candidate.trials[-1] if candidate.trials else None
    return (remarks(because, f"{len(candidate.trials)} recorded", latest),)


def _drugs(trials: Iterable[Trial]) -> frozenset[str]:
    """The drugs of these trials; the same drug twice is one."""
    return frozenset(_drug(trial.payload.drug) for trial in trials)


def _drug(name: str) -> str:
    return ", ".join(sorted(ingredients_in(name))) or name.strip().casefold()


ADHERENCE: Final = Stop(
    yes="Antidepressants were often not taken: those trials may be no failures.",
    no="Antidepressants were taken as prescribed.",
    strength=Strength.CAUTION,
    effect=Outcome.ELIGIBLE_WITH_CAUTION,
)


def _pseudo_resistance(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """What looks like resistance and is none; thyroid and substances have rules of their own."""
    taken = ruling_on(NOT_TAKEN.look_up(candidate, setting.now), NOT_TAKEN, ADHERENCE)
    return taken, _missed_bipolar(candidate, setting)


def _missed_bipolar(candidate: Candidate, setting: Setting) -> Ruling:
    until = "Have the MDQ filled in."
    if BIPOLAR.look_up(candidate, setting.now).holds is Holds.YES:
        return passes("Bipolar disorder is known (CA-05).", "bipolar disorder")
    score = latest_score(candidate, "mdq")
    if score is None:
        return asks("No MDQ is recorded: a bipolar disorder may be missed.", until, "MDQ: none")
    if score.level == "positive":
        because = "The MDQ is positive: interview for a bipolar disorder. A screen is not a diagnosis."
        return warns(because, "MDQ positive", score.seen)
    if score.level == "negative":
        return passes("The MDQ is negative.", "MDQ negative", score.seen)
    return asks("The MDQ has no verdict: all three parts are needed (trap 14).", until, "MDQ", score.seen)


READS: Final = frozenset({"trials", "questionnaires", "scores"})

RULES: Final = (
    Rule(
        id="TRD-1",
        title="Treatment-resistant depression",
        source="[EUSPC25 4.1]; [RPA24]; [APPR-OM]; adequate duration TRD-3 from general knowledge, verify",
        reads=READS,
        judge=_label,
        standing=Standing.LABEL,
        indications=FOR_TRD,
    ),
    Rule(
        id="TRD-2",
        title="Treatment-resistant depression, as the VA defined it",
        source="[VA-HM] (secondary); CONFLICT with TRD-1 (trap 30)",
        reads=READS,
        judge=_veterans,
        standing=Standing.POLICY,
        verified=False,
        indications=FOR_TRD,
    ),
    Rule(
        id="TRD-3",
        title="Which trials count",
        source="clinical.md TRD-3; from general knowledge, verify",
        reads=READS,
        judge=_counted,
        standing=Standing.POLICY,
        verified=False,
        indications=FOR_TRD,
    ),
    Rule(
        id="TRD-4",
        title="Resistance that is none",
        source="clinical.md TRD-4; from general knowledge, verify. Thyroid: LAB-6. Substances: CI-15, LAB-2",
        reads=frozenset({"answers", "conditions", "questionnaires", "scores"}),
        judge=_pseudo_resistance,
        verified=False,
        indications=FOR_TRD,
    ),
)
