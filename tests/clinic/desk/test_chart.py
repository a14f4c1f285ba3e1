"""The chart's frame: a patient at a glance, their sessions, and the entries behind it all."""

from datetime import timedelta

import pytest

from ajar.clinic.desk.selectors import LINES_PER_PAGE, glance, ledger_lines, sessions_of, spoken
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.ledger.services import correct
from ajar.clinic.staff.authors import author_of
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.integration.entries import PrivateNoteWritten
from ajar.pathway.maintenance.standing import Step
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    MedicationRecorded,
)
from ajar.pathway.staff.roles import CLINICIANS, STAFF, Role

DEPRESSION = Coding(system=CodeSystem.ICD_10_CM, code="F33.2", display="Recurrent depression, severe")
LITHIUM = Coding(system=CodeSystem.RXNORM, code="6448", display="Lithium carbonate")
NUTS = Coding(system=CodeSystem.TEXT, code="", display="Nuts")


def condition(status=ConditionStatus.ACTIVE):
    return ConditionRecorded(condition=DEPRESSION, status=status, onset_on=None, abated_on=None)


def medicine(*, active=True):
    return MedicationRecorded(
        medicine=LITHIUM, active=active, dose_text="300 mg", route_text="", started_on=None, ended_on=None
    )


def allergy(*, active=True):
    return AllergyRecorded(substance=NUTS, reaction="hives", active=active)


def phq9(*items):
    return QuestionnaireAnswered(
        instrument=PHQ9.id,
        instrument_version=PHQ9.version,
        language="en",
        mode=Mode.SELF_WEB,
        items=items,
        recall="2 weeks",
        occasion="baseline",
    )


@pytest.fixture
def seen(patient, nurse):
    return lambda: glance(patient, viewer=nurse)


class TestAtAGlance:
    def test_an_empty_chart_claims_nothing(self, seen):
        found = seen()
        assert found.standing.step is Step.SCREENED
        assert not any((found.conditions, found.medications, found.allergies, found.vitals, found.phq9))

    def test_what_holds_now_is_shown(self, chart, seen):
        chart(condition(), medicine(), allergy())
        found = seen()
        assert [one.condition.display for one in found.conditions] == ["Recurrent depression, severe"]
        assert [one.dose_text for one in found.medications] == ["300 mg"]
        assert [one.reaction for one in found.allergies] == ["hives"]

    @pytest.mark.hazard("HAZ-11")
    def test_what_ended_is_gone_though_it_was_recorded_before_as_active(self, chart, seen):
        chart(condition(), medicine(), allergy(), hours_ago=48)
        chart(condition(ConditionStatus.RESOLVED), medicine(active=False), allergy(active=False), hours_ago=1)
        found = seen()
        assert not any((found.conditions, found.medications, found.allergies))

    def test_what_was_recorded_twice_is_shown_once(self, chart, seen):
        chart(condition(), medicine(), hours_ago=48)
        chart(condition(), medicine(), hours_ago=1)
        assert (len(seen().conditions), len(seen().medications)) == (1, 1)

    @pytest.mark.hazard("HAZ-11")
    def test_each_vital_sign_is_the_latest_by_the_time_it_was_measured(self, chart, seen, now):
        chart(VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=82, heart_rate_bpm=71), hours_ago=1)
        chart(VitalsMeasured(systolic_mmhg=150, diastolic_mmhg=99, weight_kg=70.5), hours_ago=20)
        values = {value.label: (value.text, value.unit, now - value.at) for value in seen().vitals}
        assert values == {
            "Blood pressure": ("128/82", "mmHg", timedelta(hours=1)),
            "Heart rate": ("71", "/min", timedelta(hours=1)),
            "Weight": ("70.5", "kg", timedelta(hours=20)),
        }
        assert seen().vitals[0].label == "Blood pressure"
        assert {value.by for value in seen().vitals} == {"New York Nurse, RN"}

    def test_a_corrected_reading_is_shown_as_corrected(self, chart, seen, by, now):
        [wrong] = chart(VitalsMeasured(spo2_percent=79))
        correct(entry=wrong, payload=VitalsMeasured(spo2_percent=97), reason="typed wrongly", by=by, now=now)
        assert [value.text for value in seen().vitals] == ["97"]

    def test_the_last_whole_questionnaire_is_the_score(self, chart, seen, now):
        chart(phq9(*[2] * 9), hours_ago=72)
        chart(phq9(*[1] * 9), hours_ago=48)
        chart(phq9(*[3] * 8, None), hours_ago=1)
        found = seen().phq9
        assert (found.total, found.at) == (9, now - timedelta(hours=48))
        assert found.band


