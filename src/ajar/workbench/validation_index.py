"""The first page of the validation report, and the page where the models stand side by side."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final

from ajar.pharmacology.calibration.datum import Provenance, Use
from ajar.pharmacology.calibration.tables import TABLES
from ajar.pharmacology.ensemble import Ensemble, Group, ensemble
from ajar.pharmacology.models import Product
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person, Sex
from ajar.pharmacology.regimen import (
    AfterHold,
    Regimen,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    sublingual,
)
from ajar.pharmacology.simulate import minutes
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.validation.compare import PEOPLE, SEED, TRIAL_PEOPLE, Comparison, counts, in_words
from ajar.workbench.validation_pages import Rows, off, page, shown, table

OVERVIEW: Final = ("overview.svg", "Model over observed, for every judged number of plasma.")

READ_FIRST: Final = f"""\
What was measured in people, beside what the models of `ajar.pharmacology` give for the same thing.
Every number of these pages is computed when they are written; none is typed.

- **What was compared**: the numbers of the knowledge base that a model output can be compared with,
  kept in [the calibration tables](../../src/ajar/pharmacology/calibration), one row a number, each
  with its source.
- **Against what**: the interval in print; else one from SD and n; else 0.8 to 1.25 times the
  observed. What was recalled and not read again is shown and judges nothing.
- **By which models**: U1, version {VERSION}, and where one applies the published model of
  `ajar.pharmacology.published`. Shares and means of acute effects are of {PEOPLE} people, those of
  trials of {TRIAL_PEOPLE} (seed {SEED}): a share of a half is then known to {50 / sqrt(PEOPLE):.1f} and
  {50 / sqrt(TRIAL_PEOPLE):.1f} points (SD), and a verdict nearer to its limit than that is the seed's.
- **To write them again**: `ajar validate --out docs/validation` (under two minutes); with `--check`
  it says which pages are out of date.

