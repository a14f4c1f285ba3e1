"""The kinds of session around the doses: how many, when, how long (clinical.md 5.2).

Sources disagree about the number of preparations, so it is a clinic's setting; lengths and the first window
are from general knowledge and say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.integration.entries import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionType:
    """One row of clinical.md 5.2. `length_min` is the usual length from and to, in minutes."""

    id: str
    purpose: Purpose
    name: str
    number: str
    when: str
    length_min: tuple[int, int] | None
    source: str
    verified: bool


SESSION_TYPES: Final[Mapping[Purpose, SessionType]] = MappingProxyType(
    {
        one.purpose: one
        for one in (
            SessionType(
                id="INT-1",
                purpose=Purpose.PREPARATION,
                name="Preparation",
                number="at least 3 in one clinic, 2 in another",
                when="before dose 1",
                length_min=(50, 90),
                source="[SAGE]; [HANYA]; length from general knowledge, verify",
                verified=False,
            ),
            SessionType(
                id="INT-2",
                purpose=Purpose.DOSING,
                name="Dosing session with a therapist",
                number="at least 3; often 6 in 3 weeks",
                when="with the dose",
                length_min=(120, 180),
                source="[SAGE]; [HANYA]; [WOLF]",
                verified=True,
            ),
            SessionType(
                id="INT-3",
                purpose=Purpose.INTEGRATION,
                name="Integration",
                number="at least 2 after the first dose",
                when="the first within 24 to 48 h, then weekly",
                length_min=(50, 50),
                source="[SAGE]; timing from general knowledge, verify",
                verified=False,
            ),
            SessionType(
                id="INT-4",
                purpose=Purpose.POST_SERIES,
                name="Closing of the series",
                number="1, and a referral to CBT, DBT or ERP",
                when="in the week after the last dose",
                length_min=None,
                source="[HANYA]",
                verified=True,
            ),
            SessionType(
                id="INT-5",
                purpose=Purpose.BOOSTER,
                name="After a booster",
                number="1 for each booster",
                when="within 72 h",
                length_min=None,
                source="design default",
                verified=False,
            ),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationPolicy:
    """What a clinic may set about its sessions, with the defaults of clinical.md 5.2 and PSY-5."""

    preparations: int = 3  # INT-1: [SAGE]; [HANYA] holds 2
    first_within_h: int = 48  # INT-3, PSY-5
    then_every_days: int = 7  # INT-3
    booster_within_h: int = 72  # INT-5
    closing_within_days: int = 7  # INT-4
    check_in_h: tuple[int, ...] = (24, 72, 168)  # features.md G03: 24 h, 72 h, 1 week

    def __post_init__(self) -> None:
        if self.preparations < 0:
            raise ValueError(f"preparations must be 0 or more, got {self.preparations}.")
        lengths = (
            self.first_within_h,
            self.then_every_days,
            self.booster_within_h,
            self.closing_within_days,
            *self.check_in_h,
        )
        if min(lengths) < 1:
            raise ValueError("Every interval must be 1 or more.")


DEFAULT_INTEGRATION: Final = IntegrationPolicy()
