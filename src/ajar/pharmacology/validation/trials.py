"""Arms of symptom trials in a seeded population: the drug's part, the placebo's part and what remains noise.

The body is typical: concentration explains little of how people differ in their answer (pharmacology.md 2.6).
So one curve of the drug's effect serves all, scaled by each person's own response E and joined by their own
placebo share (the draws of `simulate_member`), and scaled by the E_scale of the kind of trial
(pharmacology.md 4.3).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from ajar.pharmacology.calibration.datum import Datum
from ajar.pharmacology.chance import deviates
from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen, course, nasal_devices, repeated
from ajar.pharmacology.simulate import simulate
from ajar.pharmacology.u1 import symptoms
from ajar.pharmacology.u1.population import Draw, draw
from ajar.pharmacology.u1.slow_table import PLACEBO_SHARE
from ajar.pharmacology.validation.scenarios import OLDER, PEREZ, TYPICAL, infused

READ_H: Final = np.array([2.0, 4.0, 24.0, 48.0, 72.0, 120.0, 168.0, 288.0, 336.0, 672.0])
"""Hours after the first dose at which a trial in the tables read its scale."""

SINGLE_DOSE: Final = Estimate(
    value=1.0, unit="1", source="pharmacology.md 4.3: single-dose trials", tag=Tag.H
)
PHASE_3: Final = Estimate(
    value=0.45,
    unit="1",
    source="pharmacology.md 4.3: 0.4-0.5 for phase 3 on day 28; the middle is taken",
    tag=Tag.H,
)
MADRS_NOISE_SD: Final = Estimate(
    value=3.5, unit="{score}", source="pharmacology.md 4.5: MADRS, bounded normal", tag=Tag.H
)
MADRS_BASELINE: Final = Estimate(
    value=33.0, unit="{score}", source="pharmacology.md 6: taken where a source gives none", tag=Tag.H
)
RELAPSED_FROM: Final = 22.0
"""Relapse is a MADRS of 22 or more (evidence.md 2.6)."""
RESPONDED_AT_H: Final = 72.0
"""Responders are named on day 3 (evidence.md 2.1, SD3b)."""

INDUCTION_DAYS: Final = (0.0, 3.0, 7.0, 10.0, 14.0, 17.0, 21.0, 24.0)
"""Twice a week for four weeks (pharmacology.md 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """An arm and its control: the regimen, who, the baselines, and the scale of the drug's effect."""

    regimen: Regimen | None
    person: Person
    madrs_baseline: float
    baseline_sd: float
    placebo_baseline: float
    e_scale: Estimate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """MADRS of each person (row) at baseline and at each of `READ_H` (column), without and with noise."""

    baseline: FloatArray
    expected: FloatArray
    observed: FloatArray

    def at(self, time_h: float) -> tuple[FloatArray, FloatArray]:
        """Expected and observed scores at a time.

        Raises:
            ValueError: nobody read the scale then.
        """
        if time_h not in READ_H:
            raise ValueError(f"Scores are kept at {READ_H.tolist()} h, not at {time_h:g} h.")
        column = int(np.searchsorted(READ_H, time_h))
        return self.expected[:, column], self.observed[:, column]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """An arm and its control, run."""

    arm: Arm
    seed: int
    people: int
    drug: Scores
    placebo: Scores


def trial_of(arm: Arm, *, people: int, seed: int) -> Trial:
    """This many people in the arm, and as many without the drug."""
    share = np.zeros(len(READ_H)) if arm.regimen is None else _typical_share(arm.regimen, arm.person)
    return Trial(
        arm=arm,
        seed=seed,
        people=people,
        drug=_scores(arm, arm.madrs_baseline, share, people=people, seed=seed),
        placebo=_scores(arm, arm.placebo_baseline, np.zeros(len(READ_H)), people=people, seed=seed),
    )


@cache
def _typical_share(regimen: Regimen, person: Person) -> FloatArray:
    """What the drug takes away in a typical body with E of 1, at each of `READ_H`."""
    return simulate(regimen, person, times_h=READ_H)["drug_improvement_share"]


def _scores(arm: Arm, mean: float, share: FloatArray, *, people: int, seed: int) -> Scores:
    z = np.array([_own(seed, index) for index in range(people)])
    lowest, highest = 1.0, symptoms.MADRS_MOST
    baseline = np.clip(mean + arm.baseline_sd * z[:, 0], lowest, highest)[:, np.newaxis]
    drawn = [_drawn(seed, index) for index in range(people)]
    own_e = np.array([one.response_e for one in drawn])
    placebo = np.array([one.placebo_share(PLACEBO_SHARE.value) for one in drawn])
    grown = symptoms.placebo_improvement(READ_H, placebo_share=1.0)
    improvement = arm.e_scale.value * np.outer(own_e, share) + np.outer(placebo, grown)
    expected = np.clip(baseline * (1.0 - improvement), 0.0, highest)
    observed = np.clip(expected + MADRS_NOISE_SD.value * z[:, 1:], 0.0, highest)
    return Scores(baseline=baseline[:, 0], expected=expected, observed=observed)


@cache
def _own(seed: int, index: int) -> tuple[float, ...]:
    """A person's baseline and reading noise, as standard normal numbers."""
    count = 1 + len(READ_H)
    return tuple(deviates(version="validation trial", seed=seed, index=index, session=0, count=count))


@cache
def _drawn(seed: int, index: int) -> Draw:
    return draw(TYPICAL, seed=seed, index=index, sessions=1)


def _when(datum: Datum) -> float:
    return datum.time_h or 0.0


def _mean_change(scores: Scores, time_h: float) -> float:
    return float((scores.at(time_h)[0] - scores.baseline).mean())


def _change(trial: Trial, datum: Datum) -> float:
    return _mean_change(trial.drug, _when(datum))


def _placebo_change(trial: Trial, datum: Datum) -> float:
    return _mean_change(trial.placebo, _when(datum))


def _difference(trial: Trial, datum: Datum) -> float:
    return _change(trial, datum) - _placebo_change(trial, datum)


def _sd(trial: Trial, datum: Datum) -> float:
    return float((trial.drug.at(_when(datum))[1] - trial.drug.baseline).std(ddof=1))


def _responded(scores: Scores, time_h: float) -> FloatArray:
    return np.asarray(scores.at(time_h)[1] <= scores.baseline / 2.0, dtype=np.float64)


def _response(trial: Trial, datum: Datum) -> float:
    return 100.0 * float(_responded(trial.drug, _when(datum)).mean())


def _relapse(trial: Trial, datum: Datum) -> float:
    """Of those who responded on day 3, the share with a high score at the later time."""
    responders = _responded(trial.drug, RESPONDED_AT_H) == 1.0
    return 100.0 * float((trial.drug.at(_when(datum))[1][responders] >= RELAPSED_FROM).mean())


TrialReading = Callable[[Trial, Datum], float]

TRIAL_READINGS: Final[Mapping[str, TrialReading]] = {
    "change": _change,
    "placebo_change": _placebo_change,
    "difference": _difference,
    "sd": _sd,
    "response": _response,
    "relapse": _relapse,
}
"""What can be read off a trial, by the name the tables use."""


def _arm(
    regimen: Regimen | None,
    *,
    person: Person = TYPICAL,
    baseline: float = MADRS_BASELINE.value,
    sd: float = 0.0,
    placebo: float | None = None,
    e_scale: Estimate = SINGLE_DOSE,
) -> Arm:
    return Arm(
        regimen=regimen,
        person=person,
        madrs_baseline=baseline,
        baseline_sd=sd,
        placebo_baseline=baseline if placebo is None else placebo,
        e_scale=e_scale,
    )


def _sprayed(devices: int, *days: float) -> Regimen:
    return repeated(nasal_devices(devices=devices), on_days=days or (0.0,))


def _once(drug: Drug, mg_per_kg: float) -> Regimen:
    return course(infused(drug, mg_per_kg))


def _racemate_on(*days: float) -> Regimen:
    return repeated(infused(Drug.RACEMATE, 0.5), on_days=days)


ARMS: Final[Mapping[str, Arm]] = MappingProxyType(
    {
        # Baselines: evidence.md 2.3 ES1. The second dose of the week is on day 4.
        "daly_0": _arm(None, person=PEREZ, baseline=35.0, sd=5.2),
        "daly_28": _arm(_sprayed(1, 0.0, 3.0), person=PEREZ, baseline=31.3, sd=3.8),
        "daly_56": _arm(_sprayed(2, 0.0, 3.0), person=PEREZ, baseline=33.2, sd=6.3),
        "daly_84": _arm(_sprayed(3, 0.0, 3.0), person=PEREZ, baseline=35.0, sd=4.2),
        "induction_28": _arm(_sprayed(1, *INDUCTION_DAYS), person=PEREZ, e_scale=PHASE_3),
        "induction_56": _arm(_sprayed(2, *INDUCTION_DAYS), person=PEREZ, e_scale=PHASE_3),
        "induction_84": _arm(_sprayed(3, *INDUCTION_DAYS), person=PEREZ, e_scale=PHASE_3),
        # evidence.md 2.3 ES2.
        "transform_3": _arm(
            _sprayed(3, *INDUCTION_DAYS), person=OLDER, baseline=35.5, sd=5.9, placebo=34.7, e_scale=PHASE_3
        ),
        # evidence.md 2.3 ES5.
        "aspire_1_single": _arm(_sprayed(3), person=PEREZ, baseline=41.3, placebo=41.0),
        "aspire_1_phase_3": _arm(_sprayed(3), person=PEREZ, baseline=41.3, placebo=41.0, e_scale=PHASE_3),
        "aspire_2_single": _arm(_sprayed(3), person=PEREZ, baseline=39.5, placebo=39.9),
        "aspire_2_phase_3": _arm(_sprayed(3), person=PEREZ, baseline=39.5, placebo=39.9, e_scale=PHASE_3),
        # evidence.md 2.1.1.
        "lii": _arm(_once(Drug.RACEMATE, 0.5), baseline=25.1, sd=8.3, placebo=29.9),
        "iv_single_trial": _arm(_once(Drug.RACEMATE, 0.5)),
        "salloum_0.1": _arm(_once(Drug.RACEMATE, 0.1)),
        "salloum_0.5": _arm(_once(Drug.RACEMATE, 0.5)),
        "salloum_1": _arm(_once(Drug.RACEMATE, 1.0)),
        # evidence.md 2.2 RP3: baseline about 35, recalled. Read on day 15.
        "singh_twice": _arm(_racemate_on(0.0, 3.0, 7.0, 10.0), baseline=35.0),
        "singh_thrice": _arm(_racemate_on(0.0, 2.0, 4.0, 7.0, 9.0, 11.0), baseline=35.0),
        "karma": _arm(_racemate_on(*INDUCTION_DAYS)),
        "karma_phase_3": _arm(_racemate_on(*INDUCTION_DAYS), e_scale=PHASE_3),
        # evidence.md 2.1 SD2, SD6 and 2.2 RP1.
        "murrough": _arm(_once(Drug.RACEMATE, 0.5), baseline=32.6, sd=6.1, placebo=31.1),
        "singh_esk_0.2": _arm(_once(Drug.ESKETAMINE, 0.20)),
        "singh_esk_0.4": _arm(_once(Drug.ESKETAMINE, 0.40)),
        "murrough_b": _arm(_racemate_on(0.0)),
        "six_open": _arm(_racemate_on(0.0, 2.0, 4.0, 7.0, 9.0, 11.0)),
    }
)
"""Every arm that the tables name."""
