"""The session page for injections, lozenges and a dose at home, as a browser would use it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import PlanDay, taken_at_clinic
from tests.clinic.dosing.scenario import Day
from tests.support.people import PIN, SignIn

NO = dict.fromkeys(
    (
        "intoxication_signs",
        "new_medicines",
        "new_symptoms",
        "suicidal_thoughts_since_last_visit",
        "could_be_pregnant",
        "stimulant_today",
        "will_drive",
    ),
    "no",
)
TOLD = {"last_solids_at": "2026-03-01T22:00", "last_liquids_at": "2026-03-02T07:00"}
LABEL = {"lot": "LOT-7", "expires_on": "2030-01-01"}


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


def url(day: Day, step: str = "") -> str:
    return f"/encounters/{day.encounter_id}/{f'{step}/' if step else ''}"


def seen(client: Client, day: Day) -> str:
    return client.get(url(day)).content.decode()


def post(client: Client, day: Day, step: str, **data: object) -> object:
    return client.post(url(day, step), {"expected": decision_position(day.patient.pk), **data})


def test_an_injection_from_its_check_to_its_end(
    at_work: Client, plan: PlanDay, room: Room, clock: time_machine.Traveller
) -> None:
    day = plan(Product.KETAMINE_IM).arrived(room).vitals().asked().ordered()
    page = seen(at_work, day)
    assert "Concentration, as printed on the vial" in page
    assert "Diluted with" not in page
    second = {"second": day.second.pk, "pin": PIN}
    post(at_work, day, "check", concentration_mg_per_ml="50", **LABEL, **second)
    post(at_work, day, "confirm")
    page = seen(at_work, day)
    assert "Once injected it cannot be stopped" in page
    assert "35 mg = 0.7 mL" in page
    wrong = post(at_work, day, "inject", amount_mg="20", volume_ml="4", body_site="left deltoid")
    assert b"Look again" in wrong.content  # type: ignore[attr-defined]
    post(at_work, day, "inject", amount_mg="20", volume_ml="0.4", body_site="left deltoid")
    page = seen(at_work, day)
    assert "The rest of the dose" in page
    assert "Injected, 20 mg in 0.4 mL, left deltoid" in page
    post(at_work, day, "inject", amount_mg="15", volume_ml="0.3", body_site="right deltoid")
    assert "The whole dose is in" in seen(at_work, day)
    post(at_work, day, "end")
    assert session_now(day.encounter_id).total_mg == 35.0


def test_a_lozenge_is_placed_held_and_spat(
    at_work: Client, plan: PlanDay, room: Room, clock: time_machine.Traveller
) -> None:
    day = plan(Product.KETAMINE_SL_CLINIC).ready(room)
    assert "100 mg: 1 × 100 mg" in seen(at_work, day)
    post(at_work, day, "take", amount_mg="100")
    assert "Taken, 100 mg in 1 units" in seen(at_work, day)
    clock.shift(timedelta(minutes=12))
    unsaid = post(at_work, day, "end")
    assert unsaid.status_code == 422  # type: ignore[attr-defined]
    post(at_work, day, "end", held_min="12", residue="spat")
    assert session_now(day.encounter_id).stage is Stage.OBSERVED


def test_a_dose_at_home_from_its_order_to_its_end(
    at_work: Client, as_role: SignIn, plan: PlanDay, room: Room, clock: time_machine.Traveller
) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = plan(Product.KETAMINE_SL_HOME)
    assert "Waits for the prescriber" in seen(at_work, day)
    post(as_role(Client(), Role.PRESCRIBER), day, "order", amount_mg="100", pin=PIN)
    assert "Hand out the lozenges" in seen(at_work, day)
    handed = {"unit_mg": "100", "pharmacy": "Quay", **LABEL}
    assert b"At most 1" in post(at_work, day, "dispense", doses="2", **handed).content  # type: ignore[attr-defined]
    post(at_work, day, "dispense", doses="1", **handed)
    assert "Alma Quist is seen by video" in seen(at_work, day)
    post(at_work, day, "arrive")
    page = seen(at_work, day)
    assert "Who takes the patient home" not in page
    assert "The chaperone is an adult" in page
    home = dict.fromkeys(("chaperone_is_adult", "chaperone_present", "seen_by_video"), "yes")
    named = {"chaperone_name": "Jonas", "chaperone_phone": "1", "place": "12 Quay Road"}
    post(at_work, day, "readiness", **NO, **TOLD, **home, **named)
    assert "No blood pressure from the cuff at home" in seen(at_work, day)
    day.vitals()
    page = seen(at_work, day)
    assert "Second person" not in page
    assert "holds the label to the camera" in page
    post(at_work, day, "check", unit_mg="100", **LABEL)
    post(at_work, day, "confirm")
    page = seen(at_work, day)
    assert "You watch by video" in page
    assert "12 Quay Road" in page
    post(at_work, day, "take", amount_mg="100")
    post(at_work, day, "end", held_min="10", residue="swallowed")
    assert session_now(day.encounter_id).stage is Stage.OBSERVED


@pytest.mark.hazard("HAZ-01")
def test_intoxication_leads_to_the_cancelling(at_work: Client, plan: PlanDay, room: Room) -> None:
    day = plan(Product.KETAMINE_PO).arrived(room).vitals().asked(intoxication_signs=True)
    page = seen(at_work, day)
    assert "Cancel today:" in page
    assert 'value="Signs of intoxication (DAY-5)."' in page


def test_the_questions_of_the_day_become_a_fact(at_work: Client, spray: Day, room: Room) -> None:
    spray.arrived(room)
    told = {"escort_name": "Jonas", "escort_phone": "1", "nasal_product_within_1_h": "no"}
    asked = NO | TOLD | {"suicidal_thoughts_since_last_visit": "yes", "cssrs_highest_item": "2"}
    post(at_work, spray, "readiness", prescriber_on_site=spray.prescriber.titled_name, **told, **asked)
    answered = session_now(spray.encounter_id).readiness
    assert answered is not None
    assert (answered.cssrs_highest_item, answered.will_drive, answered.home) == (2, False, None)
    assert answered.prescriber_on_site == spray.prescriber.titled_name
