"""A published model on paper: its own equations, written out from the functions that the engine runs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ajar.exchange.results.simulated import AS_PUBLISHED
from ajar.exchange.sbml.sheet import Given, Quantity, Readout, Schedule, Sheet, State, rate_of, scheduled
from ajar.exchange.sbml.u1_plasma import conversion
from ajar.exchange.sbml.written import Written, text_of
from ajar.pharmacology.compartments import Bolus
from ajar.pharmacology.estimates import typical_values
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import Output, PublishedModel, Values
from ajar.pharmacology.published.disposition import MINUTES_PER_HOUR
from ajar.pharmacology.published.domain import OutsideDomain, Setting
from ajar.pharmacology.regimen import DosingEvent, DosingSession, Regimen

MINUTES: Final = {
    text_of(MINUTES_PER_HOUR): "minutes_per_hour",
    text_of(2.0 * MINUTES_PER_HOUR): "(2 dimensionless * minutes_per_hour)",
}
"""The numbers with a unit that stand bare in the models' equations."""


def published_sheet(
    model: PublishedModel, person: Person, regimen: Regimen, *, setting: Setting = Setting.AWAKE
) -> Sheet:
    """The typical person of this description by a published model, with these doses.

    Raises:
        OutsideDomain: the person or a dose is outside what the model comes from.
    """
    refused = model.refusals(person, regimen, setting)
    if refused:
        raise OutsideDomain(f"{model.name} does not apply: {'; '.join(refused)}.")
    own = model.for_person(typical_values(model.parameters), person)
    written: Values = {name: Written(value, name) for name, value in own.items()}
    schedule = scheduled(_given(model, written, regimen))
    states = tuple(_states(model, written, schedule))
    readouts = tuple(_readout(output) for output in model.outputs)
    quantities = [*_own(model, own), *_doses(regimen), *_conversions(model)]
    return Sheet(
        name=model.name,
        version=AS_PUBLISHED,
        label=f"{model.source.citation}: {model.source.population}",
        notes=(*model.known_problems, *(f"Not offered: {words}" for words in model.not_offered)),
        doi=model.source.doi,
        quantities=_used(quantities, states, readouts, schedule),
        steps=schedule.steps,
        states=states,
        readouts=readouts,
        moments=schedule.moments,
    )


def _used(
    quantities: Iterable[Quantity],
    states: Sequence[State],
    readouts: Sequence[Readout],
    schedule: Schedule,
) -> tuple[Quantity, ...]:
    """Those that a formula names: this person's values already hold what weight, age and ancestry change."""
    formulas = [each.rate for each in states] + [each.formula for each in readouts]
    formulas += [each.start for each in schedule.steps] + list(schedule.starts.values())
    formulas += [formula for moment in schedule.moments for formula in moment.sets.values()]
    named = set(re.findall(r"\w+", " ".join(formulas)))
    return tuple(quantity for quantity in quantities if quantity.name in named)


def _given(model: PublishedModel, written: Values, regimen: Regimen) -> list[Given]:
    """What the model's own inputs make of each session, as formulas of the doses."""
    number = 0
    given = []
    for session in regimen.sessions:
        events = []
        for event in session.events:
            number += 1
            events.append(_named(event, number))
        for how in model.inputs(written, DosingSession(events=tuple(events))):
            amount = how.amount if isinstance(how, Bolus) else how.rate_per_h
            given.append(Given(state=how.state, how=how, formula=_text(amount)))
    return given


def _named(event: DosingEvent, number: int) -> DosingEvent:
    return replace(
        event,
        amount_mg=Written(event.amount_mg, f"dose_{number}_mg"),
        duration_h=Written(event.duration_h, f"dose_{number}_duration_h"),
    )


def _text(number: float) -> str:
    text = text_of(number)
    for bare, named in MINUTES.items():
        text = text.replace(bare, named)
    return text


def _states(model: PublishedModel, written: Values, schedule: Schedule) -> Iterator[State]:
    for name, coefficients in model.equations(written).items():
        rate = rate_of({of: _text(number) for of, number in coefficients.items()})
        yield State(
            name=name,
            label=name.replace("_", " ").capitalize(),
            unit="mg",
            rate=rate + schedule.inflow_of(name),
            start=schedule.start_of(name),
        )


def _readout(output: Output) -> Readout:
    return Readout(
        name=output.name,
        label=f"{output.analyte.capitalize()}, {output.site}",
        unit="ng/mL",
        formula=f"ng_ml_per_mg_l * {output.analyte}_mass_ratio * {output.state} / {output.volume}",
        status=output.status,
    )


def _own(model: PublishedModel, own: Values) -> Iterator[Quantity]:
    """This person's values. What is not in the paper's table comes from it by weight: a volume."""
    for name, value in own.items():
        estimate = model.parameters.get(name)
        unit, source = (estimate.unit, estimate.source) if estimate else ("L", model.source.table)
        yield Quantity(name=name, unit=unit, value=value, source=f"{source}, for this person")


def _doses(regimen: Regimen) -> Iterator[Quantity]:
    for number, event in enumerate(regimen.events, start=1):
        given = f"{event.drug}, {event.route}, base, at {event.start_h:g} h"
        yield Quantity(name=f"dose_{number}_mg", unit="mg", value=event.amount_mg, source=given)
        yield Quantity(name=f"dose_{number}_duration_h", unit="h", value=event.duration_h, source=given)


def _conversions(model: PublishedModel) -> Iterator[Quantity]:
    yield conversion()
    yield Quantity(name="minutes_per_hour", unit="min/h", value=MINUTES_PER_HOUR, source="by definition")
    for output in model.outputs:
        yield Quantity(
            name=f"{output.analyte}_mass_ratio",
            unit="1",
            value=output.mass_ratio,
            source="1 where the paper does not convert, the ratio of molar masses where it does",
        )
