"""Long-term checks: dates, tasks, and what is written down."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from ajar.clinic.followup.services import record_answers
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.maintenance.models import CourseRow, SurveillanceRow
from ajar.clinic.maintenance.services import open_prompt_tasks
from ajar.clinic.tasks.models import Task
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.staff.roles import Role

FLOOR = {Role.NURSE, Role.PRESCRIBER, Role.MEDICAL_DIRECTOR}
PRESCRIBERS = {Role.PRESCRIBER, Role.MEDICAL_DIRECTOR}


@pytest.fixture
def treated(programme, patient):
    """One dose, 100 days ago."""
    programme.given(programme.planned(programme.ordered(day=-110, sessions=1), 1, day=-100), day=-100)
    return patient


def url(name, patient):
    return reverse(f"maintenance:{name}", args=[patient.pk])


def test_a_dose_starts_the_watch_and_a_rebuild_gives_the_same(treated):
    rows = list(SurveillanceRow.objects.values_list("check_id", "due_on"))
    assert [name for name, _on in rows][:1] == ["drug-screen"]
    assert len(rows) == 6
    rebuild(lambda _done, _all: None)
    assert list(SurveillanceRow.objects.values_list("check_id", "due_on")) == rows


def test_what_is_due_opens_one_task_each_however_often_it_runs(treated, now):
    assert open_prompt_tasks(patients=[treated], now=now) == 3
    assert open_prompt_tasks(patients=[treated], now=now) == 3
    tasks = Task.objects.filter(kind="surveillance")
    assert sorted(task.title.split(":")[0] for task in tasks) == ["Bladder", "Urine drug screen", "Weight"]
    assert all("Rule LAB-" in task.because for task in tasks)


def test_the_daily_command_and_the_button_open_them(treated, client, as_role, clock, capsys):
    call_command("open_prompts")
    assert "3 tasks" in capsys.readouterr().out
    Task.objects.all().delete()
    page = as_role(client, Role.NURSE).get(reverse("maintenance:worklist")).content.decode()
    assert "Long-term checks due" in page
    client.post(reverse("maintenance:open-tasks"))
    assert Task.objects.filter(kind="surveillance").count() == 3


def test_recording_a_check_closes_its_task_and_moves_the_date(treated, client, as_role, clock, now):
    open_prompt_tasks(patients=[treated], now=now)
    as_role(client, Role.NURSE)
    sent = {"check-check_id": "bladder", "check-done_on": now.date().isoformat(), "check-words": ""}
    assert client.post(url("check", treated), sent | {"check-result": "concern"}).status_code == 422
    assert client.post(url("check", treated), sent | {"check-result": "clear"}).status_code == 302
    task = Task.objects.get(title__startswith="Bladder")
    assert task.done_at is not None
    assert SurveillanceRow.objects.get(check_id="bladder").due_on == now.date() + timedelta(days=90)
    ahead = sent | {"check-result": "clear", "check-done_on": (now + timedelta(days=3)).date().isoformat()}
    assert client.post(url("check", treated), ahead).status_code == 422


def test_a_concern_opens_a_task_and_stands_on_the_page(treated, client, as_role, clock, now, nurse):
    record_answers(
        patient=treated, items=[4, 4, 4, 4, 4, 0, 0, 0], mode=Mode.KIOSK, occasion="x", answered=now,
        by=nurse, now=now, instrument=SCORERS["bpic-ss"],
    )  # fmt: skip
    open_prompt_tasks(patients=[treated], now=now)
    assert Task.objects.get(kind="surveillance-concern").title.startswith("Hold the next dose")
    page = as_role(client, Role.PRESCRIBER).get(url("patient", treated)).content.decode()
    assert "BPIC-SS 20, the line is 19." in page
    assert "CA-15" in client.get(url("watch", treated)).content.decode()


def test_signs_of_misuse_open_a_task_once_there_are_several(treated, client, as_role, clock, now):
    as_role(client, Role.NURSE)
    sent = {"sign-sign": "early_refill", "sign-noticed_on": now.date().isoformat(), "sign-words": ""}
    client.post(url("sign", treated), sent)
    assert not Task.objects.exists()
    client.post(url("sign", treated), sent | {"sign-sign": "extra_request"})
    assert "Talk about it" in Task.objects.get().title


@pytest.mark.parametrize("role", sorted(Role))
def test_who_writes_what(treated, client, as_role, clock, now, role):
    as_role(client, role)
    day = now.date().isoformat()
    client.post(url("sign", treated), {"sign-sign": "lost_supply", "sign-noticed_on": day})
    client.post(url("interval", treated), {"interval-interval_days": "21", "interval-because": "holds"})
    row = CourseRow.objects.get()
    assert row.interval_days == (21 if role in PRESCRIBERS else None)
    page = client.get(url("patient", treated))
    assert ("Record this sign" in page.content.decode()) is (role in FLOOR)


def test_ending_treatment_needs_a_reason_and_ends_the_prompts(treated, client, as_role, clock):
    as_role(client, Role.PRESCRIBER)
    assert client.post(url("stop", treated), {"stop-reason": "other", "stop-words": ""}).status_code == 422
    assert client.post(url("stop", treated), {"stop-reason": "bladder", "stop-words": ""}).status_code == 302
    assert not SurveillanceRow.objects.exists()
    assert "Treatment was ended: Urinary symptoms" in client.get(url("patient", treated)).content.decode()


def test_an_interval_needs_a_course_and_days_that_can_be(patient, treated, client, as_role, clock):
    as_role(client, Role.PRESCRIBER)
    bad = {"interval-interval_days": "0", "interval-because": "x"}
    assert client.post(url("interval", treated), bad).status_code == 422
    CourseRow.objects.all().delete()
    good = {"interval-interval_days": "7", "interval-because": "x"}
    answer = client.post(url("interval", treated), good)
    assert answer.status_code == 422
    assert "No course was ordered yet." in answer.content.decode()
