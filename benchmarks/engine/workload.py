"""The two tasks: who, which doses, which points, what is right, and how far an answer is off."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.acute import MOLAR, NAMES
from ajar.pharmacology.lanes.bodies import Bodies, drawn_bodies
from ajar.pharmacology.lanes.courses import CourseSymptoms
from ajar.pharmacology.lanes.propagate import DISPOSITION
from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen, intravenous, repeated
from ajar.pharmacology.simulate import minutes
from ajar.pharmacology.u1 import slow_table as table
from ajar.pharmacology.u1.pk import concentrations
from ajar.pharmacology.u1.population import draw
from ajar.pharmacology.u1.symptoms import Symptoms
from benchmarks.engine.equations import COURSE, FEW, RATES, SESSION, System

PERSON: Final = Person(weight_kg=70.0)
SEED: Final = 2026
DOSE_MG: Final = 35.0
OVER_H: Final = 40.0 / 60.0
BOOSTER_DAYS: Final = tuple(52.0 + 28.0 * month for month in range(6))
DOSE_DAYS: Final = (0.0, 3.0, 7.0, 10.0, 14.0, 17.0, 21.0, 24.0, *BOOSTER_DAYS)
"""Twice a week for four weeks, then six monthly boosters."""

LAST_DAY: Final = 32 * 7
SYMPTOMS: Final = Symptoms(madrs_baseline=32.0, response_e=1.0, placebo_share=0.17, stress=0.0)
FEW_OUTPUTS: Final = ("ketamine_venous_ng_ml", "norketamine_ng_ml", "effect_site_ng_ml")
JUDGED: Final = 8
"""People whose answers are compared with the reference."""

FLOOR: Final = 1e-3
"""Errors count against a value, or a thousandth of the output's highest value where that is more."""

INFUSION: Final = intravenous(drug=Drug.RACEMATE, amount_mg=DOSE_MG, duration_h=OVER_H)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """From one dose event to the next: the infusion runs or not, and where the solver stops to be read.

    `times_h` begins and ends with the events; `rows` are the outputs' rows at those times, -1: none.
    """

    running: bool
    times_h: FloatArray
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Task:
    """One workload: equations, doses, points, people, which states are read, and what they are read for."""

    name: str
    system: System
    regimen: Regimen
    times_h: FloatArray
    pieces: tuple[Piece, ...]
    read: tuple[str, ...]
    outputs: tuple[str, ...]
    bodies: Bodies
    parameters: FloatArray

    @property
    def rows(self) -> NDArray[np.int64]:
        """Which states are read."""
        return np.array([self.system.states.index(state) for state in self.read], dtype=np.int64)


def pieces_of(regimen: Regimen, times_h: FloatArray) -> tuple[Piece, ...]:
    """Between the starts and ends of the infusions, restarting at each."""
    starts = [event.start_h for event in regimen.events]
    edges = np.unique([*starts, *(start_h + OVER_H for start_h in starts), times_h[0], times_h[-1]])
    edges = edges[edges <= times_h[-1]]
    made = []
    for from_h, until_h in pairwise(edges.tolist()):
        inside = np.flatnonzero((times_h > from_h + 1e-9) & (times_h < until_h - 1e-9))
        ends = [_row_at(times_h, edge_h) for edge_h in (from_h, until_h)]
        made.append(
            Piece(
                running=bool(np.isclose(starts, from_h).any()),
                times_h=np.concatenate([[from_h], times_h[inside], [until_h]]),
                rows=np.concatenate([ends[:1], inside, ends[1:]]).astype(np.int64),
            )
        )
    return tuple(made)


def _row_at(times_h: FloatArray, at_h: float) -> int:
    near = np.flatnonzero(np.abs(times_h - at_h) < 1e-9)
    return int(near[0]) if len(near) else -1


def parameters_of(bodies: Bodies, system: System) -> FloatArray:
    """Everyone's parameters of a system [n, parameters]; the infusion's rates come first."""
    both = bodies.dispositions
    columns = {"rate_s": np.full(len(bodies), DOSE_MG / OVER_H / 2.0)}
    columns["rate_r"] = columns["rate_s"]
    for row, enantiomer in enumerate("sr"):
        one = {name: both[:, row, column] for column, name in enumerate(DISPOSITION)}
        columns |= {f"{name}_{enantiomer}": formula(one) for name, formula in RATES.items()}
    return np.ascontiguousarray(np.stack([columns[name] for name in system.parameters], axis=1))


def session_task(people: int) -> Task:
    """IV racemate 35 mg over 40 min, 24 h by the minute, ten outputs."""
    regimen, times_h = repeated(INFUSION, on_days=[0.0]), minutes(hours=24.0)
    read = tuple(f"{state}_{e}" for e in "sr" for state in ("A1", "Cv", "N1", "H1", "Ce"))
    return _task("session", SESSION, regimen, times_h, read, NAMES, people)


