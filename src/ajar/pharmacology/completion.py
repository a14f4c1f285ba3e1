"""How many people get through the course they were planned: what was counted, where, and among how many.

Nothing here predicts one person: no predictor of staying was found (evidence.md 2.10), so a share is what a
group did. The groups differ more than chance, and every one of them is shown.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import Route

Z_95: Final = 1.959964
"""Standard normal deviate of a two-sided 95 % interval."""


class Provenance(StrEnum):
    """How a number of evidence.md was read (its section 0)."""

    READ = "V"
    REPORTED = "S"
    DERIVED = "D"

    @property
    def words(self) -> str:
        """The same in words."""
        return {
            "V": "read in the paper, its abstract or a published table",
            "S": "read in a report of the study",
            "D": "worked out from numbers that were read",
        }[self.value]


class Practice(StrEnum):
    """Where the people were counted."""

    CLINIC = "ordinary care"
    TRIAL = "a trial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """People who completed a planned course, of those who began it.

    `routes` are the ways of giving that were counted together. `share` is from 0 to 1.
    """

    id: str
    where: str
    counted: str
    practice: Practice
    routes: tuple[Route, ...]
    share: float
    people: int
    provenance: Provenance
    source: str

    def __post_init__(self) -> None:
        if not 0.0 < self.share < 1.0:
            raise ValueError(f"A share lies between 0 and 1, got {self.share}.")
        if self.people < 1:
            raise ValueError(f"A share is counted among at least one person, got {self.people}.")

    @property
    def interval(self) -> tuple[float, float]:
        """Lowest and highest share that chance alone allows, 95 % (Wilson's interval; arithmetic, D)."""
        n, p = self.people, self.share
        spread = Z_95 * sqrt(p * (1.0 - p) / n + Z_95**2 / (4.0 * n**2))
        middle = p + Z_95**2 / (2.0 * n)
        scale = 1.0 + Z_95**2 / n
        return (middle - spread) / scale, (middle + spread) / scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Sessions that people came to, of those planned: mean and standard deviation."""

    route: Route
    mean_sessions: Estimate
    planned_sessions: int
    planned_words: str


_SPRAY: Final = (Route.NASAL,)
_BOTH: Final = (Route.INTRAVENOUS, Route.NASAL)

COMPLETIONS: Final = (
    Completion(
        id="MarketScan",
        where="US insurance claims, esketamine",
        counted="reached 8 sessions, followed for 6 months or more",
        practice=Practice.CLINIC,
        routes=_SPRAY,
        share=0.613,
        people=269,
        provenance=Provenance.READ,
        source="evidence.md 2.12 and 4.1, MarketScan esketamine",
    ),
    Completion(
        id="claims, suicidality",
        where="US insurance claims, depression with suicidality",
        counted="reached 8 sessions, in the median on day 58 (label: day 25)",
        practice=Practice.CLINIC,
        routes=_SPRAY,
        share=0.450,
        people=169,
        provenance=Provenance.READ,
        source="evidence.md 2.12 and 4.1, MDD with suicidality claims",
    ),
    Completion(
        id="RW6",
        where="one university clinic, drip and spray together",
        counted="completed the acute course as prescribed",
        practice=Practice.CLINIC,
        routes=_BOTH,
        share=0.848,
        people=210,
        provenance=Provenance.READ,
        source="evidence.md RW6, Nikayin 2022, PMC9096687",
    ),
    Completion(
        id="SUSTAIN-3",
        where="long extension trial, spray",
        counted="stayed through four weeks of induction",
        practice=Practice.TRIAL,
        routes=_SPRAY,
        share=1.0 - 38 / 458,
        people=458,
        provenance=Provenance.DERIVED,
        source="evidence.md 2.12, SUSTAIN-3 induction: 38 of 458 left",
    ),
    Completion(
        id="Daly 2018",
        where="two-week trial, spray",
        counted="did not drop out",
        practice=Practice.TRIAL,
        routes=_SPRAY,
        share=1.0 - 7 / 67,
        people=67,
        provenance=Provenance.DERIVED,
        source="evidence.md 2.12, Daly 2018: 7 of 67 left",
    ),
)
"""Every count of evidence.md 2.12 and 4.3 that says how many of how many, ordinary care first."""

ATTENDANCE: Final = (
    Attendance(
        route=Route.INTRAVENOUS,
        mean_sessions=Estimate(
            value=5.79,
            unit="{session}",
            source="evidence.md 4.3, RW6: IV sessions attended",
            tag=Tag.A,
            between_subject_sd=1.49,
        ),
        planned_sessions=6,
        planned_words="about 6 (the protocol varied)",
    ),
    Attendance(
        route=Route.NASAL,
        mean_sessions=Estimate(
            value=7.47,
            unit="{session}",
            source="evidence.md 4.3, RW6: spray sessions attended",
            tag=Tag.A,
            between_subject_sd=1.46,
        ),
        planned_sessions=8,
        planned_words="8",
    ),
)
"""Sessions attended, by route (evidence.md 4.3)."""

ASSUMED_NO_SHOW: Final = (
    Estimate(
        value=0.05, unit="1", source="evidence.md 4.3: none found; assumed, drip paid in cash", tag=Tag.H
    ),
    Estimate(value=0.10, unit="1", source="evidence.md 4.3: none found; assumed, insured", tag=Tag.H),
)
"""Share of single sessions missed. Nobody has counted it for ketamine: an assumption, from and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is known about completing a course by one route."""

    counts: tuple[Completion, ...]
    attendance: Attendance | None

    @property
    def range(self) -> tuple[Completion, Completion]:
        """Lowest and highest share counted in ordinary care; one clinic may lie outside both."""
        ordinary = [one for one in self.counts if one.practice is Practice.CLINIC]
        ordinary.sort(key=lambda one: one.share)
        return ordinary[0], ordinary[-1]


def completion_outlook(route: Route, drug: Drug) -> Outlook | None:
    """The counts for this route; None where nobody has counted.

    Raises:
        ValueError: the spray is esketamine, and no other drug is given by it.
    """
    if route is Route.NASAL and drug is not Drug.ESKETAMINE:
        raise ValueError(f"The nasal spray is esketamine; nothing is known of {drug} by that route.")
    counts = tuple(one for one in COMPLETIONS if route in one.routes)
    if not counts:
        return None
    found = [one for one in ATTENDANCE if one.route is route]
    return Outlook(counts=counts, attendance=found[0] if found else None)
