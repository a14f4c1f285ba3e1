"""The columns of an event table: what each holds, in which unit, and which number is which route.

The table follows NONMEM's: one row a dose or an observation, `.` for nothing. What NONMEM leaves to its
control stream has to be said here: units, drug and what each DVID measures stand in comments at the top.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, ChildPugh, Cyp2b6, InteractingMedicine, Sex
from ajar.pharmacology.regimen import Route


class Column(StrEnum):
    """A column that has a meaning here. Others are named and ignored."""

    ID = "ID"
    TIME = "TIME"
    EVID = "EVID"
    AMT = "AMT"
    RATE = "RATE"
    DUR = "DUR"
    CMT = "CMT"
    II = "II"
    ADDL = "ADDL"
    SS = "SS"
    DV = "DV"
    MDV = "MDV"
    DVID = "DVID"
    CENS = "CENS"
    LIMIT = "LIMIT"
    OCC = "OCC"
    DRUG = "DRUG"
    SPAT = "SPAT"
    WT = "WT"
    AGE = "AGE"
    SEX = "SEX"
    RACE = "RACE"
    HTN = "HTN"
    CYP2B6 = "CYP2B6"
    CHILDPUGH = "CHILDPUGH"
    MEDS = "MEDS"


MEANINGS: Final[Mapping[Column, str]] = {
    Column.ID: "who; the rows of one ID stand together",
    Column.TIME: "hours from the subject's own zero, 0 or later, never falling",
    Column.EVID: "0 observation, 1 dose, 2 other (its covariates are read); 3 and 4 (reset) are refused",
    Column.AMT: "what is in one dose",
    Column.RATE: "of an infusion; -1 and -2 (modelled) are refused",
    Column.DUR: "hours of an infusion, or for which a lozenge is held; TINF is the same",
    Column.CMT: "the route of a dose, by number or name",
    Column.II: "hours between the doses that ADDL adds",
    Column.ADDL: "how many more doses like this one follow",
    Column.SS: "0; steady state is refused, the doses that led to it are asked for",
    Column.DV: "what was measured, in the unit at the end of its name",
    Column.MDV: "1: nothing was measured (a time asked about); 0 or . on a row with a DV",
    Column.DVID: "which output DV is; YTYPE is the same",
    Column.CENS: "0 measured, 1 below DV (the limit of quantification), -1 above DV",
    Column.LIMIT: "with CENS 1: the value is not below this",
    Column.OCC: "the occasion; a new one starts a new session",
    Column.DRUG: "what was given, where the top of the table does not say it for all",
    Column.SPAT: "after its hold a lozenge was 0 swallowed, 1 spat out",
    Column.WT: "body weight",
    Column.AGE: "age",
    Column.SEX: "FEMALE or MALE, or a code that the top of the table explains",
    Column.RACE: "OTHER, ASIAN or JAPANESE, or a code that the top of the table explains",
    Column.HTN: "hypertension: 0 no, 1 yes",
    Column.CYP2B6: "TWO_NORMAL, ONE_VARIANT or TWO_VARIANTS of *6, or a code that the top explains",
    Column.CHILDPUGH: "impairment of the liver: A, B or C, or a code that the top explains",
    Column.MEDS: "medicines that change clearance, with ; between them; NONE where there is none",
}

REQUIRED: Final = (Column.ID, Column.TIME, Column.EVID, Column.AMT, Column.CMT, Column.DV, Column.WT)
ALIASES: Final = {"TINF": Column.DUR, "YTYPE": Column.DVID}

UNITS: Final[Mapping[Column, str]] = {
    Column.TIME: "h",
    Column.AMT: "mg base",
    Column.RATE: "mg/h",
    Column.DUR: "h",
    Column.II: "h",
    Column.WT: "kg",
    Column.AGE: "years",
}
"""The only units there are. The top of a table says at least those of TIME and AMT, and no others."""

MUST_STATE: Final = (Column.TIME, Column.AMT)

WORDS: Final[Mapping[Column, type[StrEnum]]] = {
    Column.DRUG: Drug,
    Column.SEX: Sex,
    Column.RACE: Ancestry,
    Column.CYP2B6: Cyp2b6,
    Column.CHILDPUGH: ChildPugh,
    Column.MEDS: InteractingMedicine,
}
"""Columns of words: the names of these, or codes that the top of the table explains."""

LATEST_H: Final = 876_600.0
"""A hundred years: a later time or a longer interval is in another unit."""

NO_MEDICINE: Final = "NONE"
BETWEEN_MEDICINES: Final = ";"

MISSING: Final = ("", ".")


class Evid(IntEnum):
    """What a row is."""

    OBSERVATION = 0
    DOSE = 1
    OTHER = 2
    RESET = 3
    RESET_AND_DOSE = 4


COMPARTMENTS: Final[Mapping[Route, tuple[int, tuple[str, ...]]]] = {
    Route.INTRAVENOUS: (1, ("IV", "CENTRAL")),
    Route.INTRAMUSCULAR: (2, ("IM", "MUSCLE")),
    Route.SUBCUTANEOUS: (3, ("SC",)),
    Route.SUBLINGUAL: (4, ("SL", "MUCOSA")),
    Route.ORAL: (5, ("ORAL", "PO", "GUT")),
    Route.NASAL: (6, ("NASAL", "IN", "NOSE")),
}
"""CMT of a dose: its number and its names, of which the first is ours."""


class BadEventTable(ValueError):
    """A row cannot be taken as it stands: which one, which column, what was expected, what was found."""

    def __init__(self, *, row: int, column: str, expected: str, found: str) -> None:
        super().__init__(f"Row {row}, column {column}: expected {expected}, found {found}.")
        self.row = row
        self.column = column
