"""Which ingredients a recorded medicine holds: by code or by a known name, never by likeness.

A display such as "Diazepam 5 MG Oral Tablet" holds the whole word of a known name; that is a match. A
word that is neither a name nor a plain word of a label is not recognised, and the page asks about it;
names that are spelt nearly so are offered to a person, never taken. Names, codes and the assignment to
classes: from general knowledge, verify (`formulary`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ajar.pathway.evaluation.formulary.index import (
    ATC,
    ATC_GROUPS,
    CLASSES_OF,
    LONGEST_NAME,
    NAMES,
    RXNORM,
)
from ajar.pathway.evaluation.formulary.ingredient import DrugClass, MedicineRoute, Name
from ajar.pathway.evaluation.formulary.lookalike import names_like
from ajar.pathway.evaluation.formulary.words import PLAIN, words_of
from ajar.pathway.patients.facts import CodeSystem, Coding

__all__ = [
    "ATC",
    "CLASSES_OF",
    "RXNORM",
    "DrugClass",
    "Recognised",
    "classes_of",
    "corrected",
    "ingredients_in",
    "ingredients_of",
    "is_recognised",
    "recognise",
]

CODES: Final[Mapping[CodeSystem, Mapping[str, str]]] = {CodeSystem.RXNORM: RXNORM, CodeSystem.ATC: ATC}
GROUP_LENGTHS: Final = tuple(sorted({len(group) for group in ATC_GROUPS}, reverse=True))
SALTS_TOO: Final = frozenset({"calcium", "iron", "magnesium", "potassium chloride", "zinc"})
"""Ingredients that beside another one are its salt: "losartan potassium"."""
LEAST_LETTERS: Final = 3
"""A shorter word that nobody knows is a mark on a label, not the name of a medicine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a recorded medicine turned out to be.

    `unknown` are the words that are no name and no plain word; `contradiction` says that code and name
    are of different medicines; `route` is that of the product where its name has but one.
    """

    ingredients: frozenset[str]
    classes: frozenset[DrugClass]
    unknown: tuple[str, ...]
    contradiction: str = ""
    route: MedicineRoute | None = None

    @property
    def is_whole(self) -> bool:
        """Is every part of it known?"""
        known = bool(self.ingredients or self.classes)
        return known and not self.unknown and not self.contradiction

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Known names that an unknown word may be a misspelling of: to be asked about."""
        return tuple(dict.fromkeys(name for word in self.unknown for name in names_like(word)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A display, read word by word."""

    ingredients: frozenset[str]
    unknown: tuple[str, ...]
    route: MedicineRoute | None


@lru_cache(maxsize=8192)
def recognise(medicine: Coding) -> Recognised:
    """What a recorded medicine is, by its code and by its name."""
    read = _read(medicine.display)
    coded = CODES.get(medicine.system, {}).get(medicine.code.upper())
    group = _group_of(medicine)
    ingredients = read.ingredients | ({coded} if coded else frozenset())
    return Recognised(
        ingredients=ingredients,
        classes=group.union(*(CLASSES_OF[name] for name in ingredients)),
        unknown=() if coded or group else read.unknown,
        contradiction=_contradiction(coded, read.ingredients),
        route=read.route,
    )


def ingredients_in(display: str) -> frozenset[str]:
    """The known ingredients whose name stands in `display` as a whole word."""
    return _read(display).ingredients


def ingredients_of(medicine: Coding) -> frozenset[str]:
    """The known ingredients of a recorded medicine, by its code and by its name."""
    return recognise(medicine).ingredients


def is_recognised(medicine: Coding) -> bool:
    """Is every part of the medicine known? A combination with one unknown part is not."""
    return recognise(medicine).is_whole


def corrected(display: str, name: str) -> str:
    """The display with the misspelt word put right, once a person has said that `name` is meant."""
    for word in _read(display).unknown:
        if name in names_like(word):
            written = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
            return written.sub(name, display, count=1)
    return name


def classes_of(medicine: Coding) -> frozenset[DrugClass]:
    """The classes of its known ingredients, or of its ATC group."""
    return recognise(medicine).classes


@lru_cache(maxsize=8192)
def _read(display: str) -> _Read:
    names, unknown = list[Name](), list[str]()
    for word in _parts(words_of(display)):
        if (name := NAMES.get(word)) is not None:
            names.append(name)
        elif word not in PLAIN and len(word) >= LEAST_LETTERS:
            unknown.append(word)
    ingredients = frozenset[str]().union(*(name.ingredients for name in names))
    routes = {name.route for name in names if name.route}
    return _Read(
        ingredients=ingredients - SALTS_TOO or ingredients,
        unknown=tuple(dict.fromkeys(unknown)),
        route=routes.pop() if len(routes) == 1 else None,
    )


def _parts(words: list[str]) -> Iterator[str]:
    """The words, with those that make one known name together kept together; the longest name first."""
    at = 0
    while at < len(words):
        left = range(2, min(LONGEST_NAME, len(words) - at) + 1)
        length = max((n for n in left if " ".join(words[at : at + n]) in NAMES), default=1)
        yield " ".join(words[at : at + length])
        at += length


def _group_of(medicine: Coding) -> frozenset[DrugClass]:
    if medicine.system is not CodeSystem.ATC:
        return frozenset()
    starts = (medicine.code.upper()[:length] for length in GROUP_LENGTHS)
    return next((ATC_GROUPS[start] for start in starts if start in ATC_GROUPS), frozenset())


def _contradiction(coded: str | None, named: frozenset[str]) -> str:
    if coded is None or not named or coded in named:
        return ""
    return f"The code is that of {coded}, the name says {', '.join(sorted(named))}."
