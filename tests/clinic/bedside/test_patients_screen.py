"""The patient's screen: who may open it, what it asks, and that a call or a silence reaches the board."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.bedside import services
from ajar.clinic.bedside.links import path_of, screen_of, token_of
from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.bedside.services import Ring, ScreenClosed, Wishes
from ajar.clinic.gateway.telling import tell
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.monitoring import services as monitoring
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY, Call
from ajar.pathway.staff.roles import Role
from tests.support.people import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HELP, SILENT = "MON-9 patient asks for help", "MON-9 patient's screen silent"
FETCH = {"X-Requested-With": "fetch"}


def a_screen(day, **wishes):
    return services.make_screen(encounter=day.encounter, wishes=Wishes(**wishes), by=day.nurse, now=day.now)


def alarms(day):
    return {alarm.key: alarm for alarm in standing_alarms(day.encounter_id, now=day.now)}


def noted(day):
    rows = LedgerEntry.objects.filter(encounter_id=day.encounter_id, kind="event.noted")
    return rows.count()


@pytest.mark.hazard("HAZ-30")
def test_one_press_is_one_high_alarm_until_someone_says_what_was_done(infusion, room):
    day = infusion.arrived(room)
    screen, press = a_screen(day), uuid4()
    assert services.hear(screen=screen, now=day.now) is Call.NONE
    for again in (press, press, uuid4()):  # sent twice, and pressed again before anyone came
        assert services.call_for_help(screen=screen, press=again, now=day.now) is Call.SENT
    assert noted(day) == 1
    alarm = alarms(day)[HELP]
    assert (alarm.priority, alarm.text, alarm.seen_by) == ("high", "Patient asks for help", "")
    [told] = tell(LedgerEntry.objects.filter(kind="event.noted"))  # what the board's live stream says of it
    assert told.site == day.encounter.site.slug
    assert told.wire.startswith(b"id: ")
    assert b"event: alarm" in told.wire
    assert b"high MON-9 patient asks for help" in told.wire

    later = day.after(1)
    monitoring.acknowledge_alarm(encounter_id=day.encounter_id, alarm=alarm, by=day.nurse, now=later.now)
    assert services.hear(screen=screen, now=later.now) is Call.SEEN
    still = day.after(2)
    assert services.call_for_help(screen=screen, press=press, now=still.now) is Call.SEEN
    assert services.call_for_help(screen=screen, press=uuid4(), now=still.now) is Call.SENT
    assert alarms(still)[HELP].seen_by == ""

    done = day.after(3)
    monitoring.resolve_alarm(
        encounter_id=day.encounter_id, alarm=alarm, action="stayed beside her", by=day.nurse, now=done.now
    )
    assert HELP not in alarms(done)
    assert services.hear(screen=screen, now=done.now) is Call.NONE


@pytest.mark.hazard("HAZ-30")
def test_a_screen_that_is_not_heard_is_a_technical_alarm_once_and_ends_when_it_is_heard(infusion, room):
    day = infusion.arrived(room)
    screen = a_screen(day)
    ask = services.note_silent_screens
    assert ask(now=day.after(1).now) == 0  # nobody has opened it yet
    services.hear(screen=screen, now=day.now)
    late = day.now + timedelta(seconds=DEFAULT_SCREEN_POLICY.silent_after_s)
    assert ask(now=late) == 0
    assert [ask(now=late + timedelta(seconds=1)) for _ in range(2)] == [1, 0]
    silent = day.after(1)
    assert (alarms(silent)[SILENT].technical, alarms(silent)[SILENT].priority) == (True, "medium")

    services.hear(screen=PatientScreen.objects.get(pk=screen.pk), now=silent.now)
    assert SILENT not in alarms(silent)
    assert ask(now=silent.after(1).now) == 1
    services.close_screens(encounter=day.encounter, now=silent.after(2).now)
    assert SILENT not in alarms(silent.after(2))
    assert ask(now=silent.after(9).now) == 0


def test_a_missed_ring_is_told_and_is_no_alarm(infusion, room, client, as_role):
    day = infusion.arrived(room)
    screen = a_screen(day, asks_for_taps=True)
    before = alarms(day)
    for ring in (Ring.TAPPED, Ring.MISSED, Ring.MISSED):
        services.hear(screen=screen, now=day.now, ring=ring)
    screen.refresh_from_db()
    assert (screen.taps, screen.misses, noted(day)) == (1, 2, 2)
    assert alarms(day) == before
    page = as_role(client, Role.NURSE).get(reverse("dosing:session", args=[day.encounter_id]))
    assert "Rings answered: 1, missed: 2." in page.content.decode()

    quiet = a_screen(day)
    services.hear(screen=quiet, now=day.now, ring=Ring.MISSED)  # nobody asked for taps
    assert noted(day) == 2


@pytest.mark.hazard("HAZ-15")
def test_a_link_is_for_one_session_and_ends_with_it(infusion, room):
    with pytest.raises(ScreenClosed):
        a_screen(infusion)
    day = infusion.arrived(room)
    first = a_screen(day)
    unopened = day.after(DEFAULT_SCREEN_POLICY.opens_within_min + 1)
    with pytest.raises(ScreenClosed):
        services.hear(screen=first, now=unopened.now)
    second = a_screen(day)
    first.refresh_from_db()
    with pytest.raises(ScreenClosed):
        services.call_for_help(screen=first, press=uuid4(), now=day.now)
    services.hear(screen=second, now=day.now)
    second.refresh_from_db()
    services.hear(screen=second, now=day.after(120).now)
    with pytest.raises(ScreenClosed):
        services.hear(screen=second, now=day.after(60 * DEFAULT_SCREEN_POLICY.lasts_h + 1).now)
    assert screen_of(token_of(second)) == second
    assert screen_of(token_of(second)[:-1] + "!") is None


def test_staff_hand_over_the_device_signed_out_and_the_page_names_nobody(infusion, room, client, as_role):
    day = infusion.arrived(room)
    nurse = as_role(client, Role.NURSE)
    about = reverse("bedside:about", args=[day.encounter_id])
    assert "Make a link" in nurse.get(about).content.decode()
    assert nurse.post(f"{about}link/", {"shows_music": "on"}).status_code == 302
    shown = nurse.get(about).content.decode()
    assert "data:image/svg+xml;base64," in shown
    assert token_of(PatientScreen.objects.get(closed_at=None)) in shown

    handed = nurse.post(f"{about}here/", {"asks_for_taps": "on", "shows_intention": "on"}, follow=True)
    assert "_auth_user_id" not in handed.wsgi_request.session
    page = handed.content.decode()
    assert "To feel the mornings again." in page
    assert "data-ring-min" in page
    for private in (day.patient.given_name, day.patient.family_name, day.patient.mrn, "etamine"):
        assert private not in page
    assert 'lang="en"' in page

    day.patient.language = "es"
    day.patient.save()
    path = path_of(PatientScreen.objects.get(closed_at=None))
    assert 'lang="es"' in Client().get(path).content.decode()

    nurse = Client()
    nurse.force_login(day.nurse, backend=BACKEND)
    assert "Close the patient" in nurse.get(about).content.decode()
    assert nurse.post(f"{about}close/").status_code == 302
    gone = Client().get(path)
    assert gone.status_code == 410
    assert Client().post(f"{path}help/", headers=FETCH).json() == {"call": "closed"}
    assert Client().get("/screen/unknown/").status_code == 404


def test_the_page_works_without_a_script_and_answers_one(infusion, room):
    day = infusion.arrived(room)
    path, anyone = path_of(a_screen(day, asks_for_taps=True)), Client()
    assert anyone.post(f"{path}here/", {"ring": "nonsense"}, headers=FETCH).json() == {"call": "none"}
    assert anyone.post(f"{path}here/", {"ring": "missed"}, headers=FETCH).json() == {"call": "none"}
    sent = anyone.post(f"{path}help/", {"press": "no number"}, follow=True)
    assert re.search(r"data-words>\s*Help is coming", sent.content.decode())
    assert anyone.post(f"{path}help/", {"press": str(uuid4())}, headers=FETCH).json() == {"call": "sent"}
    assert noted(day) == 2
