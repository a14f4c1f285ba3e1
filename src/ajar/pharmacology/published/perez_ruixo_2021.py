"""Esketamine by nose and mouth with norketamine, in 820 people: Perez-Ruixo 2021 (pharmacology.md 1.1).

The differential equations printed in the paper contain typing errors; these are the corrected ones that
reproduce its Table 4. Time is in hours, amounts in mg of esketamine.
"""

from typing import Final

from ajar.pharmacology.compartments import Bolus, Inflow
from ajar.pharmacology.estimates import Estimate, Status, Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.published.card import Equations, Inputs, Output, PublishedModel, Source, Values
from ajar.pharmacology.published.disposition import centre, exchange
from ajar.pharmacology.published.domain import Domain, Form, Interval, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import DEVICE_BASE_MG, MOST_DEVICES, DosingEvent, DosingSession, Route

TABLE: Final = "Perez-Ruixo 2021, tables 2 to 4 (pharmacology.md 1.1)"


def _of(value: float, unit: str, cv: float | None = None, logit_sd: float | None = None) -> Estimate:
    return Estimate(
        value=value,
        unit=unit,
        source=TABLE,
        tag=Tag.B,
        between_subject_cv=cv,
        between_subject_logit_sd=logit_sd,
    )


PARAMETERS: Final = {
    "nasal_fraction": _of(0.54, "1", logit_sd=0.708),
    "later_device_ratio": _of(0.62, "1"),
    "japanese_nasal_ratio": _of(1.34, "1"),
    "nasal_absorption_per_h": _of(2.93, "1/h", cv=0.615),
    "swallowed_duration_h": _of(0.53, "h"),
    "swallowed_absorption_per_h": _of(1.45, "1/h", cv=1.32),
    "oral_duration_h": _of(0.32, "h"),
    "oral_absorption_per_h": _of(0.97, "1/h", cv=1.32),
    "gut_fraction": _of(0.64, "1"),
    "central_l": _of(192.0, "L", cv=0.275),
    "tissue_1_l": _of(143.0, "L", cv=0.493),
    "tissue_2_l": _of(417.0, "L"),
    "flow_1_l_h": _of(84.3, "L/h"),
    "flow_2_l_h": _of(37.6, "L/h"),
    "liver_flow_l_h": _of(151.0, "L/h", cv=0.232),
    "liver_flow_lost_l_h_per_year": _of(2.19, "L/h per year"),
    "liver_flow_falls_from_years": _of(60.0, "years"),
    "liver_l": _of(101.0, "L", cv=0.346),
    "liver_elimination_per_h": _of(1.11, "1/h", cv=1.20),
    "asian_elimination_ratio": _of(0.36, "1"),
    # The between-subject spread of this one is blank in the printed table.
    "norketamine_formation_per_h": _of(2.77, "1/h"),
    "norketamine_central_l": _of(70.0, "L", cv=0.316),
    "norketamine_tissue_l": _of(115.0, "L"),
    "norketamine_clearance_l_h": _of(38.0, "L/h", cv=0.254),
    "asian_norketamine_clearance_ratio": _of(0.81, "1"),
    "norketamine_flow_l_h": _of(26.1, "L/h"),
}

NOT_FOR_INFUSIONS: Final = (
    "its data are almost all nasal and venous, and it predicts a third less than several studies of "
    "infusions found (pharmacology.md 1.1, known problem c)"
)


def for_person(values: Values, person: Person) -> Values:
    """Older than 60: less liver flow. Asian: slower elimination. Japanese: more is absorbed in the nose."""
    own = dict(values)
    if person.age_years is not None:
        years_past = max(person.age_years - own["liver_flow_falls_from_years"], 0.0)
        own["liver_flow_l_h"] -= own["liver_flow_lost_l_h_per_year"] * years_past
    if person.ancestry in (Ancestry.ASIAN, Ancestry.JAPANESE):
        own["liver_elimination_per_h"] *= own["asian_elimination_ratio"]
        own["norketamine_clearance_l_h"] *= own["asian_norketamine_clearance_ratio"]
    if person.ancestry is Ancestry.JAPANESE:
        own["nasal_fraction"] *= own["japanese_nasal_ratio"]
    return own


def equations(values: Values) -> Equations:
    """The nose and the gut feed the blood and the liver; the liver clears, and forms norketamine."""
    central, liver = values["central_l"], values["liver_l"]
    to_liver, from_liver = exchange(values["liver_flow_l_h"], central, liver)
    formed = values["norketamine_formation_per_h"]
    nose, swallowed = values["nasal_absorption_per_h"], values["swallowed_absorption_per_h"]
    oral = values["oral_absorption_per_h"]
    tissues = [
        exchange(values["flow_1_l_h"], central, values["tissue_1_l"]),
        exchange(values["flow_2_l_h"], central, values["tissue_2_l"]),
    ]
    blood = centre("esketamine", loss_per_h=to_liver, tissues=tissues)
    return {
        "nose": {"nose": -nose},
        "swallowed": {"swallowed": -swallowed},
        "oral": {"oral": -oral},
        **blood,
        "esketamine": {**blood["esketamine"], "nose": nose, "liver": from_liver},
        "liver": {
            "swallowed": swallowed,
            "oral": oral,
            "esketamine": to_liver,
            "liver": -(from_liver + values["liver_elimination_per_h"] + formed),
        },
        **_norketamine(values, formed),
    }


