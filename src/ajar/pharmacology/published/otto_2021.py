"""Esketamine into a vein with norketamine, venous: Otto 2021 (pharmacology.md 1.3).

The authors tested published models on two of their own studies, kept the esketamine of Fanta 2015 fixed,
and estimated norketamine anew: two compartments, fed by all of esketamine's clearance. In the code they ran,
weight scales the central volumes and the clearances alone, and norketamine stays in mg of esketamine
(supplement, as transcribed in nlmixr2lib, Otto_2021_s_ketamine).
"""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Status, Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.published import fanta_2015
from ajar.pharmacology.published.card import (
    Equations,
    Output,
    PublishedModel,
    Source,
    Values,
    any_dose,
    infused_into,
)
from ajar.pharmacology.published.disposition import (
    allometric,
    centre,
    cv_of_log_variance,
    exchange,
    three_compartments,
)
from ajar.pharmacology.published.domain import Domain, Form, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Route

TABLE: Final = "Otto 2021, table 3 (pharmacology.md 1.3)"
FIXED: Final = "Otto 2021, table 3, fixed to Fanta 2015 (pharmacology.md 1.3)"


def _of(value: float, unit: str, source: str, omega2: float | None = None) -> Estimate:
    cv = None if omega2 is None else cv_of_log_variance(omega2)
    return Estimate(value=value, unit=unit, source=source, tag=Tag.B, between_subject_cv=cv)


PARAMETERS: Final = {
    "central_l": _of(133.0, "L", FIXED, omega2=0.084),
    "tissue_1_l": _of(187.0, "L", FIXED),
    "tissue_2_l": _of(98.8, "L", FIXED),
    "clearance_l_h": _of(95.2, "L/h", FIXED, omega2=0.026),
    "flow_1_l_h": _of(23.2, "L/h", FIXED),
    "flow_2_l_h": _of(157.0, "L/h", FIXED),
    "norketamine_central_l": _of(98.6, "L", TABLE, omega2=0.040),
    "norketamine_tissue_l": _of(160.0, "L", TABLE),
    "norketamine_clearance_l_h": _of(57.7, "L/h", TABLE, omega2=0.103),
    "norketamine_flow_l_h": _of(42.8, "L/h", TABLE),
}


def for_person(values: Values, person: Person) -> Values:
    """Weight scales the central volumes and the clearances, as in the authors' code, and nothing else."""
    return allometric(
        values,
        person,
        volumes=("central_l", "norketamine_central_l"),
        flows=("clearance_l_h", "norketamine_clearance_l_h"),
    )


def equations(values: Values) -> Equations:
    """The esketamine of Fanta 2015, and norketamine from all that is cleared."""
    volume = values["norketamine_central_l"]
    norketamine = centre(
        "norketamine",
        loss_per_h=values["norketamine_clearance_l_h"] / volume,
        tissues=[exchange(values["norketamine_flow_l_h"], volume, values["norketamine_tissue_l"])],
    )
    formed = {"esketamine": values["clearance_l_h"] / values["central_l"]}
    return {
        **three_compartments("esketamine", values),
        **norketamine,
        "norketamine": {**norketamine["norketamine"], **formed},
    }


MODEL: Final = PublishedModel(
    name="otto_2021",
    source=Source(
        citation="Otto ME et al., Eur J Clin Pharmacol 2021;77:1181-1192",
        doi="10.1007/s00228-021-03104-1",
        table="table 3",
        tag=Tag.B,
        population="48 healthy volunteers, 22 of them women, about 23 years and 70 kg",
        people=48,
    ),
    domain=Domain(
        drugs=(Drug.ESKETAMINE,),
        forms={Route.INTRAVENOUS: (Form.SOLUTION_FOR_INJECTION,)},
        setting=Setting.AWAKE,
    ),
    parameters=PARAMETERS,
    outputs=(
        fanta_2015.ESKETAMINE,
        Output(
            analyte=Analyte.NORKETAMINE,
            site=Site.VENOUS,
            state="norketamine",
            volume="norketamine_central_l",
            mass_ratio=1.0,
            status=Status.ESTABLISHED,
        ),
    ),
    for_person=for_person,
    equations=equations,
    inputs=infused_into("esketamine"),
    refuse_session=any_dose,
    residuals={
        "esketamine_proportional": _of(0.236, "1", TABLE),
        "norketamine_proportional": _of(0.143, "1", TABLE),
    },
    log_covariances={
        ("central_l", "clearance_l_h"): 0.023,
        ("norketamine_central_l", "norketamine_clearance_l_h"): 0.044,
    },
    known_problems=(
        "its esketamine is that of fanta_2015: in an ensemble the two count once",
        "norketamine is carried in mg of esketamine, as in the authors' code",
    ),
    not_offered=("arterial concentrations: every sample was venous",),
)
