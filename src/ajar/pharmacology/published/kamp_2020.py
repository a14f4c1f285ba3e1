"""Ketamine into a vein, arterial, three compartments: Kamp 2020, meta-analysis (pharmacology.md 1.3).

The published model continues into two venous delay compartments. Their parameters are not in the source at
hand, so that this is the arterial part alone and gives no venous concentration.
"""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Status, Tag
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
from ajar.pharmacology.published.disposition import THREE_FLOWS, THREE_VOLUMES, allometric, three_compartments
from ajar.pharmacology.published.domain import Domain, Form, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Route

TABLE: Final = (
    "Kamp 2020 (Anesthesiology), raw-data model, as transcribed in opentiva 1.1.2 (pharmacology.md 1.3)"
)


def _of(value: float, unit: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=TABLE, tag=Tag.B)


def for_person(values: Values, person: Person) -> Values:
    """Stated at 70 kg; scaled by weight with the usual exponents."""
    return allometric(values, person, volumes=THREE_VOLUMES, flows=THREE_FLOWS)


def equations(values: Values) -> Equations:
    """Blood and two tissues."""
    return three_compartments("ketamine", values)


MODEL: Final = PublishedModel(
    name="kamp_2020",
    source=Source(
        citation="Kamp J et al., Anesthesiology 2020;133:1192-1213",
        doi="10.1097/ALN.0000000000003577",
        table="the population model of 14 raw data sets; its table is not in the source at hand",
        tag=Tag.B,
        population="18 studies in the meta-analysis (five of them paediatric), 14 raw data sets in the model",
        people=None,
    ),
    domain=Domain(
        drugs=(Drug.RACEMATE,),
        forms={Route.INTRAVENOUS: (Form.SOLUTION_FOR_INJECTION,)},
        setting=Setting.AWAKE,
    ),
    parameters={
        "central_l": _of(25.0, "L"),
        "tissue_1_l": _of(56.0, "L"),
        "tissue_2_l": _of(157.0, "L"),
        "clearance_l_h": _of(84.0, "L/h"),
        "flow_1_l_h": _of(161.0, "L/h"),
        "flow_2_l_h": _of(79.0, "L/h"),
    },
    outputs=(
        Output(
            analyte=Analyte.KETAMINE,
            site=Site.ARTERIAL,
            state="ketamine",
            volume="central_l",
            mass_ratio=1.0,
            status=Status.ESTABLISHED,
        ),
    ),
    for_person=for_person,
    equations=equations,
    inputs=infused_into("ketamine"),
    refuse_session=any_dose,
    known_problems=(
        "the exponents of weight are not in the source at hand; 0.75 and 1 are taken",
        "how much of its data is esketamine is not in the source at hand; it is used for the racemate alone",
    ),
    not_offered=(
        "venous concentrations: the two venous delay compartments are not in the source at hand",
        "norketamine",
        "the enantiomers",
        "spread between people: not in the source at hand",
    ),
)
