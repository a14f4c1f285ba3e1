"""Every write of a dosing session, from arrival to the end of the dose.

Each service checks the whole state under the lock on the patient's chain, so that what it decides on
cannot change before it is written. `expected` is the decision position the page saw; `happened_at` is
for what is entered late (it stays visible beside the time of entry).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.careplan.services import give_up_appointments
from ajar.clinic.dosing import judging
from ajar.clinic.dosing.giving import change_infusion as change_infusion
from ajar.clinic.dosing.giving import end_dose as end_dose
from ajar.clinic.dosing.giving import give_bolus as give_bolus
from ajar.clinic.dosing.giving import give_injection as give_injection
from ajar.clinic.dosing.giving import start_infusion as start_infusion
from ajar.clinic.dosing.giving import take_by_mouth as take_by_mouth
from ajar.clinic.dosing.giving import use_device as use_device
from ajar.clinic.dosing.moving import Monitor as Monitor
from ajar.clinic.dosing.moving import move_patient as move_patient
from ajar.clinic.dosing.recording import held as held
from ajar.clinic.dosing.recording import record as record
from ajar.clinic.dosing.recording import refuse_unless
from ajar.clinic.dosing.rooms import one_patient_in, refuse_elsewhere
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.services import Anywhere
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.products import devices_for
from ajar.pathway.dosing.drug import (
    DrugRefused,
    refuse_check_by_one,
    refuse_expired,
    refuse_second_person,
)
from ajar.pathway.dosing.entries import (
    DoseOrdered,
    OrderChecked,
    PatientArrived,
    ReadinessAnswered,
    ReadinessConfirmed,
    SessionCancelled,
)
from ajar.pathway.dosing.passages import NotReady as NotReady
from ajar.pathway.dosing.passages import Passing, pass_on
from ajar.pathway.dosing.preparation import AS_BOUGHT, Prepared, refuse_preparation
from ajar.pathway.dosing.readiness import in_the_way, produced_by
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, Stage, after
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Strength, Verdict
from ajar.pathway.evaluation.products import AT_HOME, Product
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import said
from ajar.pathway.patients.facts import refuse_future


def arrive(
    *,
    encounter_id: UUID,
    room: Room | None,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient is here and takes a room; for a dose at home there is none, and the arrival is by video.

    Raises:
        NotReady: the REMS does not allow it (FSM-1), a room of another site, or another patient is in it.
        MoveRefused: the session is past its arrival.
    """
    with one_patient_in(room):
        session = held(encounter_id)
        _refuse_place(session, room)
        rems = judging.rems_reasons(session, now=happened_at or now)
        pass_on(Passing(session=session, move=Move.ARRIVE, at=happened_at or now, rems=rems))
        payload = PatientArrived(
            room_id=room.pk if room else None, room_name=room.name if room else _("At home, by video")
        )
        return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


def _refuse_place(session: Session, room: Room | None) -> None:
    at_home = session.product in AT_HOME
    if at_home and room is not None:
        raise NotReady(_("A dose at home has no room: check in by video."))
    if not at_home and room is None:
        raise NotReady(_("Choose a room."))
    if room is not None:
        refuse_elsewhere(session, room)


