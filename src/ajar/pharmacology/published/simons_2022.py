"""Esketamine oral thin film and infusion, with two metabolites: Simons 2022 (pharmacology.md 1.2).

Arterial. The paper's time is in minutes, and so are the parameters here; the equations turn them into hours.
Amounts are mg of esketamine: molecules are counted, and each output is converted by its molar mass.
"""

from typing import Final

from ajar.pharmacology.compartments import Inflow
from ajar.pharmacology.estimates import Estimate, Status, Tag
from ajar.pharmacology.molecules import (
    HYDROXYNORKETAMINE_G_MOL,
    KETAMINE_G_MOL,
    NORKETAMINE_G_MOL,
    Drug,
)
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import (
    Equations,
    Inputs,
    Output,
    PublishedModel,
    Source,
    Values,
    infusions,
)
from ajar.pharmacology.published.disposition import (
    MINUTES_PER_HOUR,
    allometric,
    centre,
    cv_of_log_variance,
    exchange,
)
from ajar.pharmacology.published.domain import Domain, Form, Interval, Setting
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import AfterHold, DosingEvent, DosingSession, Route

TABLE: Final = "Simons 2022, table 4 (pharmacology.md 1.2)"


def _of(value: float, unit: str, omega2: float | None = None, nu2: float | None = None) -> Estimate:
    """A number of table 4, with its between-subject and between-occasion variance on the log scale."""
    return Estimate(
        value=value,
        unit=unit,
        source=TABLE,
        tag=Tag.B,
        between_subject_cv=None if omega2 is None else cv_of_log_variance(omega2),
        between_session_cv=None if nu2 is None else cv_of_log_variance(nu2),
    )


PARAMETERS: Final = {
    "mucosal_fraction": _of(0.263, "1", nu2=0.060),
    "mucosal_duration_min": _of(13.1, "min", nu2=0.154),
    "mucosal_absorption_per_min": _of(0.040, "1/min", nu2=0.062),
    # An apparent scale, not a fraction: more norketamine per swallowed mg than a mass balance allows.
    "swallowed_scale": _of(1.16, "1", nu2=0.057),
    "swallowed_duration_min": _of(29.9, "min", nu2=0.611),
    "swallowed_absorption_per_min": _of(0.049, "1/min", nu2=0.376),
    "gut_to_liver_min": _of(10.7, "min", nu2=0.937),
    "central_l": _of(11.6, "L", omega2=0.057),
    "tissue_1_l": _of(39.0, "L"),
    "tissue_2_l": _of(174.0, "L"),
    "clearance_l_min": _of(1.48, "L/min", omega2=0.029),
    "flow_1_l_min": _of(2.43, "L/min"),
    "flow_2_l_min": _of(1.21, "L/min", omega2=0.026),
    "to_norketamine_min": _of(20.1, "min", omega2=0.021),
    "norketamine_share": _of(0.80, "1"),
    "norketamine_tissue_l": _of(221.0, "L"),
    "norketamine_clearance_l_min": _of(1.00, "L/min", omega2=0.050),
    "norketamine_flow_l_min": _of(2.63, "L/min"),
    "to_hydroxynorketamine_min": _of(1.12, "min"),
    "hydroxynorketamine_share": _of(0.70, "1"),
    "hydroxynorketamine_central_l": _of(4.4, "L", omega2=1.22),
    "hydroxynorketamine_tissue_l": _of(87.5, "L", nu2=0.152),
    "hydroxynorketamine_clearance_l_min": _of(0.933, "L/min", omega2=0.103),
    "hydroxynorketamine_flow_l_min": _of(1.70, "L/min", omega2=0.287),
}

VOLUMES: Final = tuple(name for name in PARAMETERS if name.endswith("_l"))
FLOWS: Final = tuple(name for name in PARAMETERS if name.endswith("_l_min"))

FILM_MG: Final = (50.0, 100.0)
"""One film or two (pharmacology.md 1.2)."""

HOLD_MIN: Final = 10.0
"""Held without swallowing (pharmacology.md 1.2)."""


