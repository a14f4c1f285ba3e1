"""Giving the drug: rates, devices and their rest, and what must stand before any of it goes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ajar.pathway.careplan.entries import refuse_impossible_dose
from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.dosing.entries import Act, DoseOrdered, DrugGiven, OrderChecked, Residue
from ajar.pathway.dosing.policy import READINESS_POLICY, ReadinessPolicy
from ajar.pathway.dosing.preparation import refuse_other_volume, units_of
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, after
from ajar.pathway.evaluation.products import Product

BETWEEN_DEVICES: Final = timedelta(minutes=5)
"""Rest after each nasal device (clinical.md FSM-4 [MIMS-PH])."""

COMPLETE_FROM: Final = 0.99
"""Share of the ordered amount from which a dose counts as given in full (design default: pump rounding)."""


GIVEN_BY: Final = {
    Product.ESKETAMINE_IN: frozenset({Act.DEVICE_SPRAYED}),
    Product.KETAMINE_IV: frozenset(
        {Act.INFUSION_STARTED, Act.RATE_CHANGED, Act.PAUSED, Act.RESUMED, Act.INJECTED}
    ),
    Product.KETAMINE_IM: frozenset({Act.INJECTED}),
    Product.KETAMINE_SC: frozenset({Act.INJECTED}),
    Product.KETAMINE_SL_CLINIC: frozenset({Act.TAKEN}),
    Product.KETAMINE_SL_HOME: frozenset({Act.TAKEN}),
    Product.KETAMINE_PO: frozenset({Act.TAKEN}),
}
"""The ways in which each product is given."""

BODY_SITE_ASKED: Final = frozenset({Product.KETAMINE_IM, Product.KETAMINE_SC})
HELD_IN_MOUTH: Final = frozenset({Product.KETAMINE_SL_CLINIC, Product.KETAMINE_SL_HOME})

NOT_STOPPABLE: Final = (
    "Once injected it cannot be stopped or taken back (IM-05, design default): everything before it is final."
)
"""Said before an injection into a muscle or under the skin."""

DRUG_GOES_IN: Final = frozenset(Act) - {Act.PAUSED}
"""Acts after which drug goes in. A lower rate is one of them: without consent an infusion is paused."""


class DrugRefused(ValueError):
    """This cannot be given now; the message says what is missing or how long to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTurn:
    """The next nasal device: which of how many, and from when it may be used."""

    number: int
    of: int
    from_at: datetime | None

    def wait(self, *, now: datetime) -> timedelta:
        """How long still to rest; zero when it may be used."""
        return timedelta(0) if self.from_at is None else max(self.from_at - now, timedelta(0))


def infusion_rate_mg_per_h(*, amount_mg: float, duration_min: float) -> float:
    """The constant rate that gives the amount in that time, to 0.1 mg/h."""
    refuse_impossible_dose(amount_mg)
    if duration_min <= 0:
        raise ValueError(f"An infusion lasts longer than 0 minutes, got {duration_min:g}.")
    return round(amount_mg / duration_min * 60, 1)


def next_device(session: Session) -> DeviceTurn | None:
    """The device to use next, or None when all that were ordered have been used."""
    ordered = session.order.devices if session.order else None
    used = [act for act in session.acts if act.given.act is Act.DEVICE_SPRAYED]
    if ordered is None or len(used) >= ordered:
        return None
    from_at = used[-1].at + BETWEEN_DEVICES if used else None
    return DeviceTurn(number=len(used) + 1, of=ordered, from_at=from_at)


def refuse_second_person(*, first_id: str, second_id: str) -> None:
    """The check needs two different people.

    Raises:
        DrugRefused: it is the same person.
    """
    if first_id == second_id:
        raise DrugRefused("The check needs two different people: choose a colleague.")


def refuse_check_by_one(product: Product, policy: ReadinessPolicy = READINESS_POLICY) -> None:
    """Where the policy asks for two people, one is not enough.

    Raises:
        DrugRefused: it does.
    """
    if policy.needs_two(product):
        raise DrugRefused(f"{product.label}: two people check the order. Choose a colleague.")


