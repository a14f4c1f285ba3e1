"""docs/reference/event-tables.md and sbml.md: the formats of the field, from the code that has them."""

from typing import Final

from ajar.exchange.event_tables import header, subjects
from ajar.exchange.event_tables.columns import COMPARTMENTS, MEANINGS, REQUIRED, UNITS, WORDS
from ajar.exchange.event_tables.writing import event_table
from ajar.exchange.results.simulated import AS_PUBLISHED
from ajar.exchange.sbml.sheet import Sheet
from ajar.exchange.sbml.u1 import LEFT_OUT, u1_sheet
from ajar.exchange.sbml.units import UNITS as SBML_UNITS
from ajar.pharmacology.models import MODELS
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, nasal_devices
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.symptoms import Symptoms
from tools.generate.markdown import page, table

EXAMPLE: Final = subjects.Subject(
    id="1",
    person=Person(weight_kg=70.0),
    regimen=course(nasal_devices(devices=2)),
    observations=(
        subjects.Observation(time_h=0.75, output="ketamine_venous_ng_ml", value=61.5),
        subjects.Observation(time_h=24.0, output="madrs", value=21.0),
    ),
)
"""Made up."""


def event_tables() -> str:
    """Columns, routes, what the top of a table says, and the choices that differ between tools."""
    written = "".join(event_table([EXAMPLE], outputs=["ketamine_venous_ng_ml", "madrs"]))
    return page(
        "Event tables",
        "CSV as NONMEM, Monolix and mrgsolve read it: one row a dose or an observation, names in capitals, "
        "`.` for nothing. A table is read one person at a time, however long it is. What cannot be is "
        "refused: `Row 12, column AMT: expected an amount above 0 mg, found '-35'.`",
        f"## The top of a table\n\n{_top()}",
        f"## Columns\n\n{_columns()}",
        f"## Routes (CMT of a dose)\n\n{_routes()}",
        f"## What holds where tools differ\n\n{_after_summary(subjects.__doc__)}",
        f"## Written by this program\n\n```\n{written.strip()}\n```\n\n`DRUG` and the other words are "
        "written as codes. A nasal device is a dose of 28 mg of its own.",
    )


def _after_summary(docstring: str | None) -> str:
    return (docstring or "").partition("\n\n")[2].strip("\n")


def _top() -> str:
    example, _, words = _after_summary(header.__doc__).partition("\n\n")
    return (
        "Units are never guessed and never converted. Comments before the heading say what its columns cannot"
        f":\n\n```\n{_dedented(example)}\n```\n\n{words}"
    )


def _columns() -> str:
    rows = [
        [f"`{column}`", "yes" if column in REQUIRED else "", UNITS.get(column, ""), words]
        for column, words in MEANINGS.items()
    ]
    known = "; ".join(
        f"`{column}` {', '.join(word.name for word in words)}" for column, words in WORDS.items()
    )
    return (
        table(["Column", "Needed", "Unit", "What it holds"], rows)
        + f"\n\nColumns of words take the name or a code explained at the top: {known}. "
        "Other columns are ignored."
    )


def _routes() -> str:
    rows = [
        [str(number), ", ".join(f"`{name}`" for name in names), route.value, _time(route.value)]
        for route, (number, names) in COMPARTMENTS.items()
    ]
    return table(["CMT", "Names", "Route", "Time it takes"], rows)


def _time(route: str) -> str:
    return {
        "intravenous": "`DUR` or `RATE`, needed",
        "sublingual": "`DUR` is the hold time, needed; `SPAT` says what follows",
    }.get(route, "none")


def _dedented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines())


PLACES: Final = (
    ("a state that holds mass", "a species of the compartment `body`, as an amount in mg; rate rule"),
    ("a concentration, share or score that moves", "a parameter with a rate rule"),
    ("an output", "a parameter with an assignment rule; its note says unit and how well it is known"),
    ("a number of the model", "a constant parameter; its note names the source"),
    ("a dose", "`dose_1_mg` …, which may be changed in the file; events at its times"),
    ("an infusion", "`into_STATE`, a rate that events set and end"),
    ("time", "hours from the regimen's zero"),
)

ELSEWHERE: Final = """Doses are jumps: a solver must stop at the events, as SBML asks. In libroadrunner
give the absolute tolerance as a list, one for each state; with a single number it can stall in a later
session, where a state has decayed to nothing:

```
runner.integrator.relative_tolerance = 1e-10
states = len(runner.integrator.getAbsoluteToleranceVector())
runner.integrator.absolute_tolerance = [1e-12] * states
```"""


def sbml() -> str:
    """What of a model stands where in its document."""
    units = ", ".join(dict.fromkeys(f"`{unit.name}`" for unit in SBML_UNITS.values()))
    return page(
        "SBML",
        "U1 and every published model as SBML Level 3 Version 2, for one person and one regimen. libSBML "
        "finds nothing wrong with them, units included, and the tests run each with libroadrunner: every "
        "output agrees with this program's own to 1e-6 of its size, the slow chain where this program steps "
        "it every 9 seconds.",
        "`ajar export sbml --help` says how.",
        f"## What is where\n\n{table(['In the model', 'In SBML'], PLACES)}",
        f"## Outputs of U1\n\n{_outputs(_u1())}\n\n{LEFT_OUT} The `madrs` outputs are there where a baseline "
        "is known.",
        f"## Published models\n\n{_published()}\n\nTheir version is said to be “{AS_PUBLISHED}”.",
        f"## Running one elsewhere\n\n{ELSEWHERE}",
        f"Units of the documents: {units}.",
    )


def _u1() -> Sheet:
    symptoms = Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=0.0)
    return u1_sheet(
        course(nasal_devices(devices=1)),
        typical_individual(Person(weight_kg=70.0)),
        circumstances=Circumstances(symptoms=symptoms),
    )


def _published() -> str:
    rows = [
        [f"`{model.name}`", ", ".join(f"`{each.name}`" for each in model.outputs), model.source.citation]
        for model in MODELS.values()
    ]
    return table(["Model", "Outputs", "Source"], rows)


def _outputs(sheet: Sheet) -> str:
    rows = [[f"`{one.name}`", one.label, one.unit, str(one.status)] for one in sheet.readouts if one.status]
    rows += [[f"`{one.name}`", one.label, one.unit, str(one.status)] for one in sheet.states if one.status]
    return table(["Name", "What", "Unit", "How well it is known"], rows)
