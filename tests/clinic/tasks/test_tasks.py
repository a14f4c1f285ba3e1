"""Work with an owner and a clock: opened once, taken by name, closed with what was done."""

from datetime import timedelta

import pytest

from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.selectors import open_tasks, tasks_of
from ajar.clinic.tasks.services import TaskRefused, close_task, open_task, take_task
from ajar.pathway.staff.roles import Role

URGENT, ROUTINE = Task.Urgency.URGENT, Task.Urgency.ROUTINE


@pytest.fixture
def opened(now):
    def make(**fields):
        known = {
            "kind": "phq9-item-9",
            "title": "Call back",
            "because": "item 9 above zero",
            "owner_role": Role.PRESCRIBER,
            "due_at": now + timedelta(hours=1),
            "now": now,
        }
        return open_task(**(known | fields))

    return make


def test_a_task_takes_its_site_from_its_patient(opened, patient, new_york):
    assert opened(patient=patient).site == new_york


def test_the_same_subject_has_one_open_task_of_a_kind(opened, now):
    first = opened(subject_ref="visitor:1", urgency=URGENT)
    again = opened(subject_ref="visitor:1", due_at=now + timedelta(days=1), title="Call back soon")
    assert again.pk == first.pk
    assert (again.due_at, again.urgency, again.title) == (first.due_at, URGENT, "Call back soon")


def test_a_second_alarm_makes_the_task_more_pressing(opened, now):
    opened(subject_ref="visitor:1")
    again = opened(subject_ref="visitor:1", due_at=now, urgency=URGENT)
    assert (again.due_at, again.urgency) == (now, URGENT)


def test_what_was_learned_about_the_subject_is_not_forgotten(opened, patient):
    opened(subject_ref="visitor:1", patient=patient, contact="+1 555 0100")
    again = opened(subject_ref="visitor:1")
    assert (again.patient, again.contact) == (patient, "+1 555 0100")


def test_a_closed_task_opens_anew(opened, nurse, now):
    first = opened(subject_ref="visitor:1")
    close_task(task=first, outcome="spoke with them", by=nurse, now=now)
    assert opened(subject_ref="visitor:1").pk != first.pk


def test_tasks_without_a_subject_are_each_their_own(opened):
    assert opened().pk != opened().pk


class TestClosing:
    def test_it_says_what_was_done_by_whom_and_when(self, opened, nurse, now):
        task = close_task(task=opened(), outcome=" called, safe ", by=nurse, now=now)
        assert (task.outcome, task.done_by, task.done_at, task.owner) == ("called, safe", nurse, now, nurse)

    def test_without_words_it_stays_open(self, opened, nurse, now):
        task = opened()
        with pytest.raises(TaskRefused, match="Write what was done"):
            close_task(task=task, outcome=" ", by=nurse, now=now)
        task.refresh_from_db()
        assert task.done_at is None

    def test_it_is_closed_once(self, opened, nurse, prescriber, now):
        task = opened()
        close_task(task=task, outcome="called", by=nurse, now=now)
        with pytest.raises(TaskRefused, match="closed already"):
            close_task(task=task, outcome="called too", by=prescriber, now=now)

    def test_the_owner_stays_who_took_it(self, opened, nurse, prescriber, now):
        task = take_task(task=opened(), by=prescriber)
        assert close_task(task=task, outcome="called", by=nurse, now=now).owner == prescriber


def test_a_viewer_sees_their_sites_and_what_has_no_site_yet(opened, nurse, patient, miami_patient):
    ours, nobodys = opened(patient=patient), opened()
    opened(patient=miami_patient)
    assert set(open_tasks(nurse)) == {ours, nobodys}


def test_ones_own_work_is_what_one_took_and_what_waits_for_ones_role(opened, nurse, prescriber, patient):
    waiting = opened(patient=patient, owner_role=Role.NURSE)
    taken = take_task(task=opened(patient=patient), by=nurse)
    take_task(task=opened(patient=patient, owner_role=Role.NURSE), by=prescriber)
    assert set(tasks_of(nurse)) == {waiting, taken}


def test_urgent_work_comes_first_then_the_earliest_due(opened, nurse, now):
    late = opened(due_at=now + timedelta(days=2))
    soon = opened(due_at=now + timedelta(hours=1))
    urgent = opened(due_at=now + timedelta(days=3), urgency=URGENT)
    assert list(open_tasks(nurse)) == [urgent, soon, late]


class TestThePages:
    @pytest.fixture
    def at_work(self, client, as_role):
        return as_role(client, Role.NURSE)

    def test_the_list_shows_what_is_open(self, at_work, opened, patient):
        opened(patient=patient)
        assert "Call back" in at_work.get("/tasks/").content.decode()

    def test_a_task_is_taken_and_closed(self, at_work, opened, nurse, patient):
        task = opened(patient=patient)
        at_work.post(f"/tasks/{task.pk}/take/")
        page = at_work.post(f"/tasks/{task.pk}/close/", {"outcome": "called"}, follow=True)
        task.refresh_from_db()
        assert (task.owner, task.outcome) == (nurse, "called")
        assert "Closed: Call back" in page.content.decode()

    def test_closing_without_words_is_refused_in_words(self, at_work, opened, patient):
        task = opened(patient=patient)
        page = at_work.post(f"/tasks/{task.pk}/close/", {"outcome": ""}, follow=True)
        assert "Write what was done before closing the task." in page.content.decode()
