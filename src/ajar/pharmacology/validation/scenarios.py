"""What the studies gave, as regimens, and to whom: the scenarios that the calibration tables name."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.published import kamp_2020_curves
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingSession,
    Regimen,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    sublingual,
)

INFUSION_H: Final = 40.0 / 60.0
"""How long the usual infusion of a session runs (pharmacology.md 5.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A regimen and the person who stands for a study's people. `words` says what was taken for granted."""

    regimen: Regimen
    person: Person
    words: str


TYPICAL: Final = Person(weight_kg=70.0)
KAMP: Final = Person(weight_kg=75.0)
"""Weight taken for the men of Kamp 2020 BJA where U1 was fitted (pharmacology.md 4.1)."""
SIMONS: Final = Person(weight_kg=73.0, age_years=24.0)
"""The volunteers of Simons 2022 (pharmacology.md 1.2)."""
PEREZ: Final = Person(weight_kg=74.0, age_years=45.0, ancestry=Ancestry.OTHER)
"""Median weight and the typical person of table 4 of Perez-Ruixo 2021 (pharmacology.md 1.1)."""
RIVA_POSSE: Final = Person(weight_kg=70.0, age_years=56.7)
"""Mean age of Riva-Posse 2018 (evidence.md 3.4)."""
OLDER: Final = Person(weight_kg=74.0, age_years=70.0, ancestry=Ancestry.OTHER)
"""Somebody of 65 or more, for trials in older people."""


def infused(
    drug: Drug, mg_per_kg: float, person: Person = TYPICAL, duration_h: float = INFUSION_H
) -> DosingSession:
    """An infusion by weight."""
    return intravenous(drug=drug, amount_mg=mg_per_kg * person.weight_kg, duration_h=duration_h)


def _held(drug: Drug, amount_mg: float) -> DosingSession:
    return sublingual(drug=drug, amount_mg=amount_mg, hold_h=10.0 / 60.0, after_hold=AfterHold.SWALLOWED)


def _of(session: DosingSession, person: Person, words: str, *later: DosingSession) -> Scenario:
    return Scenario(regimen=course(session, *later), person=person, words=words)


_FILM: Final = _held(Drug.ESKETAMINE, 50.0)
_AFTER_FILM: Final = intravenous(drug=Drug.ESKETAMINE, amount_mg=20.0, duration_h=20.0 / 60.0, start_h=6.0)

SCENARIOS: Final = MappingProxyType(
    {
        "kamp_steps": _of(kamp_2020_curves.infusion(KAMP.weight_kg), KAMP, "75 kg"),
        "iv_racemate_half": _of(infused(Drug.RACEMATE, 0.5), TYPICAL, "70 kg"),
        "iv_racemate_older": _of(infused(Drug.RACEMATE, 0.5, RIVA_POSSE), RIVA_POSSE, "70 kg, 57 years"),
        "iv_racemate_5mg": _of(
            intravenous(drug=Drug.RACEMATE, amount_mg=5.0, duration_h=0.5), TYPICAL, "70 kg"
        ),
        "iv_esketamine_quarter": _of(infused(Drug.ESKETAMINE, 0.25), TYPICAL, "70 kg; 0.25 mg/kg in 40 min"),
        "simons_film": _of(_FILM, SIMONS, "73 kg"),
        "simons_film_then_iv": _of(_FILM, SIMONS, "73 kg", _AFTER_FILM),
        "im_racemate_half": _of(intramuscular(drug=Drug.RACEMATE, amount_mg=35.0), TYPICAL, "70 kg"),
        "rolan_wafer": _of(_held(Drug.RACEMATE, 25.0), TYPICAL, "70 kg; held 10 min"),
        "oral_racemate_40mg": _of(oral(drug=Drug.RACEMATE, amount_mg=40.0), TYPICAL, "70 kg"),
        "oral_racemate_half": _of(oral(drug=Drug.RACEMATE, amount_mg=35.0), TYPICAL, "70 kg"),
        "fanta_oral": _of(oral(drug=Drug.ESKETAMINE, amount_mg=17.5), TYPICAL, "70 kg"),
        "nasal_28": _of(nasal_devices(devices=1), PEREZ, "74 kg, 45 years"),
        "nasal_56": _of(nasal_devices(devices=2), PEREZ, "74 kg, 45 years"),
        "nasal_84": _of(nasal_devices(devices=3), PEREZ, "74 kg, 45 years"),
        "nasal_84_older": _of(nasal_devices(devices=3), OLDER, "74 kg, 70 years"),
    }
)
"""Every scenario of concentrations and acute effects; those of symptoms are in `trials`."""
