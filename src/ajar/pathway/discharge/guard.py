"""What may be recorded in this room, given everything recorded so far. The clinic's services ask here.

`refuse_unless_allowed` is the one gate before a recovery or a release is written: it folds the session
from its entries and judges it afresh, so that no page, however old, can let somebody go too early.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ajar.pathway.discharge.criteria import Assessed, Criterion, Evidence, Judgement
from ajar.pathway.discharge.entries import (
    DischargeAssessed,
    LeftAgainstAdvice,
    RecoveryConfirmed,
    RecoveryLost,
    Released,
)
from ajar.pathway.discharge.gates import judge_discharge
from ajar.pathway.discharge.policy import DEFAULT_POLICY, Circumstances, DischargePolicy
from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.dosing.stage import Move, after
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry, effective
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limits
from ajar.pathway.patients.facts import refuse_future


class NotYet(ValueError):
    """Criteria are open; names them in words."""

    def __init__(self, act: str, criteria: Iterable[Criterion]) -> None:
        self.criteria = tuple(criteria)
        told = "; ".join(f"{_within(c.name)}: {c.finding.words.rstrip('.')}" for c in self.criteria)
        super().__init__(f"{act} is not possible yet. {told[:1].upper()}{told[1:]}.")


def _within(name: str) -> str:
    """A criterion's name within a sentence; who gave a score a name keeps the capital."""
    return name[:1].lower() + name[1:]


class NoSession(ValueError):
    """These entries tell of no planned dosing session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A session and how its criteria stand at a moment."""

    session: Session
    judgement: Judgement
    assessment: Assessed | None


def standing(
    entries: Sequence[Entry],
    around: Circumstances,
    *,
    now: datetime,
    handover: Released | None = None,
    policy: DischargePolicy = DEFAULT_POLICY,
    limits: Limits = DEFAULT_LIMITS,
) -> Standing:
    """Judge the session that these entries of one encounter tell, as of `now`.

    `around` is what the session's own entries do not say: whose law applies, and the liver. `limits` are
    those of the alarms.

    Raises:
        NoSession: no session was planned under this encounter.
    """
    session = fold(entries)
    if session is None:
        raise NoSession("No dosing session is planned here.")
    stands = effective(entries)
    evidence = Evidence(
        session=session,
        observations=stands,
        assessment=_newest_assessment(stands),
        readiness=session.readiness,
        handover=handover,
        around=around,
        now=now,
        policy=policy,
        limits=limits,
    )
    return Standing(session=session, judgement=judge_discharge(evidence), assessment=evidence.assessment)


def _newest_assessment(entries: Iterable[Entry]) -> Assessed | None:
    found = [
        Assessed(at=entry.happened_at, entry_id=entry.id, said=entry.payload)
        for entry in entries
        if isinstance(entry.payload, DischargeAssessed)
    ]
    return max(reversed(found), key=lambda assessed: assessed.at, default=None)


def refuse_unless_allowed(
    new: NewEntry,
    entries: Sequence[Entry],
    around: Circumstances,
    *,
    now: datetime,
    policy: DischargePolicy = DEFAULT_POLICY,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Refuse an entry of this room that the entries so far do not allow.

    Raises:
        MoveRefused: the session's stage does not allow it.
        NotYet: criteria are open.
        ValueError: in words: a time that cannot be, or an answer that is missing.
    """
    refuse_future("The time of this act", new.happened_at, now=now)
    handover = new.payload if isinstance(new.payload, Released) else None
    at = min(new.happened_at, now)
    stands = standing(entries, around, now=at, handover=handover, policy=policy, limits=limits)
    match new.payload:
        case RecoveryConfirmed():
            after(stands.session.stage, Move.CONFIRM_RECOVERY)
            if stands.judgement.unmet_for_recovery:
                raise NotYet("Confirming recovery", stands.judgement.unmet_for_recovery)
        case RecoveryLost():
            after(stands.session.stage, Move.LOSE_RECOVERY)
        case Released() as release:
            after(stands.session.stage, Move.RELEASE)
            _refuse_old_page(new.happened_at, now=now, policy=policy)
            _refuse_release(release, stands, at=new.happened_at)
        case LeftAgainstAdvice():
            after(stands.session.stage, Move.LEAVE_AGAINST_ADVICE)


def _refuse_old_page(at: datetime, *, now: datetime, policy: DischargePolicy) -> None:
    if now - at > timedelta(minutes=policy.released_within_min):
        raise ValueError(
            f"This page is more than {policy.released_within_min} minutes old. Look at the criteria again, "
            "then release."
        )


def _refuse_release(release: Released, stands: Standing, *, at: datetime) -> None:
    if stands.judgement.unmet:
        raise NotYet("Release", stands.judgement.unmet)
    refuse_impossible_readiness(release.ready_without_rule_min, stands.session, at=at)


def refuse_impossible_readiness(minutes: int | None, session: Session, *, at: datetime) -> None:
    """The REMS question must be answered for the spray, and nobody was ready later than they left.

    Raises:
        ValueError: in words (clinical.md 2.4, field 18).
    """
    if minutes is None:
        if session.product == Product.ESKETAMINE_IN:
            raise ValueError(
                "Say after how many minutes this patient would have been ready without the rule."
            )
        return
    stayed = (at - session.first_dose_at).total_seconds() / 60 if session.first_dose_at else 0.0
    if minutes > stayed:
        raise ValueError(
            f"Ready after {minutes} min cannot be: the patient has been here for {stayed:.0f} min since the "
            "first dose."
        )
