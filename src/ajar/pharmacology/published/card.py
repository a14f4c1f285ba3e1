"""What a published model is here: its numbers, where they come from, whom they fit, and how to run it.

A model is written as three plain functions of its parameter values: what this person changes in them, the
equations, and what a session of doses puts into which state. The values are the paper's typical ones unless
others are given, so that a population or one person's estimate runs through the same three functions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ajar.pharmacology.compartments import Bolus, CompartmentModel, Inflow, trajectory
from ajar.pharmacology.estimates import Estimate, Status, Tag, typical_values
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.domain import Domain, Form, OutsideDomain, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import DosingEvent, DosingSession, Regimen, Route

Values = Mapping[str, float]
Equations = Mapping[str, Mapping[str, float]]
Inputs = list[Bolus | Inflow]

NG_ML_PER_MG_L: Final = 1000.0
"""Nanograms a millilitre in a milligram a litre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A concentration that a model gives: of what, from which blood, and how it is read from a state.

    `mass_ratio` turns the state's milligrams into milligrams of the analyte: 1 where the paper itself does
    not convert, the ratio of molar masses where it counts molecules.
    """

    analyte: Analyte
    site: Site
    state: str
    volume: str
    mass_ratio: float
    status: Status

    @property
    def name(self) -> str:
        """Its key in results, unit last."""
        return f"{self.analyte}_{self.site.name.lower()}_ng_ml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The paper, the table, how the numbers were read, and who was studied."""

    citation: str
    doi: str
    table: str
    tag: Tag
    population: str
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublishedModel:
    """One published model. `known_problems` and `not_offered` are shown wherever its results are."""

    name: str
    source: Source
    domain: Domain
    parameters: Mapping[str, Estimate]
    outputs: tuple[Output, ...]
    for_person: Callable[[Values, Person], Values]
    equations: Callable[[Values], Equations]
    inputs: Callable[[Values, DosingSession], Inputs]
    refuse_session: Callable[[DosingSession], tuple[str, ...]]
    residuals: Mapping[str, Estimate] = field(default_factory=dict)
    log_covariances: Mapping[tuple[str, str], float] = field(default_factory=dict)
    known_problems: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()

    def refusals(self, person: Person, regimen: Regimen, setting: Setting = Setting.AWAKE) -> tuple[str, ...]:
        """Every reason, in words, why this model may not be asked about this person and these doses, here."""
        found = [*self.domain.setting_refusals(setting), *self.domain.person_refusals(person)]
        for event in regimen.events:
            found += self.domain.drug_refusals(event.drug)
            found += self.domain.route_refusals(event.route)
        for session in regimen.sessions:
            found += self.refuse_session(session)
        return tuple(dict.fromkeys(found))

    def admission_refusals(
        self, person: Person, route: Route, drug: Drug, form: Form, setting: Setting
    ) -> tuple[str, ...]:
        """Every reason, in words, why this model is not one for this person, route, product and place."""
        return (
            *self.domain.drug_refusals(drug),
            *self.domain.route_refusals(route),
            *self.domain.form_refusals(route, form),
            *self.domain.setting_refusals(setting),
            *self.domain.person_refusals(person),
        )

    def dose_cautions(self, person: Person, regimen: Regimen) -> tuple[str, ...]:
        """Where a dose is above the highest one studied: linear kinetics are then an assumption."""
        found = [self._above(event, person) for event in regimen.events if event.route is Route.INTRAVENOUS]
        return tuple(dict.fromkeys(caution for caution in found if caution))

    def _above(self, event: DosingEvent, person: Person) -> str:
        highest_mg, per_kg = self.domain.highest_iv_mg, self.domain.highest_iv_mg_per_kg
        if highest_mg is not None and event.amount_mg > highest_mg:
            return (
                f"{event.amount_mg:g} mg is above the {highest_mg:g} mg studied; linear kinetics are assumed"
            )
        if per_kg is not None and event.amount_mg > per_kg * person.weight_kg * (1 + 1e-9):
            given = event.amount_mg / person.weight_kg
            return f"{given:.3g} mg/kg is above the {per_kg:g} mg/kg studied; linear kinetics are assumed"
        return ""

    def concentrations(
        self,
        person: Person,
        regimen: Regimen,
        times_h: FloatArray,
        *,
        values: Values | None = None,
        setting: Setting = Setting.AWAKE,
    ) -> dict[str, FloatArray]:
        """Each output (ng/mL) at each time (h). `values` replaces the paper's typical parameter values.

        Raises:
            OutsideDomain: the person or a dose is outside what the model comes from.
            ValueError: times that are not finite and rising.
        """
        refused = self.refusals(person, regimen, setting)
        if refused:
            raise OutsideDomain(f"{self.name} does not apply: {'; '.join(refused)}.")
        own = self.for_person(typical_values(self.parameters) if values is None else values, person)
        model = CompartmentModel.of(self.equations(own))
        inputs = [each for session in regimen.sessions for each in self.inputs(own, session)]
        amounts = trajectory(model, inputs=inputs, times_h=times_h)
        return {
            output.name: amounts[:, model.index(output.state)]
            * (output.mass_ratio * NG_ML_PER_MG_L / own[output.volume])
            for output in self.outputs
        }


def any_dose(_session: DosingSession) -> tuple[str, ...]:
    """The paper gives no reason to refuse a dose: every rate in the model is linear."""
    return ()


def infused_into(state: str) -> Callable[[Values, DosingSession], Inputs]:
    """How a model that knows infusions alone takes a session."""

    def inputs(_values: Values, session: DosingSession) -> Inputs:
        return infusions(state, session.events)

    return inputs


def infusions(state: str, events: Sequence[DosingEvent]) -> Inputs:
    """Intravenous doses at a constant rate into a state."""
    return [
        Inflow(
            state=state,
            rate_per_h=event.amount_mg / event.duration_h,
            from_h=event.start_h,
            until_h=event.start_h + event.duration_h,
        )
        for event in events
        if event.route is Route.INTRAVENOUS
    ]
