"""U1 on paper: one body, one regimen, every output that SBML can say."""

from collections.abc import Mapping, Sequence
from typing import Final

from ajar.exchange.sbml.sheet import Moment, Sheet, Step
from ajar.exchange.sbml.u1_effects import chain_states, effect_quantities, effect_readouts
from ajar.exchange.sbml.u1_plasma import plasma_of
from ajar.exchange.sbml.written import text_of
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1.absorption import refuse_unknown
from ajar.pharmacology.u1.acute import attenuation, earlier_sessions
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.model import Circumstances, notes_of
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

SESSION_STEPS: Final = {
    "attenuation": "What is left of the dissociation after earlier sessions",
    "pressure_on_the_day": "How strongly pressure answers in this session, over the usual",
}
"""What each session has of its own, and stays until the next."""

LEFT_OUT: Final = (
    "Not in this file: the PHQ-9, which looks back over 14 days (SBML without a delay cannot), and the "
    "probability of nausea, which belongs to a session and not to a moment."
)


def u1_sheet(regimen: Regimen, individual: Individual, *, circumstances: Circumstances) -> Sheet:
    """The model of this body with these doses. Time is in hours from the regimen's own zero.

    Raises:
        OutsideDomain: U1 does not know this route, product or amount.
    """
    refuse_unknown(regimen, individual.person)
    plasma = plasma_of(regimen, individual)
    starts_h = [session.start_h for session in regimen.sessions]
    quantities = effect_quantities(individual.sensitivity, circumstances, first_dose_h=starts_h[0])
    days = _days(individual, starts_h)
    steps = [
        Step(name=name, label=SESSION_STEPS[name], unit="1", start=text_of(days[name][0])) for name in days
    ]
    return Sheet(
        name=MODEL_ID,
        version=VERSION,
        label="U1: ketamine by every route, its metabolites, acute effects and a hypothetical slow chain",
        notes=(*notes_of(regimen, individual.person, circumstances), LEFT_OUT),
        doi="",
        quantities=(*plasma.quantities, *quantities),
        steps=(*plasma.schedule.steps, *steps),
        states=(*plasma.states, *chain_states()),
        readouts=(*plasma.readouts, *effect_readouts(circumstances)),
        moments=_with_sessions(plasma.schedule.moments, starts_h, days),
    )


def _days(individual: Individual, starts_h: Sequence[float]) -> dict[str, list[float]]:
    """What each session has of its own, in order."""
    felt = earlier_sessions(starts_h)
    return {
        "attenuation": [attenuation(earlier, individual.sensitivity) for earlier in felt],
        "pressure_on_the_day": [individual.pressure_in(number) for number in range(len(starts_h))],
    }


def _with_sessions(
    moments: Sequence[Moment], starts_h: Sequence[float], days: Mapping[str, Sequence[float]]
) -> tuple[Moment, ...]:
    """The moments of the doses, and at the start of each later session what is its own."""
    sets: dict[float, dict[str, str]] = {moment.at_h: dict(moment.sets) for moment in moments}
    for number, at_h in enumerate(starts_h[1:], start=1):
        same_h = min(sets, key=lambda known_h: abs(known_h - at_h))  # every session starts with a dose
        sets[same_h] |= {name: text_of(values[number]) for name, values in days.items()}
    return tuple(Moment(at_h=at_h, sets=changes) for at_h, changes in sets.items())
