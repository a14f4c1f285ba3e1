"""A virtual trial of a million people, in a process of its own so that its memory is its own.

    python -m benchmarks.engine.million threads 1000000
    python -m benchmarks.engine.million cluster 1000000

Prints seconds, seconds of the processors of this process, and its largest memory in MB: two threads here, or
two workers of dask.distributed, each with one thread.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Final

from ajar.pharmacology.populations import CHUNK_PEOPLE, Cluster, Population, simulate_population
from ajar.pharmacology.simulate import Circumstances
from benchmarks.engine.workload import PERSON, SEED, SYMPTOMS, course_task

WARMING: Final = 40_000
"""People simulated first, so that every worker has loaded what is compiled."""


def trial(
    people: int, *, workers: int = 1, cluster: Cluster | None = None, chunk_people: int = CHUNK_PEOPLE
) -> Population:
    """MADRS every day of the course, in so many people."""
    task = course_task(1)
    return simulate_population(
        task.regimen,
        PERSON,
        people=people,
        seed=SEED,
        times_h=task.times_h,
        outputs=["madrs"],
        circumstances=Circumstances(symptoms=SYMPTOMS),
        workers=workers,
        cluster=cluster,
        chunk_people=chunk_people,
    )


@contextmanager
def two_workers() -> Iterator[Cluster]:
    """A cluster of two processes on this machine."""
    distributed = import_module("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def timed(people: int, *, workers: int = 1, cluster: Cluster | None = None) -> tuple[float, float]:
    """Seconds of the trial, warm, on the clock and of the processors."""
    trial(WARMING, workers=workers, cluster=cluster)
    begun, used = perf_counter(), process_time()
    trial(people, workers=workers, cluster=cluster)
    return perf_counter() - begun, process_time() - used


def main() -> int:
    """Run it in one of the two ways."""
    way, people = sys.argv[1], int(sys.argv[2])
    if way == "cluster":
        with two_workers() as client:
            seconds, used_s = timed(people, cluster=client)
    else:
        seconds, used_s = timed(people, workers=2)
    largest_mb = getrusage(RUSAGE_SELF).ru_maxrss / 1024.0  # kilobytes on Linux
    sys.stdout.write(f"{seconds:.3f} {used_s:.3f} {largest_mb:.0f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
