"""The whole rulebook as it stands: every rule and table under its area and id, field by field in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from ajar.pathway.careplan.adjustment import TABLE as ADJUSTMENTS
from ajar.pathway.careplan.equivalence import UPTAKES
from ajar.pathway.careplan.products import PREPARATIONS
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.consent.checklist import CHECKLIST
from ajar.pathway.discharge.gates import CRITERIA
from ajar.pathway.dosing.day_rules import DAY_RULES
from ajar.pathway.dosing.passages import PASSAGES
from ajar.pathway.evaluation.formulary.index import INGREDIENTS
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.rulebook import RULEBOOK as EVALUATION
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.governance.comparison import Book, Lines
from ajar.pathway.governance.parameters import named, parameters
from ajar.pathway.governance.plain import Plain, plain
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME
from ajar.pathway.governance.sayings import sayings
from ajar.pathway.governance.version import RULEBOOK
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.integration.sessions import SESSION_TYPES
from ajar.pathway.maintenance.policies import POLICIES
from ajar.pathway.maintenance.surveillance import DEFAULT_SURVEILLANCE
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES
from ajar.pathway.protocols.conditions import PROTOCOLS
from ajar.pathway.safety.terms import TERMS


def _of(things: Iterable[Any], name: str = "id") -> dict[str, Plain]:
    if name == "id":
        return {own: plain(thing) for own, thing in named(tuple(things)).items()}
    return {str(getattr(thing, name)): plain(thing) for thing in things}


def _rule(rule: Rule) -> Plain:
    said = {f"says {number}": each.words for number, each in enumerate(sayings()[rule.id], start=1)}
    return {"title": rule.title} | said | plain(rule)


def _instrument(instrument: Instrument) -> Plain:
    """With the languages in which its text is here; the text itself is no rule."""
    texts = {"texts": ", ".join(instrument.wordings)} if instrument.wordings else {}
    return plain(replace(instrument, wordings={})) | texts


def _settable() -> dict[str, Plain]:
    return {
        path: {"value": each.text, "source": each.source}
        for path, each in parameters(DEFAULT_PROGRAMME).items()
    }


AREAS: Final[Mapping[str, Callable[[], Lines]]] = {
    "Evaluation": lambda: {rule.id: _rule(rule) for rule in EVALUATION},
    "History questions": lambda: _of(QUESTIONS),
    "Protocols": lambda: _of(PROTOCOLS),
    "Preparations": lambda: _of(PREPARATIONS.values()),
    "Regimens": lambda: _of(REGIMENS.values()),
    "Dose adjustment": lambda: _of(ADJUSTMENTS),
    "Dose equivalence": lambda: {route: plain(uptake) for route, uptake in UPTAKES.items()},
    "Day of dose": lambda: _of(DAY_RULES),
    "Steps of a session": lambda: _of(PASSAGES),
    "Observations": lambda: _of(DEFAULT_CADENCES.plans),
    "Alarms": lambda: _of(DEFAULT_LIMITS.limits),
    "Minimum stay": lambda: _of(DEFAULT_PROGRAMME.discharge.stays),
    "Going home": lambda: _of(CRITERIA),
    "Adverse events": lambda: _of(TERMS, "name"),
    "Consent": lambda: _of(CHECKLIST),
    "Integration": lambda: {purpose: plain(each) for purpose, each in SESSION_TYPES.items()},
    "Instruments": lambda: {name: _instrument(each) for name, each in SCORERS.items()},
    "Maintenance": lambda: _of(POLICIES.values(), "product"),
    "Surveillance": lambda: _of(DEFAULT_SURVEILLANCE.checks),
    "Medicines known": lambda: _of(INGREDIENTS, "name"),
    "What a clinic may set": _settable,
}


@cache
def book() -> Book:
    """The rulebook of this version of the program."""
    return Book(version=RULEBOOK, areas={name: lines() for name, lines in AREAS.items()})
