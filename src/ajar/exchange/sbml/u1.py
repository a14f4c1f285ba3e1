"""U1 on paper: one body, one regimen, every output that SBML can say."""

from collections.abc import Sequence
from typing import Final

from ajar.exchange.sbml.sheet import Moment, Sheet, Step
from ajar.exchange.sbml.u1_effects import chain_states, effect_quantities, effect_readouts
from ajar.exchange.sbml.u1_plasma import plasma_of
from ajar.exchange.sbml.written import text_of
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1.absorption import refuse_unknown
from ajar.pharmacology.u1.acute import attenuation, earlier_sessions
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.model import NOTES, Circumstances
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

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
    left = [attenuation(felt, individual.sensitivity) for felt in earlier_sessions(starts_h)]
    attenuated = Step(
        name="attenuation",
        label="What is left of the dissociation after earlier sessions",
        unit="1",
        start=text_of(left[0]),
    )
    quantities = effect_quantities(individual.sensitivity, circumstances, first_dose_h=starts_h[0])
    return Sheet(
        name=MODEL_ID,
        version=VERSION,
        label="U1: ketamine by every route, its metabolites, acute effects and a hypothetical slow chain",
        notes=(*NOTES, LEFT_OUT, *(f"Option on: {option}." for option in sorted(circumstances.options))),
        doi="",
        quantities=(*plasma.quantities, *quantities),
        steps=(*plasma.schedule.steps, attenuated),
        states=(*plasma.states, *chain_states()),
        readouts=(*plasma.readouts, *effect_readouts(circumstances)),
        moments=_with_sessions(plasma.schedule.moments, starts_h[1:], left[1:]),
    )


def _with_sessions(
    moments: Sequence[Moment], starts_h: Sequence[float], left: Sequence[float]
) -> tuple[Moment, ...]:
    """The moments of the doses, and at the start of each later session what is left of the dissociation."""
    sets: dict[float, dict[str, str]] = {moment.at_h: dict(moment.sets) for moment in moments}
    for at_h, share in zip(starts_h, left, strict=True):
        same_h = min(sets, key=lambda known_h: abs(known_h - at_h))  # every session starts with a dose
        sets[same_h]["attenuation"] = text_of(share)
    return tuple(Moment(at_h=at_h, sets=changes) for at_h, changes in sets.items())
