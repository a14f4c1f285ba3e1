"""The whole rulebook as it stands: every rule and table under its area and id, field by field in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from ajar.pathway.careplan.products import PREPARATIONS
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.discharge.stay import STAY_RULES
from ajar.pathway.dosing.readiness import DAY_RULES
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.rulebook import RULEBOOK as EVALUATION
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.governance.comparison import Book, Lines
from ajar.pathway.governance.parameters import parameters
from ajar.pathway.governance.plain import Plain, plain
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME
from ajar.pathway.governance.sayings import sayings
from ajar.pathway.governance.version import RULEBOOK
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.maintenance.booster import POLICIES
from ajar.pathway.monitoring.cadence import CADENCES
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS


def _of(things: Iterable[Any], name: str = "id") -> dict[str, Plain]:
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
    "Preparations": lambda: _of(PREPARATIONS.values()),
    "Regimens": lambda: _of(REGIMENS.values()),
    "Day of dose": lambda: _of(DAY_RULES),
    "Observations": lambda: _of(CADENCES.values(), "product"),
    "Alarms": lambda: _of(DEFAULT_LIMITS.limits),
    "Minimum stay": lambda: _of(STAY_RULES.values(), "product"),
    "Maintenance": lambda: _of(POLICIES.values(), "product"),
    "Instruments": lambda: {name: _instrument(each) for name, each in SCORERS.items()},
    "What a clinic may set": _settable,
}


@cache
def book() -> Book:
    """The rulebook of this version of the program."""
    return Book(version=RULEBOOK, areas={name: lines() for name, lines in AREAS.items()})
