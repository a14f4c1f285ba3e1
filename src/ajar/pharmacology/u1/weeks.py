"""The curves of the weeks after, each with its label."""

from ajar.pharmacology.course import Curve
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.u1 import symptoms
from ajar.pharmacology.u1.slow import STATES
from ajar.pharmacology.u1.slow_table import RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms

NAMES = {
    "G": ("glutamate_excess", "Excess glutamate release"),
    "T": ("ampa_bdnf_drive", "AMPA and BDNF drive"),
    "M": ("mtorc1_translation", "mTORC1 and translation"),
    "P1": ("maturation_early", "Maturation, early"),
    "P2": ("maturation_late", "Maturation, late"),
    "S": ("synaptic_gain", "Synaptic gain"),
    "F": ("fast_circuit", "Fast circuit effect"),
    "A": ("acute_mood", "Acute mood state"),
    "I": ("cytokines_share", "Cytokines, share of baseline"),
}


def weeks(
    since_start_h: FloatArray, c_ng_ml: FloatArray, chain: dict[str, FloatArray], given: Symptoms | None
) -> dict[str, Curve]:
    """The chain, what it would show, and symptoms where a baseline is known."""
    response_e = given.response_e if given else RESPONSE_E.value
    curves = {
        name: Curve(label=label, unit="1", status=STATES[state], values=chain[state])
        for state, (name, label) in NAMES.items()
    }
    curves["default_mode_sd"] = Curve(
        label="Default-mode connectivity",
        unit="{SD}",
        status=Status.UNPROVEN,
        values=symptoms.default_mode_sd(c_ng_ml, chain["S"]),
    )
    curves["peripheral_bdnf_percent"] = Curve(
        label="Plasma BDNF, change",
        unit="%",
        status=Status.UNPROVEN,
        values=symptoms.peripheral_bdnf_percent(chain["M"], response_e=response_e),
    )
    improvement = symptoms.drug_improvement(chain, response_e=response_e)
    curves["drug_improvement_share"] = Curve(
        label="Improvement by the drug", unit="1", status=Status.ESTABLISHED, values=improvement
    )
    return curves | _scores(since_start_h, improvement, given)


def _scores(since_start_h: FloatArray, improvement: FloatArray, given: Symptoms | None) -> dict[str, Curve]:
    if given is None:
        return {}
    placebo = symptoms.placebo_improvement(since_start_h, placebo_share=given.placebo_share)
    total = symptoms.madrs(improvement + placebo, baseline=given.madrs_baseline)
    recalled = symptoms.recalled(since_start_h, total, baseline=given.madrs_baseline)
    return {
        "madrs": Curve(label="MADRS", unit="{score}", status=Status.ESTABLISHED, values=total),
        "madrs_change": Curve(
            label="MADRS, change from baseline",
            unit="{score}",
            status=Status.ESTABLISHED,
            values=total - given.madrs_baseline,
        ),
        "phq9": Curve(
            label="PHQ-9, expected", unit="{score}", status=Status.PLAUSIBLE, values=symptoms.phq9(recalled)
        ),
    }
