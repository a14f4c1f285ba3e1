"""Asks the engine for the curves of the public picture, and writes them where the page reads them.

    python -m tools.chain      every dose of the menu into src/ajar/clinic/web/chain.json (committed)

A test compares the file's model version and one of its curves with the engine.
"""

import json
import sys
from typing import Any, Final

import numpy as np

from ajar.clinic.web.chain import CHAIN_FILE, HOURS_H, LINKS, WEEKS_H
from ajar.clinic.web.chain_menu import FORMS, Span
from ajar.pharmacology.forecast import forecast
from ajar.pharmacology.person import REFERENCE_WEIGHT_KG, Person
from ajar.pharmacology.regimen import DosingSession, course
from ajar.pharmacology.simulate import Circumstances
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.u1.slow_table import RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms

PEOPLE: Final = 100
SEED: Final = 20261127
DIGITS: Final = 4
TYPICAL_MADRS: Final = 33.0
"""The baseline of the reference outputs (pharmacology.md 6); the picture shows shares of it."""


def curves_of(session: DosingSession, *, people: int) -> dict[str, Any]:
    """Quantiles of every link over hours and weeks, rounded to what a drawing can show."""
    times_h = np.union1d(HOURS_H, WEEKS_H)
    symptoms = Symptoms(
        madrs_baseline=TYPICAL_MADRS, response_e=RESPONSE_E.value, placebo_share=0.0, stress=0.0
    )
    seen = forecast(
        course(session),
        Person(weight_kg=REFERENCE_WEIGHT_KG),
        times_h=times_h,
        outputs=[link.output for link in LINKS],
        people=people,
        seed=SEED,
        circumstances=Circumstances(symptoms=symptoms),
    )
    found = {}
    for link in LINKS:
        grid = HOURS_H if link.span is Span.HOURS else WEEKS_H
        rows = np.searchsorted(times_h, grid)
        band = seen[link.output]
        found[link.output] = {
            "status": str(band.status),
            "rows": [[rounded(value) for value in row[rows]] for row in band.quantiles.values()],
        }
    return found


def rounded(value: float) -> float:
    """Four digits that count; nothing smaller than a drawing could show."""
    return float(f"{value:.{DIGITS}g}") if abs(value) > 1e-6 else 0.0


def main() -> None:
    """Write the file."""
    doses = {}
    for form in FORMS:
        for dose in form.doses:
            sys.stdout.write(f"  {form.id} {dose.id}\n")
            sys.stdout.flush()
            doses[f"{form.id}-{dose.id}"] = curves_of(dose.session, people=PEOPLE)
    told = {"model": f"{MODEL_ID} {VERSION}", "people": PEOPLE, "seed": SEED, "doses": doses}
    CHAIN_FILE.write_text(json.dumps(told, separators=(",", ":")).replace('"rows"', '\n"rows"') + "\n")


if __name__ == "__main__":
    main()
