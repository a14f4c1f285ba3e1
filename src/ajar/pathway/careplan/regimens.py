"""Regimens: how many sessions, how far apart, how long each takes, and which doses they allow.

A phase's sessions keep to calendar weeks, as the labels and trials count them; the least gap between
two sessions is a design default of its own (clinical.md SPR-T8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of a regimen with one rhythm."""

    id: str
    label: str
    rhythm: str
    sessions: int
    per_week: int
    every_weeks: int
    least_gap: timedelta
    source: str
    gap_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLength:
    """What the room is needed for, in minutes, in order."""

    prepare_min: int
    dosing_min: int
    observe_min: int
    leave_min: int
    source: str

    @property
    def total(self) -> timedelta:
        """From arrival to an empty room."""
        return timedelta(minutes=self.prepare_min + self.dosing_min + self.observe_min + self.leave_min)

    @property
    def until_dose(self) -> timedelta:
        """From arrival to the first drug, as planned."""
        return timedelta(minutes=self.prepare_min)

    @property
    def until_leaving(self) -> timedelta:
        """From arrival to the earliest moment of leaving, as planned."""
        return self.total - timedelta(minutes=self.leave_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """A course as it is ordered."""

    id: str
    label: str
    product: Product
    phases: tuple[Phase, ...]
    default_sessions: int
    review_after: int | None  # the session after which benefit is judged before going on
    length: SessionLength
    infusion_min: float | None
    default_dose_mg_per_kg: float | None
    fixed_doses_mg: tuple[float, ...]
    first_dose_mg: float | None
    source: str

    @property
    def most_sessions(self) -> int:
        """How many sessions the regimen knows how to lay out."""
        return sum(phase.sessions for phase in self.phases)

    def phase_of(self, number: int) -> Phase:
        """The phase of the nth session, counted from 1.

        Raises:
            ValueError: the regimen does not reach that far.
        """
        last = 0
        for phase in self.phases:
            last += phase.sessions
            if 1 <= number <= last:
                return phase
        raise ValueError(f"{self.label} has sessions 1 to {self.most_sessions}, got {number}.")


TWO_DAYS: Final = timedelta(hours=48)
GAP_SOURCE: Final = "SPR-T8, design default: at least 48 h, at most 2 in a calendar week (verify)"

KETAMINE_IV_INDUCTION: Final = Regimen(
    id="KETAMINE_IV_INDUCTION",
    label="Ketamine IV, 6 infusions over 3 weeks",
    product=Product.KETAMINE_IV,
    phases=(
        Phase(
            id="induction",
            label="Induction",
            rhythm="twice a week for 3 weeks",
            sessions=6,
            per_week=2,
            every_weeks=1,
            least_gap=TWO_DAYS,
            source=f"clinical.md IV-13 [ELEKTD]; [WILK21]; spacing as {GAP_SOURCE}",
            gap_verified=False,
        ),
    ),
    default_sessions=6,
    review_after=6,  # IV-18
    length=SessionLength(
        prepare_min=20,
        dosing_min=40,
        observe_min=60,
        leave_min=15,
        source="infusion 40 min IV-01; infusion +60 min MON-3 (design default); the rest design default",
    ),
    infusion_min=40,
    default_dose_mg_per_kg=0.5,
    fixed_doses_mg=(),
    first_dose_mg=None,
    source="clinical.md IV-01 [AND-4]; [CANMAT21]; IV-13 [ELEKTD]",
)

SPRAVATO_TRD: Final = Regimen(
    id="SPRAVATO_TRD",
    label="Spravato for treatment-resistant depression",
    product=Product.ESKETAMINE_IN,
    phases=(
        Phase(
            id="induction",
            label="Induction",
            rhythm="twice a week, weeks 1 to 4",
            sessions=8,
            per_week=2,
            every_weeks=1,
            least_gap=TWO_DAYS,
            source=f"clinical.md SPR-T2 [MPR]; [EPOC]; {GAP_SOURCE}",
            gap_verified=False,
        ),
        Phase(
            id="maintenance-a",
            label="Maintenance A",
            rhythm="once a week, weeks 5 to 8",
            sessions=4,
            per_week=1,
            every_weeks=1,
            least_gap=timedelta(days=3),
            source="clinical.md SPR-T4 [MPR]; [HCP-TRD]; at least 3 days apart is a design default",
            gap_verified=False,
        ),
        Phase(
            id="maintenance-b",
            label="Maintenance B",
            rhythm="every 2 weeks, from week 9",
            sessions=6,
            per_week=1,
            every_weeks=2,
            least_gap=timedelta(days=7),
            source="clinical.md SPR-T5 [MPR]; [HCP-DOS]: weekly or every 2 weeks; six at a time is a design "
            "default",
            gap_verified=False,
        ),
    ),
    default_sessions=8,  # up to the review gate SPR-T3
    review_after=8,
    length=SessionLength(
        prepare_min=20,
        dosing_min=10,
        observe_min=120,
        leave_min=15,
        source="5 min after each device SPR-A3; 120 min after the last SPR-A8; the rest design default",
    ),
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(56, 84),  # SPR-T6, US
    first_dose_mg=56,  # SPR-T1
    source="clinical.md SPR-T1 to SPR-T6 [USPI19 p2]; [MPR]; [HCP-DOS]",
)

REGIMENS: Final[Mapping[str, Regimen]] = MappingProxyType(
    {regimen.id: regimen for regimen in (KETAMINE_IV_INDUCTION, SPRAVATO_TRD)}
)