**Agreement here is no proof.** These are the data that the models were built on. A model that lies
inside has not been shown to be right; one that lies outside has been shown to be off there."""


def index_page(compared: Mapping[str, Rows]) -> str:
    """What was compared, how it went, and where the models are off."""
    file, caption = OVERVIEW
    return page(
        "Validation",
        READ_FIRST,
        "## How it went",
        table(("Page", "Model", "Judged", "Inside", "Off", "Shown only", "Not compared"), _tallies(compared)),
        f"![{caption}]({file})\n\n*{caption}*",
        "Models side by side: [ensemble.md](ensemble.md).",
        f"## Where {MODEL_ID.upper()} is off",
        *_off_lists(compared),
        "## How a number is known",
        "\n".join(f"- **{tag.name}**: {tag}" for tag in Provenance),
    )


def _flat(rows: Rows) -> list[Comparison]:
    return [each for _, found in rows for each in found]


def _tallies(compared: Mapping[str, Rows]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for name, rows in compared.items():
        uses = [datum.use for datum, _ in rows]
        aside = (str(uses.count(Use.SHOWN)), str(uses.count(Use.NOT_COMPARED)))
        found = counts(_flat(rows)) or {MODEL_ID: (0, 0)}
        for model, (judged, inside) in found.items():
            mine = aside if model == MODEL_ID else ("", "")
            link = f"[{TABLES[name]}]({name}.md)"
            lines.append((link, model, str(judged), str(inside), str(judged - inside), *mine))
    return lines


def _off_lists(compared: Mapping[str, Rows]) -> list[str]:
    parts = []
    for name, rows in compared.items():
        mine = [each for each in off(_flat(rows)) if each.model == MODEL_ID]
        if mine:
            lines = (
                f"- {each.datum.study}, {each.datum.dose}: {each.datum.quantity}, {_of(each)}"
                for each in mine
            )
            parts.append(f"**{TABLES[name]}** ([all numbers]({name}.md))\n\n" + "\n".join(lines))
    return parts


def _of(comparison: Comparison) -> str:
    given, observed = shown(comparison.value), shown(comparison.datum.value)
    when = "" if comparison.datum.time_h is None else f"at {comparison.datum.time_h:.3g} h, "
    words = in_words(comparison).removeprefix("**off**, ")
    return f"{when}{given} against {observed} ({comparison.assumed}); {words}"


SIDE_BY_SIDE: Final = """\
One person (70 kg, 30 years, male, neither Asian nor Japanese), each minute of 24 h, every model
that may answer. Only levels of the same substance from the same blood are compared. [All
pages](README.md)."""

PERSON: Final = Person(weight_kg=70.0, age_years=30.0, sex=Sex.MALE, ancestry=Ancestry.OTHER)


def _infused(drug: Drug, amount_mg: float) -> Regimen:
    return course(intravenous(drug=drug, amount_mg=amount_mg, duration_h=40.0 / 60.0))


def _held(drug: Drug, amount_mg: float) -> Regimen:
    held = sublingual(drug=drug, amount_mg=amount_mg, hold_h=10.0 / 60.0, after_hold=AfterHold.SWALLOWED)
    return course(held)


QUESTIONS: Final[Sequence[tuple[str, Product, Regimen]]] = (
    ("35 mg in 40 min", Product.KETAMINE_INJECTION, _infused(Drug.RACEMATE, 35.0)),
    ("17.5 mg in 40 min", Product.ESKETAMINE_INJECTION, _infused(Drug.ESKETAMINE, 17.5)),
    (
        "35 mg into muscle",
        Product.KETAMINE_INJECTION,
        course(intramuscular(drug=Drug.RACEMATE, amount_mg=35.0)),
    ),
    ("50 mg, held 10 min", Product.ESKETAMINE_FILM, _held(Drug.ESKETAMINE, 50.0)),
    ("100 mg, held 10 min", Product.KETAMINE_LOZENGE, _held(Drug.RACEMATE, 100.0)),
    ("50 mg", Product.ESKETAMINE_ORAL, course(oral(drug=Drug.ESKETAMINE, amount_mg=50.0))),
    ("84 mg", Product.ESKETAMINE_NASAL, course(nasal_devices(devices=3))),
)
"""The questions put to all models: dose in words, product, regimen."""


def ensemble_page() -> str:
    """Every admissible model for the same question, with the spread and what to know of each."""
    parts = []
    for words, product, regimen in QUESTIONS:
        seen = ensemble(regimen, PERSON, product=product, times_h=minutes(hours=24))
        parts += [f"## {product.capitalize()}, {words}", _answers(seen), _spreads(seen.groups), _asides(seen)]
    return page("The models side by side", SIDE_BY_SIDE, *parts)


def _answers(seen: Ensemble) -> str:
    head = ("What, where", "Model", "Cmax, ng/mL", "Tmax, h", "AUC 0-24 h, ng.h/mL", "Note")
    lines = (
        (
            f"{row.analyte}, {row.site}",
            row.model,
            shown(row.cmax_ng_ml),
            shown(row.tmax_h),
            shown(row.auc_ng_h_ml),
            row.note,
        )
        for row in seen.summary()
    )
    return table(head, lines)


def _spreads(groups: Sequence[Group]) -> str:
    lines = [
        f"- {group.analyte}, {group.site}: peaks of {' and '.join(group.spread.models)} from "
        f"{shown(group.spread.lowest_peak_ng_ml)} to {shown(group.spread.highest_peak_ng_ml)} ng/mL, "
        f"geometric SD {group.spread.geometric_sd_of_peaks:.2f}"
        for group in groups
        if group.spread is not None
    ]
    return "\n".join(lines) if lines else "Only one model answers: nothing to compare it with."


def _asides(seen: Ensemble) -> str:
    known = [
        f"- {member.model}: {caution}"
        for member in seen.members
        for caution in (*member.cautions, *member.known_problems)
    ]
    refused = [f"- {each.model} declines: {'; '.join(each.because)}" for each in seen.declined]
    return "\n".join([*known, *refused])