@pytest.mark.hazard("HAZ-15")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_clinical_facts_are_on_the_page_for_those_who_read_charts(
    client, as_role, clock, chart, plan, patient, now, role
):
    chart(condition(), medicine(), allergy(), phq9(*[2] * 9), VitalsMeasured(spo2_percent=97))
    session = plan(now + timedelta(days=1))
    page = as_role(client, role).get(f"/patients/{patient.pk}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "40 years, born 1985-06-01" in words
    assert "alma@people.example" in words
    assert "Session 1" in words
    clinical = ("Recurrent depression", "Lithium", "Nuts", "PHQ-9", "SpO", "In evaluation", "Screened")
    shown = [said for said in clinical if said in words]
    assert bool(shown) == (role in CLINICIANS), shown
    assert (f"/encounters/{session.encounter_id}/" in words) == (role in CLINICIANS)
    assert (f"/patients/{patient.pk}/ledger/" in words) == (role in CLINICIANS)


def test_a_chart_without_a_session_says_so(client, as_role, clock, patient):
    nurses = as_role(client, Role.NURSE)
    assert "No session is planned yet." in nurses.get(f"/patients/{patient.pk}/").content.decode()
    assert "No session yet" in nurses.get(f"/patients/{patient.pk}/sessions/").content.decode()


def test_sessions_are_listed_the_newest_first(client, as_role, clock, plan, patient, now):
    first, second = plan(now), plan(now + timedelta(days=3), number=2)
    assert sessions_of(patient) == [second, first]
    words = as_role(client, Role.THERAPIST).get(f"/patients/{patient.pk}/sessions/").content.decode()
    assert words.index(f"/encounters/{second.encounter_id}/note/") < words.index(
        f"/encounters/{first.encounter_id}/note/"
    )
    assert "35 mg" in words


class TestTheEntriesBehindIt:
    @pytest.fixture
    def lines(self, patient, nurse):
        def shown(viewer=nurse, before=None):
            return ledger_lines(patient, viewer=viewer, before=before)

        return shown

    @pytest.fixture
    def therapist(self, staff):
        return staff[Role.THERAPIST]

    def test_they_stand_newest_first(self, chart, lines):
        chart(*[VitalsMeasured(spo2_percent=90 + one) for one in range(3)])
        assert [line.entry.position for line in lines()] == [3, 2, 1]

    @pytest.mark.hazard("HAZ-12")
    def test_what_was_replaced_is_still_there_and_marked(
        self, chart, lines, by, now, client, as_role, clock, patient
    ):
        [wrong] = chart(VitalsMeasured(spo2_percent=79))
        correct(entry=wrong, payload=VitalsMeasured(spo2_percent=97), reason="typed wrongly", by=by, now=now)
        assert [line.superseded for line in lines()] == [False, True]
        words = as_role(client, Role.NURSE).get(f"/patients/{patient.pk}/ledger/").content.decode()
        assert words.count("replaced later") == 1
        assert "typed wrongly" in words
        assert "79" in words

    @pytest.mark.hazard("HAZ-16")
    def test_a_private_note_is_there_for_its_author_alone(self, chart, lines, staff, therapist):
        chart(PrivateNoteWritten(text="Grief for the brother."), author=author_of(therapist))
        assert [len(lines(viewer=viewer)) for viewer in staff.values()].count(1) == 1
        assert len(lines(viewer=therapist)) == 1

    @pytest.mark.hazard("HAZ-16")
    def test_private_notes_of_others_neither_fill_a_page_nor_end_the_list(
        self, chart, lines, therapist, nurse, patient
    ):
        chart(VitalsMeasured(spo2_percent=97))
        notes = [PrivateNoteWritten(text=f"Note {one}.") for one in range(LINES_PER_PAGE + 5)]
        chart(*notes, author=author_of(therapist))
        assert [line.entry for line in lines()] == entries_of(patient.pk, viewer=nurse)

    def test_a_long_ledger_is_turned_page_by_page_and_every_entry_is_on_one(
        self, chart, lines, client, as_role, clock, patient
    ):
        chart(*[VitalsMeasured(heart_rate_bpm=60 + one % 30) for one in range(LINES_PER_PAGE + 2)])
        first, second = lines(), lines(before=3)
        assert [line.entry.position for line in (*first, *second)] == list(range(LINES_PER_PAGE + 2, 0, -1))
        page = as_role(client, Role.NURSE).get(f"/patients/{patient.pk}/ledger/")
        assert "?before=3" in page.content.decode()
        earlier = client.get(f"/patients/{patient.pk}/ledger/", {"before": "3"}).content.decode()
        assert "Earlier entries" not in earlier

    @pytest.mark.parametrize("before", ["", "0", "-3", "now", "9" * 400, "٣"])
    def test_a_place_that_is_none_is_answered_all_the_same(
        self, chart, client, as_role, clock, patient, before
    ):
        chart(VitalsMeasured(spo2_percent=97))
        answer = as_role(client, Role.NURSE).get(f"/patients/{patient.pk}/ledger/", {"before": before})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (HistoryAnswered(question="aneurysm", answer=Answer.NO), {"question": "aneurysm", "answer": "no"}),
        (VitalsMeasured(spo2_percent=97, at_rest=True), {"spo2 percent": "97", "at rest": "yes"}),
        (allergy(active=False), {"substance": "text, Nuts", "reaction": "hives", "active": "no"}),
        (phq9(1, 0, None), {"items": "1, 0, –", "instrument": PHQ9.id}),
    ],
)
def test_an_entry_is_said_in_names_and_words(payload, said):
    assert said.items() <= dict(spoken(payload)).items()
