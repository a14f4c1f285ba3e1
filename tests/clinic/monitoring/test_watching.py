"""Recording, correcting, acknowledging; the board and the flowsheet (read models only)."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.monitoring import board, services
from ajar.clinic.monitoring.models import SignsNow
from ajar.clinic.monitoring.part import quick_terms
from ajar.clinic.monitoring.readmodel import SignsFollow
from ajar.clinic.monitoring.selectors import Watching, alarm_key_of, standing_alarms, vitals_now, watching_of
from ajar.clinic.monitoring.services import AskOnce, NotWatched
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.products import Product
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME
from ajar.pathway.monitoring.entries import EventNoted, Priority
from ajar.pathway.monitoring.events import QUICK
from ajar.pathway.monitoring.latest import fold
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.people import SignIn, make_patient

HIGH = VitalsMeasured(systolic_mmhg=200.0, diastolic_mmhg=118.0)


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


@pytest.fixture
def running(infusion: Day, room: Room) -> Day:
    """An infusion that has just begun."""
    return infusion.ready(room).started()


def url(day: Day, rest: str = "") -> str:
    return f"/encounters/{day.encounter_id}/{rest}"


@pytest.mark.hazard("HAZ-10")
def test_an_unusual_value_is_asked_about_once(at_work: Client, running: Day) -> None:
    typed = {"systolic_mmhg": "200", "diastolic_mmhg": "118"}
    asked = at_work.post(url(running, "vitals/"), typed)
    assert asked.status_code == 422
    assert "Record 200/118?" in asked.content.decode()
    changed_mind = at_work.post(
        url(running, "vitals/"), {**typed, "systolic_mmhg": "201", "confirmed": "200/118"}
    )
    assert "Record 201/118?" in changed_mind.content.decode()
    assert at_work.post(url(running, "vitals/"), {**typed, "confirmed": "200/118"}).status_code == 302
    latest = vitals_now(running.encounter_id).latest("systolic_mmhg")
    assert latest is not None
    assert latest.value == 200


@pytest.mark.hazard("HAZ-10")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"spo2_percent": "140"}, "Oxygen saturation 140 % cannot be right: expected 40 to 100."),
        ({"systolic_mmhg": "80", "diastolic_mmhg": "120"}, "the first number must be the higher one"),
        ({"systolic_mmhg": "120"}, "Blood pressure needs both numbers"),
        ({}, "needs at least one value"),
        ({"heart_rate_bpm": "fast"}, "Enter a number"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(
    at_work: Client, running: Day, typed: dict[str, str], words: str
) -> None:
    before = vitals_now(running.encounter_id).readings
    answer = at_work.post(url(running, "vitals/"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert all(f'value="{value}"' in page for value in typed.values())
    assert vitals_now(running.encounter_id).readings == before


@pytest.mark.hazard("HAZ-18")
def test_a_late_entry_keeps_when_it_was_measured(
    at_work: Client, running: Day, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=30))
    at_work.post(url(running, "vitals/"), {"heart_rate_bpm": "88", "measured_at": "2026-03-02T10:12"})
    entry = all_encounter_entries(running.encounter_id)[-1]
    assert entry.happened_at == running.after(12).now
    assert entry.recorded_at == running.after(30).now
    refused = at_work.post(
        url(running, "vitals/"), {"heart_rate_bpm": "88", "measured_at": "2026-03-02T11:40"}
    )
    assert "in the future" in refused.content.decode()
    too_early = at_work.post(
        url(running, "vitals/"), {"heart_rate_bpm": "88", "measured_at": "2026-03-02T08:00"}
    )
    assert "before the patient arrived" in too_early.content.decode()


def test_nothing_is_recorded_before_the_patient_is_here(infusion: Day) -> None:
    with pytest.raises(NotWatched):
        infusion.vitals()


@pytest.mark.hazard("HAZ-10")
def test_the_service_itself_asks_about_unusual_values(running: Day) -> None:
    with pytest.raises(AskOnce) as asked:
        services.record_vitals(
            encounter_id=running.encounter_id, vitals=HIGH, by=running.nurse, now=running.now
        )
    assert asked.value.unusual == ("systolic pressure 200 mmHg", "diastolic pressure 118 mmHg")


def test_scales_and_events_are_recorded_with_one_form_each(at_work: Client, running: Day) -> None:
    at_work.post(url(running, "sedation/"), {"moaa_s": "4"})
    items = {f"item_{item}": "2" for item in (1, 2, 6, 7, 15, 22)}
    at_work.post(url(running, "dissociation/"), {**items, "distress": "no"})
    at_work.post(url(running, "events/"), {"event": "nausea"})
    at_work.post(url(running, "events/"), {"event": "laughing", "severity": "moderate", "note": "calm"})
    state = vitals_now(running.encounter_id)
    newest = {one.signal: one.value for one in state.newest}
    assert (newest["moaa_s"], newest["cadss_6"]) == (4.0, 12.0)
    told = [
        e.payload for e in all_encounter_entries(running.encounter_id) if isinstance(e.payload, EventNoted)
    ]
    assert [(one.event, one.severity) for one in told] == [("nausea", "mild"), ("laughing", "moderate")]
    assert at_work.post(url(running, "sedation/"), {"moaa_s": "9"}).status_code == 422
    assert at_work.post(url(running, "dissociation/"), items).status_code == 422
    assert at_work.post(url(running, "events/"), {"event": ""}).status_code == 422


def test_an_alarm_is_seen_and_then_resolved(at_work: Client, running: Day) -> None:
    at_work.post(url(running, "events/"), {"event": "panic"})
    (alarm,) = standing_alarms(running.encounter_id, now=running.now)
    assert (alarm.id, alarm.priority) == ("ALM-7", Priority.MEDIUM)
    at_work.post(url(running, "alarms/handle/"), {"alarm": alarm.key})
    (alarm,) = standing_alarms(running.encounter_id, now=running.now)
    assert alarm.seen_by == running.nurse.titled_name
    assert "seen by" in at_work.get(url(running, "alarms/")).content.decode()
    at_work.post(url(running, "alarms/handle/"), {"alarm": alarm.key, "action": "stayed with her"})
    assert standing_alarms(running.encounter_id, now=running.now) == ()


@pytest.mark.hazard("HAZ-12")
def test_a_corrected_value_stays_visible_beside_the_new_one(
    at_work: Client, running: Day, clock: time_machine.Traveller
) -> None:
    running.vitals(systolic_mmhg=184.0)
    entry = all_encounter_entries(running.encounter_id)[-1]
    page = at_work.get(url(running, f"correct/{entry.id}/"))
    assert 'value="184"' in page.content.decode()
    typed = {"systolic_mmhg": "148", "diastolic_mmhg": "78"}
    assert at_work.post(url(running, f"correct/{entry.id}/"), typed).status_code == 422  # no reason
    done = at_work.post(url(running, f"correct/{entry.id}/"), {**typed, "reason": "typed 184 for 148"})
    assert done.status_code == 302
    latest = vitals_now(running.encounter_id).latest("systolic_mmhg")
    assert latest is not None
    assert latest.value == 148
    sheet = at_work.get(url(running, "flowsheet/")).content.decode()
    assert "<s>184/78</s>" in sheet
    assert "typed 184 for 148" in sheet
    assert at_work.post(url(running, f"correct/{entry.id}/take-back/"), {"reason": "x"}).status_code == 422


def test_what_was_entered_in_error_is_taken_back(at_work: Client, running: Day) -> None:
    running.vitals(spo2_percent=71.0)
    entry = all_encounter_entries(running.encounter_id)[-1]
    at_work.post(url(running, f"correct/{entry.id}/take-back/"), {"reason": "another patient"})
    latest = vitals_now(running.encounter_id).latest("spo2_percent")
    assert latest is not None
    assert latest.value == 98
    assert at_work.post(url(running, f"correct/{entry.id}/take-back/"), {"reason": ""}).status_code == 422


def test_only_a_reading_of_this_encounter_is_corrected(at_work: Client, running: Day, infusion: Day) -> None:
    arrival = all_encounter_entries(running.encounter_id)[1]
    assert at_work.get(url(running, f"correct/{arrival.id}/")).status_code == 404
    entry = all_encounter_entries(running.encounter_id)[2]
    with pytest.raises(ValueError, match="one of its own kind"):
        services.correct_reading(
            entry=entry, corrected=SedationRated(moaa_s=5), reason="x", by=running.nurse, now=running.now
        )


def test_a_rebuild_computes_the_same_signs(running: Day) -> None:
    for minute in range(1, 12):
        running.after(minute).vitals(heart_rate_bpm=100.0 + minute)
    before = SignsFollow().snapshot()
    told = all_encounter_entries(running.encounter_id)
    rebuild(lambda _done, _total: None)
    assert SignsFollow().snapshot() == before
    kept = vitals_now(running.encounter_id)
    plain = fold(told, encounter_id=running.encounter_id)
    assert kept.signals == plain.signals


def test_the_board_shows_every_room_and_who_is_expected(
    at_work: Client, running: Day, new_york: Site, spray: Day
) -> None:
    make_room(new_york, "Room 2", 2)
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    page = at_work.get("/board/new-york/").content.decode()
    assert "204/110" in page
    assert "SBP 204 ≥ 200" in page
    assert "Room 2" in page
    assert "Expected today" in page
    assert running.patient.initials in page
    assert running.patient.family_name not in page  # a wall has many readers
    assert at_work.get("/board/").url == "/board/new-york/"  # type: ignore[attr-defined]
    assert at_work.get("/board/miami/").status_code == 404


@pytest.mark.hazard("HAZ-15")
def test_the_front_desk_sees_who_is_where_but_no_values(
    client: Client, as_role: SignIn, clock: time_machine.Traveller, running: Day
) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    page = as_role(client, Role.FRONT_DESK).get("/board/new-york/").content.decode()
    assert running.patient.initials in page
    assert "204/110" not in page
    assert "SBP" not in page


def test_one_room_is_drawn_alone(at_work: Client, running: Day, room: Room) -> None:
    page = at_work.get(f"/board/new-york/{room.pk}/").content.decode()
    assert str(running.encounter_id) in page
    assert "<html" not in page
    assert "<html" not in at_work.get("/board/new-york/?rooms=1").content.decode()


def test_the_board_asks_the_same_few_questions_for_one_room_as_for_many(
    at_work: Client, running: Day, new_york: Site, now: datetime
) -> None:
    at_work.get("/board/new-york/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        at_work.get("/board/new-york/")
    for number, name in enumerate(("Rosa", "Omar", "Greta"), start=2):
        other = plan_day(
            patient=make_patient(new_york, now, given_name=name),
            nurse=running.nurse,
            prescriber=running.prescriber,
            second=running.second,
            product=Product.ESKETAMINE_IN,
            now=now,
        )
        other.arrived(make_room(new_york, f"Room {number}", number)).vitals()
    with CaptureQueriesContext(connection) as many:
        at_work.get("/board/new-york/")
    assert len(many) == len(few)


def test_the_flowsheet_is_drawn_and_has_its_table(at_work: Client, running: Day) -> None:
    running.after(-1)
    page = at_work.get(url(running, "flowsheet/")).content.decode()
    assert "52.5 mg/h" in page
    assert "The same as a table" in page
    assert "124/78" in page
    assert "<html" not in at_work.get(url(running, "flowsheet/?sheet=1")).content.decode()


def test_a_flowsheet_without_anything_recorded_is_still_a_page(at_work: Client, infusion: Day) -> None:
    assert "no blood pressure yet" in at_work.get(url(infusion, "flowsheet/")).content.decode().lower()


@pytest.mark.hazard("HAZ-10")
def test_an_unusual_correction_is_asked_about_too(at_work: Client, running: Day) -> None:
    entry = next(
        e for e in all_encounter_entries(running.encounter_id) if isinstance(e.payload, VitalsMeasured)
    )
    typed = {"systolic_mmhg": "204", "diastolic_mmhg": "118", "reason": "typed 124 for 204"}
    asked = at_work.post(url(running, f"correct/{entry.id}/"), typed)
    assert "Record 204/118?" in asked.content.decode()
    done = at_work.post(url(running, f"correct/{entry.id}/"), {**typed, "confirmed": "204/118"})
    assert done.status_code == 302


def test_a_correction_leaves_what_the_pad_does_not_ask_for(at_work: Client, running: Day) -> None:
    running.after(1).vitals(weight_kg=71.5)
    entry = all_encounter_entries(running.encounter_id)[-1]
    typed = {"systolic_mmhg": "126", "diastolic_mmhg": "78", "reason": "typed wrongly"}
    assert at_work.post(url(running, f"correct/{entry.id}/"), typed).status_code == 302
    corrected = all_encounter_entries(running.encounter_id)[-1].payload
    assert isinstance(corrected, VitalsMeasured)
    assert corrected.values() == {"systolic_mmhg": 126, "diastolic_mmhg": 78, "weight_kg": 71.5}


def test_every_mark_of_a_tile_has_its_place_on_the_track() -> None:
    css = (Path(board.__file__).parent / "static" / "monitoring" / "watch.css").read_text()
    for minute in {tick for ticks in board.TICKS_MIN.values() for tick in ticks}:
        percent = f"{round(minute / 1.5, 4):g}"
        assert f'[data-tick="{minute}"] {{ left: {percent}%; }}' in css
    assert set(board.TICKS_MIN) == set(Product)


def test_the_session_and_the_flowsheet_say_what_is_due_when(at_work: Client, running: Day) -> None:
    for page in (url(running), url(running, "flowsheet/")):
        told = at_work.get(page).content.decode()
        assert "What is due when" in told
        assert "+40 min" in told
        assert "MON-3" in told


def test_a_finding_of_the_evaluation_brings_the_pressure_closer(at_work: Client, running: Day) -> None:
    running.note(
        EvaluationSigned(
            outcome="eligible",
            indication="treatment-resistant depression",
            product=Product.KETAMINE_IV,
            jurisdiction="US",
            rulebook_version="1",
            findings=("DDI-04",),
            summary="",
            meaning="I have evaluated this patient.",
        )
    )
    running.vitals()
    watching = watching_of(running.encounter_id)
    assert watching.needs.closer == ("DDI-04",)
    page = at_work.get(url(running, "flowsheet/")).content.decode()
    assert "DDI-04: psychostimulant" in page
    assert "+5 min" in page


def test_the_law_of_the_site_chooses_the_plan(running: Day) -> None:
    Site.objects.filter(pk=running.encounter.site_id).update(jurisdiction="EU")
    assert watching_of(running.encounter_id).jurisdiction == "EU"
    assert watching_of(UUID(int=1)) == Watching(programme=DEFAULT_PROGRAMME)


@pytest.mark.hazard("HAZ-12")
def test_a_state_written_by_an_earlier_release_is_computed_again(running: Day) -> None:
    running.vitals(spo2_percent=93.0)
    before = vitals_now(running.encounter_id)
    SignsNow.objects.filter(pk=running.encounter_id).update(state='{"trails": []}')
    assert vitals_now(running.encounter_id) == before


def test_a_reading_told_too_late_for_the_state_is_still_taken(running: Day) -> None:
    for minute, rate in ((1, 112.0), (2, 130.0), (3, 129.0), (4, 128.0)):
        running.after(minute).vitals(heart_rate_bpm=rate)
    services.record_vitals(
        encounter_id=running.encounter_id,
        vitals=VitalsMeasured(heart_rate_bpm=120.0),
        by=running.nurse,
        now=running.after(5).now,
        measured_at=running.after(2.5).now,
    )
    told = all_encounter_entries(running.encounter_id)
    assert vitals_now(running.encounter_id).signals == fold(told, encounter_id=running.encounter_id).signals


def test_a_high_alarm_that_is_over_waits_for_someone_to_see_it(at_work: Client, running: Day) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    running.after(1).vitals()
    (alarm,) = standing_alarms(running.encounter_id, now=running.after(1).now)
    assert (alarm.latched, alarm.text) == (True, "SBP was 204 ≥ 200, now 124")
    assert alarm_key_of([alarm]) == "high ALM-1 systolic_mmhg over"
    services.acknowledge_alarm(
        encounter_id=running.encounter_id, alarm=alarm, by=running.nurse, now=running.after(2).now
    )
    assert standing_alarms(running.encounter_id, now=running.after(2).now) == ()


def test_at_home_an_answered_check_is_one_tap() -> None:
    assert quick_terms(Product.KETAMINE_SL_HOME)[0].name == "check-in answered"
    assert [term.name for term in quick_terms(Product.KETAMINE_IV)] == list(QUICK)
