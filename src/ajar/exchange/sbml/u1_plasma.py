"""U1's linear part on paper: both enantiomers, the depots of each route, and the doses of a regimen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from ajar.exchange.sbml.sheet import Given, Quantity, Readout, Schedule, State, rate_of, scheduled
from ajar.exchange.sbml.written import Written, text_of
from ajar.pharmacology.compartments import Bolus, Inflow
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.molecules import (
    HYDROXYNORKETAMINE_G_MOL,
    KETAMINE_G_MOL,
    NORKETAMINE_G_MOL,
    SHARE,
    Enantiomer,
)
from ajar.pharmacology.regimen import DosingEvent, Regimen, Route
from ajar.pharmacology.u1.absorption import NO_DEPOT, Absorption, Uptake, absorption_by, inputs_of
from ajar.pharmacology.u1.disposition import Disposition
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.parameters import S_DISPOSITION
from ajar.pharmacology.u1.pk import NG_ML_PER_MG_L, equations_of

DEPOTS: Final = ("D", "G", "L")
WORDS: Final = {
    "D": "At the site of the dose",
    "G": "In the gut",
    "L": "On the way from gut to liver",
    "A1": "Ketamine, centre",
    "A2": "Ketamine, tissue 1",
    "A3": "Ketamine, tissue 2",
    "Cv": "Ketamine, venous",
    "M1": "Metabolism, first delay",
    "M2": "Metabolism, second delay",
    "N1": "Norketamine, centre",
    "N2": "Norketamine, tissue",
    "H1": "Hydroxynorketamine, centre",
    "H2": "Hydroxynorketamine, tissue",
    "Ce": "Ketamine, effect site",
}
CONCENTRATIONS: Final = ("Cv", "Ce")
"""States in mg/L, which take no mass."""

READ: Final = (
    ("ketamine_arterial", "Ketamine, arterial", Status.ESTABLISHED, "A1", "v1_l", "1 dimensionless"),
    ("ketamine_venous", "Ketamine, venous", Status.ESTABLISHED, "Cv", "", ""),
    ("norketamine", "Norketamine", Status.ESTABLISHED, "N1", "vn1_l", "norketamine_mass_ratio"),
    (
        "hydroxynorketamine",
        "Hydroxynorketamine",
        Status.UNPROVEN,
        "H1",
        "vh1_l",
        "hydroxynorketamine_mass_ratio",
    ),
    ("effect_site", "Ketamine, effect site", Status.ESTABLISHED, "Ce", "", ""),
)
"""An output of each enantiomer: name, words, status, state, and for a mass its volume and mass ratio."""

_MASSES: Final = "pharmacology.md 0, conventions: molar masses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plasma:
    """The linear part of both enantiomers."""

    quantities: tuple[Quantity, ...]
    states: tuple[State, ...]
    readouts: tuple[Readout, ...]
    schedule: Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doses:
    """The doses of one enantiomer: the depots they pass, by number from 1, and what they put where."""

    depots: Mapping[int, Absorption]
    given: tuple[Given, ...]


def plasma_of(regimen: Regimen, individual: Individual) -> Plasma:
    """Both enantiomers of one body with these doses. Each dose is a quantity that a user may change."""
    doses = {each: _doses(regimen, individual, each) for each in Enantiomer}
    schedule = scheduled([given for each in doses.values() for given in each.given])
    quantities = [*_shared(), *_amounts(regimen)]
    states: list[State] = []
    for enantiomer, its in doses.items():
        quantities += [*_dispositions(individual, enantiomer), *_absorptions(its.depots, enantiomer)]
        states += _states(individual, enantiomer, its.depots, schedule)
    return Plasma(
        quantities=tuple(quantities), states=tuple(states), readouts=tuple(_readouts()), schedule=schedule
    )


def named(enantiomer: Enantiomer, name: str) -> str:
    """The name of something that each enantiomer has."""
    return f"{enantiomer.lower()}_{name}"


def _shared() -> Iterator[Quantity]:
    ratios = (
        ("norketamine_mass_ratio", NORKETAMINE_G_MOL / KETAMINE_G_MOL),
        ("hydroxynorketamine_mass_ratio", HYDROXYNORKETAMINE_G_MOL / KETAMINE_G_MOL),
    )
    for name, value in ratios:
        yield Quantity(name=name, unit="1", value=value, source=_MASSES)
    yield conversion()


def conversion() -> Quantity:
    """Milligrams a litre into nanograms a millilitre."""
    return Quantity(
        name="ng_ml_per_mg_l", unit="(ng/mL)/(mg/L)", value=NG_ML_PER_MG_L, source="by definition"
    )


def _amounts(regimen: Regimen) -> Iterator[Quantity]:
    for number, event in enumerate(regimen.events, start=1):
        given = f"{event.drug}, {event.route}, base, at {event.start_h:g} h"
        yield Quantity(name=f"dose_{number}_mg", unit="mg", value=event.amount_mg, source=given)


def _doses(regimen: Regimen, individual: Individual, enantiomer: Enantiomer) -> _Doses:
    """As the engine puts them in: depots are one where route and uptake are."""
    depots: dict[Absorption, int] = {}
    given: list[Given] = []
    for number, (event, uptake, device) in enumerate(_administered(regimen, individual), start=1):
        share = SHARE[event.drug][enantiomer]
        if share > 0:
            absorption = absorption_by(event.route, uptake, enantiomer)
            depot = depots.setdefault(absorption, len(depots) + 1)
            for how in inputs_of(event, uptake, event.amount_mg * share, device=device):
                state = named(enantiomer, f"{how.state}_{depot}" if how.state in DEPOTS else how.state)
                formula = _of_the_dose(how, f"dose_{number}_mg", event.amount_mg)
                given.append(Given(state=state, how=how, formula=formula))
    return _Doses(
        depots={number: absorption for absorption, number in depots.items() if absorption != NO_DEPOT},
        given=tuple(given),
    )


def _administered(regimen: Regimen, individual: Individual) -> Iterator[tuple[DosingEvent, Uptake, int]]:
    """Every dose with the uptake of its session and how many devices were sprayed so far in it."""
    for index, session in enumerate(regimen.sessions):
        sprayed = 0
        for event in session.events:
            sprayed += event.route is Route.NASAL
            yield event, individual.uptake_in(index), sprayed


def _of_the_dose(how: Bolus | Inflow, dose: str, amount_mg: float) -> str:
    """Whatever a dose puts somewhere is in proportion to it."""
    if isinstance(how, Bolus):
        return f"{dose} * {text_of(how.amount / amount_mg)}"
    return f"{dose} * {float(how.rate_per_h / amount_mg)!r} per_h"


def _dispositions(individual: Individual, enantiomer: Enantiomer) -> Iterator[Quantity]:
    person = "this person's; at 70 kg, before the ratios of R: {}"
    for part in fields(Disposition):
        estimate = S_DISPOSITION[part.name]
        yield Quantity(
            name=named(enantiomer, part.name),
            unit=estimate.unit,
            value=getattr(individual.disposition(enantiomer), part.name),
            source=person.format(estimate.source),
        )


def _absorptions(depots: Mapping[int, Absorption], enantiomer: Enantiomer) -> Iterator[Quantity]:
    for number, absorption in depots.items():
        for part in fields(Absorption):
            yield Quantity(
                name=named(enantiomer, f"{part.name}_{number}"),
                unit="1" if part.name == "escapes_liver" else "1/h",
                value=getattr(absorption, part.name),
                source="pharmacology.md 4.1, routes table, for this person",
            )


def _states(
    individual: Individual, enantiomer: Enantiomer, depots: Mapping[int, Absorption], schedule: Schedule
) -> Iterator[State]:
    equations = _equations(individual, enantiomer, depots)
    for name, coefficients in equations.items():
        state = named(enantiomer, name)
        rate = rate_of({named(enantiomer, of): text_of(number) for of, number in coefficients.items()})
        concentration = name in CONCENTRATIONS
        yield State(
            name=state,
            label=f"{WORDS[name.partition('_')[0]]}, {enantiomer}",
            unit="mg/L" if concentration else "mg",
            rate=rate + schedule.inflow_of(state),
            start="0 mg_per_L" if concentration else schedule.start_of(state),
        )


def _equations(
    individual: Individual, enantiomer: Enantiomer, depots: Mapping[int, Absorption]
) -> dict[str, dict[str, float]]:
    """The engine's own equations, written out: one disposition, fed by the depots of every route used."""
    body = individual.disposition(enantiomer)
    written = replace(
        body, **{f.name: Written(getattr(body, f.name), named(enantiomer, f.name)) for f in fields(body)}
    )
    equations = {
        name: {of: number for of, number in coefficients.items() if of not in DEPOTS}
        for name, coefficients in equations_of(written, NO_DEPOT).items()
        if name not in DEPOTS
    }
    for number, absorption in depots.items():
        own = replace(
            absorption,
            **{
                f.name: Written(getattr(absorption, f.name), named(enantiomer, f"{f.name}_{number}"))
                for f in fields(absorption)
            },
        )
        for name, coefficients in equations_of(written, own).items():
            fed = {f"{of}_{number}": rate for of, rate in coefficients.items() if of in DEPOTS and rate != 0}
            if fed:
                equations.setdefault(f"{name}_{number}" if name in DEPOTS else name, {}).update(fed)
    return equations


def _readouts() -> Iterator[Readout]:
    for name, label, status, state, volume, ratio in READ:
        stems = [named(enantiomer, f"{name}_ng_ml") for enantiomer in Enantiomer]
        for enantiomer, stem in zip(Enantiomer, stems, strict=True):
            formula = f"ng_ml_per_mg_l * {named(enantiomer, state)}"
            if volume:
                formula += f" * {ratio} / {named(enantiomer, volume)}"
            yield Readout(
                name=stem, label=f"{label}, {enantiomer}", unit="ng/mL", formula=formula, status=status
            )
        yield Readout(
            name=f"{name}_ng_ml", label=label, unit="ng/mL", formula=" + ".join(stems), status=status
        )
