"""The other figures of the engine, each beside its target."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter
from typing import Final

import numpy as np

from ajar.pharmacology.fit.posterior import posterior_of
from ajar.pharmacology.fit.records import Kind, Record
from ajar.pharmacology.forecast import forecast
from ajar.pharmacology.lanes.acute import acute_sessions, effects
from ajar.pharmacology.lanes.bodies import typical_bodies
from ajar.pharmacology.populations import Population
from ajar.pharmacology.simulate import Circumstances
from ajar.workbench.made_up_person import made_up_history
from benchmarks.engine.million import trial
from benchmarks.engine.workload import PERSON, SEED, SYMPTOMS, course_task, session_task

MILLION: Final = 1_000_000
DIVIDED: Final = 50_000
"""People of the trial that is divided in 1, 2 and 7: more than are kept, so they are counted."""

CHUNKS: Final = (1, 2, 7)
DRAWS: Final = 500
TIMES: Final = 9
"""How often what takes milliseconds is repeated."""

LEVELS_NG_ML: Final = ((40.0, 180.0), (120.0, 60.0))
"""Minutes from the start of a session, and what might be measured then; made up."""

SIMULATE: Final = (
    *("simulate", "--product", "ketamine-iv", "--dose", "0.5mg/kg", "--over", "40min"),
    *("--weight", "70"),
)


def report() -> Iterator[str]:
    """Line by line, as they are ready."""
    yield "\nOne patient in a running process"
    yield _figure("a session by the minute for 24 h, with its effects", f"{session_ms():.2f} ms", "2 ms")
    yield _figure(f"a forecast of 32 weeks with {DRAWS} draws", f"{forecast_ms():.0f} ms", "100 ms")
    yield _figure("its posterior: four sessions, 132 records", f"{posterior_ms(0):.0f} ms", "50 ms")
    yield _figure("  and with four blood levels", f"{posterior_ms(2):.0f} ms", "50 ms")
    yield "\nFrom a cold start"
    yield _figure("ajar --help", command_s(["--help"]), "0.3 s")
    yield _figure("ajar simulate, one patient", command_s(SIMULATE), "2 s")
    yield "\nA virtual trial: 32 weeks, MADRS every day"
    verdict = "identical" if identical() else "DIFFERENT"
    yield _figure(f"{DIVIDED:,} people in 1, 2 and 7 chunks", verdict, "identical")
    local_s, used_s, local_mb = _million("threads")
    yield _figure(f"{MILLION:,} people on two cores", f"{local_s:.0f} s", "120 s")
    yield _figure("  what that took of each core", f"{used_s / 2.0:.0f} s", "")
    yield _figure("  its largest memory", f"{local_mb:.0f} MB", "2000 MB")
    cluster_s, *_ = _million("cluster")
    yield _figure("  by two workers of dask.distributed", f"{cluster_s:.0f} s", "")
    yield _figure("  their speed as a share of the local one", f"{local_s / cluster_s:.2f}", "at least 0.85")


def _figure(what: str, figure: str, target: str) -> str:
    return f"  {what:52}{figure:>14}   {f'(target: {target})' if target else ''}".rstrip()


def median_ms(work: Callable[[], object]) -> float:
    """The median time of a call that was made before."""
    work()
    taken = []
    for _ in range(TIMES):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken) * 1000.0


def session_ms() -> float:
    """One body, ten concentrations, dissociation and pressure."""
    task, body = session_task(1), typical_bodies(PERSON)

    def once() -> None:
        seen = acute_sessions(task.regimen, body, times_h=task.times_h)
        effects(seen, body, ("cadss", "sbp_rise_mmhg", "dbp_rise_mmhg"))

    return median_ms(once)


def forecast_ms() -> float:
    """Bands of MADRS every day."""
    task = course_task(1)
    return median_ms(
        lambda: forecast(
            task.regimen,
            PERSON,
            times_h=task.times_h,
            outputs=["madrs"],
            people=DRAWS,
            seed=SEED,
            circumstances=Circumstances(symptoms=SYMPTOMS),
        )
    )


def posterior_ms(leveled: int) -> float:
    """The mode and curvature of a made-up person, of whose first sessions so many had two blood levels."""
    history = made_up_history()
    levels = [
        Record(kind=Kind.KETAMINE_LEVEL, time_h=session.start_h + minute / 60.0, value=value, assay_cv=0.1)
        for session in history.regimen.sessions[:leveled]
        for minute, value in LEVELS_NG_ML
    ]
    records = sorted((*history.records, *levels), key=lambda record: record.time_h)
    return median_ms(lambda: posterior_of(replace(history, records=tuple(records))))


def command_s(words: Sequence[str]) -> str:
    """How long a command takes in a new process, the median of five; or that it failed."""
    taken = []
    for _ in range(5):
        begun = perf_counter()
        done = subprocess.run([sys.executable, "-m", "ajar", *words], capture_output=True, check=False)
        if done.returncode:
            return f"failed ({done.returncode})"
        taken.append(perf_counter() - begun)
    return f"{median(taken):.2f} s"


def identical() -> bool:
    """Whether dividing people differently gives the same numbers, to the last bit."""
    whole, *others = (trial(DIVIDED, chunk_people=-(-DIVIDED // chunks)) for chunks in CHUNKS)
    return all(_same(whole, other) for other in others)


def _same(one: Population, other: Population) -> bool:
    return all(
        np.array_equal(values, other["madrs"].quantiles[share])
        for share, values in one["madrs"].quantiles.items()
    ) and np.array_equal(one.means["madrs"], other.means["madrs"])


def _million(way: str) -> tuple[float, ...]:
    """Seconds, seconds of the processors, and megabytes, from a process of its own."""
    words = [sys.executable, "-m", "benchmarks.engine.million", way, str(MILLION)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return tuple(float(word) for word in said.split())
