"""From the chain to what a person would score, and to what a scanner or a blood test might show (4.3)."""

from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.u1 import slow_table as table

MADRS_MOST: Final = 60.0
"""Highest MADRS total (pharmacology.md 0, conventions)."""

PHQ9_MOST: Final = 27.0
"""Highest PHQ-9 total (nine items of 0-3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptoms:
    """Where a person's symptoms stand, and how they answer.

    `response_e` scales the effect: 1.0 as in single-dose trials, 0.4-0.5 as in phase 3 at day 28.
    `placebo_share` is the share of the baseline that goes without any drug; at 0.0 the drug acts alone.
    `stress` speeds the loss of what was gained.
    """

    madrs_baseline: float
    response_e: float
    placebo_share: float
    stress: float

    def __post_init__(self) -> None:
        if not (isfinite(self.madrs_baseline) and 0 < self.madrs_baseline <= MADRS_MOST):
            raise ValueError(f"A MADRS baseline is above 0 and at most 60, got {self.madrs_baseline}.")
        if not (isfinite(self.response_e) and self.response_e >= 0):
            raise ValueError(f"response_e is zero or more and finite, got {self.response_e}.")
        if not (isfinite(self.placebo_share) and 0 <= self.placebo_share < 1):
            raise ValueError(f"placebo_share is a share from 0 to below 1, got {self.placebo_share}.")
        if not (isfinite(self.stress) and self.stress >= 0):
            raise ValueError(f"Stress is zero or more and finite, got {self.stress}.")


def drug_improvement(chain: dict[str, FloatArray], *, response_e: float) -> FloatArray:
    """Share of the symptoms that the drug takes away."""
    return response_e * (
        table.CIRCUIT_WEIGHT.value * chain["F"]
        + table.SYNAPSE_WEIGHT.value * chain["S"]
        + table.MOOD_WEIGHT.value * chain["A"]
    )


def placebo_improvement(since_start_h: FloatArray, *, placebo_share: float) -> FloatArray:
    """Share of the symptoms that goes without the drug, from the first dose on.

    The source lets it drift away over weeks once treatment stops but gives no rate, so it stays here.
    """
    elapsed_h = np.maximum(since_start_h, 0.0)
    return placebo_share * (1.0 - np.exp(-elapsed_h / table.PLACEBO_TIME.value))


def madrs(improvement: FloatArray, *, baseline: float) -> FloatArray:
    """MADRS total, kept on its scale."""
    return np.clip(baseline * (1.0 - improvement), 0.0, MADRS_MOST)


def phq9(recalled_madrs: FloatArray) -> FloatArray:
    """PHQ-9 total expected from the MADRS averaged over the time people recall."""
    total = table.PHQ9_PER_MADRS.value * recalled_madrs + table.PHQ9_OFFSET.value
    return np.clip(total, 0.0, PHQ9_MOST)


def recalled(times_h: FloatArray, scores: FloatArray, *, baseline: float) -> FloatArray:
    """The mean of a score over the 14 days before each time; before the first time it was at its baseline."""
    window_h = table.PHQ9_RECALL_DAYS.value * 24.0
    gained = np.concatenate([[0.0], np.cumsum(np.diff(times_h) * (scores[1:] + scores[:-1]) / 2.0)])
    before = times_h - window_h
    start = np.interp(before, times_h, gained)
    unseen_h = np.clip(times_h[0] - before, 0.0, window_h)
    mean: FloatArray = (gained - start + unseen_h * baseline) / window_h
    return mean


def default_mode_sd(c_ng_ml: FloatArray, synapses: FloatArray) -> FloatArray:
    """Connectivity of the default-mode network against normal, in SD. Unproven."""
    acute = c_ng_ml / (table.MOOD_C50_NG_ML.value + c_ng_ml) / table.DMN_ACUTE_AT.value
    late = synapses / table.DMN_LATE_AT.value
    return table.DMN_ACUTE.value * acute + table.DMN_LATE.value * late


def peripheral_bdnf_percent(translation: FloatArray, *, response_e: float) -> FloatArray:
    """Change of plasma BDNF, per cent. Unproven."""
    return table.BDNF_GAIN_PERCENT.value * translation * response_e
