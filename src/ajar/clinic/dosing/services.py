"""Every write of a dosing session, from arrival to the end of the dose.

Each service checks the whole state under the lock on the patient's chain, so that what it decides on
cannot change before it is written. `expected` is the decision position the page saw; `happened_at` is
for what is entered late (it stays visible beside the time of entry).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ajar.clinic.careplan.services import give_up_appointments
from ajar.clinic.dosing import judging
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.services import Anywhere, append, lock_chart
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.products import DEVICE_MG, devices_for
from ajar.pathway.dosing.drug import (
    DrugRefused,
    act_of,
    checked_order,
    infusion_rate_mg_per_h,
    is_complete,
    next_device,
    refuse_act,
    refuse_expired,
    refuse_second_person,
    refuse_unexplained_total,
    refuse_without_consent,
    running_rate_mg_per_h,
)
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientArrived,
    ReadinessAnswered,
    ReadinessConfirmed,
    SessionCancelled,
)
from ajar.pathway.dosing.readiness import READINESS_VERSION, in_the_way
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, Stage, after
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Strength, Verdict
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload, said
from ajar.pathway.patients.facts import refuse_future


class NotReady(ValueError):
    """Something asked before dosing stands in the way, or cannot be done in this stage."""


def held(encounter_id: UUID) -> Session:
    """The session, with its patient's chain locked until the transaction ends."""
    patient_id = Encounter.objects.values_list("patient_id", flat=True).get(pk=encounter_id)
    lock_chart(patient_id)
    return session_now(encounter_id)


def record(
    payload: Payload,
    session: Session,
    *,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None,
) -> Entry:
    """Append one entry to the session.

    Raises:
        ValueError: it would lie in the future.
        StaleLedger: someone decided something since the page was opened.
    """
    moment = happened_at or now
    refuse_future("The time", moment, now=now)
    new = NewEntry(payload=payload, happened_at=moment, encounter_id=session.encounter_id)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry


