"""Booking a consultation as a visitor does it: times first, then who, then a link that keeps working."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, Slot
from ajar.clinic.scheduling.services import SlotTaken, book_slot
from ajar.clinic.screening.models import ScreeningVisit
from ajar.clinic.screening.services import DUPLICATE_KIND, TASK_KIND
from ajar.clinic.tasks.models import Task
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.ledger.entry import AuthorKind, Source

pytestmark = pytest.mark.usefixtures("clock")

WHO: dict[str, Any] = {
    "given_name": "Nadia",
    "family_name": "Sorel",
    "birth_date": "1990-05-17",
    "sex": "female",
    "email": "nadia@people.example",
    "phone": "",
    "language": "en",
}


def book(client: Client, slot: Slot, **changes: str) -> Any:
    """Take a time and say who comes."""
    assert client.post(f"/book/{slot.pk}/keep/").headers["Location"] == f"/book/{slot.pk}/"
    return client.post(f"/book/{slot.pk}/", WHO | changes)


def test_the_next_free_time_comes_first_with_the_zone_of_its_site(client: Client, slots: list[Slot]):
    page = client.get("/book/").content.decode()

    assert "Tuesday 3 March, 09:00 EST" in page
    assert page.index("09:00 EST") < page.index("By video")
    assert "Who is coming" not in page
    assert "Wednesday 4 March, 09:00 EST" in client.get("/book/?place=telehealth").content.decode()


def test_a_page_without_free_times_says_what_to_do(client: Client, new_york):
    assert "No free times here at the moment" in client.get("/book/").content.decode()


def test_a_booking_makes_a_chart_an_appointment_and_a_link(client: Client, slots: list[Slot]):
    done = book(client, slots[0])
    booked = Appointment.objects.get()
    page = client.get(done.headers["Location"]).content.decode()

    assert done.headers["Location"] == f"/booking/{booked.token}/"
    assert (booked.patient.name, booked.patient.site.name) == ("Nadia Sorel", "New York")
    assert "Your consultation is booked" in page
    assert "Tuesday 3 March, 09:00 EST" in page
    assert "What to bring" in page
    assert "Nadia" not in page


def test_the_page_says_how_long_the_time_is_kept(client: Client, slots: list[Slot], clock):
    client.post(f"/book/{slots[0].pk}/keep/")
    assert "10:10 EST" in client.get(f"/book/{slots[0].pk}/").content.decode()

    clock.shift(timedelta(minutes=11))
    assert (
        "minutes for which this time was kept are over"
        in client.get(f"/book/{slots[0].pk}/").content.decode()
    )


@pytest.mark.hazard("HAZ-19")
def test_whoever_comes_second_is_told_and_sees_other_times(client: Client, slots: list[Slot], patient, now):
    book_slot(slot_id=slots[0].pk, patient=patient, now=now)

    refused = client.post(f"/book/{slots[0].pk}/keep/")
    late = client.post(f"/book/{slots[0].pk}/", WHO)

    assert (refused.status_code, late.status_code) == (409, 409)
    assert "has just been taken" in late.content.decode()
    assert "10:00 EST" in late.content.decode()
    assert not Patient.objects.filter(family_name="Sorel").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"birth_date": "2010-01-01"}, "adults from 18"),
        ({"birth_date": "2030-01-01"}, "in the past"),
        ({"birth_date": "1800-01-01"}, "in the past"),
        ({"email": "", "phone": ""}, "e-mail address or a phone number"),
        ({"phone": "tomorrow"}, "with its area code"),
        ({"family_name": ""}, "required"),
    ],
)
def test_a_form_that_cannot_stand_keeps_what_was_typed(
    client: Client, slots: list[Slot], changes: dict[str, str], words: str
):
    refused = book(client, slots[0], **changes)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert 'value="Nadia"' in refused.content.decode()
    assert Patient.objects.count() == 0


def test_the_quiz_becomes_the_first_entry_at_the_time_it_was_answered(
    client: Client, slots: list[Slot], clock, now
):
    client.post("/quiz/phq-9/")
    for number, chosen in enumerate([2, 2, 1, 1, 2, 2, 1, 0, 0], start=1):
        client.post(f"/quiz/phq-9/{number}/", {"answer": chosen})
    clock.shift(timedelta(minutes=7))
    book(client, slots[0])
    patient = Patient.objects.get()
    [entry] = all_entries(patient.pk)

    assert isinstance(entry.payload, QuestionnaireAnswered)
    assert entry.payload.items == (2, 2, 1, 1, 2, 2, 1, 0, 0)
    assert entry.payload.mode is Mode.SELF_WEB
    assert (entry.happened_at, entry.recorded_at) == (now, now + timedelta(minutes=7))
    assert (entry.recorded_by.kind, entry.source) == (AuthorKind.PATIENT, Source.LINK)
    assert ScreeningVisit.objects.get().patient == patient


def test_a_second_booking_does_not_take_the_same_quiz_again(client: Client, slots: list[Slot]):
    client.post("/quiz/phq-9/")
    client.post("/quiz/phq-9/1/", {"answer": 1})
    book(client, slots[0])
    book(client, slots[1], given_name="Omar")

    assert len(all_entries(Patient.objects.get(given_name="Nadia").pk)) == 1
    assert all_entries(Patient.objects.get(given_name="Omar").pk) == []


@pytest.mark.hazard("HAZ-14")
def test_the_open_risk_task_learns_who_the_visitor_is(client: Client, slots: list[Slot]):
    client.post("/quiz/phq-9/")
    client.post("/quiz/phq-9/9/", {"answer": 2})
    book(client, slots[0])
    task = Task.objects.get(kind=TASK_KIND)

    assert task.patient == Patient.objects.get()
    assert task.contact == "nadia@people.example"
    assert task.site == slots[0].site


def test_a_person_who_seems_known_gets_a_chart_of_their_own_and_a_human_looks(
    client: Client, slots: list[Slot]
):
    book(client, slots[0])
    book(client, slots[1], email="other@people.example", given_name=" nadia")
    task = Task.objects.get(kind=DUPLICATE_KIND)

    assert Patient.objects.count() == 2
    assert task.patient == Patient.objects.get(email="other@people.example")
    assert "another one" in task.because


def test_the_calendar_file_carries_the_moment_in_utc(client: Client, slots: list[Slot]):
    link = book(client, slots[0]).headers["Location"]
    answer = client.get(f"{link}calendar.ics")

    assert answer.headers["Content-Type"] == "text/calendar"
    assert b"DTSTART:20260303T140000Z\r\n" in answer.content


def test_the_link_cancels_and_the_time_is_free_again(client: Client, slots: list[Slot]):
    link = book(client, slots[0]).headers["Location"]
    client.post(f"{link}cancel/", {"reason": "feeling better"})
    booked = Appointment.objects.get()

    assert (booked.status, booked.reason) == ("cancelled", "feeling better")
    assert "Your consultation is cancelled" in client.get(link).content.decode()
    assert client.post(f"{link}cancel/").status_code == 409
    assert "09:00 EST" in client.get("/book/").content.decode()


def test_an_appointment_that_has_begun_is_not_cancelled_by_its_link(client: Client, slots: list[Slot], clock):
    link = book(client, slots[0]).headers["Location"]
    clock.move_to(slots[0].starts_at)

    refused = client.post(f"{link}cancel/")
    assert refused.status_code == 409
    assert "please call us" in refused.content.decode()


def test_the_link_moves_the_appointment_and_stays_the_same(client: Client, slots: list[Slot]):
    link = book(client, slots[0]).headers["Location"]
    assert "stays yours until you choose another" in client.get(f"{link}move/").content.decode()
    moved = client.post(f"{link}move/", {"slot": slots[2].pk})

    assert moved.headers["Location"] == link
    assert "Wednesday 4 March, 09:00 EST" in client.get(link).content.decode()
    assert Appointment.objects.filter(status="booked").get().slot == slots[2]
    assert Appointment.objects.count() == 2
    assert Patient.objects.count() == 1


def test_when_the_other_time_is_gone_the_old_one_stands(client: Client, slots: list[Slot], patient, now):
    link = book(client, slots[0]).headers["Location"]
    book_slot(slot_id=slots[1].pk, patient=patient, now=now)
    refused = client.post(f"{link}move/", {"slot": slots[1].pk})

    assert refused.status_code == 409
    assert Appointment.objects.get(patient__family_name="Sorel").status == "booked"
    with pytest.raises(SlotTaken):
        book_slot(slot_id=slots[0].pk, patient=patient, now=now)


def test_a_made_up_link_is_not_found(client: Client, slots: list[Slot]):
    assert client.get("/booking/made-up/").status_code == 404


def test_a_time_that_is_over_is_not_moved(client: Client, slots: list[Slot], clock):
    link = book(client, slots[0]).headers["Location"]
    clock.shift(timedelta(days=1, hours=1))
    refused = client.post(f"{link}move/", {"slot": slots[2].pk})
    assert refused.status_code == 409
    assert "please call us" in refused.content.decode()
    assert Appointment.objects.get().slot == slots[0]


def test_a_link_with_what_no_database_compares_is_not_found(client: Client, slots: list[Slot]):
    assert client.get("/booking/made%00up/").status_code == 404
