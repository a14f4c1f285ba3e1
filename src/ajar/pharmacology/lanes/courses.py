"""Courses of many people over weeks: the fast form of the slow chain of `u1.slow` and `u1.symptoms`.

people = drawn_bodies(person, seed=7, start=0, count=10_000, sessions=14)
seen = courses(
    regimen, people, symptoms=CourseSymptoms.of(Symptoms(...), people), times_h=days, outputs=("madrs",)
)
seen["madrs"]  # [people, times]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log
from typing import Final, Self

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes import chain
from ajar.pharmacology.lanes.acute import attenuations, sensitivity_of
from ajar.pharmacology.lanes.bodies import Bodies
from ajar.pharmacology.lanes.intake import Intake, intake_of
from ajar.pharmacology.lanes.planner import Plan, plan_of
from ajar.pharmacology.lanes.site import MODES, SHARED, people_sites
from ajar.pharmacology.lanes.walk import fill_courses
from ajar.pharmacology.molecules import KETAMINE_G_MOL
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1 import acute, acute_table, slow_table
from ajar.pharmacology.u1 import symptoms as scores
from ajar.pharmacology.u1.pk import NG_ML_PER_MG_L
from ajar.pharmacology.u1.slow import LN2, SAME_MOMENT_H
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.pharmacology.u1.weeks import NAMES

STATES: Final = {name: getattr(chain, state) for state, (name, _) in NAMES.items()} | {
    "potent_ng_ml": chain.C
}
"""The rows of the work space that can be asked for, by the names of U1's curves."""

SYMPTOM_STATES: Final = tuple(NAMES[state][0] for state in "SFA")
OUTPUTS: Final = (*STATES, "drug_improvement_share", "madrs", "madrs_change", "phq9")

MOST_STRESS: Final = 10.0
"""Above this what is gained is lost within hours, and the plan's steps of later weeks are too long."""

CERTIFIED: Final = 16
"""People of a certificate."""

