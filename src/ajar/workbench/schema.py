"""The shape of `ajar simulate --json`, as JSON Schema and in words, from the tables that made it."""

from collections.abc import Iterator
from typing import Any, Final

from ajar.pharmacology.models import MODELS
from ajar.pharmacology.person import Ancestry, ChildPugh, Cyp2b6, Sex
from ajar.pharmacology.u1.parameters import MODEL_ID
from ajar.workbench.crowds import IN_SESSION
from ajar.workbench.keys import (
    BY_SESSION,
    DRUG,
    EXTREMES,
    OF_A_CURVE,
    PURPOSE,
    QUANTILE_KEYS,
    RECALLED,
    SHAPE,
    SHARES,
    SYMPTOMS,
    TOTAL,
)
from ajar.workbench.products import PRODUCTS
from ajar.workbench.summaries import CONCENTRATION

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NUMBER: Final = {"type": "number"}
TEXT: Final = {"type": "string"}
TEXTS: Final = {"type": "array", "items": TEXT}
WHEN: Final = "(40_min|2_h|4_h|day_[1-9][0-9]*)"

LEVELS: Final = {
    "ketamine_venous_ng_ml": "ketamine in venous plasma, both enantiomers: what a blood sample shows",
    "ketamine_arterial_ng_ml": "ketamine in arterial plasma, both enantiomers",
    "norketamine_ng_ml": "norketamine, both enantiomers; never part of a ketamine level",
    "hydroxynorketamine_ng_ml": "hydroxynorketamine; exploratory, studies differ several-fold",
    "effect_site_ng_ml": "ketamine at the effect site",
}
"""U1's concentrations. Each also comes for one enantiomer, with `s_` or `r_` before it."""

Rows = list[list[str]]


