"""The tables as dictionaries: by name, by RxNorm ingredient, by ATC code."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.formulary import (
    combinations,
    heart,
    infection,
    nerves_and_pain,
    other_systems,
    psychiatric,
)
from ajar.pathway.evaluation.formulary.ingredient import (
    DrugClass,
    Ingredient,
    Name,
    combinations_of_table,
    ingredients_of_table,
)
from ajar.pathway.evaluation.formulary.words import words_of

TABLES: Final = (
    psychiatric.TABLE,
    nerves_and_pain.TABLE,
    heart.TABLE,
    infection.TABLE,
    other_systems.TABLE,
    combinations.ALSO,
)
INGREDIENTS: Final[tuple[Ingredient, ...]] = tuple(
    ingredient for table in TABLES for ingredient in ingredients_of_table(table)
)


def by_ingredient(ingredients: Iterable[Ingredient]) -> Mapping[str, Ingredient]:
    """The ingredients by name.

    Raises:
        ValueError: two lines are about the same ingredient.
    """
    known: dict[str, Ingredient] = {}
    for ingredient in ingredients:
        if ingredient.name in known:
            raise ValueError(f"The formulary has two lines about {ingredient.name}.")
        known[ingredient.name] = ingredient
    return MappingProxyType(known)


def by_code(coded: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Ingredient names by code.

    Raises:
        ValueError: one code is given to two ingredients.
    """
    known: dict[str, str] = {}
    for code, name in coded:
        if known.setdefault(code, name) != name:
            raise ValueError(f"The formulary gives code {code} to {known[code]} and to {name}.")
    return MappingProxyType(known)


def by_name(names: Iterable[Name], known: Iterable[str]) -> Mapping[str, Name]:
    """What each name stands for; the key is the name as `words_of` reads it.

    Raises:
        ValueError: one name stands for two things, or for an ingredient that no table has.
    """
    ingredients, named = frozenset(known), dict[str, Name]()
    for name in names:
        if missing := name.ingredients - ingredients:
            raise ValueError(f"The formulary has no line about {', '.join(sorted(missing))}.")
        key = " ".join(words_of(name.words))
        if named.setdefault(key, name).ingredients != name.ingredients:
            raise ValueError(f"The formulary uses the name {name.words!r} for two things.")
    return MappingProxyType(named)


def _names() -> Iterable[Name]:
    for ingredient in INGREDIENTS:
        yield Name(words=ingredient.name, ingredients=frozenset({ingredient.name}), route=None)
        yield from ingredient.names
    yield from combinations_of_table(combinations.TABLE)
    yield from combinations_of_table(combinations.MORE_NAMES)


KNOWN: Final = by_ingredient(INGREDIENTS)
RXNORM: Final = by_code((each.rxnorm, each.name) for each in INGREDIENTS if each.rxnorm)
ATC: Final = by_code((code, each.name) for each in INGREDIENTS for code in each.atc)
NAMES: Final = by_name(_names(), KNOWN)
LONGEST_NAME: Final = max(len(key.split()) for key in NAMES)
"""How many words the longest name has."""

CLASSES_OF: Final[Mapping[str, frozenset[DrugClass]]] = MappingProxyType(
    {name: ingredient.classes for name, ingredient in KNOWN.items()}
)

ATC_GROUPS: Final[Mapping[str, frozenset[DrugClass]]] = MappingProxyType(
    {
        "N05BA": frozenset({DrugClass.BENZODIAZEPINE}),
        "N05CD": frozenset({DrugClass.BENZODIAZEPINE}),
        "N05CF": frozenset({DrugClass.SEDATIVE}),
        "N05CA": frozenset({DrugClass.SEDATIVE}),
        "N03AA": frozenset({DrugClass.SEDATIVE, DrugClass.ANTIEPILEPTIC}),
        "N02A": frozenset({DrugClass.OPIOID}),
        "N06AB": frozenset({DrugClass.ANTIDEPRESSANT, DrugClass.SSRI}),
        "N06AF": frozenset({DrugClass.ANTIDEPRESSANT, DrugClass.MAOI}),
        "N06AG": frozenset({DrugClass.ANTIDEPRESSANT, DrugClass.MAOI}),
        "N06AA": frozenset({DrugClass.ANTIDEPRESSANT}),
        "C07": frozenset({DrugClass.BETA_BLOCKER}),
        "C08": frozenset({DrugClass.ANTIHYPERTENSIVE}),
        "C09": frozenset({DrugClass.ANTIHYPERTENSIVE}),
        "C10": frozenset({DrugClass.STATIN}),
        "H03A": frozenset({DrugClass.THYROID_HORMONE}),
        "R01AD": frozenset({DrugClass.NASAL_STEROID}),
    }
)
"""Groups whose every member has these classes; a longer code within one is recognised by its class."""
