"""Rates, devices and their rest, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ajar.pathway.consent.validity import Standing, StandingKind
from ajar.pathway.dosing.drug import (
    BETWEEN_DEVICES,
    DrugRefused,
    act_of,
    checked_order,
    infusion_rate_mg_per_h,
    infusion_state,
    is_complete,
    next_device,
    refuse_act,
    refuse_expired,
    refuse_second_person,
    refuse_unexplained_total,
    refuse_without_consent,
    running_rate_mg_per_h,
)
from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.dosing.session import DrugAct, Session, fold
from ajar.pathway.dosing.stage import MoveRefused, Stage
from tests.pathway.dosing.history import ORDERED, PLANNED, START, chain, check_of, entry, given

ORDER = entry(ORDERED)


def session(
    stage: Stage = Stage.READY, *acts: tuple[DrugGiven, float], devices: int | None = None
) -> Session:
    """A session whose order is checked, with these acts."""
    planned = fold(chain((PLANNED, 0)))
    assert planned is not None
    made = tuple(
        DrugAct(at=START + timedelta(minutes=minute), entry_id=ORDER.id, given=one) for one, minute in acts
    )
    product = "esketamine_in" if devices else "ketamine_iv"
    amount = 28.0 * devices if devices else 35.0
    order = replace(ORDERED, product=product, devices=devices, amount_mg=amount)
    return replace(planned, stage=stage, order=order, order_id=ORDER.id, check=check_of(ORDER), acts=made)


def spray(number: int) -> DrugGiven:
    return given(Act.DEVICE_SPRAYED, product="esketamine_in", amount_mg=28.0, device_number=number)


def test_the_rate_gives_the_amount_in_the_time() -> None:
    assert infusion_rate_mg_per_h(amount_mg=35, duration_min=40) == 52.5
    with pytest.raises(ValueError, match="more than 0 mg"):
        infusion_rate_mg_per_h(amount_mg=0, duration_min=40)
    with pytest.raises(ValueError, match="longer than 0 minutes"):
        infusion_rate_mg_per_h(amount_mg=35, duration_min=0)


def test_a_device_rests_five_minutes_to_the_second() -> None:
    one = session(Stage.DOSING, (spray(1), 0.0), devices=2)
    turn = next_device(one)
    assert turn is not None
    assert (turn.number, turn.of) == (2, 2)
    almost = START + BETWEEN_DEVICES - timedelta(seconds=1)
    assert turn.wait(now=almost) == timedelta(seconds=1)
    with pytest.raises(DrugRefused, match="waits 0:01 more"):
        refuse_act(one, spray(2), at=almost)
    refuse_act(one, spray(2), at=START + BETWEEN_DEVICES)


def test_the_first_device_waits_for_nothing_and_none_follows_the_last() -> None:
    first = next_device(session(devices=2))
    assert first is not None
    assert first.wait(now=START) == timedelta(0)
    used = session(Stage.DOSING, (spray(1), 0.0), (spray(2), 5.0), devices=2)
    assert next_device(used) is None
    assert next_device(session()) is None
    with pytest.raises(DrugRefused, match="All devices"):
        refuse_act(used, spray(3), at=START + timedelta(minutes=20))


def test_devices_are_used_in_order() -> None:
    with pytest.raises(DrugRefused, match="Device 1 of 2 is next, not device 2"):
        refuse_act(session(devices=2), spray(2), at=START)


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("changes", "match"),
    [({"order": None}, "not ordered"), ({"check": None}, "not been checked by two people")],
)
def test_nothing_is_given_without_an_order_and_its_check(changes: dict[str, None], match: str) -> None:
    bare = replace(session(), **changes)  # type: ignore[arg-type]
    with pytest.raises(DrugRefused, match=match):
        refuse_act(bare, given(Act.INFUSION_STARTED, rate_mg_per_h=52.5), at=START)
    with pytest.raises(DrugRefused, match=match):
        checked_order(bare)


def test_nothing_is_given_before_the_session_is_ready() -> None:
    with pytest.raises(MoveRefused, match="cannot follow stage 'arrived'"):
        refuse_act(session(Stage.ARRIVED), given(Act.INFUSION_STARTED, rate_mg_per_h=52.5), at=START)


STARTED = (given(Act.INFUSION_STARTED, rate_mg_per_h=52.5), 0.0)
PAUSED = (given(Act.PAUSED, rate_mg_per_h=0.0, because="nausea"), 10.0)
SLOWED = given(Act.RATE_CHANGED, rate_mg_per_h=20.0, because="nausea")


@pytest.mark.parametrize(
    ("before", "act", "allowed"),
    [
        ((), Act.INFUSION_STARTED, True),
        ((), Act.PAUSED, False),
        ((), Act.RESUMED, False),
        ((STARTED,), Act.INFUSION_STARTED, False),
        ((STARTED,), Act.PAUSED, True),
        ((STARTED,), Act.RATE_CHANGED, True),
        ((STARTED, PAUSED), Act.RESUMED, True),
        ((STARTED, PAUSED), Act.RATE_CHANGED, False),
    ],
)
def test_each_step_of_an_infusion_follows_the_one_before(
    before: tuple[tuple[DrugGiven, float], ...], act: Act, allowed: bool
) -> None:
    step = given(act, rate_mg_per_h=40.0, because="less")
    held = session(Stage.DOSING if before else Stage.READY, *before)
    if allowed:
        refuse_act(held, step, at=START + timedelta(minutes=20))
        return
    with pytest.raises(DrugRefused, match="cannot follow"):
        refuse_act(held, step, at=START + timedelta(minutes=20))


def test_what_was_not_ordered_is_not_given() -> None:
    with pytest.raises(DrugRefused, match="order is for ketamine_iv"):
        refuse_act(
            session(), given(Act.INFUSION_STARTED, product="esketamine_in", rate_mg_per_h=1.0), at=START
        )


def test_a_product_is_given_its_own_way_alone() -> None:
    with pytest.raises(DrugRefused, match="is not given like this"):
        refuse_act(session(devices=2), given(Act.INJECTED, product="esketamine_in", amount_mg=28.0), at=START)


STANDS = Standing(kind=StandingKind.VALID, because="It stands.")
TAKEN_BACK = Standing(kind=StandingKind.WITHDRAWN, because="it was taken back.")


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize("one", [STARTED[0], SLOWED, given(Act.INJECTED, amount_mg=5.0), spray(1)])
def test_no_drug_goes_in_without_a_consent_that_stands(one: DrugGiven) -> None:
    refuse_without_consent(one, STANDS)
    with pytest.raises(DrugRefused, match="No drug without consent: it was taken back"):
        refuse_without_consent(one, TAKEN_BACK)


def test_stopping_needs_no_consent() -> None:
    refuse_without_consent(PAUSED[0], TAKEN_BACK)


@pytest.mark.hazard("HAZ-03")
def test_boluses_and_what_was_infused_together_stay_within_the_order() -> None:
    held = session(Stage.DOSING, STARTED, (given(Act.INJECTED, amount_mg=20.0), 4.0))
    refuse_act(held, given(Act.INJECTED, amount_mg=7.0), at=START + timedelta(minutes=8))
    with pytest.raises(DrugRefused, match="36 mg; the order is 35 mg"):
        refuse_act(held, given(Act.INJECTED, amount_mg=9.0), at=START + timedelta(minutes=8))


@pytest.mark.hazard("HAZ-03")
def test_once_the_order_is_in_the_infusion_can_only_be_paused_or_ended() -> None:
    held = session(Stage.DOSING, STARTED)
    faster = given(Act.RATE_CHANGED, rate_mg_per_h=60.0, because="late")
    refuse_act(held, faster, at=START + timedelta(minutes=39))
    with pytest.raises(DrugRefused, match="are in: end the dose"):
        refuse_act(held, faster, at=START + timedelta(minutes=40))
    refuse_act(held, PAUSED[0], at=START + timedelta(minutes=41))


def test_an_act_does_not_lie_before_the_last_one() -> None:
    with pytest.raises(DrugRefused, match="before the last act"):
        refuse_act(session(Stage.DOSING, STARTED), PAUSED[0], at=START - timedelta(minutes=1))


def test_the_state_and_rate_of_an_infusion() -> None:
    assert infusion_state(session()) is None
    assert running_rate_mg_per_h(session()) is None
    paused = session(Stage.DOSING, STARTED, PAUSED)
    assert infusion_state(paused) is Act.PAUSED
    assert running_rate_mg_per_h(paused) == 52.5


@pytest.mark.hazard("HAZ-04")
def test_a_lot_may_be_used_on_its_last_day() -> None:
    refuse_expired(expires_on=date(2026, 3, 2), on=date(2026, 3, 2))
    with pytest.raises(DrugRefused, match="expired on 2026-03-01"):
        refuse_expired(expires_on=date(2026, 3, 1), on=date(2026, 3, 2))


@pytest.mark.hazard("HAZ-03")
def test_the_check_needs_two_people() -> None:
    refuse_second_person(first_id="1", second_id="2")
    with pytest.raises(DrugRefused, match="two different people"):
        refuse_second_person(first_id="1", second_id="1")


def test_a_pump_rounds() -> None:
    assert is_complete(total_mg=34.7, ordered_mg=35)
    assert not is_complete(total_mg=34, ordered_mg=35)
    refuse_unexplained_total(total_mg=35.2, ordered_mg=35, because="")


@pytest.mark.hazard("HAZ-03")
def test_more_than_was_ordered_is_charted_with_the_reason_and_never_without() -> None:
    with pytest.raises(DrugRefused, match="more than the 35 mg"):
        refuse_unexplained_total(total_mg=36, ordered_mg=35, because=" ")
    refuse_unexplained_total(total_mg=36, ordered_mg=35, because="pump set to the wrong volume")
    with pytest.raises(ValueError, match="more than 0 mg"):
        refuse_unexplained_total(total_mg=-1, ordered_mg=35, because="")


@pytest.mark.hazard("HAZ-04")
def test_an_act_carries_the_lot_that_was_checked() -> None:
    act = act_of(session(), Act.INJECTED, amount_mg=5.0, because="by protocol")
    assert (act.product, act.lot, act.amount_mg) == ("ketamine_iv", "L1", 5.0)
    with pytest.raises(DrugRefused, match="not ordered"):
        act_of(replace(session(), order=None), Act.INJECTED, amount_mg=5.0)
