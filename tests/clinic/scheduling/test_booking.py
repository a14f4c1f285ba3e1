"""Slots and holds: one place, one patient, whoever else tries."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import BoundedSemaphore

import pytest
from django.db import IntegrityError, connection

from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, Hold, Mode, Resource, Room, Slot
from ajar.clinic.scheduling.selectors import appointments_of, free_slots, resources_at
from ajar.clinic.scheduling.services import (
    KEEP_FOR,
    NotBooked,
    ResourceTaken,
    SlotTaken,
    book,
    book_slot,
    cancel,
    keep_slot,
    publish_slots,
)
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.spans import Span
from tests.clinic.scheduling.conftest import TUESDAY_MORNING, at

MORNING = Span(starts_at=at(3, 14), ends_at=at(3, 16))
BOOKERS = 200
CONNECTIONS = 40
"""As many as a connection pool would open; PostgreSQL's own default limit is 100."""


@pytest.mark.hazard("HAZ-19")
@pytest.mark.service
@pytest.mark.usefixtures("committed_db")
def test_of_200_who_want_the_last_slot_one_gets_it_and_199_are_told(
    slots: list[Slot],
    patient: Patient,
    now: datetime,
    together: Callable[[int, Callable[[int], object]], list[object]],
) -> None:
    wanted, pool = slots[0].pk, BoundedSemaphore(CONNECTIONS)

    def attempt(_number: int) -> Appointment:
        with pool:
            try:
                return book_slot(slot_id=wanted, patient=patient, now=now)
            finally:
                connection.close()

    answers = together(BOOKERS, attempt)

    assert sum(isinstance(answer, Appointment) for answer in answers) == 1
    assert sum(isinstance(answer, SlotTaken) for answer in answers) == BOOKERS - 1
    assert Appointment.objects.filter(slot=wanted).count() == 1
    assert Hold.objects.count() == 1


@pytest.mark.hazard("HAZ-19")
@pytest.mark.service
@pytest.mark.usefixtures("committed_db")
def test_a_nurse_who_watches_two_is_never_given_a_third_by_bookings_at_one_moment(
    watcher: Resource,
    patient: Patient,
    new_york: Site,
    now: datetime,
    together: Callable[[int, Callable[[int], object]], list[object]],
) -> None:
    def attempt(_number: int) -> Appointment:
        return book(
            type_slug="dosing",
            patient=patient,
            site=new_york,
            span=MORNING,
            resources=[watcher],
            now=now,
            by=None,
        )

    answers = together(12, attempt)

    assert sum(isinstance(answer, Appointment) for answer in answers) == 2
    assert sum(isinstance(answer, ResourceTaken) for answer in answers) == 10


def test_publishing_twice_publishes_once(slots: list[Slot], doctor: Resource, new_york: Site, now: datetime):
    again = publish_slots(
        prescriber=doctor,
        site=new_york,
        mode=Mode.TELEHEALTH,
        windows=TUESDAY_MORNING,
        first_day=date(2026, 3, 2),
        last_day=date(2026, 3, 8),
        now=now,
    )

    assert [slot.starts_at for slot in slots] == [at(3, 14), at(3, 15), at(3, 16)]
    assert again == []


def test_a_booked_slot_is_not_offered_and_a_cancelled_one_is_again(
    slots: list[Slot], patient: Patient, now: datetime
):
    booked = book_slot(slot_id=slots[0].pk, patient=patient, now=now)
    assert list(free_slots(now=now)) == slots[1:]

    cancel(appointment=booked, reason="cold", now=now, by=None)
    assert list(free_slots(now=now)) == slots


def test_what_is_over_or_too_near_cannot_be_chosen(slots: list[Slot], patient: Patient):
    assert list(free_slots(now=at(3, 13))) == slots[1:]  # two hours of notice
    with pytest.raises(SlotTaken):
        book_slot(slot_id=slots[0].pk, patient=patient, now=at(3, 14))


def test_a_kept_time_is_for_its_keeper_alone_and_only_for_ten_minutes(
    slots: list[Slot], patient: Patient, now: datetime
):
    keep_slot(slot_id=slots[0].pk, token="mine", now=now)

    with pytest.raises(SlotTaken):
        keep_slot(slot_id=slots[0].pk, token="yours", now=now)
    with pytest.raises(SlotTaken):
        book_slot(slot_id=slots[0].pk, patient=patient, now=now, token="yours")
    assert slots[0] not in free_slots(now=now, token="yours")
    assert slots[0] in free_slots(now=now, token="mine")
    assert book_slot(slot_id=slots[0].pk, patient=patient, now=now + KEEP_FOR, token="yours")


