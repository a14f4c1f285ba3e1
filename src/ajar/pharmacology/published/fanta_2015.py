"""Esketamine into a vein, three compartments, venous: Fanta 2015 (pharmacology.md 1.3).

The paper also describes oral doses and norketamine. Their parameters are not in the source at hand, so that
neither is offered.
"""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Status, Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person, Sex
from ajar.pharmacology.published.card import (
    Equations,
    Output,
    PublishedModel,
    Source,
    Values,
    any_dose,
    infused_into,
)
from ajar.pharmacology.published.disposition import THREE_FLOWS, THREE_VOLUMES, allometric, three_compartments
from ajar.pharmacology.published.domain import Domain, Form, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Route

TABLE: Final = "Fanta 2015, as transcribed from Otto 2021, table 3 (pharmacology.md 1.3)"


def _of(value: float, unit: str, cv: float | None = None) -> Estimate:
    return Estimate(value=value, unit=unit, source=TABLE, tag=Tag.B, between_subject_cv=cv)


PARAMETERS: Final = {
    "central_l": _of(133.0, "L"),
    "tissue_1_l": _of(187.0, "L"),
    "tissue_2_l": _of(98.8, "L"),
    "clearance_l_h": _of(95.2, "L/h", cv=0.13),
    "flow_1_l_h": _of(23.2, "L/h"),
    "flow_2_l_h": _of(157.0, "L/h"),
}


def for_person(values: Values, person: Person) -> Values:
    """Stated at 70 kg; scaled by weight with the usual exponents."""
    return allometric(values, person, volumes=THREE_VOLUMES, flows=THREE_FLOWS)


def equations(values: Values) -> Equations:
    """Blood and two tissues."""
    return three_compartments("esketamine", values)


ESKETAMINE: Final = Output(
    analyte=Analyte.ESKETAMINE,
    site=Site.VENOUS,
    state="esketamine",
    volume="central_l",
    mass_ratio=1.0,
    status=Status.ESTABLISHED,
)

MODEL: Final = PublishedModel(
    name="fanta_2015",
    source=Source(
        citation="Fanta S et al., Eur J Clin Pharmacol 2015;71:441-447",
        doi="10.1007/s00228-015-1826-y",
        table="the disposition of esketamine",
        tag=Tag.B,
        population="11 healthy men, 0.125 mg/kg into a vein and 0.25 mg/kg by mouth",
        people=11,
    ),
    domain=Domain(
        drugs=(Drug.ESKETAMINE,),
        forms={Route.INTRAVENOUS: (Form.SOLUTION_FOR_INJECTION,)},
        setting=Setting.AWAKE,
        studied_sex=Sex.MALE,
        highest_iv_mg_per_kg=0.125,
        why_not={
            Route.ORAL: "the paper has it (8 % reach the blood), but its absorption rates are not in the "
            "source at hand"
        },
    ),
    parameters=PARAMETERS,
    outputs=(ESKETAMINE,),
    for_person=for_person,
    equations=equations,
    inputs=infused_into("esketamine"),
    refuse_session=any_dose,
    known_problems=("the exponents of weight are not in the source at hand; 0.75 and 1 are taken",),
    not_offered=(
        "norketamine: the parameters of its three compartments are not in the source at hand; see otto_2021",
        "oral doses: their absorption rates are not in the source at hand",
        "arterial concentrations: every sample was venous",
    ),
)
