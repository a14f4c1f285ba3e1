"""Virtual trials: a regimen in as many people as asked, streamed.

People are drawn where they are simulated, by seed and number, and reduced there to counts: neither people nor
trajectories are sent or kept. The result does not depend on how the people were divided, on how many workers
shared them, or on who was ready first.

trial = simulate_population(
    repeated(infusion, on_days=[0, 3, 7, 10]), Person(weight_kg=70.0),
    people=1_000_000, seed=7, times_h=days, outputs=["madrs"], circumstances=..., workers=2,
)
trial["madrs"].quantiles[0.5]
trial.shares["response"]
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.course import Course
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import FEWEST_PEOPLE, QUANTILES, Band, Forecast, band_of
from ajar.pharmacology.members import Asked, curves_of, glanced
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.simulate import TYPICAL, Circumstances
from ajar.pharmacology.tally import LARGEST_COUNT, RELATIVE_ERROR, Kept, Summary, Tally
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.u1.symptoms import Symptoms

CHUNK_PEOPLE: Final = 10_000
"""People of a task: about a second of courses, long beside what handing it out and adding it up takes."""

BLOCK_PEOPLE: Final = 1_000
"""People whose curves are in memory at once in a worker."""

KEPT_PEOPLE: Final = 20_000
KEPT_NUMBERS: Final = 25_000_000
"""Up to so many people, and people times times times outputs (200 MB), quantiles are exact."""

TASKS_A_WORKER: Final = 2
"""Tasks handed out ahead, so that no worker waits and results do not pile up."""

RESPONSE_SHARE: Final = 0.5
"""Response is a fall of the score by half of its baseline (evidence.md, conventions, scales)."""

REMISSIONS: Final = (10.0, 12.0)
"""Studies call a MADRS of at most 10, or at most 12, remission (same place): both are counted, by name."""

Kind = type[Kept] | type[Tally]


class Cluster(Protocol):
    """What is asked of a `distributed.Client`."""

    def get_executor(self, **options: Any) -> Executor:
        """Its workers, as an executor."""
        ...

    def nthreads(self) -> Mapping[str, int]:
        """How many threads each worker has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """A population's outputs over time.

    `bands` and `means` by output; `peaks`: for each output the quantiles over people of each one's highest
    value at the times asked. `shares` [times] of people, where MADRS was asked for: `response` (at least half
    of the baseline gone), `remission_madrs_10` and `remission_madrs_12` (at most that score).
    `relative_error` is how far a quantile may be off, as a share of it: 0.0 where everyone was kept.
    """

    model_id: str
    model_version: str
    people: int
    seed: int
    bands: Mapping[str, Band]
    means: Mapping[str, FloatArray]
    peaks: Mapping[str, Mapping[float, float]]
    shares: Mapping[str, FloatArray]
    relative_error: float
    notes: tuple[str, ...]

    def __getitem__(self, name: str) -> Band:
        """The band of an output.

        Raises:
            KeyError: it was not asked for; the message lists what was.
        """
        return self.as_forecast()[name]

    def as_forecast(self) -> Forecast:
        """The bands alone, for whatever shows or writes forecasts."""
        return Forecast(
            model_id=self.model_id,
            model_version=self.model_version,
            people=self.people,
            seed=self.seed,
            bands=self.bands,
            notes=self.notes,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reduced:
    """What a chunk of people, or all of them, come down to."""

    curves: Mapping[str, Summary]
    peaks: Mapping[str, Summary]
    counts: Mapping[str, FloatArray]

    def absorb(self, other: "Reduced") -> None:
        """Take in another chunk."""
        for name, summary in self.curves.items():
            summary.absorb(other.curves[name])
            self.peaks[name].absorb(other.peaks[name])
        for name, more in other.counts.items():
            self.counts[name][:] += more


def _say_nothing(done: int, total: int) -> None:
    """Nobody waits for news."""


def simulate_population(
    regimen: Regimen,
    person: Person,
    *,
    people: int,
    seed: int,
    times_h: FloatArray,
    outputs: Sequence[str],
    circumstances: Circumstances = TYPICAL,
    workers: int = 1,
    cluster: Cluster | None = None,
    chunk_people: int = CHUNK_PEOPLE,
    told: Callable[[int, int], object] = _say_nothing,
) -> Population:
    """Quantiles, means and shares of people who look like this person, at each time.

    The work is done by threads of this process (the kernels let them run side by side), or on a cluster: a
    `distributed.Client`. `told(done, total)` hears how many people are done, from the calling thread.

    Raises:
        OutsideDomain: U1 does not know this route, product or amount.
        ValueError: too few people or workers, empty chunks, or times, a seed or outputs that make no sense.
        KeyError: an output that U1 does not have in these circumstances.
    """
    _refuse(people, workers, chunk_people)
    asked = Asked(
        regimen=regimen,
        person=person,
        seed=seed,
        times_h=times_h,
        outputs=tuple(outputs),
        circumstances=circumstances,
    )
    glance = glanced(asked)
    kind = _kind(asked, people)
    whole = _empty(asked, kind)
    with _executor(workers, cluster) as (executor, window):
        tasks = (
            executor.submit(reduce_chunk, asked, start, min(chunk_people, people - start), kind)
            for start in range(0, people, chunk_people)
        )
        done = 0
        for count, part in _as_ready(tasks, window):
            whole.absorb(part)
            done += count
            told(done, people)
    return _population(asked, people, whole, glance)


def _population(asked: Asked, people: int, whole: Reduced, glance: Course) -> Population:
    kept = any(isinstance(summary, Kept) for summary in whole.curves.values())
    return Population(
        model_id=MODEL_ID,
        model_version=VERSION,
        people=people,
        seed=asked.seed,
        bands={
            name: band_of(glance.curves[name], asked.times_h, summary.quantiles(QUANTILES))
            for name, summary in whole.curves.items()
        },
        means={name: summary.means() for name, summary in whole.curves.items()},
        peaks={name: _single(summary) for name, summary in whole.peaks.items()},
        shares={name: count / people for name, count in whole.counts.items()},
        relative_error=0.0 if kept else RELATIVE_ERROR,
        notes=glance.notes,
    )


def _refuse(people: int, workers: int, chunk_people: int) -> None:
    if not FEWEST_PEOPLE <= people <= LARGEST_COUNT:
        raise ValueError(
            f"A population has at least {FEWEST_PEOPLE} people and at most {LARGEST_COUNT}, got {people}."
        )
    if workers < 1:
        raise ValueError(f"A population is simulated by at least one worker, got {workers}.")
    if chunk_people < 1:
        raise ValueError(f"A chunk has at least one person, got {chunk_people}.")


def _kind(asked: Asked, people: int) -> Kind:
    """Decided by what is asked alone, so that the same question has the same answer."""
    numbers = people * len(asked.times_h) * len(asked.outputs)
    return Kept if people <= KEPT_PEOPLE and numbers <= KEPT_NUMBERS else Tally


@contextmanager
def _executor(workers: int, cluster: Cluster | None) -> Iterator[tuple[Executor, int]]:
    """Who does the work, and how many tasks they are given ahead. A cluster is left running."""
    if cluster is None:
        with ThreadPoolExecutor(workers) as threads:
            yield threads, TASKS_A_WORKER * workers
    else:
        yield cluster.get_executor(pure=False), TASKS_A_WORKER * sum(cluster.nthreads().values())


def _as_ready(tasks: Iterator["Future[tuple[int, Reduced]]"], window: int) -> Iterator[tuple[int, Reduced]]:
    """Results as they come, with no more than `window` tasks handed out at a time."""
    running = set(islice(tasks, window))
    while running:
        ready, running = wait(running, return_when=FIRST_COMPLETED)
        running |= set(islice(tasks, len(ready)))
        for one in ready:
            yield one.result()


def reduce_chunk(asked: Asked, start: int, count: int, kind: Kind) -> tuple[int, Reduced]:
    """Draw, simulate and reduce people `start` to `start + count - 1`, in the worker."""
    whole = _empty(asked, kind)
    for first in range(start, start + count, BLOCK_PEOPLE):
        seen = curves_of(asked, start=first, count=min(BLOCK_PEOPLE, start + count - first))
        for name, values in seen.items():
            whole.curves[name].add(values, start=first)
            whole.peaks[name].add(values.max(axis=1, keepdims=True), start=first)
        symptoms = asked.circumstances.symptoms
        if symptoms is not None and "madrs" in seen:
            for name, met in _met(seen["madrs"], symptoms).items():
                whole.counts[name][:] += met.sum(axis=0)
    return count, whole


def _met(madrs: FloatArray, symptoms: Symptoms) -> dict[str, NDArray[np.bool_]]:
    """Who meets which criterion at each time."""
    met = {"response": madrs <= (1.0 - RESPONSE_SHARE) * symptoms.madrs_baseline}
    return met | {f"remission_madrs_{most:.0f}": madrs <= most for most in REMISSIONS}


def _empty(asked: Asked, kind: Kind) -> Reduced:
    criteria = ("response", *(f"remission_madrs_{most:.0f}" for most in REMISSIONS))
    return Reduced(
        curves={name: kind() for name in asked.outputs},
        peaks={name: kind() for name in asked.outputs},
        counts={name: np.zeros(len(asked.times_h)) for name in criteria if "madrs" in asked.outputs},
    )


def _single(summary: Summary) -> dict[float, float]:
    """The quantiles of what each person has one of."""
    quantiles = summary.quantiles(QUANTILES)[:, 0].tolist()
    return dict(zip(QUANTILES, quantiles, strict=True))
