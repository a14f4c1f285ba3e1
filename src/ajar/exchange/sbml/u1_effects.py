"""U1's effects on paper: the room, the slow chain and symptoms (pharmacology.md 4.2 and 4.3).

The formulas are written anew here, and the tests hold them to the engine's own curves.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from ajar.exchange.sbml.sheet import Quantity, Readout, State
from ajar.pharmacology.estimates import Estimate, Status
from ajar.pharmacology.molecules import KETAMINE_G_MOL
from ajar.pharmacology.u1 import acute_table, slow_table
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.slow import LN2, STATES
from ajar.pharmacology.u1.symptoms import MADRS_MOST
from ajar.pharmacology.u1.weeks import NAMES

ACUTE: Final[Mapping[str, Estimate]] = {
    "r_potency": acute_table.R_POTENCY,
    "cadss_slope": acute_table.CADSS_SLOPE,
    "pressure_c50_ng_ml": acute_table.PRESSURE_C50_NG_ML,
    "norketamine_c50_ng_ml": acute_table.NORKETAMINE_C50_NG_ML,
    "heart_rate_c50_ng_ml": acute_table.HEART_RATE_C50_NG_ML,
    "sedation_per_ng_ml": acute_table.SEDATION_PER_NG_ML,
    "deeper_logit": acute_table.DEEPER_LOGIT,
    "unbound_share": acute_table.UNBOUND_SHARE,
    "s_nmda_ki_um": acute_table.S_NMDA_KI_UM,
    "r_nmda_ki_um": acute_table.R_NMDA_KI_UM,
}
SLOW: Final[Mapping[str, Estimate]] = {
    "glutamate_half_life_h": slow_table.GLUTAMATE_HALF_LIFE,
    "glutamate_gain": slow_table.GLUTAMATE_GAIN,
    "glutamate_zero_block": slow_table.GLUTAMATE_ZERO_BLOCK,
    "glutamate_least": slow_table.GLUTAMATE_LEAST,
    "drive_half_life_h": slow_table.DRIVE_HALF_LIFE,
    "drive_threshold": slow_table.DRIVE_THRESHOLD,
    "translation_half_life_h": slow_table.TRANSLATION_HALF_LIFE,
    "translation_half_drive": slow_table.TRANSLATION_HALF_DRIVE,
    "maturation_half_life_h": slow_table.MATURATION_HALF_LIFE,
    "synapse_gain_per_h": slow_table.SYNAPSE_GAIN_PER_H,
    "synapse_half_life_h": slow_table.SYNAPSE_HALF_LIFE,
    "circuit_gain_per_h": slow_table.CIRCUIT_GAIN_PER_H,
    "circuit_half_life_h": slow_table.CIRCUIT_HALF_LIFE,
    "mood_half_life_h": slow_table.MOOD_HALF_LIFE,
    "mood_c50_ng_ml": slow_table.MOOD_C50_NG_ML,
    "inflammation_half_life_h": slow_table.INFLAMMATION_HALF_LIFE,
    "inflammation_fall": slow_table.INFLAMMATION_FALL,
    "circuit_weight": slow_table.CIRCUIT_WEIGHT,
    "synapse_weight": slow_table.SYNAPSE_WEIGHT,
    "mood_weight": slow_table.MOOD_WEIGHT,
    "placebo_time_h": slow_table.PLACEBO_TIME,
    "dmn_acute_sd": slow_table.DMN_ACUTE,
    "dmn_acute_at": slow_table.DMN_ACUTE_AT,
    "dmn_late_sd": slow_table.DMN_LATE,
    "dmn_late_at": slow_table.DMN_LATE_AT,
    "bdnf_gain_percent": slow_table.BDNF_GAIN_PERCENT,
}
SENSITIVITY: Final[Mapping[str, str]] = {
    "c50_ng_ml": "ng/mL",
    "cadss_maximum": "points",
    "systolic_maximum_mmhg": "mm[Hg]",
    "diastolic_maximum_mmhg": "mm[Hg]",
    "heart_rate_maximum_per_min": "/min",
    "sedation_logit": "logit",
}
"""What a body answers with, and its unit."""

_X: Final = "potent_ng_ml / c50_ng_ml"
ROOM: Final = (
    (
        "potent_ng_ml",
        "What counts for acute effects",
        "ng/mL",
        None,
        "max(s_effect_site_ng_ml + r_potency * r_effect_site_ng_ml, 0 ng_per_mL)",
    ),
    (
        "nmda_bound_over_free",
        "NMDA receptors blocked over free",
        "1",
        None,
        "unbound_share / ketamine_g_mol * (s_effect_site_ng_ml / s_nmda_ki_um"
        " + r_effect_site_ng_ml / r_nmda_ki_um)",
    ),
    (
        "nmda_block",
        "NMDA block, upper bound",
        "1",
        Status.UNPROVEN,
        "nmda_bound_over_free / (1 dimensionless + nmda_bound_over_free)",
    ),
    (
        "cadss",
        "Dissociation, CADSS",
        "{score}",
        Status.ESTABLISHED,
        f"cadss_maximum * attenuation * ({_X})^cadss_slope / (1 dimensionless + ({_X})^cadss_slope)",
    ),
    (
        "heart_rate_rise_per_min",
        "Pulse rise",
        "/min",
        Status.ESTABLISHED,
        "heart_rate_maximum_per_min * potent_ng_ml / (heart_rate_c50_ng_ml + potent_ng_ml)",
    ),
    (
        "sedation_probability",
        "MOAA/S 4 or less",
        "1",
        Status.PLAUSIBLE,
        "1 dimensionless / (1 dimensionless + exp(-(sedation_logit + sedation_per_ng_ml * potent_ng_ml)))",
    ),
    (
        "deeper_sedation_probability",
        "MOAA/S 3 or less",
        "1",
        Status.PLAUSIBLE,
        "1 dimensionless"
        " / (1 dimensionless + exp(-(sedation_logit + deeper_logit + sedation_per_ng_ml * potent_ng_ml)))",
    ),
)

CHAIN: Final[Mapping[str, str]] = {
    "G": "ln_2 / glutamate_half_life_h * (glutamate_gain * nmda_block"
    " * max(1 dimensionless - nmda_block / glutamate_zero_block, glutamate_least) - glutamate_excess)",
    "T": "ln_2 / drive_half_life_h"
    " * (max(glutamate_excess - drive_threshold, 0 dimensionless) - ampa_bdnf_drive)",
    "M": "ln_2 / translation_half_life_h"
    " * (ampa_bdnf_drive / (ampa_bdnf_drive + translation_half_drive) - mtorc1_translation)",
    "P1": "ln_2 / maturation_half_life_h * (mtorc1_translation - maturation_early)",
    "P2": "ln_2 / maturation_half_life_h * (maturation_early - maturation_late)",
    "S": "synapse_gain_per_h * maturation_late * (1 dimensionless - synaptic_gain)"
    " - ln_2 / synapse_half_life_h * (1 dimensionless + stress) * synaptic_gain",
    "F": "circuit_gain_per_h * mtorc1_translation * (1 dimensionless - fast_circuit)"
    " - ln_2 / circuit_half_life_h * fast_circuit",
    "A": "ln_2 / mood_half_life_h * (potent_ng_ml / (mood_c50_ng_ml + potent_ng_ml) - acute_mood)",
    "I": "ln_2 / inflammation_half_life_h"
    " * (1 dimensionless - inflammation_fall * nmda_block - cytokines_share)",
}
"""The rate of each state of the chain (pharmacology.md 4.3)."""

WEEKS: Final = (
    (
        "default_mode_sd",
        "Default-mode connectivity",
        "{SD}",
        Status.UNPROVEN,
        "dmn_acute_sd * potent_ng_ml / (mood_c50_ng_ml + potent_ng_ml) / dmn_acute_at"
        " + dmn_late_sd * synaptic_gain / dmn_late_at",
    ),
    (
        "peripheral_bdnf_percent",
        "Plasma BDNF, change",
        "%",
        Status.UNPROVEN,
        "bdnf_gain_percent * mtorc1_translation * response_e",
    ),
    (
        "drug_improvement_share",
        "Improvement by the drug",
        "1",
        Status.ESTABLISHED,
        "response_e * (circuit_weight * fast_circuit + synapse_weight * synaptic_gain"
        " + mood_weight * acute_mood)",
    ),
)
SCORES: Final = (
    (
        "placebo_improvement_share",
        "Improvement without the drug",
        "1",
        None,
        "placebo_share * (1 dimensionless - exp(-max(time - first_dose_h, 0 hour) / placebo_time_h))",
    ),
    (
        "madrs",
        "MADRS",
        "{score}",
        Status.ESTABLISHED,
        "min(max(madrs_baseline * (1 dimensionless - (drug_improvement_share + placebo_improvement_share)),"
        " 0 dimensionless), madrs_most)",
    ),
    ("madrs_change", "MADRS, change from baseline", "{score}", Status.ESTABLISHED, "madrs - madrs_baseline"),
)


def effect_quantities(
    body: Sensitivity, circumstances: Circumstances, *, first_dose_h: float
) -> Iterator[Quantity]:
    """The numbers of the effects, those of this body among them."""
    for name, estimate in {**ACUTE, **SLOW}.items():
        yield Quantity(name=name, unit=estimate.unit, value=estimate.value, source=estimate.source)
    for name, unit in SENSITIVITY.items():
        yield Quantity(
            name=name, unit=unit, value=getattr(body, name), source="pharmacology.md 4.2, for this person"
        )
    yield Quantity(
        name="ketamine_g_mol",
        unit="g/mol",
        value=KETAMINE_G_MOL,
        source="pharmacology.md 0, conventions: molar masses",
    )
    yield Quantity(name="ln_2", unit="1", value=LN2, source="by definition")
    yield from _answers(circumstances, first_dose_h)


def _answers(circumstances: Circumstances, first_dose_h: float) -> Iterator[Quantity]:
    """How the symptoms answer, and where they stood if that is known."""
    given = circumstances.symptoms
    asked = "pharmacology.md 4.3, as asked for this person"
    response_e = given.response_e if given else slow_table.RESPONSE_E.value
    yield Quantity(name="response_e", unit="1", value=response_e, source=asked)
    yield Quantity(name="stress", unit="1", value=given.stress if given else 0.0, source=asked)
    if given:
        yield Quantity(name="placebo_share", unit="1", value=given.placebo_share, source=asked)
        yield Quantity(name="madrs_baseline", unit="{score}", value=given.madrs_baseline, source=asked)
        yield Quantity(name="madrs_most", unit="{score}", value=MADRS_MOST, source="highest MADRS total")
        yield Quantity(name="first_dose_h", unit="h", value=first_dose_h, source="when the course starts")


def chain_states() -> Iterator[State]:
    """The slow chain. All rest at 0, but cytokines, a share of their baseline, at 1."""
    for state, (name, label) in NAMES.items():
        yield State(
            name=name,
            label=label,
            unit="1",
            rate=CHAIN[state],
            start=f"{1 if state == 'I' else 0} dimensionless",
            status=STATES[state],
        )


def effect_readouts(circumstances: Circumstances) -> Iterator[Readout]:
    """What is read in the room and over the weeks; scores where a baseline is known."""
    scores = SCORES if circumstances.symptoms else ()
    for name, label, unit, status, formula in (*ROOM, *_pressures(circumstances), *WEEKS, *scores):
        yield Readout(name=name, label=label, unit=unit, formula=formula, status=status)


def _pressures(circumstances: Circumstances) -> Iterator[tuple[str, str, str, Status, str]]:
    opposed = Option.NORKETAMINE_OPPOSES_PRESSURE in circumstances.options
    opposing = " / (1 dimensionless + s_norketamine_ng_ml / norketamine_c50_ng_ml)" if opposed else ""
    for name, label, which in (
        ("sbp_rise_mmhg", "Systolic rise", "systolic"),
        ("dbp_rise_mmhg", "Diastolic rise", "diastolic"),
    ):
        rise = f"{which}_maximum_mmhg * potent_ng_ml / (pressure_c50_ng_ml + potent_ng_ml){opposing}"
        yield name, label, "mm[Hg]", Status.ESTABLISHED, f"pressure_on_the_day * {rise}"
