"""Where a published model may be used: for whom, which drug, which route, which form, in which place.

Two answers. A refusal: the person, drug, route, form or dose is outside what the paper studied. A caution:
the paper does not rule it out, and the reader should know (one sex only, a dose higher than those studied).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person, Sex
from ajar.pharmacology.regimen import Route


class OutsideDomain(ValueError):
    """A model was asked about a person, drug, route or dose it does not come from. The message says which."""


class Form(StrEnum):
    """What the drug is given as, where it changes how it is absorbed."""

    SOLUTION_FOR_INJECTION = "solution for injection"
    NASAL_DEVICE = "nasal device of 28 mg"
    FILM = "oral thin film"
    LOZENGE = "lozenge, troche or tablet in the mouth"
    ORAL_SOLUTION = "solution to swallow"


class Setting(StrEnum):
    """Where the people of a study were, and where the person asked about is."""

    AWAKE = "awake, in a clinic or a study"
    ANAESTHESIA = "under surgical anaesthesia"
    INTENSIVE_CARE = "in intensive care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A closed range of a number."""

    lowest: float
    highest: float

    def __post_init__(self) -> None:
        if not (isfinite(self.lowest) and isfinite(self.highest) and self.lowest <= self.highest):
            raise ValueError(f"An interval rises, got {self.lowest} to {self.highest}.")

    def holds(self, value: float) -> bool:
        """Whether the value is in it, ends included."""
        return self.lowest <= value <= self.highest

    def __str__(self) -> str:
        return f"{self.lowest:g} to {self.highest:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What a paper studied. A range that is None is one the source at hand does not state.

    `age_years` and `weight_kg` refuse outside; `studied_age_years` and `studied_weight_kg` are ranges of a
    small group of volunteers and only caution. `why_not` gives the reason for a route that one might expect.
    """

    drugs: tuple[Drug, ...]
    forms: Mapping[Route, tuple[Form, ...]]
    setting: Setting
    age_years: Interval | None = None
    weight_kg: Interval | None = None
    studied_age_years: Interval | None = None
    studied_weight_kg: Interval | None = None
    studied_sex: Sex | None = None
    ancestry_matters: bool = False
    highest_iv_mg: float | None = None
    highest_iv_mg_per_kg: float | None = None
    why_not: Mapping[Route, str] | None = None

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes it covers."""
        return tuple(self.forms)

    def drug_refusals(self, drug: Drug) -> tuple[str, ...]:
        """Why not for this drug: what was measured is not interchangeable (pharmacology.md 7.3)."""
        if drug in self.drugs:
            return ()
        return (f"it is a model of {_listed(self.drugs)}, not of {drug}",)

    def route_refusals(self, route: Route) -> tuple[str, ...]:
        """Why not by this route."""
        if route in self.forms:
            return ()
        known = (self.why_not or {}).get(route)
        covered = f"it covers the {_listed(self.routes)} route, not the {route} route"
        return (f"{covered}: {known}" if known else covered,)

    def form_refusals(self, route: Route, form: Form) -> tuple[str, ...]:
        """Why not as this form; silent where the route itself is refused."""
        studied = self.forms.get(route, (form,))
        if form in studied:
            return ()
        return (f"by the {route} route it was studied as {_listed(studied)}, not as {form}",)

    def setting_refusals(self, setting: Setting) -> tuple[str, ...]:
        """Why not here: critical illness changes clearance and volume, so it never stands for a clinic."""
        if setting is not self.setting and Setting.INTENSIVE_CARE in (setting, self.setting):
            return (f"its people were {self.setting}, this person is {setting}",)
        return ()

    def person_refusals(self, person: Person) -> tuple[str, ...]:
        """Why not for this person."""
        return (
            *_outside(person.age_years, self.age_years, "age", "years"),
            *_outside(person.weight_kg, self.weight_kg, "weight", "kg"),
        )

    def cautions(self, person: Person, setting: Setting) -> tuple[str, ...]:
        """What to know when it is used for this person, here."""
        return (
            *_outside(person.age_years, self.studied_age_years, "age", "years"),
            *_outside(person.weight_kg, self.studied_weight_kg, "weight", "kg"),
            *self._unknowns(person),
            *self._other_people(person, setting),
        )

    def _unknowns(self, person: Person) -> tuple[str, ...]:
        found = []
        if self.age_years is not None and person.age_years is None:
            found.append(f"the age is not recorded; it was studied at {self.age_years} years")
        if self.ancestry_matters and person.ancestry is None:
            found.append("the ancestry is not recorded, and nothing is adjusted for it")
        return tuple(found)

    def _other_people(self, person: Person, setting: Setting) -> tuple[str, ...]:
        found = []
        if self.studied_sex is not None and person.sex is not self.studied_sex:
            found.append(f"all of its people were {self.studied_sex}")
        if setting is not self.setting:
            found.append(f"its people were {self.setting}, this person is {setting}")
        return tuple(found)


def _outside(value: float | None, interval: Interval | None, what: str, unit: str) -> tuple[str, ...]:
    if value is None or interval is None or interval.holds(value):
        return ()
    return (f"it was studied for {what} {interval} {unit}; here it is {value:g} {unit}",)


def _listed(words: tuple[StrEnum, ...]) -> str:
    return " or ".join(words)
