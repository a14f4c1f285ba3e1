"""May this patient go home? Every criterion with its verdict, its words, its datum and its source.

Gate A is the modified Aldrete score, gate B the product's own rule, gate C what leaving needs
(clinical.md 4.7). Nothing unknown counts as met. The bounds on blood pressure and breathing are those
of the monitoring room's alarms and of the evaluation's gate, so that no two screens disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from ajar.pathway.discharge.entries import DischargeAssessed, Released
from ajar.pathway.discharge.policy import DEFAULT_POLICY, Circumstances, DischargePolicy
from ajar.pathway.dosing.entries import ReadinessAnswered
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limits


class Verdict(StrEnum):
    """What can be said of one criterion now."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one criterion says, and on what it stands.

    `words` say it in a nurse's words; `datum` is the value with its unit, `at` its moment, `entry_id`
    where it is written; `since` is when a thing resolved, `due_at` when waiting will be over.
    """

    verdict: Verdict
    words: str
    datum: str = ""
    at: datetime | None = None
    entry_id: UUID | None = None
    since: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion as judged."""

    id: str
    gates: str  # "A", "B", "C", or two that ask the same
    name: str
    source: str
    finding: Finding

    @property
    def met(self) -> bool:
        """Does it stand?"""
        return self.finding.verdict is Verdict.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The assessment that counts: the newest, with the moment and the entry it comes from."""

    at: datetime
    entry_id: UUID
    said: DischargeAssessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything the criteria look at. `observations` are effective entries of the encounter."""

    session: Session
    observations: Sequence[Entry]
    assessment: Assessed | None
    readiness: ReadinessAnswered | None
    handover: Released | None
    around: Circumstances
    now: datetime
    limits: Limits = DEFAULT_LIMITS
    policy: DischargePolicy = DEFAULT_POLICY


HANDOVER: Final = frozenset({"C-ESCORT", "C-INSTRUCTIONS"})
"""What is done at the door: recovery can be confirmed before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All criteria of one session at one moment."""

    criteria: tuple[Criterion, ...]
    judged_at: datetime
    rulebook_version: str

    @property
    def unmet(self) -> tuple[Criterion, ...]:
        """What still stands between the patient and the door."""
        return tuple(criterion for criterion in self.criteria if not criterion.met)

    @property
    def open_first(self) -> tuple[Criterion, ...]:
        """All of them, what is open before what is met."""
        return tuple(sorted(self.criteria, key=lambda criterion: criterion.met))

    @property
    def unmet_for_recovery(self) -> tuple[Criterion, ...]:
        """The same without what is only done at the door."""
        return tuple(criterion for criterion in self.unmet if criterion.id not in HANDOVER)

    @property
    def met_ids(self) -> tuple[str, ...]:
        """The ids of what is met."""
        return tuple(criterion.id for criterion in self.criteria if criterion.met)
