"""How a dose gets in: U1's routes (pharmacology.md 4.1, routes), one enantiomer at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from ajar.pharmacology.compartments import Bolus, Inflow
from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.regimen import DEVICE_BASE_MG, AfterHold, DosingEvent, Regimen, Route
from ajar.pharmacology.u1.covariates import interaction_of, refusal
from ajar.pharmacology.u1.parameters import (
    AFTER_HOLD_INPUT_H,
    INTRAMUSCULAR,
    LARGEST_BY_MOUTH_MG,
    LARGEST_INJECTION_MG_PER_KG,
    MUCOSA,
    NASAL,
    ORAL_INPUT_H,
    SWALLOWED,
)

INJECTED: Final = (Route.INTRAVENOUS, Route.INTRAMUSCULAR, Route.SUBCUTANEOUS)
BY_MOUTH: Final = (Route.SUBLINGUAL, Route.ORAL)


class OutsideDomain(ValueError):
    """The model has no ground to answer; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorption:
    """Rates by which a route's depots empty, and the share that passes the liver; 0.0: no such depot."""

    ka_per_h: float
    kg_per_h: float
    kt_per_h: float
    escapes_liver: float


NO_DEPOT: Final = Absorption(ka_per_h=0.0, kg_per_h=0.0, kt_per_h=0.0, escapes_liver=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptake:
    """One person's absorption in one session. `mucosal_logit_shift` is 0.0 for the typical person.

    What goes into muscle serves for what goes under the skin too (`SUBCUTANEOUS`).
    """

    muscle_share: float
    muscle_ka_per_h: float
    mucosal_uptake_per_min: float
    mucosal_logit_shift: float
    mucosal_ka_per_h: float
    kg_per_h: float
    kt_per_h: float
    escapes_liver_s: float
    escapes_liver_r: float
    nasal_share: float
    nasal_ka_per_h: float
    nasal_kg_per_h: float

    def mucosal_share(self, hold_h: float) -> float:
        """Share of a dose absorbed in the mouth in this hold time: 16 % in 10 min, typically."""
        share = 1.0 - exp(-self.mucosal_uptake_per_min * hold_h * 60.0)
        return shifted_on_logit(share, self.mucosal_logit_shift)

    def nasal_share_of(self, *, device: int) -> float:
        """Share of a device absorbed in the nose; devices of a session count from 1."""
        return self.nasal_share * (NASAL["later_device_factor"].value if device > 1 else 1.0)

    def escapes_liver(self, enantiomer: Enantiomer) -> float:
        """Share of what comes from the gut that passes the liver unchanged, by mouth."""
        return self.escapes_liver_s if enantiomer is Enantiomer.S else self.escapes_liver_r


def shifted_on_logit(share: float, shift: float) -> float:
    """A fraction moved by so much on the logit scale; it stays a fraction."""
    return 1.0 / (1.0 + exp(-(log(share / (1.0 - share)) + shift)))


def typical_uptake(person: Person) -> Uptake:
    """The typical absorption of someone of this ancestry and these medicines.

    What is swallowed of a nasal dose keeps its first pass: no source prints a size for it, and by the nose
    medicines do little (pharmacology.md 1.4).

    Raises:
        ValueError: as `interaction_of`.
    """
    japanese = person.ancestry is Ancestry.JAPANESE
    return Uptake(
        muscle_share=INTRAMUSCULAR["absorbed_share"].value,
        muscle_ka_per_h=INTRAMUSCULAR["ka_per_h"].value,
        mucosal_uptake_per_min=MUCOSA["uptake_per_min"].value,
        mucosal_logit_shift=0.0,
        mucosal_ka_per_h=MUCOSA["ka_per_h"].value,
        kg_per_h=SWALLOWED["kg_per_h"].value,
        kt_per_h=SWALLOWED["kt_per_h"].value,
        escapes_liver_s=SWALLOWED["escapes_liver_s"].value * interaction_of(person).first_pass_factor,
        escapes_liver_r=SWALLOWED["escapes_liver_r"].value,
        nasal_share=NASAL["absorbed_share"].value * (NASAL["japanese_factor"].value if japanese else 1.0),
        nasal_ka_per_h=NASAL["ka_per_h"].value,
        nasal_kg_per_h=NASAL["kg_per_h"].value,
    )


def refuse_unknown(regimen: Regimen, person: Person) -> None:
    """U1 answers where it was compared with somebody's data, or where a stand-in is named (`SUBCUTANEOUS`).

    Raises:
        OutsideDomain: a person, product or amount it knows nothing about.
    """
    because = refusal(person)
    if because is not None:
        raise OutsideDomain(because)
    for event in regimen.events:
        if event.route is Route.NASAL:
            _refuse_other_sprays(event)
    for session in regimen.sessions:
        _refuse_amounts(session.events, person)


def _refuse_other_sprays(event: DosingEvent) -> None:
    if event.drug is not Drug.ESKETAMINE or event.amount_mg != DEVICE_BASE_MG:
        raise OutsideDomain(
            f"U1 knows nasal esketamine in devices of {DEVICE_BASE_MG:g} mg; "
            f"{event.amount_mg:g} mg of {event.drug} in the nose has no sourced absorption model."
        )


def _refuse_amounts(events: Sequence[DosingEvent], person: Person) -> None:
    injected_mg = sum(event.amount_mg for event in events if event.route in INJECTED)
    if injected_mg > LARGEST_INJECTION_MG_PER_KG.value * person.weight_kg:
        raise OutsideDomain(
            f"U1 is known up to {LARGEST_INJECTION_MG_PER_KG.value:g} mg/kg a session by injection; "
            f"{injected_mg:g} mg at {person.weight_kg:g} kg is {injected_mg / person.weight_kg:.3g} mg/kg."
        )
    by_mouth_mg = sum(event.amount_mg for event in events if event.route in BY_MOUTH)
    if by_mouth_mg > LARGEST_BY_MOUTH_MG.value:
        raise OutsideDomain(
            f"U1 is known up to {LARGEST_BY_MOUTH_MG.value:g} mg a session by mouth, got {by_mouth_mg:g} mg."
        )


def absorption_by(route: Route, uptake: Uptake, enantiomer: Enantiomer) -> Absorption:
    """The rates of a route in one person's session."""
    gut_to_blood = uptake.escapes_liver(enantiomer)
    match route:
        case Route.INTRAMUSCULAR | Route.SUBCUTANEOUS:
            return Absorption(ka_per_h=uptake.muscle_ka_per_h, kg_per_h=0.0, kt_per_h=0.0, escapes_liver=0.0)
        case Route.SUBLINGUAL | Route.ORAL:
            return Absorption(
                ka_per_h=uptake.mucosal_ka_per_h,
                kg_per_h=uptake.kg_per_h,
                kt_per_h=uptake.kt_per_h,
                escapes_liver=gut_to_blood,
            )
        case Route.NASAL:
            return Absorption(
                ka_per_h=uptake.nasal_ka_per_h,
                kg_per_h=uptake.nasal_kg_per_h,
                kt_per_h=NASAL["kt_per_h"].value,
                escapes_liver=NASAL["escapes_liver"].value,
            )
        case _:
            return NO_DEPOT


def bioavailable_share(event: DosingEvent, uptake: Uptake, enantiomer: Enantiomer, *, device: int) -> float:
    """Share of a dose that reaches the circulation unchanged; it goes with U1's clearance and no other's."""
    match event.route:
        case Route.INTRAMUSCULAR | Route.SUBCUTANEOUS:
            return uptake.muscle_share
        case Route.SUBLINGUAL:
            mouth = uptake.mucosal_share(event.duration_h)
            swallowed = 0.0 if event.after_hold is AfterHold.SPAT_OUT else 1.0 - mouth
            return mouth + swallowed * uptake.escapes_liver(enantiomer)
        case Route.ORAL:
            return uptake.escapes_liver(enantiomer)
        case Route.NASAL:
            nose = uptake.nasal_share_of(device=device)
            past_gut = (1.0 - nose) * NASAL["escapes_gut"].value
            return nose + past_gut * NASAL["escapes_liver"].value
        case _:
            return 1.0


def inputs_of(event: DosingEvent, uptake: Uptake, amount_mg: float, *, device: int) -> list[Bolus | Inflow]:
    """What one administration of one enantiomer puts into which state of U1."""
    start_h = event.start_h
    match event.route:
        case Route.INTRAMUSCULAR | Route.SUBCUTANEOUS:
            return [Bolus(state="D", amount=uptake.muscle_share * amount_mg, at_h=start_h)]
        case Route.SUBLINGUAL:
            return _held(event, uptake, amount_mg)
        case Route.ORAL:
            return [_evenly("G", amount_mg, start_h, ORAL_INPUT_H.value)]
        case Route.NASAL:
            nose = uptake.nasal_share_of(device=device)
            past_gut_mg = (1.0 - nose) * NASAL["escapes_gut"].value * amount_mg
            return [
                Bolus(state="D", amount=nose * amount_mg, at_h=start_h),
                _evenly("G", past_gut_mg, start_h, NASAL["swallowed_input_h"].value),
            ]
        case _:
            return [_evenly("A1", amount_mg, start_h, event.duration_h)]


def _held(event: DosingEvent, uptake: Uptake, amount_mg: float) -> list[Bolus | Inflow]:
    mouth = uptake.mucosal_share(event.duration_h)
    absorbed = _evenly("D", mouth * amount_mg, event.start_h, event.duration_h)
    if event.after_hold is AfterHold.SPAT_OUT:
        return [absorbed]
    end_h = event.start_h + event.duration_h
    return [absorbed, _evenly("G", (1.0 - mouth) * amount_mg, end_h, AFTER_HOLD_INPUT_H.value)]


def _evenly(state: str, amount_mg: float, start_h: float, over_h: float) -> Inflow:
    return Inflow(state=state, rate_per_h=amount_mg / over_h, from_h=start_h, until_h=start_h + over_h)