def test_keeping_again_does_not_prolong_and_keeping_another_lets_go(slots: list[Slot], now: datetime):
    first = keep_slot(slot_id=slots[0].pk, token="mine", now=now)
    again = keep_slot(slot_id=slots[0].pk, token="mine", now=now + timedelta(minutes=5))
    assert again.kept_until == first.kept_until

    keep_slot(slot_id=slots[1].pk, token="mine", now=now)
    slots[0].refresh_from_db()
    assert (slots[0].kept_for, slots[0].kept_until) == ("", None)


def test_a_prescriber_who_is_held_elsewhere_cannot_be_booked(
    slots: list[Slot], doctor: Resource, patient: Patient, new_york: Site, now: datetime
):
    book(
        type_slug="integration",
        patient=patient,
        site=new_york,
        span=MORNING,
        resources=[doctor],
        now=now,
        by=None,
    )

    assert list(free_slots(now=now)) == [slots[2]]
    with pytest.raises(SlotTaken):
        book_slot(slot_id=slots[1].pk, patient=patient, now=now)


@pytest.mark.hazard("HAZ-19")
def test_the_database_itself_refuses_a_second_standing_appointment_on_a_slot(
    slots: list[Slot], patient: Patient, now: datetime
):
    booked = book_slot(slot_id=slots[0].pk, patient=patient, now=now)
    booked.pk = None
    booked._state.adding = True

    with pytest.raises(IntegrityError):
        booked.save()


@pytest.mark.hazard("HAZ-19")
def test_several_things_are_held_together_or_not_at_all(
    treatment_room: Room, watcher: Resource, patient: Patient, new_york: Site, now: datetime
):
    def attempt() -> Appointment:
        return book(
            type_slug="dosing",
            patient=patient,
            site=new_york,
            span=MORNING,
            resources=[treatment_room.resource, watcher],
            now=now,
            by=None,
        )

    assert attempt().holds.count() == 2
    with pytest.raises(ResourceTaken, match="Room 1 is no longer free"):
        attempt()
    assert Hold.objects.filter(resource=watcher).count() == 1


def test_holds_that_follow_each_other_load_a_nurse_once(
    watcher: Resource, patient: Patient, new_york: Site, now: datetime
):
    for first, last in ((14, 16), (16, 18), (14, 18)):
        book(
            type_slug="dosing",
            patient=patient,
            site=new_york,
            span=Span(starts_at=at(3, first), ends_at=at(3, last)),
            resources=[watcher],
            now=now,
            by=None,
        )

    assert Hold.objects.count() == 3


def test_a_cancelled_appointment_stays_with_its_reason_and_lets_go_of_everything(
    slots: list[Slot], patient: Patient, nurse: Account, now: datetime
):
    booked = book_slot(slot_id=slots[0].pk, patient=patient, now=now)
    gone = cancel(appointment=booked, reason=" ill ", now=now, by=nurse)

    assert (gone.status, gone.reason, gone.cancelled_by, gone.cancelled_at) == (
        "cancelled",
        "ill",
        nurse,
        now,
    )
    assert Hold.objects.count() == 0
    with pytest.raises(NotBooked):
        cancel(appointment=booked, reason="again", now=now, by=nurse)


def test_appointments_are_shown_only_to_those_who_reach_the_patient(
    slots: list[Slot], patient: Patient, nurse: Account, miami_staff, now: datetime
):
    booked = book_slot(slot_id=slots[0].pk, patient=patient, now=now)

    assert list(appointments_of(patient, viewer=nurse)) == [booked]
    assert list(appointments_of(patient, viewer=patient.account)) == [booked]
    assert all(not appointments_of(patient, viewer=other) for other in miami_staff.values())


def test_people_are_found_at_every_site_they_work_at(
    doctor: Resource, treatment_room: Room, new_york: Site, miami: Site, prescriber: Account
):
    assert list(resources_at(miami, Resource.Kind.PRESCRIBER)) == []
    prescriber.sites.add(miami)
    assert list(resources_at(miami, Resource.Kind.PRESCRIBER)) == [doctor]
    assert list(resources_at(new_york, Resource.Kind.ROOM)) == [treatment_room.resource]
    assert list(resources_at(miami, Resource.Kind.ROOM)) == []
