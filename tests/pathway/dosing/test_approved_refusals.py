"""What this room refuses, each in its whole sentence, as a nurse reads it: read and approved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from ajar.pathway.dosing.drug import (
    act_of,
    infusion_rate_mg_per_h,
    refuse_act,
    refuse_check_by_one,
    refuse_expired,
    refuse_second_person,
    refuse_unexplained_total,
    refuse_unsaid_hold,
    refuse_without_consent,
)
from ajar.pathway.dosing.entries import (
    Act,
    ChaperoneAttested,
    DoseEnded,
    DrugGiven,
    PatientMoved,
    Residue,
)
from ajar.pathway.dosing.home import refuse_dispense
from ajar.pathway.dosing.moving import refuse_move
from ajar.pathway.dosing.passages import pass_on
from ajar.pathway.dosing.policy import READINESS_POLICY
from ajar.pathway.dosing.preparation import (
    Diluent,
    Prepared,
    refuse_other_package,
    refuse_other_volume,
    refuse_preparation,
    units_of,
    volume_ml,
)
from ajar.pathway.dosing.readiness import judge_readiness
from ajar.pathway.dosing.rems import RemsStanding, why_not_rems
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Move, Stage, after, refuse_outside_room
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME
from ajar.pathway.evaluation.products import Jurisdiction, Product
from tests.pathway.dosing.history import ORDERED, READINESS, START, check_of, given
from tests.pathway.dosing.test_approved_day import counted
from tests.pathway.dosing.test_chaperone import SAID
from tests.pathway.dosing.test_drug import ORDER, PAUSED, STARTED, TAKEN_BACK, session, spray
from tests.pathway.dosing.test_entries import HANDED_OUT
from tests.pathway.dosing.test_moving import ROOM_2, ROOM_3, moved_twice
from tests.pathway.dosing.test_passages import passing, session_at
from tests.pathway.dosing.test_readiness import a_day, setting
from tests.pathway.dosing.test_rems import CERTIFIED, ENROLLED
from tests.support.approved import assert_approved
from tests.support.refusal import refusal

APPROVED: Final = Path(__file__).parent / "approved"
IM, PO, LOZENGE = Product.KETAMINE_IM, Product.KETAMINE_PO, Product.KETAMINE_SL_CLINIC
Cases = Mapping[str, Callable[[], object]]

CHECK: Final = check_of(ORDER)
DOSING: Final = session(Stage.DOSING, STARTED)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def of(product: Product, **prepared: Any) -> Session:
    """A session whose order and check are of this product."""
    one = session()
    assert one.order is not None
    assert one.check is not None
    return replace(one, order=replace(one.order, product=product), check=replace(one.check, **prepared))


def injected(**changes: Any) -> DrugGiven:
    plain = {"product": IM, "amount_mg": 35.0, "volume_ml": 0.7, "body_site": "left deltoid"}
    return given(Act.INJECTED, **(plain | changes))


def taken(**changes: Any) -> DrugGiven:
    return given(Act.TAKEN, **({"product": PO, "amount_mg": 35.0, "units": 0.5} | changes))


def tried(one: Session, act: DrugGiven, minute: float = 0.0) -> Callable[[], object]:
    return lambda: refuse_act(one, act, at=at(minute))


IM_SESSION: Final = of(IM, concentration_mg_per_ml=50.0)
PO_SESSION: Final = of(PO, unit_mg=70.0)
DRUG: Final[Cases] = {
    "no time for an infusion": lambda: infusion_rate_mg_per_h(amount_mg=35, duration_min=0),
    "the check by the same person": lambda: refuse_second_person(first_id="1", second_id="1"),
    "the check by one": lambda: refuse_check_by_one(IM),
    "an expired lot": lambda: refuse_expired(expires_on=date(2026, 3, 1), on=date(2026, 3, 2)),
    "no order": lambda: act_of(replace(session(), order=None), Act.INJECTED),
    "no check": lambda: act_of(replace(session(), check=None), Act.INJECTED),
    "another product": tried(session(), given(Act.INFUSION_STARTED, product=IM, rate_mg_per_h=1.0)),
    "another way": tried(session(devices=2), given(Act.INJECTED, product="esketamine_in", amount_mg=28.0)),
    "another lot": tried(session(), given(Act.INFUSION_STARTED, rate_mg_per_h=1.0, lot="L9")),
    "before the last act": tried(DOSING, PAUSED[0], -1),
    "a device too many": tried(session(Stage.DOSING, (spray(1), 0.0), devices=1), spray(2), 20),
    "a device out of turn": tried(session(devices=2), spray(2)),
    "a device 61 s too early": tried(session(Stage.DOSING, (spray(1), 0.0), devices=2), spray(2), 239 / 60),
    "no body site": tried(IM_SESSION, injected(body_site=" ")),
    "no volume": tried(IM_SESSION, injected(volume_ml=None)),
    "no amount": tried(IM_SESSION, injected(amount_mg=None)),
    "another volume": tried(IM_SESSION, injected(volume_ml=0.72)),
    "no units": tried(PO_SESSION, taken(units=None)),
    "no amount by mouth": tried(PO_SESSION, taken(amount_mg=None)),
    "other units": tried(PO_SESSION, taken(units=1.0)),
    "paused before it began": tried(session(), PAUSED[0]),
    "resumed while it runs": tried(DOSING, given(Act.RESUMED, rate_mg_per_h=1.0), 1),
    "slower while it rests": tried(
        session(Stage.DOSING, STARTED, PAUSED), given(Act.RATE_CHANGED, rate_mg_per_h=1.0, because="x"), 12
    ),
    "started twice": tried(
        session(Stage.DOSING, STARTED, PAUSED, (given(Act.RATE_CHANGED, rate_mg_per_h=1.0, because="x"), 11)),
        STARTED[0],
        12,
    ),
    "the order is in": tried(DOSING, given(Act.RATE_CHANGED, rate_mg_per_h=1.0, because="late"), 40),
    "more than ordered": tried(DOSING, given(Act.INJECTED, amount_mg=30.0), 8),
    "no consent": lambda: refuse_without_consent(STARTED[0], TAKEN_BACK),
    "a total that nobody explains": lambda: refuse_unexplained_total(total_mg=36, ordered_mg=35, because=" "),
    "a hold not said": lambda: refuse_unsaid_hold(LOZENGE, held_min=None, residue=Residue.SPAT),
    "a hold of an injection": lambda: refuse_unsaid_hold(IM, held_min=3, residue=None),
}


def prepared(product: Product, **said: Any) -> Callable[[], object]:
    return lambda: refuse_preparation(replace(ORDERED, product=product), Prepared(**said))


PREPARATION: Final[Cases] = {
    "no concentration": prepared(Product.KETAMINE_IV),
    "no such vial": prepared(IM, concentration_mg_per_ml=20.0),
    "undiluted into a vein": prepared(Product.KETAMINE_IV, concentration_mg_per_ml=100.0),
    "diluted into a vein": prepared(
        Product.KETAMINE_IV, concentration_mg_per_ml=100.0, diluent=Diluent.SALINE
    ),
    "undiluted into a muscle": prepared(IM, concentration_mg_per_ml=100.0),
    "no unit": prepared(PO),
    "a unit of 70 mg": prepared(PO, unit_mg=70.0),
    "no strength": lambda: units_of(50.0, 0.0),
    "a quarter of a unit": lambda: units_of(25.0, 100.0),
    "a little more than a unit": lambda: units_of(100.001, 100.0),
    "less than half a unit": lambda: units_of(1e-9, 100.0),
    "no concentration on the check": lambda: volume_ml(50.0, CHECK),
    "another volume": lambda: refuse_other_volume(100.0, 2.05, replace(CHECK, concentration_mg_per_ml=50.0)),
    "another package": lambda: refuse_other_package(PO, "4202311310"),
    "another strength": lambda: refuse_other_package(IM, "4202311310", said_mg_per_ml=50.0),
}


def passed(move: Move, stage: Stage, **known: Any) -> Callable[[], object]:
    return lambda: pass_on(passing(move, stage, **known))


NO_ACTS: Final = replace(session_at(Stage.DOSING), acts=())
UNORDERED: Final = replace(session_at(Stage.ARRIVED), order=None)
UNASKED: Final = judge_readiness(a_day(answered=None), setting())
PASSAGES: Final[Cases] = {
    "REMS not looked up": passed(Move.ARRIVE, Stage.PLANNED, rems=None),
    "REMS, two reasons": passed(Move.ARRIVE, Stage.PLANNED, rems=("Not certified.", "Not enrolled.")),
    "rules not looked at": passed(Move.CONFIRM_READY, Stage.ARRIVED, findings=None),
    "evaluation not looked at": passed(Move.CONFIRM_READY, Stage.ARRIVED, unsuitable=None),
    "nothing asked": passed(Move.CONFIRM_READY, Stage.ARRIVED, unsuitable=("No.",), findings=UNASKED),
    "no order": passed(Move.CONFIRM_READY, Stage.ARRIVED, session=UNORDERED),
    "guard rails not asked": passed(Move.GIVE_DRUG, Stage.READY, dose_stops=None),
    "two guard rails": passed(Move.GIVE_DRUG, Stage.READY, dose_stops=("Too much.", "Too soon.")),
    "consent not looked at": passed(Move.GIVE_DRUG, Stage.DOSING, consent=None),
    "nothing said of the drug": passed(Move.GIVE_DRUG, Stage.READY, given=None),
    "no drug at all": passed(Move.END_DOSE, Stage.DOSING, session=NO_ACTS),
    "ended before the drug": passed(Move.END_DOSE, Stage.DOSING, at=at(-1)),
    "a move out of turn": lambda: after(Stage.ARRIVED, Move.RELEASE),
    "a move after the end": lambda: after(Stage.CANCELLED, Move.LEAVE_AGAINST_ADVICE),
    "a room before arrival": lambda: refuse_outside_room(Stage.PLANNED),
    "a room at home": lambda: refuse_move(
        replace(moved_twice(), stays=()), room_id=ROOM_2.room_id, at=at(61)
    ),
    "the same room": lambda: refuse_move(moved_twice(), room_id=ROOM_3.room_id, at=at(61)),
    "a move before the last": lambda: refuse_move(moved_twice(), room_id=ROOM_2.room_id, at=at(59)),
    "a lozenge before the first at the clinic": lambda: refuse_dispense(
        1, counted(0, 0, 0)["lozenges"], DEFAULT_HOME
    ),
    "two lozenges": lambda: refuse_dispense(2, counted(1, 0, 0)["lozenges"], DEFAULT_HOME),
    "a second lozenge": lambda: refuse_dispense(1, counted(1, 3, 4)["lozenges"], DEFAULT_HOME),
    "five lozenges, stable": lambda: refuse_dispense(4, counted(1, 4, 5)["lozenges"], DEFAULT_HOME),
}


def wrong(fact: Any, **changes: Any) -> Callable[[], object]:
    return lambda: replace(fact, **changes)


ENTRIES: Final[Cases] = {
    "moved to nowhere": lambda: PatientMoved(room_id=UUID(int=2), room_name=" "),
    "food without a time zone": wrong(READINESS, last_solids_at=datetime(2026, 3, 2, 8)),
    "liquids without a time zone": wrong(READINESS, last_liquids_at=datetime(2026, 3, 2, 8)),
    "C-SSRS item 0": wrong(READINESS, cssrs_highest_item=0),
    "C-SSRS item 7": wrong(READINESS, cssrs_highest_item=7),
    "an infusion of 0 min": wrong(ORDERED, duration_min=0.0),
    "an infusion of 240.5 min": wrong(ORDERED, duration_min=240.5),
    "an infusion without end": wrong(ORDERED, duration_min=float("inf")),
    "an order of nothing": wrong(ORDERED, amount_mg=0.0),
    "a check without a lot": wrong(CHECK, lot=""),
    "a check by one": wrong(CHECK, second_person="A"),
    "a vial of nothing": wrong(CHECK, concentration_mg_per_ml=0.0),
    "a unit of nothing": wrong(CHECK, unit_mg=-1.0),
    "drug without a lot": lambda: given(Act.INJECTED, amount_mg=1.0, lot=" "),
    "no volume": lambda: given(Act.INJECTED, amount_mg=1.0, volume_ml=0.0),
    "no end of units": lambda: given(Act.TAKEN, amount_mg=1.0, units=float("inf")),
    "a rate below nothing": lambda: given(Act.INFUSION_STARTED, rate_mg_per_h=-0.5),
    "a rate of 1000.5": lambda: given(Act.INFUSION_STARTED, rate_mg_per_h=1000.5),
    "a rate that is no number": lambda: given(Act.INFUSION_STARTED, rate_mg_per_h=float("nan")),
    "paused without a reason": lambda: given(Act.PAUSED, rate_mg_per_h=0.0),
    "slower without a reason": lambda: given(Act.RATE_CHANGED, rate_mg_per_h=1.0),
    "a dose of nothing": lambda: DoseEnded(total_mg=0.0, complete=True),
    "held for 0 min": lambda: DoseEnded(total_mg=1.0, complete=True, held_min=0.0),
    "held for 60.5 min": lambda: DoseEnded(total_mg=1.0, complete=True, held_min=60.5),
    "held for ever": lambda: DoseEnded(total_mg=1.0, complete=True, held_min=float("inf")),
    "stopped without a reason": lambda: DoseEnded(total_mg=1.0, complete=False),
    "enrolled without a reference": wrong(ENROLLED, reference=""),
    "enrolled by nobody": wrong(ENROLLED, prescriber=" "),
    "enrolled before the patient signed": wrong(ENROLLED, patient_signed_on=date(2026, 3, 3)),
    "lozenges without a lot": wrong(HANDED_OUT, lot=""),
    "lozenges from nobody": wrong(HANDED_OUT, pharmacy=""),
    "lozenges of nothing": wrong(HANDED_OUT, units_per_dose=0.0),
    "lozenges without end": wrong(HANDED_OUT, units_per_dose=1e200, unit_mg=1e200),
    "no lozenges": wrong(HANDED_OUT, doses=0),
    "a nameless chaperone": lambda: ChaperoneAttested(**(SAID | {"chaperone_name": ""})),  # type: ignore[arg-type]
    "a chaperone out of reach": lambda: ChaperoneAttested(**(SAID | {"chaperone_phone": " "})),  # type: ignore[arg-type]
    "an empty attestation": lambda: ChaperoneAttested(**(SAID | {"statements": ()})),  # type: ignore[arg-type]
    "a certification without a number": wrong(CERTIFIED, number=""),
    "a certification of nobody": wrong(CERTIFIED, representative=""),
    "a certification that ended first": wrong(CERTIFIED, valid_until=date(2025, 12, 31)),
    "a shorter fast than the label's": wrong(
        READINESS_POLICY, spray=replace(READINESS_POLICY.spray, solids_h=1.9)
    ),
    "less without liquids than the label's": wrong(
        READINESS_POLICY, spray=replace(READINESS_POLICY.spray, liquids_h=0.4)
    ),
    "a fast of 24.5 h": wrong(READINESS_POLICY.injected, solids_h=24.5),
    "liquids longer than food": wrong(READINESS_POLICY.injected, liquids_h=6.5),
    "liquids below nothing": wrong(READINESS_POLICY.injected, liquids_h=-0.5),
}


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("refused_drug", DRUG),
        ("refused_preparation", PREPARATION),
        ("refused_passages", PASSAGES),
        ("refused_entries", ENTRIES),
    ],
)
def test_every_refusal_is_said_in_approved_words(name: str, cases: Cases) -> None:
    assert_approved(APPROVED / f"{name}.json", {words: refusal(act) for words, act in cases.items()})


def test_every_reason_of_the_rems_is_said_in_approved_words() -> None:
    day = date(2026, 3, 2)
    certified = {
        "none": None,
        "until today": CERTIFIED,
        "until yesterday": replace(CERTIFIED, valid_until=date(2026, 3, 1)),
        "from today": replace(CERTIFIED, certified_on=day),
        "from tomorrow": replace(CERTIFIED, certified_on=date(2026, 3, 3), valid_until=date(2026, 3, 3)),
    }
    enrolled = {"none": None, "today": ENROLLED, "tomorrow": replace(ENROLLED, enrolled_on=date(2026, 3, 3))}
    said = {
        f"certified {site}, enrolled {patient}": why_not_rems(
            RemsStanding(certification=certification, enrolment=enrolment),
            Product.ESKETAMINE_IN,
            Jurisdiction.US,
            day,
        )
        for site, certification in certified.items()
        for patient, enrolment in enrolled.items()
    }
    assert_approved(APPROVED / "rems.json", said)