@transaction.atomic
def answer_readiness(
    *,
    encounter_id: UUID,
    answered: ReadinessAnswered,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Record today's answers. Asking again replaces nothing: the newest answers are judged."""
    session = held(encounter_id)
    refuse_unless(session, Stage.ARRIVED, doing=_("Today's questions are asked"))
    for name in ("last_solids_at", "last_liquids_at"):
        if (moment := getattr(answered, name)) is not None:
            refuse_future(_("The last meal or drink"), moment, now=now)
    return record(answered, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def accept_finding(
    *, encounter_id: UUID, rule_id: str, because: str, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """A prescriber accepts what stands in the way today, with a reason. A HARD_STOP cannot be accepted.

    Raises:
        NotReady: there is nothing of this rule to accept.
    """
    session = held(encounter_id)
    said(_("The reason"), because)
    for finding in in_the_way(judging.day_findings(session, now=now)):
        if finding.rule_id == rule_id and finding.acceptable:
            payload = FindingAccepted(
                rule_id=rule_id,
                rulebook_version=finding.rulebook_version,
                because=because.strip(),
                datum=finding.datum_key,
            )
            return record(payload, session, by=by, now=now, expected=expected, happened_at=None)
    raise NotReady(_("%(rule)s has nothing that can be accepted.") % {"rule": rule_id})


@transaction.atomic
def order_dose(
    *,
    encounter_id: UUID,
    amount_mg: float,
    duration_min: float | None,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    because: str = "",
    happened_at: datetime | None = None,
) -> Entry:
    """The prescriber's order for this session. The signature was checked before (confirm_signature).

    Raises:
        NotReady: a guard rail forbids this dose, or asks for a reason that is missing.
    """
    session = held(encounter_id)
    refuse_unless(session, Stage.PLANNED, Stage.ARRIVED, doing=_("A dose is ordered"))
    product = Product(session.product)
    order = DoseOrdered(
        product=product,
        amount_mg=amount_mg,
        duration_min=duration_min if product is Product.KETAMINE_IV else None,
        devices=devices_for(amount_mg) if product is Product.ESKETAMINE_IN else None,
        meaning="I order this dose for this session.",
        because=because.strip(),
    )
    for guard in judging.order_guards(session, amount_mg, duration_min=order.duration_min, now=now):
        if guard.strength is Strength.HARD_STOP or not order.because:
            raise NotReady(f"{guard.because} ({guard.rule_id})")
    if amount_mg != session.plan.dose_mg and not order.because:
        raise NotReady(
            _("The plan says %(mg)s mg: write why this dose differs.") % {"mg": f"{session.plan.dose_mg:g}"}
        )
    return record(order, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def check_order(
    *,
    encounter_id: UUID,
    second: Account | None,
    lot: str,
    expires_on: date,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    prepared: Prepared = AS_BOUGHT,
    happened_at: datetime | None = None,
) -> Entry:
    """Patient, product, amount, lot, expiry and preparation are compared with the order.

    By two people, whose second PIN was checked before (confirm_signature); by one where the policy allows.

    Raises:
        DrugRefused: no order, the same person twice, one person where two are asked, or an expired lot.
        PreparationRefused: the vial or the unit is not said, or PRD-07.
    """
    session = held(encounter_id)
    refuse_unless(session, Stage.ARRIVED, Stage.READY, doing=_("The order is checked"))
    if session.order is None or session.order_id is None:
        raise DrugRefused(_("The prescriber has not ordered a dose for this session yet."))
    if second is None:
        refuse_check_by_one(Product(session.product), programme().readiness)
    else:
        refuse_second_person(first_id=str(by.pk), second_id=str(second.pk))
    encounter = judging.encounter_of(session)
    refuse_expired(expires_on=expires_on, on=(happened_at or now).astimezone(encounter.site.zone).date())
    refuse_preparation(session.order, prepared)
    judging.refuse_lot_not_dispensed(session, lot.strip())
    payload = OrderChecked(
        order_id=session.order_id,
        first_person=by.titled_name,
        second_person=second.titled_name if second else "",
        second_person_id=str(second.pk) if second else "",
        product=session.order.product,
        amount_mg=session.order.amount_mg,
        lot=lot.strip(),
        expires_on=expires_on,
        concentration_mg_per_ml=prepared.concentration_mg_per_ml,
        diluent=prepared.diluent or "",
        unit_mg=prepared.unit_mg,
    )
    return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def confirm_ready(
    *,
    encounter_id: UUID,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Everything asked before dosing stands.

    Raises:
        NotReady: naming what stands in the way.
        DrugRefused: the order or its check is missing.
    """
    session = held(encounter_id)
    findings = judging.day_findings(session, now=happened_at or now)
    pass_on(
        Passing(
            session=session,
            move=Move.CONFIRM_READY,
            at=happened_at or now,
            findings=findings,
            unsuitable=tuple(judging.why_not_suitable(session)),
        )
    )
    payload = ReadinessConfirmed(
        rulebook_version=produced_by(programme().readiness),
        findings=tuple(f.rule_id for f in findings if f.verdict is not Verdict.PASS),
    )
    return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def cancel_session(
    *, encounter_id: UUID, because: str, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """The session will not happen, and why. Possible until the first drug; what it held is free again."""
    session = held(encounter_id)
    after(session.stage, Move.CANCEL)
    payload = SessionCancelled(because=because.strip())
    give_up_appointments(encounter_id, reason=because, by=by, now=now)
    return record(payload, session, by=by, now=now, expected=expected, happened_at=None)
