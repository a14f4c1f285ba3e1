"""Many bodies side by side: one row a person, one column a parameter of U1.

people = drawn_bodies(person, seed=7, start=0, count=10_000, sessions=8)
people.column("s_cl_l_h").mean()
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology import chance
from ajar.pharmacology.chance import BLOCKS_A_SESSION, BLOCKS_A_SUBJECT, LARGEST_INDEX, log_sd
from ajar.pharmacology.estimates import Estimate
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes import draws
from ajar.pharmacology.lanes.draws import ADDED, LOG_NORMAL, ON_LOGIT
from ajar.pharmacology.lanes.propagate import DISPOSITION
from ajar.pharmacology.person import Person
from ajar.pharmacology.u1 import acute_table, slow_table
from ajar.pharmacology.u1.absorption import Uptake
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.disposition import Disposition, Option
from ajar.pharmacology.u1.individual import Individual, typical_individual
from ajar.pharmacology.u1.parameters import (
    CADSS_RESPONSE_CORRELATION,
    CL_V1_CORRELATION,
    INTRAMUSCULAR,
    MODEL_ID,
    MUCOSA,
    NASAL,
    S_DISPOSITION,
    SWALLOWED,
    VERSION,
)
from ajar.pharmacology.u1.population import PERSON_DEVIATES, SESSION_DEVIATES, SPREAD_DISPOSITION, Draw

SENSITIVITY: Final = tuple(part.name for part in fields(Sensitivity))
UPTAKE: Final = (*(part.name for part in fields(Uptake)), "pressure_day")
"""The columns of `Bodies.uptakes`: what a session may have of its own, as `Uptake`, and
`Individual.pressure_in`."""

COLUMNS: Final = (
    *(f"s_{name}" for name in DISPOSITION),
    *(f"r_{name}" for name in DISPOSITION),
    *SENSITIVITY,
    "response_e",
    "placebo_logit_shift",
)
"""The columns of `Bodies.values`. Names and units as in `Disposition` and `Sensitivity`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bodies:
    """n people: `values` [n, COLUMNS] and `uptakes` [n, sessions, UPTAKE]; the last session stands for later
    ones.
    """

    values: FloatArray
    uptakes: FloatArray

    def __post_init__(self) -> None:
        people = len(self.values)
        if self.values.shape != (people, len(COLUMNS)):
            raise ValueError(f"Bodies have {len(COLUMNS)} columns, got an array of {self.values.shape}.")
        sessions = self.uptakes.shape[1] if self.uptakes.ndim == 3 else 0
        if sessions < 1 or self.uptakes.shape != (people, sessions, len(UPTAKE)):
            raise ValueError(
                f"{people} bodies absorb in at least one session, by {len(UPTAKE)} parameters; "
                f"got an array of {self.uptakes.shape}."
            )

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> FloatArray:
        """One parameter of everyone [n].

        Raises:
            KeyError: no such column; the message lists them.
        """
        if name not in COLUMNS:
            raise KeyError(f"There is no column {name!r}; there are: {', '.join(COLUMNS)}.")
        return self.values[:, COLUMNS.index(name)]

    def uptake(self, name: str, *, session: int) -> FloatArray:
        """One parameter of everyone's absorption in a session counted from 0 [n]."""
        return self.uptakes[:, min(session, self.uptakes.shape[1] - 1), UPTAKE.index(name)]

    @property
    def dispositions(self) -> FloatArray:
        """What each body does with S and with R [n, 2, DISPOSITION]."""
        both = self.values[:, : 2 * len(DISPOSITION)]
        return np.ascontiguousarray(both).reshape(len(self), 2, len(DISPOSITION))

    def some(self, rows: slice | NDArray[np.intp]) -> Self:
        """Some of these people."""
        return type(self)(values=self.values[rows], uptakes=self.uptakes[rows])


