"""The improvement that a course brings to somebody who answers as strongly as 1, for scores to be made of.

The chain does not depend on how symptoms answer, so it is run once a fit. The compiled kernels run it
(imported when first asked, so that this module does not import a compiler); the readable chain judges them.
"""

import importlib
from typing import Final, Protocol

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.model import Circumstances, course_of
from ajar.pharmacology.u1.symptoms import MADRS_MOST, Symptoms

KERNELS: Final = "ajar.pharmacology.lanes.courses"
BODIES: Final = "ajar.pharmacology.lanes.bodies"
OUTPUT: Final = "drug_improvement_share"

AFTER_A_DOSE_H: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0, 12.0, 18.0)
"""Where a score is looked at after each session: what moves within a day moves by these hours."""

EVERY_H: Final = 12.0
"""And at any other time, for PHQ-9 to be averaged over: half-lives are 36 h and more by then."""


class Improvement(Protocol):
    """Runs the chain: share of the symptoms that the drug takes away, at rising times."""

    def __call__(
        self, regimen: Regimen, individual: Individual, *, times_h: FloatArray, stress: float
    ) -> FloatArray:
        """The share [times]; it is zero until the first dose."""
        ...


def score_times(regimen: Regimen, at_h: FloatArray) -> FloatArray:
    """Where scores are worked out, so that those at `at_h` can be averaged over the weeks before."""
    last_h = float(at_h.max())
    starts_h = [session.start_h for session in regimen.sessions]
    looked = [at_h, *(start_h + np.array(AFTER_A_DOSE_H) for start_h in starts_h)]
    looked.append(np.arange(min(starts_h[0], float(at_h.min())), last_h, EVERY_H))
    together = np.unique(np.concatenate(looked).round(9))
    return together[together <= last_h + 1e-9]


def readable(regimen: Regimen, individual: Individual, *, times_h: FloatArray, stress: float) -> FloatArray:
    """By the readable chain. It takes seconds for a course of weeks."""
    symptoms = _alone(stress)
    seen = course_of(regimen, individual, times_h=times_h, circumstances=Circumstances(symptoms=symptoms))
    return seen[OUTPUT]


def compiled(regimen: Regimen, individual: Individual, *, times_h: FloatArray, stress: float) -> FloatArray:
    """By the kernels, where they take this much stress; otherwise readably."""
    kernels, bodies = importlib.import_module(KERNELS), importlib.import_module(BODIES)
    if stress > kernels.MOST_STRESS:
        return readable(regimen, individual, times_h=times_h, stress=stress)
    one = np.ones(1)
    seen = kernels.courses(
        regimen,
        bodies.bodies_of([individual]),
        symptoms=kernels.CourseSymptoms(
            madrs_baseline=MADRS_MOST * one, response_e=one, placebo_share=0.0 * one, stress=stress * one
        ),
        times_h=times_h,
        outputs=(OUTPUT,),
    )
    share: FloatArray = seen[OUTPUT][0]
    return share


def _alone(stress: float) -> Symptoms:
    return Symptoms(madrs_baseline=MADRS_MOST, response_e=1.0, placebo_share=0.0, stress=stress)
