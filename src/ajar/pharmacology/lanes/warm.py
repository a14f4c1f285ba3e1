"""Compile the kernels once and keep them: run after an installation, and after any change to this package.

    python -m ajar.pharmacology.lanes.warm

What was compiled from other sources is removed.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from time import perf_counter

import numpy as np

from ajar.pharmacology.lanes.acute import acute_sessions, summaries
from ajar.pharmacology.lanes.bodies import drawn_bodies
from ajar.pharmacology.lanes.courses import CourseSymptoms, courses
from ajar.pharmacology.lanes.kernel import COMPILED, KEPT
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intramuscular
from ajar.pharmacology.u1.symptoms import Symptoms


def warm(say: Callable[[str], object]) -> None:
    """Compile what is not yet in the cache, by calling everything once on something small."""
    began = perf_counter()
    bodies = drawn_bodies(Person(weight_kg=70.0), seed=0, start=0, count=1, sessions=1)
    regimen = course(intramuscular(drug=Drug.RACEMATE, amount_mg=35.0))
    times_h = np.arange(3) / 60.0
    acute_sessions(regimen, bodies, times_h=times_h)
    summaries(regimen, bodies, times_h=times_h, names=("ketamine_venous_ng_ml",))
    given = Symptoms(madrs_baseline=30.0, response_e=1.0, placebo_share=0.0, stress=0.0)
    symptoms = CourseSymptoms.of(given, bodies)
    courses(regimen, bodies, symptoms=symptoms, times_h=times_h, outputs=("madrs",))
    say(f"The engine is compiled ({perf_counter() - began:.0f} s, once).")


def forget(kept: Path, *, but: Path) -> None:
    """Remove what was compiled before from other sources."""
    for old in kept.glob("compiled-*"):
        if old != but:
            rmtree(old, ignore_errors=True)


def main() -> int:
    """Forget what is old, and compile, with a line for the person waiting."""
    sys.stdout.write("Compiling the engine (once; about a minute) …\n")
    sys.stdout.flush()
    forget(KEPT, but=COMPILED)
    warm(lambda words: sys.stdout.write(f"{words}\n"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
