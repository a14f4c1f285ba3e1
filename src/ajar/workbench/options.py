"""What the commands of the engine may be asked, as tables for the command line.

`ajar --help` reads this module, so that it imports nothing but the standard library.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Arguments = Sequence[tuple[tuple[str, ...], Mapping[str, Any]]]


def _asks(flag: str, metavar: str, words: str) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    return (flag,), {"metavar": metavar, "help": words}


def _switch(flag: str, words: str) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    return (flag,), {"action": "store_true", "default": None, "help": words}


SIMULATE: Final[Arguments] = (
    _asks("--scenario", "FILE", "read these options from a TOML file; what is said here counts more"),
    _asks("--product", "NAME", "such as spravato, ketamine-iv, ketamine-lozenge"),
    _asks("--dose", "AMOUNT", "84 or 84mg (milligrams of base), or 0.5mg/kg"),
    _asks("--salt", "base|hydrochloride", "what the dose is milligrams of (base)"),
    _asks("--over", "TIME", "how long an infusion takes, such as 40min"),
    _asks("--hold", "TIME", "how long a lozenge or film is held in the mouth, such as 10min"),
    _switch("--spit-out", "what is left after the hold is spat out, not swallowed"),
    _asks("--doses", "N", "sessions of the course (1)"),
    _asks("--every", "WHEN", "their spacing: tue,fri or 2x/week or 3d or weekly or monthly (28 days)"),
    _asks("--boosters", "N", "sessions after the course (0)"),
    _asks("--booster-every", "WHEN", "their spacing (monthly)"),
    _asks("--weight", "KG", "the person's weight (70 kg)"),
    _asks("--age", "YEARS", "not known unless said"),
    _asks("--sex", "female|male", "not known unless said"),
    _asks("--ancestry", "asian|japanese|other", "not known unless said"),
    _switch("--hypertension", "their blood pressure is known to be high"),
    _asks("--cyp2b6", "GENOTYPE", "*1/*1, *1/*6 or *6/*6"),
    _asks("--child-pugh", "A|B|C", "how far the liver is impaired"),
    _asks("--medicines", "NAMES", "other medicines, with commas: 'rifampicin,grapefruit juice'"),
    _switch("--nausea-before", "nausea in a session before"),
    _switch("--antiemetic", "an antiemetic is given first"),
    _asks("--adjust", "WHAT", "effects off unless named: sex, age, cyp2b6, norketamine-pressure"),
    _asks("--madrs", "SCORE", "where symptoms stand before (33)"),
    _asks("--model", "NAME", "u1 (default) or a published model; `ajar models` lists them"),
    _switch("--compare", "every model that may answer, side by side"),
    _asks("--population", "N", "also in so many people like this one"),
    _asks("--seed", "N", "which people (1)"),
    _asks("--hours", "H", "hours of the first session in the picture and the files, 1 to 24 (6)"),
    _asks("--days", "D", "days from the first dose (14, or 28 past the last)"),
    _asks("--out", "DIR", "write tables, pictures and the summary into this folder"),
    _switch("--json", "print the summary as JSON; docs/reference/simulate.md explains every key"),
)

MODELS: Final[Arguments] = (
    (("name",), {"nargs": "?", "default": "", "help": "one model, with every parameter and its source"}),
    (("--json",), {"action": "store_true", "help": "as JSON"}),
)

SCORE: Final[Arguments] = (
    (("instrument",), {"nargs": "?", "default": "", "help": "such as phq-9; without one: list them"}),
    (("answers",), {"nargs": "*", "help": "one number an item, - for an item left out"}),
    (
        ("--response",),
        {"default": "", "metavar": "FILE", "help": "answers as a FHIR R4 QuestionnaireResponse"},
    ),
    (("--form",), {"action": "store_true", "help": "print it as a FHIR R4 Questionnaire"}),
    (("--language",), {"default": "en", "metavar": "TAG", "help": "of the form (en)"}),
    (("--sex",), {"choices": ["female", "male"], "default": "", "help": "where a cut-off depends on it"}),
    (("--json",), {"action": "store_true", "help": "as JSON"}),
)

SCREEN: Final[Arguments] = (
    (("patients",), {"nargs": "*", "metavar": "PATIENT.json", "help": "candidates; - reads standard input"}),
    (("--products",), {"action": "store_true", "help": "say the outcome for every product too"}),
    (("--all",), {"action": "store_true", "help": "list the rules that passed as well"}),
    (("--json",), {"action": "store_true", "help": "as JSON, one object a line"}),
    (("--schema",), {"action": "store_true", "help": "print the JSON Schema of PATIENT.json"}),
)

RULES: Final[Arguments] = (
    (("action",), {"choices": ["list", "show", "diff", "versions"], "help": "what to do"}),
    (
        ("names",),
        {"nargs": "*", "metavar": "NAME", "help": "areas to list, ids to show (ELG-BP), or two versions"},
    ),
    (("--json",), {"action": "store_true", "help": "as JSON"}),
)

EXPORT: Final[Arguments] = (
    (("format",), {"choices": ["sbml"], "help": "SBML level 3 version 2"}),
    (("table",), {"metavar": "TABLE.csv", "help": "an event table: who, and which doses"}),
    (("--out",), {"required": True, "metavar": "FILE", "help": "the file to write"}),
    (("--id",), {"default": "", "help": "which subject of the table (its only one)"}),
    (("--model",), {"default": "u1", "metavar": "NAME", "help": "u1, or a published model"}),
    (
        ("--setting",),
        {
            "choices": ["awake", "anaesthesia", "intensive-care"],
            "default": "awake",
            "help": "where the person is, for a published model",
        },
    ),
    (("--madrs",), {"type": float, "metavar": "SCORE", "help": "where symptoms stand before"}),
    (("--seed",), {"type": int, "help": "with --member: one person of a population"}),
    (("--member",), {"type": int, "metavar": "N", "help": "its number, from 0"}),
)

VALIDATE: Final[Arguments] = (
    (("--out",), {"default": "docs/validation", "metavar": "DIR", "help": "the folder of the pages"}),
    (("--check",), {"action": "store_true", "help": "write nothing; say which pages are out of date"}),
)

FIT: Final[Arguments] = (
    (("table",), {"metavar": "DATA.csv", "help": "an event table: doses, and what was measured"}),
    (("--id",), {"default": "", "help": "which subject of the table (its only one)"}),
    (
        ("--madrs",),
        {"type": float, "metavar": "SCORE", "help": "where symptoms stood before (as the table says)"},
    ),
    (
        ("--again-after",),
        {"type": float, "metavar": "DAYS", "help": "also what the last session may do if it comes again"},
    ),
    (
        ("--assay-cv",),
        {
            "type": float,
            "default": 0.0,
            "metavar": "SHARE",
            "help": "error of the laboratory, such as 0.05 (0)",
        },
    ),
    (("--json",), {"action": "store_true", "help": "as JSON"}),
)
