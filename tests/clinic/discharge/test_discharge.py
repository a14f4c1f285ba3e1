"""Going home as a nurse does it: criteria, assessment, recovery, and a release that is a timed act."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.discharge.giving import give_instructions
from ajar.clinic.discharge.services import (
    DischargeRefused,
    assess,
    confirm_recovery,
    leave_against_advice,
    release,
)
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.selectors import all_encounter_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.tasks.models import Task
from ajar.pathway.discharge.entries import (
    DischargeAssessed,
    InstructionsGiven,
    LeftAgainstAdvice,
    Recipient,
    RecoveryConfirmed,
    Released,
    Way,
)
from ajar.pathway.discharge.guard import NotYet
from ajar.pathway.dosing.stage import MoveRefused, Stage
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.discharge.telling import Told
from tests.pathway.discharge.story import assessed, drug
from tests.pathway.discharge.story import release as released
from tests.support.people import BACKEND


@pytest.fixture
def on_the_floor(client: Client, nurse) -> Client:
    client.force_login(nurse, backend=BACKEND)
    return client


@pytest.fixture
def told(session, nurse, now) -> Told:
    """The first drug went in 127 minutes ago: the two hours after the last device are just over."""
    return Told(encounter=session, by=nurse, start=now - timedelta(minutes=127))


@pytest.fixture
def watched(told, clock) -> Told:
    return told.watched(until=126)


@pytest.fixture
def recovered(watched, nurse, now) -> Told:
    confirm_recovery(encounter_id=watched.encounter.pk, by=nurse, now=now, expected=ANYWHERE)
    return watched


def url(name, session):
    return reverse(f"discharge:{name}", args=[session.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def expected(session):
    return {"expected": decision_position(session.patient_id)}


def stage(session):
    return session_now(session.pk).stage


def last(session, kind):
    return [entry for entry in all_encounter_entries(session.pk) if isinstance(entry.payload, kind)][-1]


def answers(**changes):
    points = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "saturation"), "2")
    asked = dict.fromkeys(
        ("oriented", "steady_gait", "nausea_absent_or_minimal", "suicide_check_done"), "yes"
    )
    return points | asked | {"suicide_check_note": "denies"} | changes


def handing_over(session, now, **changes):
    form = {
        **expected(session),
        "left_at": now.isoformat(),
        "shown_name": "Rosa Garland",
        "who": "named",
        "relation": "sister",
        "given_to": ["patient", "escort"],
        "language": "en",
        "ready_without_rule_min": "95",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


# -- The criteria -----------------------------------------------------------------------------------------


def test_the_page_names_what_is_open_in_words_and_offers_the_assessment(on_the_floor, told, session, clock):
    told.dosed(escort="")
    page = text(on_the_floor.get(url("assess", session)))
    assert "12 of 13 open" in page
    assert "Escort not named." in page
    assert "Not assessed since the drug was given." in page
    assert "Record this assessment" in page
    assert "has recovered" not in page


def test_when_everything_stands_the_one_action_is_to_confirm(on_the_floor, watched, session):
    page = text(on_the_floor.get(url("assess", session)))
    assert "1 of 13 open" in page
    assert "Confirm: Alma Quist has recovered" in page
    assert "Sedation resolved, 09:59 EST" in page


def test_the_criteria_are_asked_for_again_and_left_alone_when_nothing_changed(
    on_the_floor, watched, session, clock
):
    page = on_the_floor.get(url("assess", session)).content.decode()
    seen = re.search(r"seen=(\w+)", page)[1]
    asked = {"seen": seen, "stage": "observed"}
    assert on_the_floor.get(url("criteria", session), asked).status_code == 204
    watched.tell(127, VitalsMeasured(spo2_percent=88))
    changed = on_the_floor.get(url("criteria", session), asked)
    assert "Oxygen is too low." in text(changed)
    assert "hx-swap-oob" in changed.content.decode()


def test_a_page_whose_session_moved_on_says_so(on_the_floor, recovered, session):
    changed = on_the_floor.get(url("criteria", session), {"seen": "x", "stage": "observed"})
    assert "This session is now in stage recovered." in text(changed)
    assert "release-button" not in changed.content.decode()


def test_an_encounter_without_a_session_is_not_found(on_the_floor, session, clock):
    assert on_the_floor.get(url("assess", session)).status_code == 404


@pytest.mark.parametrize("told_until", ["ready", "dosing"])
def test_before_the_dose_has_ended_the_page_waits(on_the_floor, told, session, clock, told_until):
    told.ready()
    page = text(on_the_floor.get(url("assess", session)))
    assert "This session is in stage ready." in page


# -- Assessment and recovery --------------------------------------------------------------------------------


def test_an_assessment_is_recorded_and_judged_at_once(on_the_floor, told, session, clock):
    told.dosed()
    done = on_the_floor.post(url("record", session), answers() | expected(session), follow=True)
    assert "10 of 10; 9 is needed." in text(done)
    assert last(session, DischargeAssessed).payload.suicide_check_note == "denies"


def test_an_assessment_with_an_open_question_is_not_guessed(on_the_floor, told, session, clock):
    told.dosed()
    form = answers() | expected(session)
    del form["steady_gait"]
    page = on_the_floor.post(url("record", session), form)
    assert page.status_code == 422
    assert "Walks steadily" in text(page)
    assert page.content.decode().count("checked") == 8


def test_before_the_dose_has_ended_nobody_is_assessed(told, session, nurse, now):
    told.ready()
    with pytest.raises(DischargeRefused, match="stage ready"):
        assess(encounter_id=session.pk, assessed=assessed(), by=nurse, now=now, expected=ANYWHERE)


def test_recovery_is_confirmed_with_what_was_met(on_the_floor, watched, session):
    on_the_floor.post(url("confirm", session), expected(session))
    assert stage(session) is Stage.RECOVERED
    confirmed = last(session, RecoveryConfirmed).payload
    assert "B-STAY" in confirmed.criteria
    assert "C-INSTRUCTIONS" not in confirmed.criteria


@pytest.mark.hazard("HAZ-06")
def test_recovery_is_refused_while_a_criterion_is_open(on_the_floor, watched, session):
    watched.tell(127, SedationRated(moaa_s=4))
    page = on_the_floor.post(url("confirm", session), expected(session))
    assert page.status_code == 422
    assert "Confirming recovery is not possible yet. Awake: Still sedated." in text(page)
    assert stage(session) is Stage.OBSERVED


def test_an_observation_does_not_make_the_page_stale_but_a_decision_does(watched, session, nurse, now):
    seen = decision_position(session.patient_id)
    watched.tell(127, VitalsMeasured(heart_rate_bpm=70))
    assess(encounter_id=session.pk, assessed=assessed(), by=nurse, now=now, expected=seen)
    with pytest.raises(StaleLedger):
        confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=seen)


def test_recovery_can_be_lost_with_what_came_back(on_the_floor, recovered, session):
    on_the_floor.post(url("lose", session), expected(session) | {"because": "dizzy on standing"})
    assert stage(session) is Stage.OBSERVED
    assert on_the_floor.post(url("lose", session), expected(session) | {"because": ""}).status_code == 422


# -- Release ------------------------------------------------------------------------------------------------


def test_the_button_says_to_whom_and_when_and_presumes_nobody(on_the_floor, recovered, session):
    page = on_the_floor.get(url("assess", session))
    assert "Release: choose to whom, 10:00 EST" in text(page)
    assert 'value="named"' in page.content.decode()
    assert "checked" not in page.content.decode()


def test_a_release_records_whom_when_and_with_what(on_the_floor, recovered, session, now):
    done = on_the_floor.post(url("release", session), handing_over(session, now), follow=True)
    assert "This session is closed" in text(done)
    assert stage(session) is Stage.DISCHARGED
    entry = last(session, Released)
    assert (entry.happened_at, entry.payload.handed_to) == (now, "Rosa Garland")
    assert entry.payload.instructions_given_to == ("patient", "escort")
    assert entry.payload.ready_without_rule_min == 95


def test_a_name_that_was_not_on_the_button_comes_back_to_be_pressed_again(
    on_the_floor, recovered, session, now
):
    form = handing_over(session, now, who="other", other_name="Tomas Lind", shown_name="Rosa Garland")
    page = on_the_floor.post(url("release", session), form)
    assert page.status_code == 422
    assert "Release to Tomas Lind, 10:00 EST" in text(page)
    assert stage(session) is Stage.RECOVERED
    on_the_floor.post(url("release", session), form | {"shown_name": "Tomas Lind"})
    assert last(session, Released).payload.handed_to == "Tomas Lind"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"who": None}, "Handed to"),
        ({"who": "other", "other_name": " "}, "Write the name of the person"),
        ({"given_to": ["patient"]}, "Not yet given to the escort"),
        ({"ready_without_rule_min": ""}, "when would this patient have been ready"),
        ({"ready_without_rule_min": "500"}, "Ready after 500 min cannot be"),
        ({"left_at": "soon"}, "Open the page again"),
        ({"left_at": "2026-03-02T14:40:00+00:00"}, "more than 10 minutes old"),
        ({"left_at": "2026-03-02T15:40:00+00:00"}, "lies in the future"),
    ],
)
def test_a_release_that_leaves_something_open_is_refused_in_words(
    on_the_floor, recovered, session, now, changes, words
):
    page = on_the_floor.post(url("release", session), handing_over(session, now, **changes))
    assert page.status_code == 422
    assert words in text(page)
    assert stage(session) is Stage.RECOVERED


@pytest.mark.hazard("HAZ-06")
def test_a_release_is_refused_by_the_service_itself_while_a_gate_is_open(recovered, session, nurse, now):
    recovered.tell(127, VitalsMeasured(systolic_mmhg=172, diastolic_mmhg=100))
    with pytest.raises(NotYet, match="Blood pressure: Too high"):
        release(encounter_id=session.pk, released=released(), by=nurse, now=now, expected=ANYWHERE)


@pytest.mark.hazard("HAZ-06")
def test_nobody_is_released_from_observation(watched, session, nurse, now):
    with pytest.raises(MoveRefused):
        release(encounter_id=session.pk, released=released(), by=nurse, now=now, expected=ANYWHERE)


def test_without_a_named_escort_somebody_is_named_at_the_door(on_the_floor, told, session, nurse, now, clock):
    told.watched(until=126, escort="")
    confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    assert 'value="named"' not in on_the_floor.get(url("assess", session)).content.decode()
    form = handing_over(session, now, who="other", other_name="Tomas  Lind", shown_name="Tomas Lind")
    on_the_floor.post(url("release", session), form)
    assert stage(session) is Stage.DISCHARGED


def test_an_infusion_is_released_an_hour_after_its_end(on_the_floor, session, nurse, now, clock):
    start = now - timedelta(minutes=101)
    told = Told(encounter=session, by=nurse, start=start, product=Product.KETAMINE_IV).watched(until=99)
    confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    form = handing_over(session, now, ready_without_rule_min="")
    on_the_floor.post(url("release", session), form)
    assert stage(session) is Stage.DISCHARGED
    assert last(session, Released).payload.ready_without_rule_min is None
    assert told.product is Product.KETAMINE_IV


def test_the_question_about_the_rule_is_asked_and_kept_for_an_infusion_too(
    on_the_floor, session, nurse, now, clock
):
    start = now - timedelta(minutes=101)
    Told(encounter=session, by=nurse, start=start, product=Product.KETAMINE_IV).watched(until=99)
    confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    on_the_floor.post(url("release", session), handing_over(session, now))
    assert last(session, Released).payload.ready_without_rule_min == 95


@pytest.mark.parametrize(
    ("product", "minute"),
    [
        (Product.KETAMINE_IM, 90),
        (Product.KETAMINE_SC, 90),
        (Product.KETAMINE_SL_CLINIC, 120),
        (Product.KETAMINE_PO, 120),
        (Product.KETAMINE_SL_HOME, 180),
    ],
)
def test_every_product_keeps_its_patient_for_its_own_time(session, nurse, now, clock, product, minute):
    start = now - timedelta(minutes=minute)
    told = Told(encounter=session, by=nurse, start=start, product=product).watched(until=minute - 1)
    early = told.at(minute - 0.5)
    with pytest.raises(NotYet, match="inimum stay: 1 min to go"):
        confirm_recovery(encounter_id=session.pk, by=nurse, now=early, expected=ANYWHERE)
    confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    assert stage(session) is Stage.RECOVERED


@pytest.mark.hazard("HAZ-06")
def test_a_sick_liver_on_the_chart_keeps_the_patient_an_hour_longer(watched, session, nurse, now):
    answer = HistoryAnswered(question="moderate_liver_disease", answer=Answer.YES)
    append([NewEntry(payload=answer, happened_at=now)], patient_id=session.patient_id,
           expected=ANYWHERE, by=author_of(nurse), now=now)  # fmt: skip
    with pytest.raises(NotYet, match="58 min to go"):
        confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)


def test_under_eu_law_the_spray_has_no_fixed_time_but_every_other_gate(session, nurse, now, clock):
    session.site.jurisdiction = "EU"
    session.site.save()
    told = Told(encounter=session, by=nurse, start=now - timedelta(minutes=60)).watched(until=59)
    told.tell(59.5, SedationRated(moaa_s=4))
    with pytest.raises(NotYet, match="Still sedated"):
        confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    told.tell(60, SedationRated(moaa_s=5))
    confirm_recovery(encounter_id=session.pk, by=nurse, now=now, expected=ANYWHERE)
    assert stage(session) is Stage.RECOVERED


# -- Leaving against advice ---------------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-06")
def test_leaving_against_advice_closes_the_session_with_what_was_open(on_the_floor, told, session, clock):
    told.dosed()
    form = expected(session) | {"because": "my bus leaves", "advised": "to stay until 10:12"}
    done = on_the_floor.post(url("leave", session), form, follow=True)
    assert "This session is closed" in text(done)
    left = last(session, LeftAgainstAdvice).payload
    assert "A-ALDRETE" in left.unmet
    assert left.advised == "to stay until 10:12"
    task = Task.objects.get(kind="left-against-advice")
    assert (task.patient, task.owner_role) == (session.patient, Role.NURSE)
    assert task.due_at == last(session, LeftAgainstAdvice).happened_at + timedelta(hours=24)


def test_what_was_advised_must_be_said(on_the_floor, told, session, nurse, now, clock):
    told.dosed()
    page = on_the_floor.post(url("leave", session), expected(session) | {"because": "", "advised": ""})
    assert page.status_code == 422
    with pytest.raises(ValueError, match="advised"):
        leave_against_advice(
            encounter_id=session.pk, because="", advised=" ", by=nurse, now=now, expected=ANYWHERE
        )


# -- The sheet, and who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Do not drive or use machines until tomorrow"),
        ("es", "No conduzca ni use máquinas"),
        ("fr", "Do not"),
    ],
)
def test_the_instructions_print_in_english_and_spanish(on_the_floor, session, clock, language, words):
    assert words in text(on_the_floor.get(url("instructions", session), {"language": language}))


def test_the_sheet_comes_in_the_patients_language(on_the_floor, session, clock):
    session.patient.language = "es"
    session.patient.save()
    assert "Después de su sesión" in text(on_the_floor.get(url("instructions", session)))


@pytest.mark.parametrize(
    ("role", "reads", "acts"),
    [
        (Role.NURSE, 200, 422),
        (Role.PRESCRIBER, 200, 422),
        (Role.THERAPIST, 200, 403),
        (Role.FRONT_DESK, 403, 403),
        (Role.PATIENT, 403, 403),
    ],
)
def test_nurses_and_prescribers_release_therapists_read(as_role, client, watched, session, role, reads, acts):
    as_role(client, role)
    assert client.get(url("assess", session)).status_code == reads
    assert client.post(url("release", session), {}).status_code == acts


# -- Instructions in writing, and the strip of gates ------------------------------------------------------


def test_the_strip_says_how_each_gate_stands_and_comes_with_the_criteria(on_the_floor, watched, session):
    page = text(on_the_floor.get(url("assess", session)))
    assert "Gate A Score All met Modified Aldrete score: 10 of 10" in page
    assert "Sedation resolved 09:59 EST" in page
    assert "Gate C Leaving 1 of 8 open" in page
    part = on_the_floor.get(url("criteria", session), {"seen": "x", "stage": "observed"}).content.decode()
    assert '<section id="gates"' in part
    assert part.count("hx-swap-oob") == 2  # the strip and the action, beside the list


def test_instructions_are_handed_over_and_sent_in_spanish_and_stand_in_the_portal(
    on_the_floor, watched, session, patient
):
    refused = on_the_floor.post(url("give", session), {"language": "es", "way": "printed"})
    assert "Say to whom the printed copies were handed." in text(refused)
    handed = {"language": "es", "way": "printed", "given_to": ["patient", "escort"]}
    assert on_the_floor.post(url("give", session), handed).status_code == 302
    before = decision_position(session.patient_id)
    assert on_the_floor.post(url("give", session), {"language": "es", "way": "portal"}).status_code == 302
    assert decision_position(session.patient_id) == before  # nobody's open form grew old
    sent = last(session, InstructionsGiven)
    assert (sent.payload.way, sent.payload.given_to, sent.payload.names) == (
        "portal",
        ("patient",),
        ("Alma Quist",),
    )
    page = text(on_the_floor.get(url("assess", session)))
    assert "Printed (es): Alma Quist, Rosa Garland, 10:00 EST" in page
    assert "Sent to the portal (es): Alma Quist, 10:00 EST" in page
    assert "0 of 13 open" in page

    own = Client()
    own.force_login(patient.account, backend=BACKEND)
    assert reverse("web:my-instructions", args=[session.pk]) in own.get("/me/").content.decode()
    message = own.get(reverse("web:my-instructions", args=[session.pk]))
    assert "Después de su sesión" in text(message)
    assert "After your session" in text(
        own.get(reverse("web:my-instructions", args=[session.pk]), {"language": "en"})
    )


def test_instructions_are_not_sent_before_the_dose_ended_or_to_nobody(told, session, nurse, patient, now):
    sending = {"encounter_id": session.pk, "language": "en", "given_to": (Recipient.PATIENT,), "by": nurse}
    told.ready()
    with pytest.raises(DischargeRefused, match="after the dose has ended"):
        give_instructions(way=Way.PORTAL, now=now, **sending)
    told.tell(1, *[payload for _, payload in drug(Product.ESKETAMINE_IN)])
    with pytest.raises(DischargeRefused, match="are written in: en, es"):
        give_instructions(way=Way.PRINTED, now=now, **(sending | {"language": "fr"}))
    Patient.objects.filter(pk=patient.pk).update(account=None)
    with pytest.raises(DischargeRefused, match="no account in the portal"):
        give_instructions(way=Way.PORTAL, now=now, **sending)
