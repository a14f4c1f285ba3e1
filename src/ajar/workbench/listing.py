"""`ajar models`: every model with whom it fits and where it comes from; one model with every number in it."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ajar.pharmacology.ensemble import U1_PROBLEMS, U1_SOURCE
from ajar.pharmacology.estimates import Estimate
from ajar.pharmacology.models import MODELS, NOT_BUILT, model_named
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import AGE_DOMAIN_YEARS, WEIGHT_DOMAIN_KG
from ajar.pharmacology.published.card import PublishedModel
from ajar.pharmacology.published.domain import Domain, Interval, Setting
from ajar.pharmacology.regimen import Route
from ajar.pharmacology.u1 import acute_table, parameters, slow_table
from ajar.pharmacology.u1.parameters import LARGEST_INJECTION_MG_PER_KG, MODEL_ID, VERSION

U1_TABLES: Final = (parameters, acute_table, slow_table)
"""The modules whose estimates are U1's."""


def models(arguments: Namespace) -> int:
    """Print the list, or the card of `name`; 1 where there is no such model."""
    try:
        card = _card_named(arguments.name) if arguments.name else None
    except ValueError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if arguments.json:
        found = card or {"models": [u1_card(), *map(card_of, MODELS.values())], "not_built": NOT_BUILT}
        sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
        return 0
    lines = _card_lines(card) if card else _list_lines()
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _card_named(name: str) -> dict[str, Any]:
    return u1_card() if name == MODEL_ID else card_of(model_named(name))


def u1_card() -> dict[str, Any]:
    """The unified model, in the same words as the published ones."""
    lightest, heaviest = WEIGHT_DOMAIN_KG
    youngest, oldest = AGE_DOMAIN_YEARS
    return {
        "name": MODEL_ID,
        "version": VERSION,
        "source": U1_SOURCE,
        "doi": None,
        "table": "pharmacology.md 4.1 to 4.3; each parameter names its own",
        "population": "adults, from the studies that each parameter names",
        "people": None,
        "drugs": [drug.value for drug in Drug],
        "routes": {route.value: [] for route in Route},
        "setting": Setting.AWAKE.value,
        "age_years": [youngest, oldest],
        "weight_kg": [lightest, heaviest],
        "highest_dose": f"{LARGEST_INJECTION_MG_PER_KG.value:g} mg/kg a session by injection",
        "outputs": [
            "ketamine, arterial and venous, each enantiomer and both",
            "norketamine, hydroxynorketamine, effect site",
            "dissociation, pressure, pulse, sedation, nausea, NMDA block",
            "the chain to symptoms, MADRS, PHQ-9",
        ],
        "not_offered": [],
        "why_not": {},
        "known_problems": list(U1_PROBLEMS),
        "parameters": [_parameter(name, each) for name, each in _u1_parameters()],
    }


def _u1_parameters() -> Iterator[tuple[str, Estimate]]:
    """Every estimate, and every table of estimates, by the name it has in its module."""
    for module in U1_TABLES:
        for name, value in vars(module).items():
            if isinstance(value, Estimate):
                yield name.lower(), value
            elif isinstance(value, Mapping):
                for part, each in value.items():
                    if isinstance(each, Estimate):
                        yield f"{name.lower()}.{part}", each


def card_of(model: PublishedModel) -> dict[str, Any]:
    """A published model: whom it fits, what it gives, every number with its source."""
    source, domain = model.source, model.domain
    return {
        "name": model.name,
        "version": "as published",
        "source": source.citation,
        "doi": source.doi,
        "table": source.table,
        "population": source.population,
        "people": source.people,
        "drugs": [drug.value for drug in domain.drugs],
        "routes": {route.value: [form.value for form in forms] for route, forms in domain.forms.items()},
        "setting": domain.setting.value,
        "age_years": _ends(domain.age_years or domain.studied_age_years),
        "weight_kg": _ends(domain.weight_kg or domain.studied_weight_kg),
        "highest_dose": _highest(domain),
        "outputs": [f"{output.analyte}, {output.site} ({output.status})" for output in model.outputs],
        "not_offered": list(model.not_offered),
        "why_not": {route.value: words for route, words in (domain.why_not or {}).items()},
        "known_problems": list(model.known_problems),
        "parameters": [_parameter(name, each) for name, each in model.parameters.items()],
    }


