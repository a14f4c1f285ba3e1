"""A dose at home: refused until every condition is met, watched like any other, and said in plain words."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from ajar.clinic.bedside.home import conditions_of, home_session_of
from ajar.clinic.bedside.home_words import MET, NOT_MET, OF_THE_DAY
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.board import board_of, tile_of
from ajar.clinic.monitoring.selectors import standing_alarms, vitals_now
from ajar.pathway.dosing.entries import ChaperoneAttested
from ajar.pathway.dosing.home import HOME_RULES
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.monitoring.latest import CHECK_IN
from ajar.pathway.observations.vitals import TakenBy, VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import WITH_CHAPERONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CALM = {"systolic_mmhg": "124", "diastolic_mmhg": "78", "heart_rate_bpm": "72"}


@pytest.fixture
def day(home_day):
    return home_day


@pytest.fixture
def own(client, as_role, day):
    """The patient, signed in at home."""
    return as_role(client, Role.PATIENT)


def send(own, what, **fields):
    return own.post(reverse(f"web:home-{what}"), fields, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def payloads(day, kind):
    rows = LedgerEntry.objects.filter(encounter_id=day.encounter_id).order_by("seq")
    return [entry_of(row).payload for row in rows if isinstance(entry_of(row).payload, kind)]


def missing(day):
    conditions = conditions_of(session_now(day.encounter_id), now=day.now)
    return {one.rule_id for one in conditions if not one.is_met}


def test_every_rule_of_the_day_at_home_has_words_for_the_patient():
    assert set(MET) == set(NOT_MET) == {rule.id for rule in HOME_RULES} | {"PRT-2", OF_THE_DAY}


@pytest.mark.hazard("HAZ-31")
def test_the_page_refuses_the_lozenge_until_every_condition_of_the_day_is_met(own, day):
    assert "My session at home: what has to be in place" in text(own.get(reverse("web:me")))
    page = own.get(reverse("web:home-session"))
    assert "Do not take the lozenge yet" in text(page)
    assert "The clinic begins the session by video at" in text(page)
    assert "The clinic has not begun the session yet." in text(send(own, "vitals", **CALM))
    assert payloads(day, VitalsMeasured) == []

    day.arrived(None)
    assert missing(day) == {"SL-07a", "SL-07b", "SL-07c", "SL-07e", OF_THE_DAY}
    high = send(own, "vitals", systolic_mmhg="152", diastolic_mmhg="84", device="Cuff 7")
    assert "Your blood pressure is too high: no lozenge at home now." in text(high)
    [taken] = payloads(day, VitalsMeasured)
    assert (taken.taken_by, taken.device_id, taken.systolic_mmhg) == (TakenBy.PATIENT, "Cuff 7", 152)

    day.asked(home=replace(WITH_CHAPERONE, seen_by_video=False))
    assert missing(day) == {"SL-07b", "SL-07c", OF_THE_DAY}  # the day asks about the pressure as well
    day.asked(home=WITH_CHAPERONE)
    calm = send(own, "vitals", **CALM)
    assert missing(day) == set()
    assert "Everything is in place" in text(calm)


def test_values_are_refused_asked_about_and_kept_by_the_rules_of_everywhere(own, day):
    day.arrived(None)
    refused = send(own, "vitals", systolic_mmhg="78", diastolic_mmhg="124", spo2_percent="300")
    assert refused.status_code == 422
    assert "Blood pressure has two numbers, such as 128/82" in text(refused)
    assert "a number from 40 to 100 is expected" in text(refused)
    assert 'value="300"' in text(refused)
    assert "Enter your blood pressure, both numbers." in text(send(own, "vitals"))

    low = {"systolic_mmhg": "76", "diastolic_mmhg": "44"}
    asked = send(own, "vitals", **low)
    assert "These values are unusual." in text(asked)
    assert payloads(day, VitalsMeasured) == []
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', text(asked))
    assert confirmed is not None
    send(own, "vitals", **low, confirmed=confirmed[1])
    [kept] = payloads(day, VitalsMeasured)
    assert (kept.confirmed_unusual, kept.taken_by) == (True, TakenBy.PATIENT)


def test_the_chaperone_attests_in_the_words_that_were_shown(own, day, client, as_role):
    refused = send(own, "attest", chaperone_name="Jonas Quist", statement_1="on")
    assert refused.status_code == 422
    whole = {f"statement_{number}": "on" for number in (1, 2, 3)}
    send(own, "attest", chaperone_name="Jonas Quist", chaperone_phone="+1 212 555 0177", **whole)
    [said] = payloads(day, ChaperoneAttested)
    assert (said.chaperone_name, len(said.statements), said.language) == ("Jonas Quist", 3, "en")
    page = text(as_role(client, Role.NURSE).get(reverse("dosing:session", args=[day.encounter_id])))
    assert "The adult who stays has attested:" in page
    assert "The page tells the patient not to take the lozenge yet:" in page


@pytest.mark.hazard("HAZ-30")
def test_a_running_dose_at_home_is_answered_called_from_and_stands_on_the_board(own, day, client):
    day.arrived(None).vitals().asked(home=WITH_CHAPERONE).checked_alone().confirmed().started()
    page = text(own.get(reverse("web:home-session")))
    assert "Are you both well?" in page
    assert "Next answer:" in page
    assert 'href="tel:911"' in page
    send(own, "check")
    assert vitals_now(day.encounter_id).latest(CHECK_IN) is not None
    before = own.post(reverse("web:home-state")).json()
    for _ in range(2):
        called = send(own, "help")
    assert "The clinic is alerted and calls you." in text(called)
    assert [one.event for one in payloads(day, EventNoted)] == ["check-in answered", "patient asks for help"]
    assert own.post(reverse("web:home-state")).json() != before
    [alarm] = [one for one in standing_alarms(day.encounter_id, now=day.now) if one.id == "MON-9"]

    site = day.encounter.site
    [tile] = [one for one in board_of(site, viewer=day.nurse, now=day.now)["tiles"] if one.occupied]
    assert (tile.room_name, tile.room_id) == ("At home", day.encounter_id)
    assert alarm in tile.occupied.alarms
    again = tile_of(site, day.encounter_id, viewer=day.nurse, now=day.now)
    assert again.occupied.row.pk == day.encounter_id
    client.force_login(day.nurse)
    assert client.get(reverse("monitoring:tile", args=[site.slug, day.encounter_id])).status_code == 200
    looked_in = client.post(reverse("monitoring:from-tile", args=[site.slug, day.encounter_id]))
    assert looked_in.status_code == 302
    assert payloads(day, EventNoted)[-1].event == "looked in"


def test_without_a_dose_at_home_the_page_says_so_and_takes_nothing(client, as_role, patient, now):
    own = as_role(client, Role.PATIENT)
    assert home_session_of(patient, now=now) is None
    assert "No session at home now" in text(own.get(reverse("web:home-session")))
    for what in ("vitals", "attest", "check", "help"):
        assert "No session at home runs now." in text(send(own, what))
    assert own.post(reverse("web:home-state")).json() == {"version": ""}
    assert not LedgerEntry.objects.exists()
