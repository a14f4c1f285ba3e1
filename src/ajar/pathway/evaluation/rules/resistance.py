"""Treatment-resistant depression, Spravato's indication: TRD-1 with TRD-3.

At least two different antidepressants, adequate in dose and duration, without response in this episode.
Stopping for intolerance is not a failure. Whether somebody is within the indication is another question
than whether it is safe, so this is a SOFT_STOP: off-label use is a prescriber's signed decision.
"""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.medicines import ingredients_in
from ajar.pathway.evaluation.products import Product, Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.patients.facts import AntidepressantTrialRecorded, TrialOutcome

ADEQUATE_WEEKS: Final = 4  # TRD-3: 4 to 8 weeks (payers often 6), from general knowledge, verify
TRIALS_NEEDED: Final = 2  # TRD-1
NO_RESPONSE: Final = frozenset({TrialOutcome.UNDER_25, TrialOutcome.FROM_25_TO_49})

Trial = Fact[AntidepressantTrialRecorded]


def _resistance(candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
    failed = _different([trial for trial in candidate.trials if is_failure(trial.payload) is True])
    open_ones = _different([trial for trial in candidate.trials if is_failure(trial.payload) is None])
    datum = f"{len(failed)} adequate trial{'s' if len(failed) != 1 else ''} without response"
    if len(failed) >= TRIALS_NEEDED:
        because = "Two adequate trials without response in this episode."
        return (_ruling(Verdict.PASS, because, datum, candidate),)
    if not candidate.trials:
        because = "No antidepressant trial is recorded."
        return (_ruling(Verdict.NEEDS_INFORMATION, because, "not recorded", candidate),)
    if len(failed | open_ones) >= TRIALS_NEEDED:
        because = "Dose or result of a trial is not known, so the indication cannot be judged."
        return (_ruling(Verdict.NEEDS_INFORMATION, because, datum, candidate),)
    because = (
        "Fewer than two adequate trials without response in this episode: outside Spravato's indication for "
        "treatment-resistant depression. Intolerance is not counted as failure."
    )
    return (_ruling(Verdict.STOP, because, datum, candidate),)


def is_failure(trial: AntidepressantTrialRecorded) -> bool | None:
    """Did an adequate trial of this episode fail? None where dose or result is not known."""
    if not trial.this_episode or trial.stopped_for_intolerance or trial.weeks < ADEQUATE_WEEKS:
        return False
    if trial.adequate_dose is False or trial.outcome is TrialOutcome.AT_LEAST_50:
        return False
    if trial.adequate_dose is None or trial.outcome is TrialOutcome.UNKNOWN:
        return None
    return trial.outcome in NO_RESPONSE


def _different(trials: list[Trial]) -> frozenset[str]:
    """The drugs of these trials; the same drug twice is one."""
    return frozenset(_drug(trial.payload.drug) for trial in trials)


def _drug(name: str) -> str:
    return ", ".join(sorted(ingredients_in(name))) or name.strip().casefold()


def _ruling(verdict: Verdict, because: str, datum: str, candidate: Candidate) -> Ruling:
    latest = max(candidate.trials, key=lambda trial: trial.recorded_at, default=None)
    return Ruling(
        verdict=verdict,
        strength=Strength.SOFT_STOP,
        effect=Outcome.DEFER if verdict is Verdict.STOP else Outcome.ELIGIBLE,
        because=because,
        datum=datum,
        happened_at=latest.happened_at if latest else None,
        recorded_at=latest.recorded_at if latest else None,
        until="" if verdict is Verdict.PASS else "Until two adequate trials of this episode are recorded.",
    )


RULES: Final = (
    Rule(
        id="TRD-1",
        title="Treatment-resistant depression",
        source="[EUSPC25 4.1]; [RPA24]; [APPR-OM]; adequate duration TRD-3 from general knowledge, verify",
        reads=frozenset({"trials"}),
        judge=_resistance,
        standing=Standing.LABEL,
        products=frozenset({Product.ESKETAMINE_IN}),
    ),
)
