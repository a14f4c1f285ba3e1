"""`ajar export`: a model with one person and their doses, for the simulators of others."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from ajar.exchange.sbml.document import sbml_text
from ajar.exchange.sbml.published import published_sheet
from ajar.exchange.sbml.sheet import Sheet
from ajar.exchange.sbml.u1 import u1_sheet
from ajar.pharmacology.models import model_named
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1.individual import Individual, typical_individual
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.parameters import MODEL_ID
from ajar.pharmacology.u1.population import draw
from ajar.pharmacology.u1.slow_table import RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.workbench.subjects import subject_in
from ajar.workbench.whole_file import whole_text

SETTINGS: Final = {setting.name.lower().replace("_", "-"): setting for setting in Setting}


def export(arguments: Namespace) -> int:
    """Write one subject of an event table, by one model, as SBML; 1 and a reason where that cannot be.

    `arguments` has `table`, `id` (empty: the table's only subject), `model`, `setting`, `madrs`, `seed`,
    `member` (None each where not asked) and `out`.
    """
    try:
        subject = subject_in(Path(arguments.table), arguments.id)
        if subject.regimen is None:
            raise ValueError(f"Subject {subject.id} of {arguments.table} was given no dose.")
        text = sbml_text(_sheet(arguments, subject.person, subject.regimen))
        with whole_text(Path(arguments.out)) as file:
            file.write(text)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"Wrote {arguments.out}: {arguments.model}, subject {subject.id}, SBML L3V2.\n")
    return 0


def _sheet(arguments: Namespace, person: Person, regimen: Regimen) -> Sheet:
    drawn = arguments.member is not None or arguments.seed is not None
    if arguments.model == MODEL_ID:
        body, strength = _member(arguments, person, regimen) if drawn else (typical_individual(person), 1.0)
        return u1_sheet(regimen, body, circumstances=_circumstances(arguments.madrs, strength))
    if drawn or arguments.madrs is not None:
        raise ValueError(f"--seed, --member and --madrs are for {MODEL_ID}; {arguments.model} has none.")
    return published_sheet(model_named(arguments.model), person, regimen, setting=SETTINGS[arguments.setting])


def _member(arguments: Namespace, person: Person, regimen: Regimen) -> tuple[Individual, float]:
    """A drawn body, and how strongly its symptoms answer."""
    if arguments.member is None or arguments.seed is None:
        raise ValueError("--seed and --member go together: number MEMBER of the people drawn with SEED.")
    sessions = len(regimen.sessions)
    drawn = draw(person, seed=arguments.seed, index=arguments.member, sessions=sessions)
    return drawn.individual, drawn.response_e


def _circumstances(madrs_baseline: float | None, strength: float) -> Circumstances:
    """The drug alone acts, as strongly as in this body: no placebo and no stress."""
    if madrs_baseline is None:
        return Circumstances()
    symptoms = Symptoms(
        madrs_baseline=madrs_baseline,
        response_e=RESPONSE_E.value * strength,
        placebo_share=0.0,
        stress=0.0,
    )
    return Circumstances(symptoms=symptoms)
