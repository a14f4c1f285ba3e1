"""What a fitted person may expect if their last session came again: the heights of the bands."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from ajar.pharmacology.fit.ahead import forecast_of
from ajar.pharmacology.fit.posterior import Posterior
from ajar.pharmacology.forecast import Band
from ajar.pharmacology.regimen import Regimen, repeated
from ajar.pharmacology.simulate import minutes

DRAWS: Final = 500
SEED: Final = 1
IN_THE_ROOM_H: Final = 4.0
"""As long as the pressure stays up after a spray (pharmacology.md 2.3)."""

EVERY_MIN: Final = 5
"""Points of the curves on which the highest is looked for."""

PEAKS: Final = {
    "cadss": "cadss_peak",
    "sbp_rise_mmhg": "sbp_rise_peak_mmhg",
    "dbp_rise_mmhg": "dbp_rise_peak_mmhg",
}
"""The curve, and the key of its highest value; by quantile, of the band at its height."""

LONGEST_DAYS: Final = 180.0
"""Longer than any interval between boosters that is asked about here (a guard against hours)."""


def next_session(posterior: Posterior, *, after_days: float) -> dict[str, Any]:
    """Peaks of the last session given again so many days after itself, from the person's posterior.

    Raises:
        ValueError: days that are not above 0 and at most 180.
    """
    if not (isfinite(after_days) and 0 < after_days <= LONGEST_DAYS):
        raise ValueError(f"--again-after: expected days above 0 and at most 180, got {after_days:g}.")
    past = posterior.history.regimen
    coming = repeated(past.sessions[-1], on_days=[after_days]).sessions[0]
    seen = forecast_of(
        posterior,
        Regimen(sessions=(*past.sessions, coming)),
        times_h=coming.start_h + minutes(hours=IN_THE_ROOM_H)[::EVERY_MIN],
        outputs=tuple(PEAKS),
        draws=DRAWS,
        seed=SEED,
    )
    return {
        "after_days": after_days,
        "draws": seen.people,
        "seed": seen.seed,
        **{key: _height(seen[name]) for name, key in PEAKS.items()},
    }


def _height(band: Band) -> Mapping[str, float]:
    return {f"q{100 * share:.0f}": float(values.max()) for share, values in band.quantiles.items()}


def next_session_words(found: Mapping[str, Any]) -> list[str]:
    """The same for a person at a terminal."""
    lines = [
        f"The last session again, {found['after_days']:g} days after it (bands at their height, "
        f"{found['draws']} draws; not for therapy decisions):"
    ]
    for key, words, unit in (
        ("cadss_peak", "Dissociation (CADSS)", "points"),
        ("sbp_rise_peak_mmhg", "Systolic rise", "mmHg"),
        ("dbp_rise_peak_mmhg", "Diastolic rise", "mmHg"),
    ):
        q = found[key]
        half, most = f"{q['q25']:.3g} and {q['q75']:.3g}", f"{q['q5']:.3g} and {q['q95']:.3g}"
        lines.append(f"  {words}: half between {half}, 9 in 10 between {most} {unit}")
    return lines
