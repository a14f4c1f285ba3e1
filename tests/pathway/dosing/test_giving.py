"""Laws over every product: whatever is tried, in whatever order, no more goes in than was ordered."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.pathway.careplan.products import DEVICE_MG
from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.consent.validity import StandingKind
from ajar.pathway.dosing.drug import (
    BETWEEN_DEVICES,
    BODY_SITE_ASKED,
    DRUG_GOES_IN,
    GIVEN_BY,
    HELD_IN_MOUTH,
    DrugRefused,
    refuse_check_by_one,
    refuse_unsaid_hold,
)
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientArrived,
    ReadinessConfirmed,
    Residue,
)
from ajar.pathway.dosing.passages import Passing, pass_on
from ajar.pathway.dosing.session import Session, evolve
from ajar.pathway.dosing.stage import Move, Stage
from ajar.pathway.evaluation.products import BY_MOUTH, Product
from ajar.pathway.ledger.payload import Payload
from tests.pathway.dosing.history import PLANNED, START, entry

ORDER_MG = 84.0
UNIT_MG = 42.0
VIAL_MG_PER_ML = 50.0
LOT = "L1"
VALID = ConsentStanding(kind=StandingKind.VALID, because="Signed by both.")
NONE = ConsentStanding(kind=StandingKind.EXPIRED, because="It expired.")


def told(session: Session | None, payload: Payload, at: datetime) -> Session:
    """The session after one more entry."""
    position = session.position + 1 if session else 1
    new = replace(entry(payload, position=position), happened_at=at, recorded_at=at)
    after = evolve(session, new)
    assert after is not None
    return after


def ready(product: Product, *, order: bool = True, check: bool = True) -> Session:
    """A session of this product, ready for its drug."""
    session = told(None, replace(PLANNED, product=product, dose_mg=ORDER_MG), START)
    session = told(session, PatientArrived(room_id=None, room_name="here"), START)
    if order:
        ordered = DoseOrdered(
            product=product,
            amount_mg=ORDER_MG,
            duration_min=40.0 if product is Product.KETAMINE_IV else None,
            devices=3 if product is Product.ESKETAMINE_IN else None,
            meaning="I order this dose.",
        )
        session = told(session, ordered, START)
    if check and session.order_id:
        session = told(session, checked(product, session.order_id), START)
    return told(session, ReadinessConfirmed(rulebook_version="1", findings=()), START)


def checked(product: Product, order_id: UUID) -> OrderChecked:
    return OrderChecked(
        order_id=order_id,
        first_person="A",
        second_person="B",
        second_person_id="2",
        product=product,
        amount_mg=ORDER_MG,
        lot=LOT,
        expires_on=date(2030, 1, 1),
        concentration_mg_per_ml=VIAL_MG_PER_ML,
        unit_mg=UNIT_MG,
    )


def an_act(product: Product, act: Act, amount_mg: float, device: int) -> DrugGiven:
    """One act as a nurse might record it, right or wrong."""
    continuous = act in (Act.INFUSION_STARTED, Act.RATE_CHANGED, Act.PAUSED, Act.RESUMED)
    if act is Act.DEVICE_SPRAYED:
        amount_mg = DEVICE_MG
    return DrugGiven(
        act=act,
        product=product,
        amount_mg=None if continuous else amount_mg,
        rate_mg_per_h=30.0 if continuous else None,
        lot=LOT,
        expires_on=None,
        device_number=device if act is Act.DEVICE_SPRAYED else None,
        because="said",
        body_site="left deltoid",
        volume_ml=amount_mg / VIAL_MG_PER_ML,
        units=amount_mg / UNIT_MG,
    )


TRIED = st.tuples(
    st.sampled_from(Act),
    st.sampled_from([10.0, 21.0, 42.0, 63.0, 84.0, 120.0]),
    st.integers(1, 4),
    st.floats(0, 8),
    st.sampled_from([VALID, VALID, VALID, NONE]),
)


def attempt(session: Session, given_: DrugGiven, at: datetime, consent: ConsentStanding) -> Session:
    """The session after the attempt; as it was where the attempt is refused."""
    way = Passing(session=session, move=Move.GIVE_DRUG, at=at, given=given_, consent=consent, dose_stops=())
    try:
        pass_on(way)
    except ValueError:
        return session
    return told(session, given_, at)


@pytest.mark.hazard("HAZ-03")
@settings(max_examples=150, deadline=None)
@given(product=st.sampled_from(Product), tries=st.lists(TRIED, max_size=14))
def test_no_sequence_of_acts_exceeds_the_order_or_hurries_a_device(
    product: Product, tries: list[tuple[Act, float, int, float, ConsentStanding]]
) -> None:
    session, at = ready(product), START
    for act, amount_mg, device, minutes, consent in tries:
        at += timedelta(minutes=minutes)
        before = session
        session = attempt(session, an_act(product, act, amount_mg, device), at, consent)
        if session is not before and act in DRUG_GOES_IN:
            assert consent.valid
            assert before.given_mg(now=at) < ORDER_MG
    assert sum(one.given.amount_mg or 0.0 for one in session.acts) <= ORDER_MG
    assert all(one.given.act in GIVEN_BY[product] for one in session.acts)
    sprayed = [one.at for one in session.acts if one.given.act is Act.DEVICE_SPRAYED]
    assert all(later - earlier >= BETWEEN_DEVICES for earlier, later in pairwise(sprayed))


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize(("order", "check"), [(False, False), (True, False)])
@pytest.mark.parametrize("product", Product)
def test_no_drug_without_order_and_check(product: Product, order: bool, check: bool) -> None:
    session = ready(product, order=order, check=check)
    for act in Act:
        assert attempt(session, an_act(product, act, 42.0, 1), START, VALID) is session


FIRST_ACT = {Product.KETAMINE_IV: Act.INFUSION_STARTED, Product.ESKETAMINE_IN: Act.DEVICE_SPRAYED} | (
    dict.fromkeys(BODY_SITE_ASKED, Act.INJECTED) | dict.fromkeys(BY_MOUTH, Act.TAKEN)
)


@pytest.mark.parametrize("product", Product)
def test_every_product_goes_from_ready_to_the_end_of_its_dose(product: Product) -> None:
    session, at = ready(product), START
    for device in range(1, 4 if product is Product.ESKETAMINE_IN else 2):
        act = an_act(product, FIRST_ACT[product], ORDER_MG, device)
        after = attempt(session, act, at, VALID)
        assert after is not session
        session, at = after, at + BETWEEN_DEVICES
    assert session.stage is Stage.DOSING
    assert pass_on(Passing(session=session, move=Move.END_DOSE, at=at)) is Stage.OBSERVED
    session = told(session, DoseEnded(total_mg=ORDER_MG, complete=True), at)
    assert session.first_dose_at == START
    goes_on = product is Product.KETAMINE_IV or product in BY_MOUTH
    assert session.last_drug_at == (at if goes_on else at - BETWEEN_DEVICES)


@pytest.mark.parametrize(
    ("product", "changes", "match"),
    [
        (Product.KETAMINE_IM, {"body_site": " "}, "where it is injected"),
        (Product.KETAMINE_IM, {"volume_ml": None}, "volume in mL"),
        (Product.KETAMINE_SC, {"amount_mg": None}, "amount in mg"),
        (Product.KETAMINE_SC, {"volume_ml": 1.0}, "Look again"),
        (Product.KETAMINE_PO, {"units": None}, "number of units"),
        (Product.KETAMINE_PO, {"amount_mg": None}, "amount in mg"),
        (Product.KETAMINE_SL_HOME, {"units": 1.0}, "is 2 units, not 1"),
        (Product.KETAMINE_SL_CLINIC, {"lot": "L9"}, "Lot L1 was checked"),
    ],
)
def test_an_act_that_does_not_add_up_is_refused(
    product: Product, changes: dict[str, object], match: str
) -> None:
    act = replace(an_act(product, FIRST_ACT[product], ORDER_MG, 1), **changes)  # type: ignore[arg-type]
    way = Passing(
        session=ready(product), move=Move.GIVE_DRUG, at=START, given=act, consent=VALID, dose_stops=()
    )
    with pytest.raises(ValueError, match=match):
        pass_on(way)


@pytest.mark.parametrize("product", Product)
def test_a_hold_is_said_where_there_is_one_and_nowhere_else(product: Product) -> None:
    if product in HELD_IN_MOUTH:
        refuse_unsaid_hold(product, held_min=10.0, residue=Residue.SPAT)
        for held_min, residue in ((None, Residue.SPAT), (10.0, None)):
            with pytest.raises(DrugRefused, match="how many minutes"):
                refuse_unsaid_hold(product, held_min=held_min, residue=residue)
        return
    refuse_unsaid_hold(product, held_min=None, residue=None)
    for held_min, residue in ((10.0, None), (None, Residue.SWALLOWED)):
        with pytest.raises(DrugRefused, match="not held"):
            refuse_unsaid_hold(product, held_min=held_min, residue=residue)


def test_one_person_checks_at_home_and_nowhere_else() -> None:
    refuse_check_by_one(Product.KETAMINE_SL_HOME)
    with pytest.raises(DrugRefused, match="two people"):
        refuse_check_by_one(Product.KETAMINE_IM)