def _norketamine(values: Values, formed_per_h: float) -> Equations:
    volume = values["norketamine_central_l"]
    loss_per_h = values["norketamine_clearance_l_h"] / volume
    tissue = exchange(values["norketamine_flow_l_h"], volume, values["norketamine_tissue_l"])
    compartments = centre("norketamine", loss_per_h=loss_per_h, tissues=[tissue])
    return {**compartments, "norketamine": {**compartments["norketamine"], "liver": formed_per_h}}


def inputs(values: Values, session: DosingSession) -> Inputs:
    """What each device and each swallowed dose of one session puts where."""
    devices = [event for event in session.events if event.route is Route.NASAL]
    swallowed = [event for event in session.events if event.route is Route.ORAL]
    given: Inputs = [_gut("oral", values, event, 1.0) for event in swallowed]
    for number, event in enumerate(devices):
        fraction = values["nasal_fraction"] * (values["later_device_ratio"] if number else 1.0)
        given.append(Bolus(state="nose", amount=event.amount_mg * fraction, at_h=event.start_h))
        given.append(_gut("swallowed", values, event, 1.0 - fraction))
    return given


def _gut(state: str, values: Values, event: DosingEvent, share: float) -> Inflow:
    duration_h = values[f"{state}_duration_h"]
    return Inflow(
        state=state,
        rate_per_h=event.amount_mg * share * values["gut_fraction"] / duration_h,
        from_h=event.start_h,
        until_h=event.start_h + duration_h,
    )


def refuse_session(session: DosingSession) -> tuple[str, ...]:
    """Nasal doses are whole devices, at most three a session: the absorbed fraction falls with each."""
    devices = [event for event in session.events if event.route is Route.NASAL]
    found = [
        f"a nasal device holds {DEVICE_BASE_MG:g} mg of esketamine base (32.3 mg of hydrochloride), "
        f"not {event.amount_mg:g} mg"
        for event in devices
        if abs(event.amount_mg - DEVICE_BASE_MG) > 1e-9
    ]
    if len(devices) > MOST_DEVICES:
        found.append(f"it was studied with 1 to {MOST_DEVICES} devices in a session, not {len(devices)}")
    return tuple(found)


MODEL: Final = PublishedModel(
    name="perez_ruixo_2021",
    source=Source(
        citation="Perez-Ruixo C et al., Clin Pharmacokinet 2021;60:501-516",
        doi="10.1007/s40262-020-00953-4",
        table="tables 2 to 4",
        tag=Tag.B,
        population="256 healthy people and 564 with treatment-resistant depression, 13 studies, "
        "18 to 86 years, 39 to 170 kg (median 74)",
        people=820,
    ),
    domain=Domain(
        drugs=(Drug.ESKETAMINE,),
        forms={Route.NASAL: (Form.NASAL_DEVICE,), Route.ORAL: (Form.ORAL_SOLUTION,)},
        setting=Setting.AWAKE,
        age_years=Interval(lowest=18.0, highest=86.0),
        weight_kg=Interval(lowest=39.0, highest=170.0),
        ancestry_matters=True,
        why_not={Route.INTRAVENOUS: NOT_FOR_INFUSIONS},
    ),
    parameters=PARAMETERS,
    # The paper carries norketamine in mg of esketamine and does not convert by molar mass.
    outputs=(
        Output(
            analyte=Analyte.ESKETAMINE,
            site=Site.VENOUS,
            state="esketamine",
            volume="central_l",
            mass_ratio=1.0,
            status=Status.ESTABLISHED,
        ),
        Output(
            analyte=Analyte.NORKETAMINE,
            site=Site.VENOUS,
            state="norketamine",
            volume="norketamine_central_l",
            mass_ratio=1.0,
            status=Status.PLAUSIBLE,
        ),
    ),
    for_person=for_person,
    equations=equations,
    inputs=inputs,
    refuse_session=refuse_session,
    residuals={
        "esketamine_log_sd": _of(0.276, "1"),
        "norketamine_log_sd": _of(0.422, "1"),
    },
    known_problems=(
        "the area under norketamine from 0 to 24 h comes out 1.4 to 1.5 times the published one, as in every "
        "independent re-implementation; its peak agrees",
        "the fraction absorbed in the nose (0.54) belongs to this model's clearance (109 L/h), to no other",
        "the range of oral doses studied is not in the source at hand",
    ),
    not_offered=(
        "arterial concentrations: every sample was venous",
        "between-subject spread of the formation of norketamine: blank in the printed table",
    ),
)