def arrive(
    *,
    encounter_id: UUID,
    room: Room,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient is here and takes a room.

    Raises:
        NotReady: another patient is in that room.
        MoveRefused: the session is past its arrival.
    """
    try:
        with transaction.atomic():
            session = held(encounter_id)
            after(session.stage, Move.ARRIVE)
            payload = PatientArrived(room_id=room.pk, room_name=room.name)
            return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)
    except IntegrityError as taken:
        words = _("%(room)s is taken. Choose another room, or release its patient first.")
        raise NotReady(words % {"room": room.name}) from taken


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
    _refuse_unless(session, Stage.ARRIVED, doing=_("Today's questions are asked"))
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
    _refuse_unless(session, Stage.PLANNED, Stage.ARRIVED, doing=_("A dose is ordered"))
    product = Product(session.product)
    order = DoseOrdered(
        product=product,
        amount_mg=amount_mg,
        duration_min=duration_min if product is Product.KETAMINE_IV else None,
        devices=devices_for(amount_mg) if product is Product.ESKETAMINE_IN else None,
        meaning="I order this dose for this session.",
        because=because.strip(),
    )
    for guard in judging.order_guards(session, amount_mg, now=now):
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
    second: Account,
    lot: str,
    expires_on: date,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Two people compared patient, product, amount, lot and expiry with the order.

    The second person's PIN was checked before (confirm_signature).

    Raises:
        DrugRefused: no order, the same person twice, or an expired lot.
    """
    session = held(encounter_id)
    _refuse_unless(session, Stage.ARRIVED, Stage.READY, doing=_("The order is checked"))
    if session.order is None or session.order_id is None:
        raise DrugRefused(_("The prescriber has not ordered a dose for this session yet."))
    refuse_second_person(first_id=str(by.pk), second_id=str(second.pk))
    encounter = Encounter.objects.select_related("site").get(pk=encounter_id)
    refuse_expired(expires_on=expires_on, on=(happened_at or now).astimezone(encounter.site.zone).date())
    payload = OrderChecked(
        order_id=session.order_id,
        first_person=by.titled_name,
        second_person=second.titled_name,
        second_person_id=str(second.pk),
        product=session.order.product,
        amount_mg=session.order.amount_mg,
        lot=lot.strip(),
        expires_on=expires_on,
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
    after(session.stage, Move.CONFIRM_READY)
    findings = judging.day_findings(session, now=happened_at or now)
    reasons = [f"{finding.title}: {finding.ruling.because}" for finding in in_the_way(findings)[:3]]
    if reasons := [*judging.why_not_suitable(session), *reasons]:
        raise NotReady(_("Not ready yet. %(named)s") % {"named": "; ".join(reasons)})
    checked_order(session)
    payload = ReadinessConfirmed(
        rulebook_version=READINESS_VERSION,
        findings=tuple(f.rule_id for f in findings if f.verdict is not Verdict.PASS),
    )
    return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def start_infusion(
    *,
    encounter_id: UUID,
    line_site: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Start the infusion at the rate that the order's amount and duration make."""
    session = held(encounter_id)
    after(session.stage, Move.GIVE_DRUG)
    order, _check = checked_order(session)
    if order.duration_min is None:
        raise DrugRefused(_("This order is not an infusion."))
    said(_("The line site"), line_site)
    rate = infusion_rate_mg_per_h(amount_mg=order.amount_mg, duration_min=order.duration_min)
    given = act_of(session, Act.INFUSION_STARTED, rate_mg_per_h=rate, line_site=line_site.strip())
    return _give(session, given, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def use_device(
    *,
    encounter_id: UUID,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient uses the next nasal device; five minutes of rest after each."""
    session = held(encounter_id)
    after(session.stage, Move.GIVE_DRUG)
    turn = next_device(session)
    if turn is None:
        raise DrugRefused(_("All devices of this order have been used."))
    given = act_of(session, Act.DEVICE_SPRAYED, amount_mg=DEVICE_MG, device_number=turn.number)
    return _give(session, given, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def change_infusion(
    *,
    encounter_id: UUID,
    act: Act,
    rate_mg_per_h: float | None,
    because: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Pause, resume (at the rate before the pause unless another is given) or change the rate."""
    session = held(encounter_id)
    rate = {Act.PAUSED: 0.0, Act.RESUMED: rate_mg_per_h or running_rate_mg_per_h(session)}.get(
        act, rate_mg_per_h
    )
    if rate is None:
        raise DrugRefused(_("Give the new rate in mg/h."))
    given = act_of(session, act, rate_mg_per_h=rate, because=because.strip())
    return _give(session, given, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def give_bolus(
    *,
    encounter_id: UUID,
    amount_mg: float,
    because: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """An injection beside the infusion, with its reason."""
    session = held(encounter_id)
    said(_("The reason"), because)
    given = act_of(session, Act.INJECTED, amount_mg=amount_mg, because=because.strip())
    return _give(session, given, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def end_dose(
    *,
    encounter_id: UUID,
    total_mg: float,
    because: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """No more drug today: how much it was, and why if it is less than ordered."""
    session = held(encounter_id)
    after(session.stage, Move.END_DOSE)
    order, _check = checked_order(session)
    refuse_unexplained_total(total_mg=total_mg, ordered_mg=order.amount_mg, because=because)
    complete = is_complete(total_mg=total_mg, ordered_mg=order.amount_mg)
    payload = DoseEnded(total_mg=total_mg, complete=complete, because=because.strip())
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


def _give(
    session: Session,
    given: DrugGiven,
    *,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None,
) -> Entry:
    refuse_act(session, given, at=happened_at or now)
    refuse_without_consent(given, judging.consent_now(session, judging.encounter_of(session), now=now))
    return record(given, session, by=by, now=now, expected=expected, happened_at=happened_at)


def _refuse_unless(session: Session, *stages: Stage, doing: str) -> None:
    if session.stage not in stages:
        allowed = " or ".join(stages)
        raise NotReady(f"{doing} in stage {allowed}; this session is in stage {session.stage}.")