def bodies_of(people: Sequence[Individual | Draw]) -> Bodies:
    """Bodies of individuals, or of draws; an individual's symptoms answer as the typical person's.

    Raises:
        ValueError: nobody, or people with different numbers of sessions.
    """
    individuals = [one.individual if isinstance(one, Draw) else one for one in people]
    answers = [
        [one.response_e, one.placebo_logit_shift]
        if isinstance(one, Draw)
        else [slow_table.RESPONSE_E.value, 0.0]
        for one in people
    ]
    sessions = {max(len(one.uptakes), len(one.pressure_days)) for one in individuals}
    if len(sessions) != 1:
        raise ValueError(f"Bodies have one number of sessions and there is somebody, got {sorted(sessions)}.")
    return Bodies(
        values=np.array([[*_row(one), *answer] for one, answer in zip(individuals, answers, strict=True)]),
        uptakes=np.array([[_day(one, day) for day in range(*sessions)] for one in individuals]),
    )


def _row(one: Individual) -> list[float]:
    both = _parts(one.s, DISPOSITION) + _parts(one.r, DISPOSITION)
    return [*both, *_parts(one.sensitivity, SENSITIVITY)]


def _day(one: Individual, session: int) -> list[float]:
    return [*_parts(one.uptake_in(session), UPTAKE[:-1]), one.pressure_in(session)]


def _parts(whole: Disposition | Sensitivity | Uptake, names: tuple[str, ...]) -> list[float]:
    return [float(getattr(whole, name)) for name in names]


def typical_bodies(
    person: Person, *, options: AbstractSet[Option] = frozenset(), count: int = 1, sessions: int = 1
) -> Bodies:
    """So many copies of the typical person of this description, to be changed or given different doses."""
    one = bodies_of([typical_individual(person, options=options)])
    return Bodies(
        values=np.repeat(one.values, count, axis=0),
        uptakes=np.tile(one.uptakes, (count, sessions, 1)),
    )


def drawn_bodies(
    person: Person,
    *,
    seed: int,
    start: int,
    count: int,
    sessions: int,
    options: AbstractSet[Option] = frozenset(),
) -> Bodies:
    """Numbers `start` to `start + count - 1` of the people who look like this person: those of
    `u1.population.draw`.

    Only absorption and the pressure of the day differ between sessions; a course of infusions is the same
    with one.

    Raises:
        ValueError: nobody, fewer than one session, or a seed or index out of range.
    """
    _refuse(seed, start, count, sessions)
    version = f"{MODEL_ID} {VERSION}|{seed}"
    digest = blake2b(version.encode(), digest_size=16).digest()
    bodies = typical_bodies(person, options=options, count=count, sessions=sessions)
    bodies.column("placebo_logit_shift")[:] = slow_table.PLACEBO_LOGIT_SHIFT.value
    draws.draw_people(
        np.frombuffer(digest, dtype="<u8").astype(np.uint64),
        start,
        BLOCKS_A_SESSION,
        MIXES,
        BODY_MOVES,
        UPTAKE_MOVES,
        DAY_MOVES,
        RESISTANCE,
        bodies.values,
        bodies.uptakes,
    )
    return bodies


def _refuse(seed: int, start: int, count: int, sessions: int) -> None:
    chance.deviates(version="", seed=seed, index=start, session=0, count=0)
    if count < 1 or start + count - 1 > LARGEST_INDEX:
        raise ValueError(f"A draw is of at least one person up to number {LARGEST_INDEX}, got {count}.")
    if not 1 <= sessions < BLOCKS_A_SUBJECT // BLOCKS_A_SESSION:
        raise ValueError(f"A draw is for at least one session, got {sessions}.")


def _move(columns: tuple[str, ...], column: str, deviate: str, law: int, sd: float) -> tuple[float, ...]:
    return (columns.index(column), PERSON_DEVIATES.index(deviate), law, sd)


def _spread(estimate: Estimate) -> float:
    """As `u1.population`: the SD of the logarithm; 0.0 where the source gives no spread."""
    return log_sd(estimate.between_subject_cv or 0.0)