def for_person(values: Values, person: Person) -> Values:
    """The table is at 70 kg and prints no exponents: the usual ones are taken (pharmacology.md 1.2)."""
    return allometric(values, person, volumes=VOLUMES, flows=FLOWS)


def equations(values: Values) -> Equations:
    """Film, blood, the delays of metabolism, and the two metabolites."""
    mucosal = values["mucosal_absorption_per_min"] * MINUTES_PER_HOUR
    swallowed = values["swallowed_absorption_per_min"] * MINUTES_PER_HOUR
    to_liver = MINUTES_PER_HOUR / values["gut_to_liver_min"]
    ketamine = _disposition(values, "esketamine", "central_l", ("tissue_1_l", "tissue_2_l"))
    norketamine = _disposition(values, "norketamine", "central_l", ("norketamine_tissue_l",))
    last = _disposition(
        values, "hydroxynorketamine", "hydroxynorketamine_central_l", ("hydroxynorketamine_tissue_l",)
    )
    chain_1 = 2.0 * MINUTES_PER_HOUR / values["to_norketamine_min"]
    chain_2 = 2.0 * MINUTES_PER_HOUR / values["to_hydroxynorketamine_min"]
    from_blood = {"esketamine": _cleared(values, "clearance_l_min", "central_l"), "gut_to_liver": to_liver}
    from_norketamine = {"norketamine": _cleared(values, "norketamine_clearance_l_min", "central_l")}
    return {
        "mucosa": {"mucosa": -mucosal},
        "swallowed": {"swallowed": -swallowed},
        "gut_to_liver": {"swallowed": swallowed, "gut_to_liver": -to_liver},
        **_fed(ketamine, "esketamine", {"mucosa": mucosal}),
        **_delay("metabolism", chain_1, from_blood),
        **_fed(norketamine, "norketamine", {"metabolism_2": values["norketamine_share"] * chain_1}),
        **_delay("hydroxylation", chain_2, from_norketamine),
        **_fed(last, "hydroxynorketamine", {"hydroxylation_2": values["hydroxynorketamine_share"] * chain_2}),
    }


def _disposition(values: Values, name: str, central: str, tissues: tuple[str, ...]) -> Equations:
    """One substance in its centre and tissues; the central volume of norketamine is esketamine's."""
    flows = {
        "tissue_1_l": "flow_1_l_min",
        "tissue_2_l": "flow_2_l_min",
        "norketamine_tissue_l": "norketamine_flow_l_min",
        "hydroxynorketamine_tissue_l": "hydroxynorketamine_flow_l_min",
    }
    clearance = "clearance_l_min" if name == "esketamine" else f"{name}_clearance_l_min"
    return centre(
        name,
        loss_per_h=_cleared(values, clearance, central),
        tissues=[
            exchange(values[flows[tissue]] * MINUTES_PER_HOUR, values[central], values[tissue])
            for tissue in tissues
        ],
    )


def _cleared(values: Values, clearance: str, volume: str) -> float:
    return values[clearance] * MINUTES_PER_HOUR / values[volume]


def _fed(compartments: Equations, name: str, from_states: dict[str, float]) -> Equations:
    return {**compartments, name: {**compartments[name], **from_states}}


def _delay(name: str, rate_per_h: float, from_states: dict[str, float]) -> Equations:
    first, second = f"{name}_1", f"{name}_2"
    return {
        first: {**from_states, first: -rate_per_h},
        second: {first: rate_per_h, second: -rate_per_h},
    }


def inputs(values: Values, session: DosingSession) -> Inputs:
    """A film feeds the mucosa and, in parallel, the gut; an infusion feeds the blood."""
    given = infusions("esketamine", session.events)
    for event in session.events:
        if event.route is Route.SUBLINGUAL:
            given.append(_film("mucosa", event, values["mucosal_fraction"], values["mucosal_duration_min"]))
            given.append(
                _film("swallowed", event, values["swallowed_scale"], values["swallowed_duration_min"])
            )
    return given


