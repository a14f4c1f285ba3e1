"""Acute effects in a seeded population: what a share or a mean of a trial is compared with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.calibration.datum import Datum
from ajar.pharmacology.chance import deviates
from ajar.pharmacology.course import Course
from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.simulate import Circumstances, simulate_member
from ajar.pharmacology.u1 import acute
from ajar.pharmacology.u1.population import draw
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.pharmacology.validation.scenarios import Scenario

TIMES_H: Final = np.arange(49) / 12.0
"""Each 5 min for 4 h: a session and the observation after it."""

SESSIONS_OF_INDUCTION: Final = 8
"""Twice a week for four weeks (pharmacology.md 2.4)."""

SESSIONS_OF_WEEK_1: Final = 2

CUFF_SYSTOLIC_SD: Final = Estimate(
    value=6.0, unit="mm[Hg]", source="pharmacology.md 4.2, vitals observed: noise", tag=Tag.H
)
CUFF_DIASTOLIC_SD: Final = Estimate(
    value=5.0, unit="mm[Hg]", source="pharmacology.md 4.2, vitals observed: noise", tag=Tag.H
)
CUFF_TIMES_H: Final = (40.0 / 60.0, 1.5)
"""When a cuff is read after the spray in trials (pharmacology.md 2.3: at 40 min and within 1.5 h)."""
LARGE_SYSTOLIC_MMHG: Final = 40.0
LARGE_DIASTOLIC_MMHG: Final = 25.0
"""The rises that the label counts (pharmacology.md 2.3)."""
CADSS_NOTABLE: Final = 4.0
"""Trials count a CADSS above this (pharmacology.md 2.2)."""
CADSS_READ_H: Final = 40.0 / 60.0
"""When CADSS is read after an infusion begins (pharmacology.md 2.2)."""


WITH_SYMPTOMS: Final = Circumstances(
    symptoms=Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=0.0)
)
"""With symptoms, so that each person's improvement has their own response E; the share that the drug takes
away does not depend on the baseline (pharmacology.md 6 uses 33)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """One session in many people who differ: their courses on `TIMES_H`, in order of their index."""

    scenario: Scenario
    seed: int
    courses: tuple[Course, ...]

    @property
    def people(self) -> int:
        """How many they are."""
        return len(self.courses)

    def curves(self, output: str) -> FloatArray:
        """One output: a row a person, a column a time."""
        return np.stack([one[output] for one in self.courses])


def crowd_of(scenario: Scenario, *, people: int, seed: int) -> Crowd:
    """The first session of this many people drawn around the person of a scenario."""
    courses = tuple(
        simulate_member(
            scenario.regimen,
            scenario.person,
            seed=seed,
            index=index,
            times_h=TIMES_H,
            circumstances=WITH_SYMPTOMS,
        )
        for index in range(people)
    )
    return Crowd(scenario=scenario, seed=seed, courses=courses)


def _curves(crowd: Crowd, datum: Datum) -> FloatArray:
    return crowd.curves(datum.computed.output if datum.computed else "")


def _column(time_h: float | None) -> int:
    return int(np.abs(TIMES_H - (time_h or 0.0)).argmin())


def _mean_at(crowd: Crowd, datum: Datum) -> float:
    return float(_curves(crowd, datum)[:, _column(datum.time_h)].mean())


def _sd_at(crowd: Crowd, datum: Datum) -> float:
    return float(_curves(crowd, datum)[:, _column(datum.time_h)].std(ddof=1))


def _mean_peak(crowd: Crowd, datum: Datum) -> float:
    return float(_curves(crowd, datum).max(axis=1).mean())


def _tmax_of_mean_min(crowd: Crowd, datum: Datum) -> float:
    return float(TIMES_H[_curves(crowd, datum).mean(axis=0).argmax()] * 60.0)


def _share_peak_above_4(crowd: Crowd, datum: Datum) -> float:
    return 100.0 * float((_curves(crowd, datum).max(axis=1) > CADSS_NOTABLE).mean())


def _correlation_with_cadss(crowd: Crowd, datum: Datum) -> float:
    dissociation = crowd.curves("cadss")[:, _column(CADSS_READ_H)]
    return float(np.corrcoef(dissociation, _curves(crowd, datum)[:, _column(datum.time_h)])[0, 1])


