"""What is known of an ingredient, and reading the tables that say it.

The tables of this package hold one ingredient a line: `name | classes | RxNorm | ATC | also called`. A
name under "also called" may carry the route of that product, as in `flonase@nasal`. Names, codes and the
assignment to classes: from general knowledge, verify.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class DrugClass(StrEnum):
    """Classes that rules and pages ask for; OTHER is known and of no interest to any rule."""

    BENZODIAZEPINE = "benzodiazepine"
    OPIOID = "opioid"
    SEDATIVE = "sedative"
    ALCOHOL = "alcohol"
    STIMULANT = "stimulant"
    MAOI = "MAO inhibitor"
    SYMPATHOMIMETIC = "sympathomimetic"
    NASAL_DECONGESTANT = "decongestant that is made for the nose"
    NASAL_STEROID = "corticosteroid that is made for the nose"
    XANTHINE = "xanthine"
    ANTIDEPRESSANT = "antidepressant"
    SSRI = "SSRI"
    ANTIPSYCHOTIC = "antipsychotic"
    MOOD_STABILISER = "mood stabiliser"
    ANTIEPILEPTIC = "antiepileptic"
    KETAMINE = "ketamine"
    BETA_BLOCKER = "beta-blocker"
    ANTIHYPERTENSIVE = "blood pressure medicine"
    THYROID_HORMONE = "thyroid hormone"
    ANTITHROMBOTIC = "antithrombotic"
    STATIN = "lipid lowering medicine"
    DIABETES = "diabetes medicine"
    ANTIBIOTIC = "antibiotic"
    ANTIFUNGAL = "antifungal"
    ANTIVIRAL = "antiviral"
    HORMONE = "hormone or contraceptive"
    PAINKILLER = "painkiller"
    ANTIHISTAMINE = "antihistamine"
    ACID_REDUCER = "acid reducing medicine"
    RESPIRATORY = "medicine for the airways"
    SUPPLEMENT = "supplement or food"
    OTHER = "other"


class MedicineRoute(StrEnum):
    """By which route a recorded medicine is taken, as far as an interaction asks for it."""

    MOUTH = "by mouth"
    NOSE = "into the nose"
    LUNG = "inhaled"
    EYE = "into the eye"
    EAR = "into the ear"
    SKIN = "on the skin"
    PATCH = "as a patch"
    INJECTION = "injected"
    OTHER = "another way"


ROUTE_MARKS = {
    "nasal": MedicineRoute.NOSE,
    "inhaled": MedicineRoute.LUNG,
    "eye": MedicineRoute.EYE,
    "skin": MedicineRoute.SKIN,
    "patch": MedicineRoute.PATCH,
    "injected": MedicineRoute.INJECTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Another name of one or several ingredients, and the route of that product where it has but one."""

    words: str
    ingredients: frozenset[str]
    route: MedicineRoute | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One line of a table. The codes are of the ingredient, not of a product."""

    name: str
    classes: frozenset[DrugClass]
    rxnorm: str
    atc: tuple[str, ...]
    names: tuple[Name, ...]


def ingredients_of_table(table: str) -> Iterator[Ingredient]:
    """The ingredients of a table.

    Raises:
        ValueError: a line has not five cells, or names a class that does not exist.
    """
    for cells in _lines(table, cells=5):
        name, classes, rxnorm, atc, also = cells
        alone = frozenset({name})
        yield Ingredient(
            name=name,
            classes=frozenset(_class(word) for word in classes.split()),
            rxnorm=rxnorm,
            atc=tuple(atc.split()),
            names=tuple(_name(said, alone) for said in _listed(also)),
        )


def combinations_of_table(table: str) -> Iterator[Name]:
    """The products of a table of combinations: `product | ingredient, ingredient`.

    Raises:
        ValueError: a line has not two cells.
    """
    for product, ingredients in _lines(table, cells=2):
        yield _name(product, frozenset(_listed(ingredients)))


def _lines(table: str, *, cells: int) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        found = [cell.strip() for cell in line.split("|")]
        if len(found) != cells:
            raise ValueError(f"A line of the formulary needs {cells} cells, got {len(found)}: {line!r}.")
        yield found


def _listed(cell: str) -> list[str]:
    return [said.strip() for said in cell.split(",") if said.strip()]


def _name(said: str, ingredients: frozenset[str]) -> Name:
    words, _, mark = said.partition("@")
    return Name(words=words, ingredients=ingredients, route=ROUTE_MARKS[mark] if mark else None)


def _class(word: str) -> DrugClass:
    try:
        return DrugClass[word.replace("-", "_").upper()]
    except KeyError:
        raise ValueError(f"The formulary knows no class {word!r}.") from None