def _film(state: str, event: DosingEvent, scale: float, duration_min: float) -> Inflow:
    duration_h = duration_min / MINUTES_PER_HOUR
    return Inflow(
        state=state,
        rate_per_h=event.amount_mg * scale / duration_h,
        from_h=event.start_h,
        until_h=event.start_h + duration_h,
    )


def refuse_session(session: DosingSession) -> tuple[str, ...]:
    """A film is 50 or 100 mg, held for 10 min and then swallowed: the table knows no other use."""
    found: list[str] = []
    for event in session.events:
        if event.route is not Route.SUBLINGUAL:
            continue
        if event.amount_mg not in FILM_MG:
            found.append(f"films of 50 or 100 mg were studied, not {event.amount_mg:g} mg")
        if abs(event.duration_h * MINUTES_PER_HOUR - HOLD_MIN) > 1e-6:
            held_min = event.duration_h * MINUTES_PER_HOUR
            found.append(f"the film was held for {HOLD_MIN:g} min, not {held_min:g} min")
        if event.after_hold is not AfterHold.SWALLOWED:
            found.append(f"what was left was swallowed, not {event.after_hold}")
    return tuple(found)


MODEL: Final = PublishedModel(
    name="simons_2022",
    source=Source(
        citation="Simons P et al., Front Pain Res 2022;3:946486",
        doi="10.3389/fpain.2022.946486",
        table="table 4; what is swallowed is cleared before it reaches the blood (figure 2)",
        tag=Tag.B,
        population="20 healthy volunteers, on average 24 years (19 to 32) and 73 kg (53 to 93), table 1",
        people=20,
    ),
    domain=Domain(
        drugs=(Drug.ESKETAMINE,),
        forms={Route.SUBLINGUAL: (Form.FILM,), Route.INTRAVENOUS: (Form.SOLUTION_FOR_INJECTION,)},
        setting=Setting.AWAKE,
        studied_age_years=Interval(lowest=19.0, highest=32.0),
        studied_weight_kg=Interval(lowest=53.0, highest=93.0),
        highest_iv_mg=20.0,
    ),
    parameters=PARAMETERS,
    outputs=(
        Output(
            analyte=Analyte.ESKETAMINE,
            site=Site.ARTERIAL,
            state="esketamine",
            volume="central_l",
            mass_ratio=1.0,
            status=Status.ESTABLISHED,
        ),
        Output(
            analyte=Analyte.NORKETAMINE,
            site=Site.ARTERIAL,
            state="norketamine",
            volume="central_l",
            mass_ratio=NORKETAMINE_G_MOL / KETAMINE_G_MOL,
            status=Status.ESTABLISHED,
        ),
        Output(
            analyte=Analyte.HYDROXYNORKETAMINE,
            site=Site.ARTERIAL,
            state="hydroxynorketamine",
            volume="hydroxynorketamine_central_l",
            mass_ratio=HYDROXYNORKETAMINE_G_MOL / KETAMINE_G_MOL,
            status=Status.PLAUSIBLE,
        ),
    ),
    for_person=for_person,
    equations=equations,
    inputs=inputs,
    refuse_session=refuse_session,
    residuals={
        "esketamine_proportional": _of(0.11, "1"),
        "norketamine_proportional": _of(0.102, "1"),
        "norketamine_additive": _of(0.058, "nmol/mL"),
        "hydroxynorketamine_proportional": _of(0.079, "1"),
        "hydroxynorketamine_additive": _of(0.020, "nmol/mL"),
    },
    known_problems=(
        "what is swallowed forms more norketamine than a mass balance allows: its scale of 1.16 is apparent",
        "bioavailability looked 20 % lower at 100 mg; the model takes one value for both doses",
        "the exponents of weight are not printed; 0.75 and 1 are taken",
        "hydroxynorketamine differs several-fold between papers: exploratory only",
    ),
    not_offered=("venous concentrations: every sample was arterial", "lozenges, troches and tablets"),
)
