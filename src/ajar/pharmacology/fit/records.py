"""What is known about this person: readings, scores and levels, each with its time, and what was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.simulate import TYPICAL
from ajar.pharmacology.u1.absorption import refuse_unknown
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.symptoms import MADRS_MOST, PHQ9_MOST


class Kind(StrEnum):
    """What a record is, by the name that event tables use; a unit ends the name where there is one."""

    SYSTOLIC = "sbp_mmhg"
    DIASTOLIC = "dbp_mmhg"
    HEART_RATE = "heart_rate_per_min"
    CADSS = "cadss"
    SEDATION = "moaas"
    NAUSEA = "nausea"
    MADRS = "madrs"
    PHQ9 = "phq9"
    KETAMINE_LEVEL = "ketamine_venous_ng_ml"
    S_KETAMINE_LEVEL = "s_ketamine_venous_ng_ml"


PRESSURES: Final = frozenset({Kind.SYSTOLIC, Kind.DIASTOLIC})
VITALS: Final = PRESSURES | {Kind.HEART_RATE}
LEVELS: Final = frozenset({Kind.KETAMINE_LEVEL, Kind.S_KETAMINE_LEVEL})
SCORES: Final = frozenset({Kind.MADRS, Kind.PHQ9})
IN_A_SESSION: Final = VITALS | {Kind.CADSS, Kind.SEDATION, Kind.NAUSEA}

CADSS_MOST: Final = 92.0
"""Highest CADSS total of the 23 items of 0-4."""

RANGES: Final[Mapping[Kind, tuple[float, float]]] = {
    Kind.SYSTOLIC: (30.0, 300.0),
    Kind.DIASTOLIC: (15.0, 200.0),
    Kind.HEART_RATE: (20.0, 250.0),
    Kind.CADSS: (0.0, CADSS_MOST),
    Kind.SEDATION: (0.0, 5.0),
    Kind.NAUSEA: (0.0, 1.0),
    Kind.MADRS: (0.0, MADRS_MOST),
    Kind.PHQ9: (0.0, PHQ9_MOST),
    Kind.KETAMINE_LEVEL: (0.0, 100_000.0),
    Kind.S_KETAMINE_LEVEL: (0.0, 100_000.0),
}
"""Lowest and highest value a record may have. Those of vitals and levels only catch a slip of the pen."""

WHOLE: Final = frozenset({Kind.CADSS, Kind.SEDATION, Kind.NAUSEA, Kind.MADRS, Kind.PHQ9})

SESSION_H: Final = 24.0
"""A reading that belongs to a session is taken within this of its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that was seen, hours from the regimen's zero. Sedation is MOAA/S 0-5, nausea 0 no or 1 yes.

    `session` counts from 1; None: the last one that had begun. `below` says that the level was under its
    limit of quantification, which then is the value. `assay_cv` is the assay's own spread, and adds to what
    else moves a level.
    """

    kind: Kind
    time_h: float
    value: float
    session: int | None = None
    below: bool = False
    assay_cv: float = 0.0

    def __post_init__(self) -> None:
        if not (isfinite(self.time_h) and self.time_h >= 0):
            raise ValueError(f"A record is at 0 h or later, got {self.time_h} h.")
        self._refuse_value()
        if self.below and self.kind not in LEVELS:
            raise ValueError(f"Only a blood level is below its limit; {self.kind} has a value.")
        if not (isfinite(self.assay_cv) and 0 <= self.assay_cv < 1):
            raise ValueError(f"An assay's CV is a share from 0 to below 1, got {self.assay_cv}.")
        if self.assay_cv and self.kind not in LEVELS:
            raise ValueError(f"Only a blood level has an assay; {self.kind} has none.")

    def _refuse_value(self) -> None:
        lowest, highest = RANGES[self.kind]
        if not (isfinite(self.value) and lowest <= self.value <= highest):
            raise ValueError(f"{self.kind} is from {lowest:g} to {highest:g}, got {self.value}.")
        if self.kind in WHOLE and self.value != round(self.value):
            raise ValueError(f"{self.kind} is a whole number, got {self.value:g}.")
        if self.kind in LEVELS and self.value == 0:
            raise ValueError("A blood level of 0 is not a measurement: give the limit, with below=True.")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A person, what was given, and what was seen; the records are put in order of time.

    `circumstances` holds the symptoms before the first dose, which scores need: `madrs_baseline` is taken as
    it stands, `response_e` and `placebo_share` as what people like this one have.
    """

    person: Person
    regimen: Regimen
    records: tuple[Record, ...]
    circumstances: Circumstances = TYPICAL

    def __post_init__(self) -> None:
        refuse_unknown(self.regimen, self.person)
        ordered = tuple(sorted(self.records, key=lambda record: record.time_h))
        object.__setattr__(self, "records", ordered)
        if self.circumstances.symptoms is None and self.kinds & SCORES:
            raise ValueError("Scores need the MADRS before the first dose: give circumstances with symptoms.")
        if Option.NORKETAMINE_OPPOSES_PRESSURE in self.circumstances.options:
            raise ValueError(f"A fit does not know the option {Option.NORKETAMINE_OPPOSES_PRESSURE!s}.")
        for record in ordered:
            self.session_of(record)

    @property
    def kinds(self) -> frozenset[Kind]:
        """What there are records of."""
        return frozenset(record.kind for record in self.records)

    def session_of(self, record: Record) -> int:
        """The session a record belongs to, counted from 1.

        Raises:
            ValueError: no such session, or too far from it for what happens in a session.
        """
        starts_h = [session.start_h for session in self.regimen.sessions]
        started = sum(start_h <= record.time_h for start_h in starts_h)
        number = record.session if record.session is not None else max(started, 1)
        if not 1 <= number <= len(starts_h):
            raise ValueError(f"There are sessions 1 to {len(starts_h)}, got {number} for {record.kind}.")
        apart_h = abs(record.time_h - starts_h[number - 1])
        if record.kind in IN_A_SESSION and apart_h > SESSION_H:
            raise ValueError(
                f"{record.kind} at {record.time_h:g} h is {apart_h:.3g} h from the start of session "
                f"{number}; it belongs to a session within {SESSION_H:g} h."
            )
        return number