def _body_moves() -> list[tuple[float, ...]]:
    cv = {"c50_ng_ml": ("c50", acute_table.C50_NG_ML), "response_e": ("response_e", slow_table.RESPONSE_E)}
    cv["cadss_maximum"] = ("cadss_maximum", acute_table.CADSS_MAXIMUM)
    cv |= {
        f"{part}_maximum_mmhg": ("pressure", acute_table.SYSTOLIC_MAXIMUM)
        for part in ("systolic", "diastolic")
    }
    cv |= {f"{e}_{name}": (name, S_DISPOSITION[name]) for e in "sr" for name in SPREAD_DISPOSITION}
    sd = {
        "heart_rate_maximum_per_min": ("heart_rate", acute_table.HEART_RATE_MAXIMUM),
        "sedation_logit": ("sedation", acute_table.SEDATION_LOGIT),
        "nausea_logit": ("nausea", acute_table.NAUSEA_LOGIT),
        "placebo_logit_shift": ("placebo", slow_table.PLACEBO_LOGIT_SHIFT),
    }
    lost = acute_table.ATTENUATED_SHARE
    lost_sd = (lost.between_subject_cv or 0.0) / (1.0 - lost.value)
    return [
        *(_move(COLUMNS, column, z, LOG_NORMAL, _spread(of)) for column, (z, of) in cv.items()),
        *(_move(COLUMNS, column, z, ADDED, of.between_subject_sd or 0.0) for column, (z, of) in sd.items()),
        _move(COLUMNS, "attenuated_share", "attenuated_share", ON_LOGIT, lost_sd),
    ]


def _uptake_moves() -> list[tuple[float, ...]]:
    logit = {
        "muscle_share": ("muscle_share", INTRAMUSCULAR["absorbed_share"]),
        "escapes_liver_s": ("escapes_liver", SWALLOWED["escapes_liver_s"]),
        "escapes_liver_r": ("escapes_liver", SWALLOWED["escapes_liver_r"]),
        "nasal_share": ("nasal_share", NASAL["absorbed_share"]),
    }
    cv = {
        "muscle_ka_per_h": ("muscle_ka", INTRAMUSCULAR["ka_per_h"]),
        "kg_per_h": ("kg", SWALLOWED["kg_per_h"]),
        "nasal_ka_per_h": ("nasal_ka", NASAL["ka_per_h"]),
        "nasal_kg_per_h": ("nasal_kg", NASAL["kg_per_h"]),
    }
    mouth_sd = MUCOSA["uptake_per_min"].between_subject_logit_sd or 0.0
    return [
        *(_move(UPTAKE, c, z, ON_LOGIT, of.between_subject_logit_sd or 0.0) for c, (z, of) in logit.items()),
        *(_move(UPTAKE, c, z, LOG_NORMAL, _spread(of)) for c, (z, of) in cv.items()),
        _move(UPTAKE, "mucosal_logit_shift", "mucosal_share", ADDED, mouth_sd),
    ]


def _day_moves() -> list[tuple[float, ...]]:
    varies = {
        "mucosal_uptake_per_min": ("mucosal_uptake", MUCOSA["uptake_per_min"]),
        "kg_per_h": ("kg", SWALLOWED["kg_per_h"]),
        "pressure_day": ("pressure", acute_table.PRESSURE_ON_THE_DAY),
    }
    return [
        (UPTAKE.index(column), SESSION_DEVIATES.index(z), LOG_NORMAL, log_sd(of.between_session_cv or 0.0))
        for column, (z, of) in varies.items()
    ]


BODY_MOVES: Final = np.array(_body_moves())
UPTAKE_MOVES: Final = np.array(_uptake_moves())
DAY_MOVES: Final = np.array(_day_moves())
MIXES: Final = np.array(
    [
        (PERSON_DEVIATES.index(moved), PERSON_DEVIATES.index(by), correlation.value)
        for moved, by, correlation in (
            ("v1_l", "cl_l_h", CL_V1_CORRELATION),
            ("response_e", "cadss_maximum", CADSS_RESPONSE_CORRELATION),
        )
    ]
)
RESISTANCE: Final = np.array(
    [
        COLUMNS.index("response_e"),
        PERSON_DEVIATES.index("resistant"),
        slow_table.RESISTANT_SHARE.value,
        slow_table.RESISTANT_FACTOR.value,
        len(PERSON_DEVIATES),
        len(SESSION_DEVIATES),
    ]
)
"""`u1.population.draw` as data for the compiled loop; the tests hold the two to the same people."""