def refuse_expired(*, expires_on: date, on: date) -> None:
    """A lot may be used up to and including the day printed on it.

    Raises:
        DrugRefused: it has expired.
    """
    if expires_on < on:
        raise DrugRefused(f"This lot expired on {expires_on.isoformat()}. Take another one.")


def checked_order(session: Session) -> tuple[DoseOrdered, OrderChecked]:
    """The order and its two-person check.

    Raises:
        DrugRefused: one of them is missing.
    """
    if session.order is None:
        raise DrugRefused("The prescriber has not ordered a dose for this session yet.")
    if session.check is None:
        raise DrugRefused("The order has not been checked by two people yet.")
    return session.order, session.check


def act_of(
    session: Session,
    act: Act,
    *,
    amount_mg: float | None = None,
    rate_mg_per_h: float | None = None,
    line_site: str = "",
    device_number: int | None = None,
    because: str = "",
    body_site: str = "",
    volume_ml: float | None = None,
    units: float | None = None,
) -> DrugGiven:
    """One act with the drug that was checked: its product, lot and expiry.

    Raises:
        DrugRefused: no order, or not checked.
    """
    order, check = checked_order(session)
    return DrugGiven(
        act=act,
        product=order.product,
        amount_mg=amount_mg,
        rate_mg_per_h=rate_mg_per_h,
        lot=check.lot,
        expires_on=check.expires_on,
        line_site=line_site,
        device_number=device_number,
        because=because,
        body_site=body_site,
        volume_ml=volume_ml,
        units=units,
    )


def refuse_act(session: Session, given: DrugGiven, *, at: datetime) -> None:
    """Refuse an act with the drug that the session does not allow.

    Raises:
        MoveRefused: the stage does not allow any drug.
        DrugRefused: it is not what was ordered and checked, comes too early, or does not follow.
    """
    after(session.stage, Move.GIVE_DRUG)
    order, check = checked_order(session)
    if given.product != order.product:
        raise DrugRefused(f"The order is for {order.product}, not for {given.product}.")
    if given.act not in GIVEN_BY[Product(order.product)]:
        raise DrugRefused(f"{Product(order.product).label} is not given like this.")
    if given.lot != check.lot:
        raise DrugRefused(f"Lot {check.lot} was checked, not lot {given.lot}.")
    if session.acts and at < session.acts[-1].at:
        raise DrugRefused("This lies before the last act with the drug.")
    _refuse_device(session, given, at=at)
    _refuse_infusion_step(session, given)
    _refuse_injection(given, check)
    _refuse_units(given, check)
    _refuse_too_much(session, given, order, at=at)


def refuse_without_consent(given: DrugGiven, consent: ConsentStanding) -> None:
    """No drug goes in without a consent that stands at that moment (clinical.md FSM-3).

    Stopping is always possible: consent may be taken back while the drug is running.

    Raises:
        DrugRefused: it was taken back, has ended, or was never complete.
    """
    if given.act in DRUG_GOES_IN and not consent.valid:
        raise DrugRefused(f"No drug without consent: {consent.because}")


def _refuse_device(session: Session, given: DrugGiven, *, at: datetime) -> None:
    if given.act is not Act.DEVICE_SPRAYED:
        return
    turn = next_device(session)
    if turn is None:
        raise DrugRefused("All devices of this order have been used.")
    if given.device_number != turn.number:
        raise DrugRefused(f"Device {turn.number} of {turn.of} is next, not device {given.device_number}.")
    if waiting := turn.wait(now=at):
        minutes, seconds = divmod(int(waiting.total_seconds()), 60)
        raise DrugRefused(
            f"Device {turn.number} waits {minutes}:{seconds:02d} more: 5 minutes of rest after each device."
        )


def _refuse_injection(given: DrugGiven, check: OrderChecked) -> None:
    """An injection into a muscle or under the skin says where, how much, and in which volume."""
    if Product(given.product) not in BODY_SITE_ASKED:
        return
    if not given.body_site.strip():
        raise DrugRefused("Say where it is injected, such as left deltoid.")
    if given.amount_mg is None or given.volume_ml is None:
        raise DrugRefused("Say the amount in mg and the volume in mL.")
    refuse_other_volume(given.amount_mg, given.volume_ml, check)


