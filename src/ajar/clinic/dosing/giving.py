"""Every act with the drug, from the first to the end of the dose."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing import judging
from ajar.clinic.dosing.recording import held, record
from ajar.clinic.ledger.services import Anywhere
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.products import DEVICE_MG
from ajar.pathway.dosing.drug import (
    DrugRefused,
    act_of,
    checked_order,
    infusion_rate_mg_per_h,
    is_complete,
    next_device,
    refuse_unexplained_total,
    refuse_unsaid_hold,
    running_rate_mg_per_h,
)
from ajar.pathway.dosing.entries import Act, DoseEnded, DrugGiven, Residue
from ajar.pathway.dosing.passages import Passing, pass_on
from ajar.pathway.dosing.preparation import units_of
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, after
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import said


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
def give_injection(
    *,
    encounter_id: UUID,
    amount_mg: float,
    volume_ml: float,
    body_site: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Into a muscle or under the skin: where, how much, in which volume. It cannot be stopped (IM-05)."""
    session = held(encounter_id)
    after(session.stage, Move.GIVE_DRUG)
    given = act_of(
        session, Act.INJECTED, amount_mg=amount_mg, volume_ml=volume_ml, body_site=body_site.strip()
    )
    return _give(session, given, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def take_by_mouth(
    *,
    encounter_id: UUID,
    amount_mg: float,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient places a lozenge or swallows the drug, watched here or over video."""
    session = held(encounter_id)
    after(session.stage, Move.GIVE_DRUG)
    _order, check = checked_order(session)
    units = units_of(amount_mg, check.unit_mg)
    given = act_of(session, Act.TAKEN, amount_mg=amount_mg, units=units)
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
    held_min: float | None = None,
    residue: Residue | None = None,
) -> Entry:
    """No more drug today: how much it was, why if it is less than ordered, and how long it was held."""
    session = held(encounter_id)
    pass_on(Passing(session=session, move=Move.END_DOSE, at=happened_at or now))
    refuse_unsaid_hold(Product(session.product), held_min=held_min, residue=residue)
    order, _check = checked_order(session)
    refuse_unexplained_total(total_mg=total_mg, ordered_mg=order.amount_mg, because=because)
    complete = is_complete(total_mg=total_mg, ordered_mg=order.amount_mg)
    payload = DoseEnded(
        total_mg=total_mg, complete=complete, because=because.strip(), held_min=held_min, residue=residue
    )
    return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


def _give(
    session: Session,
    given: DrugGiven,
    *,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None,
) -> Entry:
    pass_on(
        Passing(
            session=session,
            move=Move.GIVE_DRUG,
            at=happened_at or now,
            given=given,
            consent=judging.consent_now(session, judging.encounter_of(session), now=now),
            dose_stops=judging.dose_stops(session, now=now),
        )
    )
    return record(given, session, by=by, now=now, expected=expected, happened_at=happened_at)
