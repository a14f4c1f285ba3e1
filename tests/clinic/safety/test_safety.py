"""Adverse events in the running program: recorded, reported, heard of by who must hear."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.safety.selectors import report_of, setting_of
from ajar.clinic.safety.services import keep_setting, record_adverse_event, update_adverse_event
from ajar.clinic.tasks.models import Task
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.terms import DICTIONARY_VERSION
from ajar.pathway.staff.roles import Role
from tests.clinic.discharge.telling import Told
from tests.support.people import BACKEND

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def on_the_floor(client: Client, nurse) -> Client:
    client.force_login(nurse, backend=BACKEND)
    return client


@pytest.fixture
def told(session, nurse, now) -> Told:
    told = Told(encounter=session, by=nurse, start=now - timedelta(minutes=60)).dosed()
    told.tell(20, EventNoted(event="nausea", severity=Severity.MODERATE, action="", note="asked for a bowl"))
    told.tell(40, VitalsMeasured(systolic_mmhg=186, diastolic_mmhg=104))
    told.tell(55, VitalsMeasured(systolic_mmhg=130, diastolic_mmhg=84))
    return told


@pytest.fixture
def nausea(told) -> AdverseEventRecorded:
    return AdverseEventRecorded(
        term="Nausea",
        grade=2,
        onset_at=told.at(20),
        ended_at=None,
        action="ondansetron given",
        outcome=Outcome.ONGOING,
        relatedness=Relatedness.RELATED,
        seriousness=None,
        note="",
        dictionary_version=DICTIONARY_VERSION,
    )


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def url(name, *args):
    return reverse(f"safety:{name}", args=args)


def typed(**changes):
    """As typed in New York, at 09:20 on the day of the session."""
    form = {
        "term": "Nausea", "note": "", "onset_at": "2026-03-02T09:20", "ended_at": "", "grade": "2",
        "action": "ondansetron given", "outcome": "ongoing", "relatedness": "related", "seriousness": "no",
    }  # fmt: skip
    return form | changes


def test_the_session_suggests_what_was_seen_and_offers_to_begin_with_it(on_the_floor, told, session):
    page = on_the_floor.get(url("session", session.pk))
    assert "Nausea, 09:20 EST" in text(page)
    assert "peak 186/104 mmHg, 122/80 mmHg before the dose, raised for 15 min" in text(page)
    begun = on_the_floor.get(url("session", session.pk), {"from": "pressure"}).content.decode()
    assert '<option value="Blood pressure increased" selected' in begun
    assert "2026-03-02T09:40" in begun


def test_an_event_is_recorded_with_the_time_it_began_and_stands_in_the_report(
    on_the_floor, told, session, patient
):
    done = on_the_floor.post(url("record", session.pk), typed(), follow=True)
    assert "grade 2: eats and drinks less" in text(done)
    (line,) = report_of(patient, viewer=told.by)
    assert line.event.onset_at == told.at(20)
    assert line.entry.encounter_id == session.pk
    assert "ondansetron given" in text(on_the_floor.get(url("patient", patient.pk)))
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"grade": "", "intake": "eats and drinks less"}, "That makes grade 2. Choose it if you agree."),
        ({"grade": ""}, "No grade follows. Say how the person eats and drinks."),
        ({"grade": "", "term": "Hypertension"}, "report as blood pressure increased"),
        ({"term": "Blood pressure increased", "note": "peak 186/104"}, "trap 27"),
        ({"grade": "4"}, "serious: say why"),
        ({"ended_at": "2026-03-02T09:00"}, "cannot end before it began"),
        ({"onset_at": "2026-03-02T23:00"}, "lies in the future"),
        ({"onset_at": "2026-03-02T09:20", "ended_at": "2026-03-02T23:00"}, "lies in the future"),
        ({"seriousness": ""}, "Is it serious?"),
        ({"action": ""}, "What was done"),
    ],
)
def test_what_is_open_or_cannot_be_true_comes_back_in_words(
    on_the_floor, told, session, patient, changes, words
):
    page = on_the_floor.post(url("record", session.pk), typed(**changes))
    assert page.status_code == 422
    assert words in text(page)
    assert report_of(patient, viewer=told.by) == ()


def test_a_rise_of_pressure_is_recorded_without_a_grade(on_the_floor, told, session, patient):
    form = typed(term="Blood pressure increased", note="peak 186/104 mmHg, 15 min", grade="")
    page = on_the_floor.post(url("record", session.pk), form, follow=True)
    assert "not graded" in text(page)
    assert report_of(patient, viewer=told.by)[0].event.grade is None


def test_a_serious_event_opens_an_urgent_task_for_the_medical_director(on_the_floor, told, session, now):
    on_the_floor.post(url("record", session.pk), typed(grade="3", seriousness=Seriousness.HOSPITAL.value))
    task = Task.objects.get(kind="serious-adverse-event")
    assert (task.owner_role, task.urgency) == (Role.MEDICAL_DIRECTOR, Task.Urgency.URGENT)
    assert task.due_at == now + timedelta(hours=24)
    assert "Hospital admission" in task.because
    assert not Task.objects.filter(kind="rems-adverse-event").exists()


def test_an_inpatient_setting_reports_every_suspected_event_to_the_programme(
    told, session, patient, nurse, now, nausea
):
    assert setting_of(session.site) is RemsSetting.OUTPATIENT
    keep_setting(site=session.site, setting=RemsSetting.INPATIENT)
    record_adverse_event(patient=patient, event=nausea, by=nurse, now=now, encounter_id=session.pk)
    assert Task.objects.get(kind="rems-adverse-event").owner_role == Role.PRESCRIBER
    record_adverse_event(patient=patient, event=nausea, by=nurse, now=now, encounter_id=None)
    assert Task.objects.count() == 1


def test_an_event_between_visits_belongs_to_no_session(on_the_floor, told, patient):
    form = typed(term="Cystitis or urinary symptoms", grade="1", onset_at="2026-02-20T08:00")
    on_the_floor.post(url("record-between", patient.pk), form)
    (line,) = report_of(patient, viewer=told.by)
    assert line.entry.encounter_id is None
    refused = on_the_floor.post(url("record-between", patient.pk), typed(action=""))
    assert refused.status_code == 422


def test_how_it_went_on_is_said_anew_and_the_first_stays_in_the_ledger(
    on_the_floor, told, session, patient, nurse, now, nausea
):
    first = record_adverse_event(patient=patient, event=nausea, by=nurse, now=now, encounter_id=session.pk)
    where = url("update", patient.pk, first.id)
    assert 'value="ondansetron given"' in on_the_floor.get(where).content.decode()
    form = typed(outcome="resolved", ended_at="2026-03-02T09:50", reason="it passed")
    assert on_the_floor.post(where, typed(outcome="resolved")).status_code == 422
    assert (
        on_the_floor.post(where, form | {"onset_at": "2026-03-02T23:50", "ended_at": ""}).status_code == 422
    )
    assert on_the_floor.post(where, form).status_code == 302
    (line,) = report_of(patient, viewer=nurse)
    assert (line.event.outcome, line.entry.supersedes) == (Outcome.RESOLVED, first.id)
    assert first.id in [entry.id for entry in all_entries(patient.pk)]
    assert on_the_floor.get(where).status_code == 404


def test_said_anew_a_serious_event_stays_one_task(told, session, patient, nurse, now, nausea):
    serious = replace(nausea, grade=3, seriousness=Seriousness.HOSPITAL)
    first = record_adverse_event(patient=patient, event=serious, by=nurse, now=now, encounter_id=session.pk)
    update_adverse_event(
        entry=first, event=serious, reason="dose of fluid", patient=patient, by=nurse, now=now
    )
    assert Task.objects.filter(kind="serious-adverse-event").count() == 1


def test_the_session_page_shows_them_and_leads_to_them(
    on_the_floor, told, session, patient, nurse, now, nausea
):
    page = text(on_the_floor.get(reverse("dosing:session", args=[session.pk])))
    assert "1 thing noted at the chair is not recorded as one yet." in page
    record_adverse_event(patient=patient, event=nausea, by=nurse, now=now, encounter_id=session.pk)
    page = text(on_the_floor.get(reverse("dosing:session", args=[session.pk])))
    assert "Nausea · grade 2: eats and drinks less · 09:20 EST" in page


@pytest.mark.parametrize(
    ("role", "reads", "records"),
    [
        (Role.NURSE, 200, 422),
        (Role.THERAPIST, 200, 403),
        (Role.FRONT_DESK, 403, 403),
        (Role.PATIENT, 403, 403),
    ],
)
def test_the_floor_records_clinicians_read(as_role, client, told, session, role, reads, records):
    as_role(client, role)
    assert client.get(url("session", session.pk)).status_code == reads
    assert client.post(url("record", session.pk), {}).status_code == records


def test_an_administrator_says_how_a_site_is_certified(as_role, client, session):
    as_role(client, Role.ADMINISTRATOR)
    page = text(client.get(url("sites")))
    assert "Report every suspected adverse event to the programme" in page
    slug = session.site.slug
    client.post(url("change-site", slug), {f"{slug}-setting": "inpatient"})
    assert setting_of(session.site) is RemsSetting.INPATIENT
    client.post(url("change-site", slug), {f"{slug}-setting": "moon"})
    assert setting_of(session.site) is RemsSetting.INPATIENT