def _refuse_units(given: DrugGiven, check: OrderChecked) -> None:
    """What is taken by mouth is a number of units of the strength that was checked."""
    if given.act is not Act.TAKEN:
        return
    if given.amount_mg is None or given.units is None:
        raise DrugRefused("Say the amount in mg and the number of units.")
    expected = units_of(given.amount_mg, check.unit_mg)
    if given.units != expected:
        raise DrugRefused(f"{given.amount_mg:g} mg is {expected:g} units, not {given.units:g}.")


RUNNING: Final = frozenset({Act.INFUSION_STARTED, Act.RATE_CHANGED, Act.RESUMED})

MAY_FOLLOW: Final = {
    Act.INFUSION_STARTED: frozenset({None}),
    Act.RATE_CHANGED: RUNNING,
    Act.PAUSED: RUNNING,
    Act.RESUMED: frozenset({Act.PAUSED}),
}
"""Which state of the infusion (its last continuous act, None before it began) each act may follow."""

STANDING: Final[Mapping[Act | None, str]] = {None: "not started", Act.PAUSED: "paused"}
"""How an infusion stands when it does not run."""


def _refuse_infusion_step(session: Session, given: DrugGiven) -> None:
    allowed = MAY_FOLLOW.get(given.act)
    last = infusion_state(session)
    if allowed is None or last in allowed:
        return
    words = given.act.replace("_", " ").capitalize()
    standing = STANDING.get(last, "running")
    raise DrugRefused(f"'{words}' cannot follow: the infusion is {standing}.")


def infusion_state(session: Session) -> Act | None:
    """The last act that set the infusion's rate, or None where none runs."""
    acts = [act.given.act for act in session.acts if act.given.act in MAY_FOLLOW]
    return acts[-1] if acts else None


def running_rate_mg_per_h(session: Session) -> float | None:
    """The rate that an infusion has, or had before its pause."""
    rates = [act.given.rate_mg_per_h for act in session.acts if act.given.act in RUNNING]
    return rates[-1] if rates else None


def _refuse_too_much(session: Session, given: DrugGiven, order: DoseOrdered, *, at: datetime) -> None:
    """What went in by then, the infusion's part by rate times time, and what this act would add."""
    already_mg = session.given_mg(now=at)
    if given.rate_mg_per_h and already_mg >= order.amount_mg:
        raise DrugRefused(f"The ordered {order.amount_mg:g} mg are in: end the dose.")
    if given.amount_mg is not None and already_mg + given.amount_mg > order.amount_mg:
        raise DrugRefused(
            f"{given.amount_mg:g} mg more would be {already_mg + given.amount_mg:g} mg; "
            f"the order is {order.amount_mg:g} mg."
        )


def is_complete(*, total_mg: float, ordered_mg: float) -> bool:
    """Was the dose given in full, up to the rounding of a pump?"""
    return total_mg >= ordered_mg * COMPLETE_FROM


def refuse_unexplained_total(*, total_mg: float, ordered_mg: float, because: str) -> None:
    """What was given is a dose; more than was ordered is a fact like any other, and needs words.

    Raises:
        DrugRefused: more than ordered, and nobody says why.
        ValueError: not a dose at all.
    """
    refuse_impossible_dose(total_mg)
    if total_mg > ordered_mg / COMPLETE_FROM and not because.strip():
        raise DrugRefused(
            f"{total_mg:g} mg is more than the {ordered_mg:g} mg that were ordered. If that is what went in, "
            "say why; it is recorded as it was."
        )


def refuse_unsaid_hold(product: Product, *, held_min: float | None, residue: Residue | None) -> None:
    """A lozenge says how long it was held and what became of the rest: it decides how much went in.

    Raises:
        DrugRefused: one of them is missing, or said of a product that is not held in the mouth.
    """
    if product in HELD_IN_MOUTH and (held_min is None or residue is None):
        raise DrugRefused("Say how many minutes it was held, and whether the rest was swallowed or spat.")
    if product not in HELD_IN_MOUTH and (held_min is not None or residue is not None):
        raise DrugRefused(f"{product.label} is not held in the mouth.")
