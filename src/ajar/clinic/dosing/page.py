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

from ajar.clinic.dosing.judging import (
    course_of,
    day_findings,
    dose_weight_kg,
    lozenges_so_far,
    rems_reasons,
)
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.feed import Cursor
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.drug import (
    BODY_SITE_ASKED,
    NOT_STOPPABLE,
    DeviceTurn,
    infusion_rate_mg_per_h,
    infusion_state,
    next_device,
)
from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.preparation import volume_ml
from ajar.pathway.dosing.readiness import cancels, in_the_way
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.findings import Finding, Verdict
from ajar.pathway.evaluation.products import AT_HOME, BY_MOUTH, Product


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
    INJECT = "inject"
    TAKE = "take"
    DISPENSE = "dispense"
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
LAST_PARTS: Final[dict[str, MakePart]] = {}


def register_part(name: str, make: MakePart) -> None:
    """Add a part to the page, once, in the order of registration."""
    PARTS.setdefault(name, make)


def register_last_part(name: str, make: MakePart) -> None:
    """Add a part below those of every room: to look at, where the others are to work with."""
    LAST_PARTS.setdefault(name, make)


def parts_for(seen: Seen) -> list[Part]:
    """The parts that have something to show now."""
    made = (make(seen) for make in (*PARTS.values(), *LAST_PARTS.values()))
    return [part for part in made if part is not None]


STEP_OF_STAGE: Final = {
    Stage.OBSERVED: Step.OBSERVE,
    Stage.RECOVERED: Step.OBSERVE,
    Stage.DISCHARGED: Step.CLOSED,
    Stage.CANCELLED: Step.CLOSED,
}

GIVEN_IN: Final[Mapping[Product, Step]] = (
    {Product.KETAMINE_IV: Step.START, Product.ESKETAMINE_IN: Step.DEVICE}
    | dict.fromkeys(BODY_SITE_ASKED, Step.INJECT)
    | dict.fromkeys(BY_MOUTH, Step.TAKE)
)
"""The step in which each product is given."""


def next_step(session: Session, findings: tuple[Finding, ...], *, doses_left: int = 0) -> Step:
    """What is to be done next. `doses_left`: handed out for home and not taken yet."""
    if session.stage is Stage.PLANNED:
        return _before_the_day(session, doses_left)
    if session.stage is Stage.ARRIVED:
        return _before_dose(session, findings)
    if session.stage is Stage.READY:
        return GIVEN_IN[Product(session.product)]
    if session.stage is Stage.DOSING:
        return _while_dosing(session)
    return STEP_OF_STAGE[session.stage]


def _before_the_day(session: Session, doses_left: int) -> Step:
    """A dose for home is ordered and handed out before its day."""
    if session.product not in AT_HOME:
        return Step.ARRIVE
    if session.order is None:
        return Step.ORDER
    return Step.ARRIVE if doses_left else Step.DISPENSE


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
    if session.product == Product.ESKETAMINE_IN:
        return Step.DEVICE if next_device(session) is not None else Step.END
    return GIVEN_IN[Product(session.product)] if left_mg(session) > 0 else Step.END


def left_mg(session: Session) -> float:
    """What is left of the order where the drug goes in act by act, to 0.1 mg."""
    if session.order is None:
        return 0.0
    given_mg = sum(act.given.amount_mg or 0.0 for act in session.acts)
    return round(max(session.order.amount_mg - given_mg, 0.0), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """The drug of this session in numbers."""

    given_mg: float
    given_mg_per_kg: float | None
    rate_mg_per_h: float | None
    planned_rate_mg_per_h: float | None
    turn: DeviceTurn | None
    state: Act | None
    left_mg: float
    left_ml: float | None
    left_units: float | None


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
        left_mg=left_mg(session),
        left_ml=_left_ml(session),
        left_units=_left_units(session),
    )


def _left_ml(session: Session) -> float | None:
    """What to draw up, as far as the check says the concentration."""
    check = session.check
    if check is None or check.concentration_mg_per_ml is None or session.product not in BODY_SITE_ASKED:
        return None
    return volume_ml(left_mg(session), check)


def _left_units(session: Session) -> float | None:
    """How many units are left, as far as the check says their strength."""
    if session.check is None or session.check.unit_mg is None:
        return None
    return left_mg(session) / session.check.unit_mg


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
    lozenges = lozenges_so_far(session) if session.product in AT_HOME else None
    planned = session.stage is Stage.PLANNED
    return {
        **head_of(seen),
        "step": next_step(session, findings, doses_left=lozenges.doses_left if lozenges else 0),
        "at_home": session.product in AT_HOME,
        "two_check": programme().readiness.needs_two(Product(session.product)),
        "lozenges": lozenges,
        "rems_reasons": rems_reasons(session, now=seen.now) if planned else (),
        "cancel_because": cancels(findings),
        "not_stoppable": NOT_STOPPABLE,
        "findings": [finding for finding in findings if finding.verdict is not Verdict.PASS],
        "passed": [finding for finding in findings if finding.verdict is Verdict.PASS],
        "course": course_of(session),
        "expected": decision_position(session.patient_id),
        "parts": parts_for(seen),
    }