def few_task(people: int) -> Task:
    """The same session for three outputs, each the sum of both enantiomers; peers hand over the six."""
    regimen, times_h = repeated(INFUSION, on_days=[0.0]), minutes(hours=24.0)
    read = tuple(f"{state}_{e}" for e in "sr" for state in ("Cv", "N1", "Ce"))
    return _task("few", FEW, regimen, times_h, read, FEW_OUTPUTS, people)


def course_task(people: int) -> Task:
    """The same dose 14 times in 32 weeks, MADRS every day."""
    regimen = repeated(INFUSION, on_days=list(DOSE_DAYS))
    times_h = np.linspace(0.0, LAST_DAY * 24.0, LAST_DAY + 1)
    return _task("course", COURSE, regimen, times_h, ("S", "F", "A"), ("madrs",), people)


def _task(
    name: str,
    system: System,
    regimen: Regimen,
    times_h: FloatArray,
    read: tuple[str, ...],
    outputs: tuple[str, ...],
    people: int,
) -> Task:
    bodies = drawn_bodies(PERSON, seed=SEED, start=0, count=people, sessions=1)
    return Task(
        name=name,
        system=system,
        regimen=regimen,
        times_h=times_h,
        pieces=pieces_of(regimen, times_h),
        read=read,
        outputs=outputs,
        bodies=bodies,
        parameters=parameters_of(bodies, system),
    )


def shown(task: Task, states: FloatArray) -> FloatArray:
    """The outputs [n, outputs, times] from the states that a peer read [n, times, read]."""
    some = task.bodies.some(slice(0, len(states)))
    if task.name != "course":
        scales = np.stack([_scale(state, some) for state in task.read], axis=1)
        both = np.moveaxis(states, 2, 1) * scales[:, :, np.newaxis]
        half = len(task.read) // 2
        return both if task.name == "session" else both[:, :half] + both[:, half:]
    s, f, a = (states[:, :, row] for row in range(3))
    drug = table.CIRCUIT_WEIGHT.value * f + table.SYNAPSE_WEIGHT.value * s + table.MOOD_WEIGHT.value * a
    theirs = CourseSymptoms.of(SYMPTOMS, some)
    reached = 1.0 - np.exp(-task.times_h / table.PLACEBO_TIME.value)
    improved = theirs.response_e[:, np.newaxis] * drug + theirs.placebo_share[:, np.newaxis] * reached
    return np.clip(SYMPTOMS.madrs_baseline * (1.0 - improved), 0.0, 60.0)[:, np.newaxis, :]


def _scale(state: str, some: Bodies) -> FloatArray:
    """From a state to ng/mL."""
    kind, e = state.split("_")
    volumes = {"A1": ("v1_l", 0), "N1": ("vn1_l", 1), "H1": ("vh1_l", 2)}
    if kind not in volumes:
        return np.ones(len(some))
    volume, molar = volumes[kind]
    per_l: FloatArray = MOLAR[molar] / some.column(f"{e}_{volume}")
    return per_l


def session_reference(task: Task) -> FloatArray:
    """By the readable model: a matrix exponential at every point [JUDGED, outputs, times]."""
    everything = np.array([_readable(task, index) for index in range(JUDGED)])
    if task.name == "session":
        return everything
    rows = [NAMES.index(f"s_{name}") for name in task.outputs]
    both: FloatArray = everything[:, rows] + everything[:, [row + len(NAMES) // 2 for row in rows]]
    return both


def _readable(task: Task, index: int) -> list[FloatArray]:
    one = draw(PERSON, seed=SEED, index=index, sessions=1).individual
    both: Sequence[Enantiomer] = (Enantiomer.S, Enantiomer.R)
    seen = [concentrations(task.regimen, one, e, times_h=task.times_h) for e in both]
    return [
        values
        for c in seen
        for values in (
            c.arterial_ng_ml,
            c.venous_ng_ml,
            c.norketamine_ng_ml,
            c.hydroxynorketamine_ng_ml,
            c.effect_site_ng_ml,
        )
    ]


def error_of(task: Task, outputs: FloatArray, reference: FloatArray) -> float:
    """The largest error over people, points and outputs: relative for a session, of the scale for MADRS."""
    count = min(len(outputs), len(reference))
    off, true = np.abs(outputs[:count] - reference[:count]), np.abs(reference[:count])
    if task.name == "course":
        return float(off.max() / 60.0)
    floor = FLOOR * np.maximum(true.max(axis=(0, 2), keepdims=True), 1e-300)
    return float((off / (true + floor)).max())