def cuff_rises(crowd: Crowd) -> tuple[FloatArray, FloatArray]:
    """Systolic and diastolic rises as a cuff finds them: people x sessions x readings, mmHg.

    The drug's rise of the first session, as the person answers on each day; with the noise of each reading
    and of the one before the spray, which also has the rise of being about to be dosed.
    """
    columns = [_column(time_h) for time_h in CUFF_TIMES_H]
    days = _pressure_days(crowd)[..., np.newaxis]
    noise = _cuff_noise(crowd.people, crowd.seed)
    calmed = acute.anticipatory_systolic_mmhg(np.array([0.0, *CUFF_TIMES_H]))
    drug_systolic, drug_diastolic = (
        days * crowd.curves(output)[:, np.newaxis, columns] for output in ("sbp_rise_mmhg", "dbp_rise_mmhg")
    )
    systolic = drug_systolic + CUFF_SYSTOLIC_SD.value * _between_readings(noise[..., 0])
    diastolic = drug_diastolic + CUFF_DIASTOLIC_SD.value * _between_readings(noise[..., 1])
    return systolic + (calmed[1:] - calmed[0]), diastolic


def _pressure_days(crowd: Crowd) -> FloatArray:
    """How strongly each person's pressure answers in each session, over the first: people x sessions."""
    sessions = SESSIONS_OF_INDUCTION
    days = [
        draw(crowd.scenario.person, seed=crowd.seed, index=index, sessions=sessions).individual.pressure_days
        for index in range(crowd.people)
    ]
    answers: FloatArray = np.array(days)
    over_first: FloatArray = answers / answers[:, :1]
    return over_first


def _between_readings(noise: FloatArray) -> FloatArray:
    difference: FloatArray = noise[..., 1:] - noise[..., :1]
    return difference


def _cuff_noise(people: int, seed: int) -> FloatArray:
    """Standard normal numbers: people x sessions x readings (the first before the spray) x two pressures."""
    shape = (SESSIONS_OF_INDUCTION, 1 + len(CUFF_TIMES_H), 2)
    count = int(np.prod(shape))
    drawn = [
        deviates(version="validation cuff", seed=seed, index=index, session=0, count=count)
        for index in range(people)
    ]
    return np.array(drawn).reshape(people, *shape)


def _share_ever(*large: NDArray[np.bool_]) -> float:
    ever = np.logical_or.reduce([each.any(axis=(1, 2)) for each in large])
    return 100.0 * float(ever.mean())


def _share_systolic_rise(crowd: Crowd, _datum: Datum) -> float:
    return _share_ever(cuff_rises(crowd)[0] >= LARGE_SYSTOLIC_MMHG)


def _share_diastolic_rise(crowd: Crowd, _datum: Datum) -> float:
    return _share_ever(cuff_rises(crowd)[1] >= LARGE_DIASTOLIC_MMHG)


def _share_large_pressure_rise(crowd: Crowd, _datum: Datum) -> float:
    systolic, diastolic = cuff_rises(crowd)
    return _share_ever(systolic >= LARGE_SYSTOLIC_MMHG, diastolic >= LARGE_DIASTOLIC_MMHG)


def _nausea_ever(probabilities: Sequence[float], sessions: int) -> float:
    """Share with it at least once, where a person's sessions are alike and independent given the person."""
    return 100.0 * float(np.mean(1.0 - (1.0 - np.asarray(probabilities)) ** sessions))


def _with_drug(crowd: Crowd) -> list[float]:
    return [one.sessions[0].nausea_probability for one in crowd.courses]


def _share_nausea_8_sessions(crowd: Crowd, _datum: Datum) -> float:
    return _nausea_ever(_with_drug(crowd), SESSIONS_OF_INDUCTION)


def _share_nausea_2_sessions(crowd: Crowd, _datum: Datum) -> float:
    return _nausea_ever(_with_drug(crowd), SESSIONS_OF_WEEK_1)


def _share_nausea_8_sessions_without_drug(crowd: Crowd, _datum: Datum) -> float:
    none = np.zeros(1)
    alone = []
    for index in range(crowd.people):
        body = draw(crowd.scenario.person, seed=crowd.seed, index=index, sessions=1).individual.sensitivity
        logit = acute.nausea_logit(body, nausea_before=False, antiemetic=False)
        alone.append(float(acute.nausea_probability(none, logit=logit)[0]))
    return _nausea_ever(alone, SESSIONS_OF_INDUCTION)


CrowdReading = Callable[[Crowd, Datum], float]

CROWD_READINGS: Final[Mapping[str, CrowdReading]] = {
    "mean_at": _mean_at,
    "sd_at": _sd_at,
    "mean_peak": _mean_peak,
    "tmax_of_mean_min": _tmax_of_mean_min,
    "share_peak_above_4": _share_peak_above_4,
    "correlation_with_cadss": _correlation_with_cadss,
    "share_large_pressure_rise": _share_large_pressure_rise,
    "share_systolic_rise": _share_systolic_rise,
    "share_diastolic_rise": _share_diastolic_rise,
    "share_nausea_8_sessions": _share_nausea_8_sessions,
    "share_nausea_2_sessions": _share_nausea_2_sessions,
    "share_nausea_8_sessions_without_drug": _share_nausea_8_sessions_without_drug,
}
"""What can be read off a population in one session, by the name the tables use."""