def _ends(interval: Interval | None) -> list[float] | None:
    return [interval.lowest, interval.highest] if interval else None


def _highest(domain: Domain) -> str | None:
    if domain.highest_iv_mg is not None:
        return f"{domain.highest_iv_mg:g} mg into a vein"
    if domain.highest_iv_mg_per_kg is not None:
        return f"{domain.highest_iv_mg_per_kg:g} mg/kg into a vein"
    return None


def _parameter(name: str, each: Estimate) -> dict[str, Any]:
    return {
        "name": name,
        "value": each.value,
        "unit": each.unit,
        "between_subject_cv": each.between_subject_cv,
        "between_subject_logit_sd": each.between_subject_logit_sd,
        "between_subject_sd": each.between_subject_sd,
        "between_session_cv": each.between_session_cv,
        "tag": each.tag.name,
        "source": each.source,
    }


def _list_lines() -> Iterator[str]:
    for card in (u1_card(), *map(card_of, MODELS.values())):
        yield from _head_lines(card)
        yield ""
    yield "Not built:"
    for name, because in NOT_BUILT.items():
        yield f"  {name:18} {because}"
    yield ""
    yield "`ajar models NAME` prints every parameter with its source."


def _head_lines(card: Mapping[str, Any]) -> Iterator[str]:
    doi = f", doi:{card['doi']}" if card["doi"] else ""
    yield f"{card['name']}  {card['source']}{doi}"
    yield f"  Who      {card['population']}; {card['setting']}{_ranges(card)}"
    yield f"  What     {', '.join(card['drugs'])}; {_routes(card['routes'])}"
    yield from _each("  Gives    ", card["outputs"])
    yield from _each("  Problem  ", card["known_problems"])


def _routes(routes: Mapping[str, list[str]]) -> str:
    return "; ".join(f"{route} ({', '.join(forms)})" if forms else route for route, forms in routes.items())


def _ranges(card: Mapping[str, Any]) -> str:
    said = ""
    for what, unit in (("age_years", "years"), ("weight_kg", "kg")):
        if card[what]:
            said += f"; {card[what][0]:g} to {card[what][1]:g} {unit}"
    return said + (f"; up to {card['highest_dose']}" if card["highest_dose"] else "")


def _each(head: str, words: list[str]) -> Iterator[str]:
    for row, text in enumerate(words):
        yield f"{head if row == 0 else ' ' * len(head)}{text}"


def _card_lines(card: Mapping[str, Any]) -> Iterator[str]:
    yield from _head_lines(card)
    yield f"  Table    {card['table']}"
    yield from _each("  Left out ", card["not_offered"])
    yield from _each("  Why not  ", [f"{route}: {words}" for route, words in card["why_not"].items()])
    yield ""
    yield f"  {'parameter':34}{'value':>12} {'unit':12} {'spread':16} tag  source"
    for each in card["parameters"]:
        value = f"{each['value']:.6g}"
        yield (
            f"  {each['name']:34}{value:>12} {each['unit']:12} {_spread(each):16} {each['tag']:3}  "
            f"{each['source']}"
        )


def _spread(each: Mapping[str, Any]) -> str:
    for key, words in (
        ("between_subject_cv", "CV {:.0%}"),
        ("between_subject_logit_sd", "logit SD {:g}"),
        ("between_subject_sd", "SD {:g}"),
        ("between_session_cv", "session CV {:.0%}"),
    ):
        if each[key] is not None:
            return words.format(each[key])
    return ""