BLOCK: Final = 512
"""People whose curves are worked on together: they stay in the second-level cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CourseSymptoms:
    """`u1.symptoms.Symptoms` of n people, an array [n] each."""

    madrs_baseline: FloatArray
    response_e: FloatArray
    placebo_share: FloatArray
    stress: FloatArray

    def __post_init__(self) -> None:
        people = {
            len(values) for values in (self.madrs_baseline, self.response_e, self.placebo_share, self.stress)
        }
        if len(people) != 1:
            raise ValueError(f"Symptoms have one number of people, got {sorted(people)}.")
        if not (self.stress <= MOST_STRESS).all():
            raise ValueError(f"Courses are computed for a stress of at most {MOST_STRESS:g}.")
        for edge in (np.min, np.max):
            Symptoms(
                madrs_baseline=float(edge(self.madrs_baseline)),
                response_e=float(edge(self.response_e)),
                placebo_share=float(edge(self.placebo_share)),
                stress=float(edge(self.stress)),
            )

    @classmethod
    def of(cls, shared: Symptoms, bodies: Bodies) -> Self:
        """The same symptoms in everyone, who answer by their own response and placebo share (as
        `simulate_member`).

        `shared.placebo_share` is the mean of people; where nobody has any, neither do these.
        """
        same, mean = np.ones(len(bodies)), shared.placebo_share
        logit = log(mean / (1.0 - mean)) if mean > 0 else -inf
        return cls(
            madrs_baseline=shared.madrs_baseline * same,
            response_e=shared.response_e * bodies.column("response_e"),
            placebo_share=1.0 / (1.0 + np.exp(-(logit + bodies.column("placebo_logit_shift")))),
            stress=shared.stress * same,
        )

    def some(self, rows: slice) -> Self:
        """Those of some of the people."""
        return type(self)(
            madrs_baseline=self.madrs_baseline[rows],
            response_e=self.response_e[rows],
            placebo_share=self.placebo_share[rows],
            stress=self.stress[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Courses:
    """`values` by output, [n, times] each; and of each session the highest potent concentration and its CADSS
    [n].
    """

    times_h: FloatArray
    values: Mapping[str, FloatArray]
    peaks_ng_ml: FloatArray
    cadss_peaks: FloatArray
    attenuations: FloatArray

    def __getitem__(self, name: str) -> FloatArray:
        """One output of everyone [n, times].

        Raises:
            KeyError: it was not asked for; the message lists what was.
        """
        if name not in self.values:
            raise KeyError(f"There is no output {name!r}; there are: {', '.join(self.values)}.")
        return self.values[name]


def courses(
    regimen: Regimen,
    bodies: Bodies,
    *,
    symptoms: CourseSymptoms,
    times_h: FloatArray,
    outputs: Sequence[str],
    halvings: int = 0,
) -> Courses:
    """A course of everyone, at any rising times; the plan's steps halved so many times.

    PHQ-9 recalls the scores at the times asked, as `u1.symptoms.recalled` does.

    Raises:
        KeyError: an output that is not in `OUTPUTS`.
        ValueError: symptoms of another number of people.
    """
    unknown = [name for name in outputs if name not in OUTPUTS]
    if unknown:
        raise KeyError(f"There is no output {unknown[0]!r}; there are: {', '.join(OUTPUTS)}.")
    if len(symptoms.stress) != len(bodies):
        raise ValueError(f"{len(bodies)} bodies need as many symptoms, got {len(symptoms.stress)}.")
    starts_h = [one.start_h for one in regimen.sessions if one.start_h < times_h[-1] - SAME_MOMENT_H]
    intake = intake_of(regimen, bodies)
    plan = plan_of(intake.moments_h, starts_h, times_h, halvings=halvings)
    rows = _rows(outputs)
    values = {name: np.empty((len(bodies), len(times_h))) for name in outputs}
    peaks = np.empty((len(bodies), len(starts_h)))
    since_h = times_h - regimen.sessions[0].start_h
    for first in range(0, len(bodies), BLOCK):
        some = slice(first, first + BLOCK)
        theirs = symptoms.some(some)
        states = _walked(plan, intake, bodies.some(some), some, theirs, rows, peaks[some])
        for name in outputs:
            values[name][some] = _output(name, states, theirs, since_h)
    body = sensitivity_of(bodies)
    left = attenuations(starts_h, body)
    return Courses(
        times_h=times_h,
        values=values,
        peaks_ng_ml=peaks,
        cadss_peaks=acute.cadss(peaks, body, attenuated=left),
        attenuations=left,
    )


def certify(
    regimen: Regimen, bodies: Bodies, *, symptoms: CourseSymptoms, times_h: FloatArray, outputs: Sequence[str]
) -> dict[str, float]:
    """The certificate of a plan: how far each output moves at most, in its unit, when every step is halved.

    The rule is of the fourth order where nothing bends, so most of what a plan errs by is in this. It takes
    the first `CERTIFIED` people.
    """
    some = slice(0, CERTIFIED)
    few, theirs = bodies.some(some), symptoms.some(some)
    once, twice = (
        courses(regimen, few, symptoms=theirs, times_h=times_h, outputs=outputs, halvings=halvings)
        for halvings in (0, 1)
    )
    return {name: float(np.abs(once[name] - twice[name]).max()) for name in outputs}


def _rows(outputs: Sequence[str]) -> list[str]:
    """The states that the outputs come from."""
    needed = [name for name in outputs if name in STATES]
    if len(needed) < len(outputs):
        needed += [name for name in SYMPTOM_STATES if name not in needed]
    return needed


def _walked(
    plan: Plan,
    intake: Intake,
    bodies: Bodies,
    some: slice,
    symptoms: CourseSymptoms,
    rows: Sequence[str],
    peaks: FloatArray,
) -> dict[str, FloatArray]:
    depots = np.ascontiguousarray(intake.depots[some])
    people, groups = len(bodies), depots.shape[2]
    rates, own = np.empty((people, 2, SHARED)), np.empty((people, groups, 3))
    weights = np.empty((people, 2, 1 + 2 * groups, MODES))
    people_sites(bodies.dispositions, depots, NG_ML_PER_MG_L, rates, own, weights)
    out = np.empty((people, len(rows), int(plan.asked.max()) + 1))
    losses = LN2 / slow_table.SYNAPSE_HALF_LIFE.value * (1.0 + symptoms.stress)
    fill_courses(
        plan.sizes,
        plan.sizes_h,
        plan.weights,
        np.exp(-LN2 / slow_table.CIRCUIT_HALF_LIFE.value * plan.sizes_h / 2.0),
        plan.events,
        plan.opened,
        plan.asked,
        intake.ports,
        intake.starts,
        intake.stops,
        np.ascontiguousarray(intake.amounts[some]),
        rates,
        own,
        weights,
        losses,
        numbers(),
        np.array([STATES[name] for name in rows], dtype=np.int64),
        out,
        peaks,
    )
    return {name: out[:, row] for row, name in enumerate(rows)}


def numbers() -> FloatArray:
    """The numbers of the model, in the order of `lanes.chain`, from the tables that hold them."""
    per_um = acute_table.UNBOUND_SHARE.value / KETAMINE_G_MOL
    return np.array(
        [
            acute_table.R_POTENCY.value,
            per_um / acute_table.S_NMDA_KI_UM.value,
            per_um / acute_table.R_NMDA_KI_UM.value,
            slow_table.GLUTAMATE_GAIN.value,
            slow_table.GLUTAMATE_ZERO_BLOCK.value,
            slow_table.GLUTAMATE_LEAST.value,
            slow_table.DRIVE_THRESHOLD.value,
            slow_table.TRANSLATION_HALF_DRIVE.value,
            slow_table.SYNAPSE_GAIN_PER_H.value,
            slow_table.CIRCUIT_GAIN_PER_H.value,
            LN2 / slow_table.CIRCUIT_HALF_LIFE.value,
            slow_table.MOOD_C50_NG_ML.value,
            slow_table.INFLAMMATION_FALL.value,
        ]
    )


def _output(
    name: str, states: Mapping[str, FloatArray], symptoms: CourseSymptoms, since_h: FloatArray
) -> FloatArray:
    """An output from the states, by `u1.symptoms`."""
    if name in STATES:
        return states[name]
    letters = {state: states[NAMES[state][0]] for state in "SFA"}
    each = {
        part: getattr(symptoms, part)[:, np.newaxis]
        for part in ("madrs_baseline", "response_e", "placebo_share")
    }
    improvement = scores.drug_improvement(letters, response_e=each["response_e"])
    if name == "drug_improvement_share":
        return improvement
    placebo = scores.placebo_improvement(since_h, placebo_share=each["placebo_share"])
    total: FloatArray = scores.madrs(improvement + placebo, baseline=each["madrs_baseline"])
    if name == "madrs":
        return total
    if name == "madrs_change":
        change: FloatArray = total - each["madrs_baseline"]
        return change
    recalled = [
        scores.recalled(since_h, one, baseline=float(baseline))
        for one, baseline in zip(total, symptoms.madrs_baseline, strict=True)
    ]
    return scores.phq9(np.array(recalled))
