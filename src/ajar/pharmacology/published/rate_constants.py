"""The older infusion models: a central volume per kg, rate constants per minute, one measured substance."""

from collections.abc import Mapping
from typing import Final

from ajar.pharmacology.estimates import Estimate, Status
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import (
    Equations,
    Output,
    PublishedModel,
    Source,
    Values,
    any_dose,
    infused_into,
)
from ajar.pharmacology.published.disposition import MINUTES_PER_HOUR, centre
from ajar.pharmacology.published.domain import Domain, Form, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Route

NOT_OFFERED: Final = (
    "an effect site: the rate that code libraries attach assumes a peak after 1 minute of anaesthesia "
    "(pharmacology.md 7.8)",
    "norketamine",
    "the enantiomers: the assay was of the racemate (pharmacology.md 7.3)",
    "spread between people: not in the source at hand",
)


def for_person(values: Values, person: Person) -> Values:
    """The central volume is stated per kg; the rate constants are everybody's."""
    return {**values, "central_l": values["central_l_per_kg"] * person.weight_kg}


def equations(values: Values) -> Equations:
    """The centre, and as many tissues as there are pairs of rate constants."""
    pairs = [("k12_per_min", "k21_per_min"), ("k13_per_min", "k31_per_min")]
    return centre(
        "ketamine",
        loss_per_h=values["k10_per_min"] * MINUTES_PER_HOUR,
        tissues=[
            (values[out] * MINUTES_PER_HOUR, values[back] * MINUTES_PER_HOUR)
            for out, back in pairs
            if out in values
        ],
    )


def racemic_infusion_model(
    *,
    name: str,
    source: Source,
    parameters: Mapping[str, Estimate],
    site: Site,
    setting: Setting,
    highest_iv_mg_per_kg: float | None,
    known_problems: tuple[str, ...],
) -> PublishedModel:
    """A model of this shape: racemic ketamine by infusion, both enantiomers measured as one, at one site."""
    return PublishedModel(
        name=name,
        source=source,
        domain=Domain(
            drugs=(Drug.RACEMATE,),
            forms={Route.INTRAVENOUS: (Form.SOLUTION_FOR_INJECTION,)},
            setting=setting,
            highest_iv_mg_per_kg=highest_iv_mg_per_kg,
        ),
        parameters=parameters,
        outputs=(_both_enantiomers(site),),
        for_person=for_person,
        equations=equations,
        inputs=infused_into("ketamine"),
        refuse_session=any_dose,
        known_problems=known_problems,
        not_offered=NOT_OFFERED,
    )


def _both_enantiomers(site: Site) -> Output:
    return Output(
        analyte=Analyte.KETAMINE,
        site=site,
        state="ketamine",
        volume="central_l",
        mass_ratio=1.0,
        status=Status.ESTABLISHED,
    )
