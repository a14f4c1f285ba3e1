"""A sheet as an SBML document, Level 3 Version 2, checked by libSBML before it leaves.

Mass is in species of one compartment and counted as amounts; a concentration that takes no mass, a share or
a score is a parameter with a rate rule. Doses are events at known times. This module imports libsbml: import
it only where a document is made.
"""

from html import escape
from typing import Any, Final

import libsbml

from ajar.exchange.sbml.sheet import AMOUNT, Moment, Quantity, Readout, Sheet, State, Step
from ajar.exchange.sbml.units import UNITS, Unit, unit_named

LEVEL: Final = 3
VERSION: Final = 2
BODY: Final = "body"
XHTML: Final = "http://www.w3.org/1999/xhtml"


class BadSheet(ValueError):
    """A formula cannot be read, or libSBML finds the model wrong; says where and why."""


def sbml_text(sheet: Sheet) -> str:
    """The document. libSBML has found nothing wrong with it, not even a doubt about units.

    Raises:
        BadSheet: a formula that cannot be read, or a fault that libSBML found.
    """
    document = libsbml.SBMLDocument(LEVEL, VERSION)
    model = document.createModel()
    _describe(model, sheet)
    for unit in dict.fromkeys(UNITS.values()):
        _define(model, unit)
    _add_body(model)
    for quantity in sheet.quantities:
        _add_quantity(model, quantity)
    for step in sheet.steps:
        _add_step(model, step)
    for state in sheet.states:
        _add_state(model, state)
    for readout in sheet.readouts:
        _add_readout(model, readout)
    for number, moment in enumerate(sheet.moments, start=1):
        _add_moment(model, moment, number)
    _refuse_errors(document)
    return str(libsbml.writeSBMLToString(document))


def _refuse_errors(document: Any) -> None:
    document.checkConsistency()
    found = [document.getError(row).getMessage().strip() for row in range(document.getNumErrors())]
    if found:
        raise BadSheet(f"libSBML finds {len(found)} faults, the first: {found[0]}")


def _describe(model: Any, sheet: Sheet) -> None:
    model.setId(sheet.name)
    model.setMetaId(f"meta_{sheet.name}")
    model.setName(sheet.label)
    _note(model, f"Model {sheet.name}, version {sheet.version}.", *sheet.notes)
    hour = unit_named("h").name
    model.setTimeUnits(hour)
    model.setSubstanceUnits(AMOUNT)
    model.setExtentUnits(AMOUNT)
    model.setVolumeUnits("litre")
    if sheet.doi:
        term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
        term.setBiologicalQualifierType(libsbml.BQB_IS_DESCRIBED_BY)
        term.addResource(f"https://identifiers.org/doi:{sheet.doi}")
        model.addCVTerm(term)


def _note(element: Any, *lines: str) -> None:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    element.setNotes(f'<body xmlns="{XHTML}">{paragraphs}</body>')


def _define(model: Any, unit: Unit) -> None:
    if unit.parts:
        made = model.createUnitDefinition()
        made.setId(unit.name)
        for part in unit.parts:
            factor = made.createUnit()
            factor.setKind(libsbml.UnitKind_forName(part.kind))
            factor.setExponent(float(part.exponent))
            factor.setScale(part.scale)
            factor.setMultiplier(part.multiplier)


def _add_body(model: Any) -> None:
    """Species stand somewhere; amounts, not concentrations, move between them, so its size plays no part."""
    body = model.createCompartment()
    body.setId(BODY)
    body.setConstant(True)
    body.setSpatialDimensions(3)
    body.setSize(1.0)
    body.setUnits("litre")


def _add_quantity(model: Any, quantity: Quantity) -> None:
    made = _parameter(model, quantity.name, quantity.unit)
    made.setConstant(True)
    made.setValue(float(quantity.value))
    _note(made, quantity.source)


def _parameter(model: Any, name: str, unit: str) -> Any:
    made = model.createParameter()
    made.setId(name)
    made.setUnits(unit_named(unit).name)
    made.setConstant(False)
    return made


def _add_step(model: Any, step: Step) -> None:
    made = _parameter(model, step.name, step.unit)
    made.setName(step.label)
    _start(model, step.name, step.start)


def _add_state(model: Any, state: State) -> None:
    made = _species(model, state) if state.unit == AMOUNT else _parameter(model, state.name, state.unit)
    made.setName(state.label)
    if state.status is not None:
        _note(made, f"Unit: {state.unit}. How well it is known: {state.status}.")
    _start(model, state.name, state.start)
    rule = model.createRateRule()
    rule.setVariable(state.name)
    rule.setMath(_math(state.rate, state.name))


def _species(model: Any, state: State) -> Any:
    made = model.createSpecies()
    made.setId(state.name)
    made.setCompartment(BODY)
    made.setSubstanceUnits(AMOUNT)
    made.setHasOnlySubstanceUnits(True)
    made.setBoundaryCondition(False)
    made.setConstant(False)
    return made


def _start(model: Any, name: str, formula: str) -> None:
    made = model.createInitialAssignment()
    made.setSymbol(name)
    made.setMath(_math(formula, name))


def _add_readout(model: Any, readout: Readout) -> None:
    made = _parameter(model, readout.name, readout.unit)
    made.setName(readout.label)
    if readout.status is not None:
        _note(made, f"Unit: {readout.unit}. How well it is known: {readout.status}.")
    rule = model.createAssignmentRule()
    rule.setVariable(readout.name)
    rule.setMath(_math(readout.formula, readout.name))


def _add_moment(model: Any, moment: Moment, number: int) -> None:
    event = model.createEvent()
    event.setId(f"moment_{number}")
    event.setUseValuesFromTriggerTime(True)
    trigger = event.createTrigger()
    trigger.setInitialValue(True)
    trigger.setPersistent(True)
    trigger.setMath(_math(f"time >= {float(moment.at_h)!r} hour", event.getId()))
    for name, formula in moment.sets.items():
        made = event.createEventAssignment()
        made.setVariable(name)
        made.setMath(_math(formula, name))


def _math(formula: str, of: str) -> Any:
    read = libsbml.parseL3Formula(formula)
    if read is None:
        raise BadSheet(f"The formula of {of} cannot be read: {libsbml.getLastParseL3Error().strip()}")
    return read
