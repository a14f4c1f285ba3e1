"""Codes and units under which devices and records name vital signs, and their place in a reading.

LOINC codes: loinc.org. MDC codes: ISO/IEEE 11073-10101, written as 65536 x partition + term.
Philips writes the same numbers in hexadecimal, partition and term apart ("0002-4bb8" is 150456).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalCode:
    """What a code stands for. `field` is a field of VitalsMeasured; None where the chart keeps no such value.

    `rank` orders sources of the same vital sign: the one with the lowest rank is kept.
    """

    field: str | None
    name: str
    rank: int = 0


def _codes(*rows: tuple[str, str | None, str, int]) -> dict[str, VitalCode]:
    return {code: VitalCode(field=field, name=name, rank=rank) for code, field, name, rank in rows}


LOINC: Final[Mapping[str, VitalCode]] = _codes(
    ("8480-6", "systolic_mmhg", "systolic pressure", 0),
    ("8462-4", "diastolic_mmhg", "diastolic pressure", 0),
    ("8478-0", None, "mean pressure", 0),
    ("76534-7", "systolic_mmhg", "systolic cuff pressure", 0),
    ("76535-4", "diastolic_mmhg", "diastolic cuff pressure", 0),
    ("76536-2", None, "mean cuff pressure", 0),
    ("76215-3", "systolic_mmhg", "systolic arterial pressure", 1),
    ("76213-8", "diastolic_mmhg", "diastolic arterial pressure", 1),
    ("76214-6", None, "mean arterial pressure", 1),
    ("8867-4", "heart_rate_bpm", "heart rate", 0),
    ("8889-8", "heart_rate_bpm", "pulse rate", 1),
    ("59408-5", "spo2_percent", "oxygen saturation", 0),
    ("2708-6", "spo2_percent", "oxygen saturation", 0),
    ("9279-1", "respiratory_rate_per_min", "respiratory rate", 0),
    ("8310-5", "temperature_c", "temperature", 0),
    ("8331-1", "temperature_c", "oral temperature", 0),
    ("29463-7", "weight_kg", "weight", 0),
    ("3141-9", "weight_kg", "weight", 0),
    ("8302-2", "height_cm", "height", 0),
)

MDC: Final[Mapping[str, VitalCode]] = _codes(
    (
        "150021",
        "systolic_mmhg",
        "systolic cuff pressure",
        0,
    ),  # MDC_PRESS_BLD_NONINV_SYS
    (
        "150022",
        "diastolic_mmhg",
        "diastolic cuff pressure",
        0,
    ),  # MDC_PRESS_BLD_NONINV_DIA
    ("150023", None, "mean cuff pressure", 0),  # MDC_PRESS_BLD_NONINV_MEAN
    (
        "150033",
        "systolic_mmhg",
        "systolic arterial pressure",
        1,
    ),  # MDC_PRESS_BLD_ART_SYS
    (
        "150034",
        "diastolic_mmhg",
        "diastolic arterial pressure",
        1,
    ),  # MDC_PRESS_BLD_ART_DIA
    ("150035", None, "mean arterial pressure", 1),  # MDC_PRESS_BLD_ART_MEAN
    (
        "150037",
        "systolic_mmhg",
        "systolic arterial pressure",
        1,
    ),  # MDC_PRESS_BLD_ART_ABP_SYS
    (
        "150038",
        "diastolic_mmhg",
        "diastolic arterial pressure",
        1,
    ),  # MDC_PRESS_BLD_ART_ABP_DIA
    ("150039", None, "mean arterial pressure", 1),  # MDC_PRESS_BLD_ART_ABP_MEAN
    ("147842", "heart_rate_bpm", "heart rate", 0),  # MDC_ECG_HEART_RATE
    ("149530", "heart_rate_bpm", "pulse rate", 1),  # MDC_PULS_OXIM_PULS_RATE
    ("149546", "heart_rate_bpm", "pulse rate", 2),  # MDC_PULS_RATE_NON_INV
    ("150456", "spo2_percent", "oxygen saturation", 0),  # MDC_PULS_OXIM_SAT_O2
    ("151562", "respiratory_rate_per_min", "respiratory rate", 0),  # MDC_RESP_RATE
    (
        "151594",
        "respiratory_rate_per_min",
        "respiratory rate from CO2",
        1,
    ),  # MDC_CO2_RESP_RATE
    ("150344", "temperature_c", "temperature", 0),  # MDC_TEMP
    ("188736", "weight_kg", "weight", 0),  # MDC_MASS_BODY_ACTUAL
    ("188740", "height_cm", "height", 0),  # MDC_LEN_BODY_ACTUAL
)

SYSTEMS: Final = frozenset({"", "LN", "MDC", "MDIL"})
"""Coding systems whose codes the tables above hold, as HL7 names them (table 0396; MDIL: Philips)."""

_HEX_PAIR: Final = re.compile(r"([0-9a-f]{4})-([0-9a-f]{4})", re.IGNORECASE)


def mdc_number(code: str) -> str:
    """The decimal MDC number of a code written as two groups of four hexadecimal digits; else as it is."""
    pair = _HEX_PAIR.fullmatch(code)
    return str(int(pair[1], 16) * 65536 + int(pair[2], 16)) if pair else code


def vital_code(code: str, system: str) -> VitalCode | None:
    """What `code` of `system` (HL7 name) stands for; None when it is not in the tables."""
    if system not in SYSTEMS:
        return None
    return LOINC.get(code) or MDC.get(mdc_number(code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """How a number in this unit becomes one in `canonical`: (number + `offset`) x `factor`."""

    canonical: str
    factor: float = 1.0
    offset: float = 0.0


_MMHG: Final = Unit(canonical="mmHg")
_KPA: Final = Unit(canonical="mmHg", factor=7.50062)  # 1 mmHg = 133.322 Pa (UCUM m[Hg])
_PER_MIN: Final = Unit(canonical="/min")
_PERCENT: Final = Unit(canonical="%")
_CELSIUS: Final = Unit(canonical="°C")
_FAHRENHEIT: Final = Unit(canonical="°C", factor=5 / 9, offset=-32.0)
_KG: Final = Unit(canonical="kg")
_G: Final = Unit(canonical="kg", factor=0.001)
_POUND: Final = Unit(canonical="kg", factor=0.45359237)  # international pound, exact
_CM: Final = Unit(canonical="cm")
_M: Final = Unit(canonical="cm", factor=100.0)
_INCH: Final = Unit(canonical="cm", factor=2.54)  # international inch, exact

UNITS: Final[Mapping[str, Unit]] = {
    spelling: unit
    for unit, spellings in (
        (_MMHG, ("mm[Hg]", "mmHg", "266016")),
        (_KPA, ("kPa", "265987")),
        (
            _PER_MIN,
            (
                "/min",
                "{beats}/min",
                "{breaths}/min",
                "bpm",
                "rpm",
                "1/min",
                "264864",
                "264928",
            ),
        ),
        (_PERCENT, ("%", "262688")),
        (_CELSIUS, ("Cel", "°C", "C", "268192")),
        (_FAHRENHEIT, ("[degF]", "°F", "F", "266560")),
        (_KG, ("kg", "263875")),
        (_G, ("g", "263872")),
        (_POUND, ("[lb_av]", "lb", "lbs", "263904")),
        (_CM, ("cm", "263441")),
        (_M, ("m", "263424")),
        (_INCH, ("[in_i]", "in", "263520")),
    )
    for spelling in spellings
}
"""UCUM, MDC and the plain spellings seen on monitors."""


def in_canonical_unit(value: float, spelling: str, canonical: str) -> float | None:
    """`value` in the chart's own unit, to one decimal when converted; None when the unit does not fit."""
    unit = UNITS.get(mdc_number(spelling))
    if unit is None or unit.canonical != canonical:
        return None
    if unit.factor == 1.0 and unit.offset == 0.0:
        return value
    return round((value + unit.offset) * unit.factor, 1)
