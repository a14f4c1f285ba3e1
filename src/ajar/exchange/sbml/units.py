"""The units of the models' tables, as SBML builds them from its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One factor of a unit: (multiplier x 10^scale x kind)^exponent."""

    kind: str
    exponent: int = 1
    scale: int = 0
    multiplier: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit by the name it has in a document, and its factors; none where SBML has it already."""

    name: str
    parts: tuple[Part, ...] = ()


NONE: Final = Unit(name="dimensionless")
HOUR_S: Final = 3600.0
MINUTE_S: Final = 60.0
MMHG_PA: Final = 133.322387415
"""Conventional millimetre of mercury (NIST SP 811, appendix B.8)."""

_LITRE: Final = Part(kind="litre")
_A_LITRE: Final = Part(kind="litre", exponent=-1)
_AN_HOUR: Final = Part(kind="second", exponent=-1, multiplier=HOUR_S)
_A_MINUTE: Final = Part(kind="second", exponent=-1, multiplier=MINUTE_S)
_MG: Final = Part(kind="gram", scale=-3)
_NG: Final = Part(kind="gram", scale=-9)
_AN_ML: Final = Part(kind="litre", exponent=-1, scale=-3)
_AN_NG: Final = Part(kind="gram", exponent=-1, scale=-9)
_ML: Final = Part(kind="litre", scale=-3)

UNITS: Final[Mapping[str, Unit]] = {
    "1": NONE,
    "points": NONE,
    "sessions": NONE,
    "logit": NONE,
    "SD": NONE,
    "{SD}": NONE,
    "{score}": NONE,
    "%": Unit(name="percent", parts=(Part(kind="dimensionless", multiplier=0.01),)),
    "L": Unit(name="litre"),
    "h": Unit(name="hour", parts=(Part(kind="second", multiplier=HOUR_S),)),
    "min": Unit(name="minute", parts=(Part(kind="second", multiplier=MINUTE_S),)),
    "min/h": Unit(name="min_per_h", parts=(Part(kind="second", multiplier=MINUTE_S), _AN_HOUR)),
    "mg": Unit(name="mg", parts=(_MG,)),
    "1/h": Unit(name="per_h", parts=(_AN_HOUR,)),
    "1/min": Unit(name="per_min", parts=(_A_MINUTE,)),
    "/min": Unit(name="per_min", parts=(_A_MINUTE,)),
    "L/h": Unit(name="L_per_h", parts=(_LITRE, _AN_HOUR)),
    "L/min": Unit(name="L_per_min", parts=(_LITRE, _A_MINUTE)),
    "mg/h": Unit(name="mg_per_h", parts=(_MG, _AN_HOUR)),
    "mg/L": Unit(name="mg_per_L", parts=(_MG, _A_LITRE)),
    "ng/mL": Unit(name="ng_per_mL", parts=(_NG, _AN_ML)),
    "(ng/mL)/(mg/L)": Unit(
        name="ng_per_mL_per_mg_per_L",
        parts=(_NG, _AN_ML, Part(kind="gram", exponent=-1, scale=-3), _LITRE),
    ),
    "logit.mL/ng": Unit(name="mL_per_ng", parts=(_ML, _AN_NG)),
    "umol/L": Unit(name="umol_per_L", parts=(Part(kind="mole", scale=-6), _A_LITRE)),
    "g/mol": Unit(name="g_per_mol", parts=(Part(kind="gram"), Part(kind="mole", exponent=-1))),
    "mm[Hg]": Unit(name="mmHg", parts=(Part(kind="pascal", multiplier=MMHG_PA),)),
}
"""By the word that tables and curves use."""


def unit_named(word: str) -> Unit:
    """The unit of that word.

    Raises:
        ValueError: no model has used it so far; the message lists those known.
    """
    if word not in UNITS:
        raise ValueError(f"The unit {word!r} has no SBML form here; there are: {', '.join(UNITS)}.")
    return UNITS[word]
