"""FSM-1 in the running program: what closes the check-in for a spray, and the pages that open it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from ajar.clinic.dosing.models import RemsCertification
from ajar.clinic.dosing.rems import enrol
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import NotReady
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import PlanDay
from tests.clinic.dosing.scenario import Day, enrolled_on
from tests.support.people import SignIn

CERTIFIED = {"number": "C-2", "representative": "Imran Vale, MD", "certified_on": "2026-01-01"}


def unenrolled(plan: PlanDay) -> Day:
    """A spray at a site without a certification, for a patient without an enrolment."""
    return plan(Product.ESKETAMINE_IN, rems=False)


@pytest.mark.hazard("HAZ-26")
def test_nobody_is_checked_in_without_certification_and_enrolment(plan: PlanDay, room: Room) -> None:
    day = unenrolled(plan)
    with pytest.raises(NotReady, match=r"certification is not on file.*enrolment is not on file.*FSM-1"):
        day.arrived(room)
    assert session_now(day.encounter_id).stage is Stage.PLANNED


def test_the_pages_record_both_once_and_open_the_check_in(
    client: Client, as_role: SignIn, clock: time_machine.Traveller, plan: PlanDay, room: Room, new_york: Site
) -> None:
    day = unenrolled(plan)
    nurse = as_role(client, Role.NURSE)
    page = nurse.get(f"/encounters/{day.encounter_id}/").content.decode()
    assert "No check-in yet" in page
    assert "is here: take the room" not in page
    assert "Closed for sprays" in nurse.get("/rems/certifications/").content.decode()
    office = as_role(Client(), Role.ADMINISTRATOR)
    typed = CERTIFIED | {"site": new_york.slug, "valid_until": "2025-12-31"}
    refused = office.post("/rems/certifications/record/", typed)
    assert refused.status_code == 422
    assert b"A certification ends" in refused.content
    office.post("/rems/certifications/record/", typed | {"valid_until": "2026-12-31"})
    assert RemsCertification.objects.get().recorded_by.printed_name == "New York Administrator"  # type: ignore[union-attr]
    enrolment = f"/patients/{day.patient.pk}/rems/"
    told = {
        "reference": "R-9",
        "prescriber": day.prescriber.titled_name,
        "patient_signed_on": "2026-03-02",
        "prescriber_signed_on": "2026-03-02",
        "enrolled_on": "2026-03-01",
        "expected": decision_position(day.patient.pk),
    }
    assert b"once both have signed" in nurse.post(enrolment, told).content
    assert b"lies in the future" in nurse.post(enrolment, told | {"enrolled_on": "2026-03-03"}).content
    assert nurse.post(enrolment, told | {"enrolled_on": "2026-03-02"}).status_code == 302
    assert "R-9" in nurse.get(enrolment).content.decode()
    assert "is here: take the room" in nurse.get(f"/encounters/{day.encounter_id}/").content.decode()
    day.arrived(room)


def test_an_enrolment_form_that_asks_nothing_is_refused(
    client: Client, as_role: SignIn, clock: time_machine.Traveller, infusion: Day
) -> None:
    answer = as_role(client, Role.NURSE).post(f"/patients/{infusion.patient.pk}/rems/", {})
    assert answer.status_code == 422
    nothing = as_role(Client(), Role.ADMINISTRATOR).post("/rems/certifications/record/", {})
    assert nothing.status_code == 422


def test_a_renewal_stands_and_the_older_one_stays_on_file(spray: Day, new_york: Site, room: Room) -> None:
    RemsCertification.objects.create(
        site=new_york,
        number="C-0",
        representative="X",
        certified_on=date(2024, 1, 1),
        valid_until=date(2025, 1, 1),
        recorded_at=spray.now + timedelta(minutes=1),
    )
    with pytest.raises(NotReady, match="from 2024-01-01 to 2025-01-01"):
        spray.arrived(room)
    assert RemsCertification.objects.count() == 2


@pytest.mark.hazard("HAZ-13")
def test_two_do_not_enrol_at_once(infusion: Day) -> None:
    seen = decision_position(infusion.patient.pk)
    enrolled: RemsEnrolled = enrolled_on(infusion.now.date())
    told = {"patient": infusion.patient, "enrolled": enrolled, "by": infusion.nurse, "now": infusion.now}
    enrol(**told, expected=ANYWHERE)  # type: ignore[arg-type]
    with pytest.raises(StaleLedger):
        enrol(**told, expected=seen)  # type: ignore[arg-type]