def _object(properties: dict[str, Any], *, optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _or_null(kind: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def schema() -> dict[str, Any]:
    """The whole of it. Keys that a published model does not have are not required."""
    quantiles = _object(dict.fromkeys(QUANTILE_KEYS.values(), NUMBER))
    return {
        "$schema": DIALECT,
        "title": "ajar simulate --json",
        "type": "object",
        "properties": {
            **_origin(),
            **dict.fromkeys(EXTREMES, NUMBER),
            "status": {
                "type": "object",
                "additionalProperties": {"enum": ["established", "plausible", "unproven"]},
            },
            "notes": TEXTS,
            "population": _population(quantiles),
            "compare": _compare(),
        },
        "patternProperties": _patterns(NUMBER),
        "required": [*_origin(), "status", "notes"],
        "additionalProperties": False,
    }


def _patterns(each: dict[str, Any]) -> dict[str, Any]:
    """Keys that have a number of a session or a day, and the three of every concentration."""
    return {
        f"^(?!.*_peak).*{CONCENTRATION}$": _object(dict.fromkeys(OF_A_CURVE, each)),
        f"^({DRUG}|{TOTAL}|{RECALLED})_{WHEN}$": each,
        f"^({'|'.join(BY_SESSION)})_[1-9][0-9]*$": each,
    }


def _origin() -> dict[str, Any]:
    return {
        "ajar": {"const": "simulate"},
        "shape": {"const": SHAPE},
        "ajar_version": TEXT,
        "purpose": {"const": PURPOSE},
        "model": _object({"id": {"enum": [MODEL_ID, *MODELS]}, "version": TEXT, "source": TEXT}),
        "asked": _asked(),
        "person": _person(),
    }


def _asked() -> dict[str, Any]:
    return _object(
        {
            "product": {"enum": list(PRODUCTS)},
            "drug": TEXT,
            "route": TEXT,
            "dose": TEXT,
            "session_base_mg": NUMBER,
            "duration_h": NUMBER,
            "after_hold": TEXT,
            "session_days": {"type": "array", "items": NUMBER},
            "madrs_baseline": NUMBER,
            "placebo_share": NUMBER,
            "adjusted_for": TEXTS,
            "days": {"type": "integer"},
        }
    )


def _person() -> dict[str, Any]:
    return _object(
        {
            "weight_kg": NUMBER,
            "age_years": _or_null(NUMBER),
            "sex": {"enum": [*(one.value for one in Sex), None]},
            "ancestry": {"enum": [*(one.value for one in Ancestry), None]},
            "hypertension": _or_null({"type": "boolean"}),
            "cyp2b6": {"enum": [*(one.value for one in Cyp2b6), None]},
            "child_pugh": {"enum": [*(one.value for one in ChildPugh), None]},
            "interacting_medicines": _or_null(TEXTS),
        }
    )


def _population(quantiles: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "people": {"type": "integer"},
            "seed": {"type": "integer"},
            "quantiles": _object({key: {"const": share} for share, key in QUANTILE_KEYS.items()}),
            "relative_error": NUMBER,
            **{key: quantiles for key, each in EXTREMES.items() if each.curve in IN_SESSION},
        },
        "patternProperties": {
            **_patterns(quantiles),
            f"^({'|'.join(SHARES)})_share_day_[1-9][0-9]*$": NUMBER,
        },
        "required": ["people", "seed", "quantiles", "relative_error"],
        "additionalProperties": False,
    }


def _compare() -> dict[str, Any]:
    level = _object(
        {
            "model": TEXT,
            **dict.fromkeys(OF_A_CURVE, NUMBER),
            "counted": {"type": "boolean"},
            "note": TEXT,
        }
    )
    group = _object(
        {
            "analyte": TEXT,
            "site": TEXT,
            "unit": {"const": "ng/mL"},
            "levels": {"type": "array", "items": level},
            "lowest_cmax": _or_null(NUMBER),
            "highest_cmax": _or_null(NUMBER),
            "geometric_sd_of_cmax": _or_null(NUMBER),
        }
    )
    model = _object({"model": TEXT, "source": TEXT, "cautions": TEXTS, "known_problems": TEXTS})
    declined = _object({"model": TEXT, "because": TEXTS})
    return _object(
        {
            "groups": {"type": "array", "items": group},
            "models": {"type": "array", "items": model},
            "declined": {"type": "array", "items": declined},
        }
    )


def described() -> Iterator[tuple[str, str, Rows]]:
    """The same in words: a title, what holds for all of it, and a row a key."""
    yield "Where it is from", "What was asked, with what was taken where nothing was said.", _origin_rows()
    yield "Concentrations", *_concentration_words()
    yield "Peaks", *_peak_words()
    yield "Sessions", "n counts from 1.", [[f"`{k}_n`", u, w] for k, (u, w) in BY_SESSION.items()]
    yield "Symptoms", *_symptom_words()
    yield "In many people", *_population_words()
    yield "Other models", *_compare_words()


def _concentration_words() -> tuple[str, Rows]:
    return (
        "An object under each name. Time counts from the start of the infusion, the first spray, or the "
        "placing of the lozenge; 24 h from there, the first session alone. A published model has its own "
        "names, `<analyte>_<site>_ng_ml`, such as `esketamine_venous_ng_ml`.",
        [
            *([f"`{name}`", "", words] for name, words in LEVELS.items()),
            ["`s_…`, `r_…`", "", "the same of one enantiomer"],
            *([f"`….{part}`", unit, words] for part, (unit, words) in OF_A_CURVE.items()),
        ],
    )


def _peak_words() -> tuple[str, Rows]:
    rows = [
        [
            f"`{key}`",
            each.unit,
            f"{'lowest' if each.lowest else 'highest'}: {each.words}"
            f"{'' if each.first_day else ' (whole simulation)'}",
        ]
        for key, each in EXTREMES.items()
    ]
    return (
        "Of the first session: its first 24 h on a grid of one minute. Where the last column says so, of the "
        "whole simulation, on a grid of one minute for a day and one hour after.",
        rows,
    )


def _symptom_words() -> tuple[str, Rows]:
    return (
        "Each stem is followed by when: `_40_min`, `_2_h`, `_4_h`, then `_day_n` for every day up to 42 and "
        "every seventh after. Day n is n times 24 h from the first dose; a session of that moment has not "
        "acted yet. The baseline is `asked.madrs_baseline` (`--madrs`, 33 where nothing is said); the "
        "response is that of single-dose trials (E = 1).",
        [[f"`{stem}_…`", unit, words] for stem, (unit, words) in SYMPTOMS.items()],
    )


def _origin_rows() -> Rows:
    return [
        ["`ajar`, `shape`, `ajar_version`", "", "what wrote this, in which shape"],
        ["`purpose`", "", PURPOSE],
        [
            "`model.id`, `.version`, `.source`",
            "",
            "`ajar models NAME` prints every parameter with its source",
        ],
        ["`asked.session_base_mg`", "mg", "ketamine base in one session, all administrations together"],
        ["`asked.duration_h`", "h", "of an infusion or a hold; 0 where a dose is taken in a moment"],
        ["`asked.session_days`", "d", "when each session starts"],
        ["`asked.placebo_share`", "1", "share of the baseline that goes without the drug"],
        ["`asked.days`", "d", "how far the simulation goes"],
        ["`person.…`", "", "null: not known, and nothing is adjusted for it"],
        ["`status`", "", "how well each curve and peak is established: established, plausible or unproven"],
        ["`notes`", "", "what to know about this simulation"],
    ]


def _population_words() -> tuple[str, Rows]:
    return (
        "Under `population`, with `--population N`: the same keys, each with five quantiles over people. "
        "They are of one number a person (each one's own peak), not of one moment. A person is decided by "
        "the model's version, the seed and their number. Keys of the chain and of later sessions are of the "
        "typical person alone. The middle of people is not the typical person: a third answers less.",
        [
            ["`people`, `seed`", "", "how many, and which"],
            ["`quantiles`", "1", ", ".join(f"{key} is {share:g}" for share, key in QUANTILE_KEYS.items())],
            [
                "`relative_error`",
                "1",
                "how far a quantile of the first session may be off; 0 up to 2000 people",
            ],
            *([f"`{name}_share_day_n`", "1", words] for name, words in SHARES.items()),
        ],
    )


def _compare_words() -> tuple[str, Rows]:
    return (
        "Under `compare`, with `--compare`: the first session by every model that may answer, over 24 h.",
        [
            ["`groups`", "", "levels of one analyte at one site; only these may be compared"],
            ["`groups[].levels[]`", "ng/mL, h, ng.h/mL", "each model's `cmax`, `tmax_h`, `auc_0_24`"],
            ["`groups[].levels[].counted`", "", "false where it is another model's level by construction"],
            ["`groups[].lowest_cmax`, `highest_cmax`", "ng/mL", "of the models that count; null under two"],
            ["`groups[].geometric_sd_of_cmax`", "1", "a factor: 1.3 is 30 % up or down"],
            ["`models`, `declined`", "", "what to know of each; and why the others were not asked"],
        ],
    )
