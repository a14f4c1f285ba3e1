"""What stood when a session was planned must still stand when the drug goes in."""

from uuid import uuid4

import pytest

from ajar.clinic.dosing import services
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import NotReady
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.scheduling.models import Appointment, AppointmentType, Hold, Resource, Room
from ajar.clinic.scheduling.services import add_room, book
from ajar.clinic.staff.models import Site
from ajar.pathway.consent.entries import ConsentWithdrawn
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.scheduling.spans import Span
from tests.clinic.dosing.scenario import Day


def withdrawn(day: Day) -> Day:
    """The patient takes consent back."""
    day.note(
        ConsentWithdrawn(
            document=document_for(day.product).id, withdrawn_by="Alma Quist", because="", signature_id=uuid4()
        )
    )
    return day


@pytest.mark.hazard("HAZ-05")
def test_no_drug_goes_in_once_consent_was_taken_back(infusion: Day, room: Room) -> None:
    withdrawn(infusion.ready(room))
    with pytest.raises(DrugRefused, match="No drug without consent"):
        infusion.after(1).started()
    assert session_now(infusion.encounter_id).stage is Stage.READY


@pytest.mark.hazard("HAZ-05")
def test_nor_a_second_device(spray: Day, room: Room) -> None:
    later = withdrawn(spray.ready(room).started()).after(6)
    with pytest.raises(DrugRefused, match="No drug without consent"):
        later.device()


def test_an_infusion_is_paused_and_ended_all_the_same_but_not_resumed(infusion: Day, room: Room) -> None:
    later = withdrawn(infusion.ready(room).started()).after(5)
    change = {"encounter_id": later.encounter_id, "rate_mg_per_h": None, "because": "She asks to stop."}
    who = {"by": later.nurse, "now": later.now, "expected": ANYWHERE}
    services.change_infusion(act=Act.PAUSED, **change, **who)
    with pytest.raises(DrugRefused, match="No drug without consent"):
        services.change_infusion(act=Act.RESUMED, **change, **who)
    services.end_dose(encounter_id=later.encounter_id, total_mg=4, because="Consent taken back.", **who)
    assert session_now(later.encounter_id).stage is Stage.OBSERVED


@pytest.mark.hazard("HAZ-05")
def test_nobody_is_ready_when_the_newest_evaluation_says_no(infusion: Day, room: Room) -> None:
    infusion.arrived(room).vitals().asked().ordered().checked()
    infusion.note(
        EvaluationSigned(
            outcome=Outcome.CONTRAINDICATED.value,
            indication="treatment-resistant depression",
            product=infusion.product,
            jurisdiction="US",
            rulebook_version="1",
            findings=("CI-01",),
            summary="",
            meaning="I evaluated this patient.",
        )
    )
    with pytest.raises(NotReady, match="newest evaluation"):
        services.confirm_ready(
            encounter_id=infusion.encounter_id, by=infusion.nurse, now=infusion.now, expected=ANYWHERE
        )


@pytest.mark.hazard("HAZ-03")
def test_a_spray_is_not_injected(spray: Day, room: Room) -> None:
    spray.ready(room)
    with pytest.raises(DrugRefused, match="not given like this"):
        services.give_bolus(
            encounter_id=spray.encounter_id,
            amount_mg=28,
            because="typed in the wrong place",
            by=spray.nurse,
            now=spray.now,
            expected=ANYWHERE,
        )


def test_a_session_cancelled_on_its_day_lets_go_of_what_it_held(infusion: Day, new_york: Site) -> None:
    held = add_room(site=new_york, name="Room 9", kind=Room.Kind.TREATMENT)
    appointment = book(
        type_slug=AppointmentType.DOSING,
        patient=infusion.patient,
        site=new_york,
        span=Span(starts_at=infusion.after(60).now, ends_at=infusion.after(180).now),
        resources=[Resource.objects.get(room=held)],
        encounter_id=infusion.encounter_id,
        now=infusion.now,
        by=infusion.nurse,
    )
    services.cancel_session(
        encounter_id=infusion.encounter_id,
        because="No escort.",
        by=infusion.nurse,
        now=infusion.now,
        expected=ANYWHERE,
    )
    appointment.refresh_from_db()
    assert appointment.status == Appointment.Status.CANCELLED
    assert not Hold.objects.exists()
