"""The next booster of one patient and of everyone: one rule, two ways to its facts, one answer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ajar.clinic.followup.services import record_answers
from ajar.clinic.ledger.readmodels import REGISTERED
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import correct
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.maintenance.models import CourseRow
from ajar.clinic.maintenance.selectors import Worklist, WorklistRow, maintenance_of, worklist
from ajar.pathway.careplan.entries import CourseStopped
from ajar.pathway.consent.entries import ConsentWithdrawn
from ajar.pathway.consent.library import document_for
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.staff.roles import Role
from tests.support.course import PRODUCT
from tests.support.people import BACKEND

READERS = {Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.MEDICAL_DIRECTOR}


def everyone(found: Worklist) -> list[WorklistRow]:
    return [*found.due, *found.coming, *found.without]


@pytest.fixture
def finished(programme, score):
    """Six doses until a week ago, with a response."""
    score(18, -30)
    course_id = programme.finished()
    score(6, -3)
    return course_id


def test_a_finished_course_with_a_response_has_a_date(finished, patient, nurse, now):
    found = maintenance_of(patient, viewer=nurse, now=now)
    assert found.due is not None
    assert (found.due.on, found.due.rule_id) == (date(2026, 3, 2), "IV-15")


def test_the_worklist_gives_the_same_answer_as_the_chart(finished, patient, nurse, now):
    (row,) = worklist(nurse, now=now).due
    page = maintenance_of(patient, viewer=nurse, now=now)
    assert (row.maintenance.answer, row.maintenance.record) == (page.answer, page.record)
    assert row.days_late == 0


@pytest.mark.parametrize(("days_later", "where"), [(-3, "coming"), (0, "due"), (5, "due"), (26, "without")])
def test_where_a_patient_stands_on_the_list(finished, nurse, now, days_later, where):
    """After four weeks the last score is too old, so the answer is a reason and no longer a date."""
    found = worklist(nurse, now=now + timedelta(days=days_later))
    assert [name for name in ("due", "coming", "without") if getattr(found, name)] == [where]


def test_a_patient_of_another_site_is_not_on_the_list(finished, miami_staff, now):
    assert everyone(worklist(miami_staff[Role.NURSE], now=now)) == []


def test_a_course_that_goes_on_is_not_on_the_list(programme, score, nurse, patient, now):
    score(18, -30)
    course_id = programme.ordered(day=-20, sessions=6)
    programme.given(programme.planned(course_id, 1, day=-10), day=-10)
    assert everyone(worklist(nurse, now=now)) == []
    none = maintenance_of(patient, viewer=nurse, now=now).none
    assert none is not None
    assert "1 of 6" in none.reasons[0].because


def test_without_a_response_the_reason_stands_on_the_list(programme, score, nurse, now):
    score(18, -30)
    programme.finished()
    score(16, -3)
    (row,) = worklist(nurse, now=now).without
    assert row.maintenance.none is not None
    assert row.maintenance.none.reasons[0].rule_id == "IV-18"
    assert row.days_late == 0


def test_consent_taken_back_is_a_reason(finished, programme, patient, nurse, now):
    withdrawn = ConsentWithdrawn(document=document_for(PRODUCT).id, withdrawn_by="Alma Quist")
    programme.add(withdrawn, day=-1)
    none = maintenance_of(patient, viewer=nurse, now=now).none
    assert none is not None
    assert [reason.rule_id for reason in none.reasons] == ["CON-12"]


def test_a_booked_booster_is_shown_beside_its_date(finished, programme, nurse, now):
    programme.planned(finished, 7, day=2)
    (row,) = worklist(nurse, now=now).due
    assert row.maintenance.booked_at == now + timedelta(days=2)


def test_a_stopped_course_is_no_maintenance(programme, score, patient, nurse, now):
    course_id = programme.ordered(day=-20, sessions=6)
    programme.given(programme.planned(course_id, 1, day=-10), day=-10)
    programme.add(CourseStopped(course_id=course_id, because="moved away"), day=-5)
    none = maintenance_of(patient, viewer=nurse, now=now).none
    assert none is not None
    assert "stopped after 1 of 6" in none.reasons[0].because


def test_a_form_with_too_many_gaps_is_no_fresh_score(finished, patient, nurse, now):
    record_answers(
        patient=patient,
        items=[None] * 8 + [0],
        mode=Mode.STAFF_READ,
        occasion="visit",
        answered=now,
        by=nurse,
        now=now,
    )
    (row,) = worklist(nurse, now=now + timedelta(days=26)).without
    assert row.maintenance.none is not None
    assert [reason.rule_id for reason in row.maintenance.none.reasons] == ["MNT-SCORE"]


def test_a_rebuild_leaves_the_same_courses(finished):
    (model,) = [model for model in REGISTERED if model.name == "maintenance courses"]
    before = model.snapshot()
    rebuild(lambda done, total: None)
    assert model.snapshot() == before
    model.clear()
    assert not CourseRow.objects.exists()


def test_taking_back_the_order_takes_the_patient_off_the_list(programme, patient, by, now):
    programme.ordered(day=-1, sessions=6)
    assert CourseRow.objects.get().sessions_planned == 6
    (order,) = all_entries(patient.pk)
    correct(entry=order, payload=None, reason="wrong patient", by=by, now=now)
    assert not CourseRow.objects.exists()


@pytest.mark.parametrize("role", sorted(Role))
def test_who_sees_the_pages(finished, patient, client, as_role, clock, role):
    as_role(client, role)
    for url in (reverse("maintenance:worklist"), reverse("maintenance:patient", args=[patient.pk])):
        assert client.get(url).status_code == (200 if role in READERS else 403)


def test_the_page_shows_date_rule_and_source(finished, patient, client, as_role, clock):
    text = (
        as_role(client, Role.PRESCRIBER)
        .get(reverse("maintenance:patient", args=[patient.pk]))
        .content.decode()
    )
    for words in (
        "IV-15",
        "[PHIL19]",
        "7 days after the last dose",
        "No date here is an order",
        "design default",
    ):
        assert words in text


def test_the_page_shows_every_reason(programme, score, patient, client, as_role, clock):
    programme.ordered(day=-20, sessions=6)
    text = as_role(client, Role.NURSE).get(reverse("maintenance:patient", args=[patient.pk])).content.decode()
    assert "No dose has been given yet." in text
    assert "MNT-COURSE" in text


def test_before_a_course_the_page_says_what_comes_first(patient, client, as_role, clock):
    text = as_role(client, Role.NURSE).get(reverse("maintenance:patient", args=[patient.pk])).content.decode()
    assert "No course yet" in text


def test_the_list_names_the_patient_and_the_reason(finished, client, as_role, clock, patient):
    text = as_role(client, Role.NURSE).get(reverse("maintenance:worklist")).content.decode()
    assert patient.name in text
    assert "weekly consolidation" in text


def test_staff_of_another_site_find_no_such_patient(finished, patient, miami_staff, client, clock):
    client.force_login(miami_staff[Role.NURSE], backend=BACKEND)
    assert client.get(reverse("maintenance:patient", args=[patient.pk])).status_code == 404
