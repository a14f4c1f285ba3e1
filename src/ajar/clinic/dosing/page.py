"""The page a nurse lives on: what it shows, and where later rooms of the visit add their parts.

The header and the next step belong to dosing. Monitoring and discharge stand later in the visit, so
dosing does not know them: they register a part, as read models register with the ledger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django import forms

from ajar.clinic.dosing.judging import course_of, day_findings, dose_weight_kg
from ajar.clinic.ledger.feed import Cursor
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.drug import DeviceTurn, infusion_rate_mg_per_h, infusion_state, next_device
from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.readiness import in_the_way
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.findings import Finding, Verdict
from ajar.pathway.evaluation.products import Product


class Step(StrEnum):
    """What is to be done next on this page; the pinned action follows it."""

    ARRIVE = "arrive"
    ASK = "ask"
    CLEAR = "clear"
    ORDER = "order"
    CHECK = "check"
    CONFIRM = "confirm"
    START = "start"
    DEVICE = "device"
    INFUSION = "infusion"
    END = "end"
    OBSERVE = "observe"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look at a session: the session, who looks, when; `after` is the feed's end before the look."""

    session: Session
    encounter: Encounter
    viewer: Account
    now: datetime
    after: Cursor
    bound: Mapping[str, forms.Form] = field(default_factory=dict)

    def may(self, action: Action) -> bool:
        """May the viewer do this?"""
        return may(self.viewer.role_of, action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the page: its template and what the template needs."""

    template: str
    context: Mapping[str, Any]


MakePart = Callable[[Seen], Part | None]
PARTS: Final[dict[str, MakePart]] = {}


def register_part(name: str, make: MakePart) -> None:
    """Add a part to the page, once, in the order of registration."""
    PARTS.setdefault(name, make)


def parts_for(seen: Seen) -> list[Part]:
    """The parts that have something to show now."""
    made = (make(seen) for make in PARTS.values())
    return [part for part in made if part is not None]


STEP_OF_STAGE: Final = {
    Stage.PLANNED: Step.ARRIVE,
    Stage.OBSERVED: Step.OBSERVE,
    Stage.RECOVERED: Step.OBSERVE,
    Stage.DISCHARGED: Step.CLOSED,
    Stage.CANCELLED: Step.CLOSED,
}


def next_step(session: Session, findings: tuple[Finding, ...]) -> Step:
    """What is to be done next."""
    if session.stage is Stage.ARRIVED:
        return _before_dose(session, findings)
    if session.stage is Stage.READY:
        return Step.DEVICE if session.product == Product.ESKETAMINE_IN else Step.START
    if session.stage is Stage.DOSING:
        return _while_dosing(session)
    return STEP_OF_STAGE[session.stage]


def _before_dose(session: Session, findings: tuple[Finding, ...]) -> Step:
    if session.readiness is None:
        return Step.ASK
    if in_the_way(findings):
        return Step.CLEAR
    if session.order is None:
        return Step.ORDER
    return Step.CHECK if session.check is None else Step.CONFIRM


def _while_dosing(session: Session) -> Step:
    if infusion_state(session) is not None:
        return Step.INFUSION
    return Step.DEVICE if next_device(session) is not None else Step.END


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """The drug of this session in numbers."""

    given_mg: float
    given_mg_per_kg: float | None
    rate_mg_per_h: float | None
    planned_rate_mg_per_h: float | None
    turn: DeviceTurn | None
    state: Act | None


def drug_of(session: Session, weight_kg: float | None, *, now: datetime) -> Drug:
    """How much has been given, at which rate, and what comes next."""
    given_mg = session.given_mg(now=now)
    order = session.order
    running = [act.given.rate_mg_per_h for act in session.acts if act.given.rate_mg_per_h is not None]
    return Drug(
        given_mg=given_mg,
        given_mg_per_kg=given_mg / weight_kg if weight_kg else None,
        rate_mg_per_h=running[-1] if running else None,
        planned_rate_mg_per_h=infusion_rate_mg_per_h(
            amount_mg=order.amount_mg, duration_min=order.duration_min
        )
        if order and order.duration_min
        else None,
        turn=next_device(session),
        state=infusion_state(session),
    )


SHOWN_STAGES: Final = tuple(stage for stage in Stage if stage is not Stage.CANCELLED)


def since_dose(session: Session, *, now: datetime) -> str:
    """'1:42' hours and minutes since the first dose (to the end of the session), or nothing."""
    if session.first_dose_at is None:
        return ""
    minutes = int(((session.closed_at or now) - session.first_dose_at).total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def counted_mg(session: Session, *, now: datetime) -> float:
    """What was given by the count, to 0.1 mg and never above the order."""
    given_mg = session.given_mg(now=now)
    return round(min(given_mg, session.order.amount_mg) if session.order else given_mg, 1)


def head_of(seen: Seen) -> dict[str, Any]:
    """What the header needs: who, what, which stage, how long since the first dose."""
    session = seen.session
    weight_kg = dose_weight_kg(session)
    place = SHOWN_STAGES.index(session.stage) if session.stage in SHOWN_STAGES else 0
    return {
        "session": session,
        "encounter": seen.encounter,
        "stages": SHOWN_STAGES,
        "past_stages": SHOWN_STAGES[:place],
        "since_dose": since_dose(session, now=seen.now),
        "drug": drug_of(session, weight_kg, now=seen.now),
        "weight_kg": weight_kg,
        "product": Product(session.product),
        "may": {action.name.lower(): seen.may(action) for action in Action},
    }


def page_of(seen: Seen) -> dict[str, Any]:
    """Everything the page's own templates need."""
    session = seen.session
    findings = day_findings(session, now=seen.now) if session.stage is Stage.ARRIVED else ()
    return {
        **head_of(seen),
        "step": next_step(session, findings),
        "findings": [finding for finding in findings if finding.verdict is not Verdict.PASS],
        "passed": [finding for finding in findings if finding.verdict is Verdict.PASS],
        "course": course_of(session),
        "expected": decision_position(session.patient_id),
        "parts": parts_for(seen),
    }
