"""The session note: assembled from entries, and honest about what it lacks."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.careplan.entries import CourseOrdered, WeightBasis
from ajar.pathway.discharge.entries import LeftAgainstAdvice
from ajar.pathway.dosing.entries import DoseEnded, PatientMoved, ReadinessAnswered, SessionCancelled
from ajar.pathway.dosing.session import fold
from ajar.pathway.evaluation.products import Product
from ajar.pathway.integration.entries import IntegrationHeld, Purpose
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from ajar.pathway.paperwork.entries import RemsAnswered
from ajar.pathway.paperwork.note import Note, session_note
from ajar.pathway.paperwork.note_vitals import Phase
from ajar.pathway.paperwork.sealing import NothingToSign, sealed, signature_over
from ajar.pathway.paperwork.told import kind_words, product_words
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.terms import DICTIONARY_VERSION
from tests.pathway.discharge.story import (
    ENCOUNTER,
    START,
    Story,
    assessed,
    at,
    device,
    dissociated,
    planned,
    readiness,
    release,
)

NEW_YORK = ZoneInfo("America/New_York")
ANSWERS = RemsAnswered(
    enrolled=True, vitals_acceptable_before=True, vitals_acceptable_after=True, serious_event=False
)
LEFT = LeftAgainstAdvice(unmet=("B-STAY", "B-SEDATION"), because="", advised="to stay until 12:05")


def note_of(story: Story, *, booked: bool = True, certified_as: RemsSetting = RemsSetting.OUTPATIENT) -> Note:
    session = fold([entry for entry in story.entries if entry.encounter_id == ENCOUNTER])
    assert session is not None
    integration_at = START + timedelta(days=1) if booked else None
    return session_note(
        session, story.entries, zone=NEW_YORK, integration_at=integration_at, certified_as=certified_as
    )


def facts(note: Note, section_id: str) -> dict[str, str]:
    section = next(section for section in note.sections if section.id == section_id)
    return {fact.label: fact.value for fact in section.facts}


def complete() -> Story:
    story = Story().discharged(minute=130)
    story.tell(131, ANSWERS)
    return story


def test_a_complete_session_lacks_nothing_and_can_be_signed() -> None:
    note = note_of(complete())
    assert note.missing == ()
    assert [section.id for section in note.sections] == [
        "plan",
        "readiness",
        "order",
        "drug",
        "ratings",
        "events",
        "adverse",
        "discharge",
        "integration",
    ]


def test_the_note_tells_the_session_in_its_own_words() -> None:
    note = note_of(complete())
    assert facts(note, "drug") == {
        "Device sprayed, 10:00 EST": "device 1, 28 mg, lot 24KG101",
        "Device sprayed, 10:05 EST": "device 2, 28 mg, lot 24KG101",
        "Dose ended, 10:06 EST": "56 mg in all",
    }
    assert facts(note, "ratings") == {
        "Sedation": "lowest MOAA/S 4 at 10:41 EST; resolved 11:30 EST",
        "Dissociation": "CADSS-6 0 before, highest 9 at 10:41 EST, 0 at 12:06 EST",
    }
    assert facts(note, "discharge")["Released, 12:10 EST"] == (
        "to Rosa Garland (sister); instructions (en) to patient and escort"
    )
    assert facts(note, "discharge")["Ready without the minimum stay"] == "after 95 min"
    assert facts(note, "discharge")["Stayed"] == "130 min from the first drug"
    assert facts(note, "readiness")["Escort"] == "Rosa Garland"
    assert facts(note, "order")["Checked by two"] == (
        "Dana Rowe, RN and Ines Calder, RN; lot 24KG101, expires 2027-06-30"
    )
    assert facts(note, "integration") == {"Booked": "03 March 2026, 10:00 EST"}


def test_every_line_but_the_plan_and_the_office_names_the_entry_it_came_from() -> None:
    for section in note_of(complete()).sections:
        if section.id not in ("plan", "integration"):
            assert all(fact.entries or fact.label == "Stayed" for fact in section.facts)


def test_a_part_that_comes_from_one_entry_names_it_once() -> None:
    sections = {section.id: section for section in note_of(complete()).sections}
    [answered] = sections["readiness"].origin
    assert isinstance(answered.payload, ReadinessAnswered)
    assert sections["drug"].origin == ()
    assert sections["integration"].origin == ()


def test_the_table_of_vital_signs_shows_each_phase_and_the_peak() -> None:
    rows = {row.phase: row for row in note_of(complete()).vitals}
    assert {phase: row.taken.systolic_mmhg for phase, row in rows.items()} == {
        Phase.BEFORE: 120,
        Phase.AFTER: 148,
        Phase.PEAK: 148,
        Phase.LAST: 122,
    }


def test_during_an_infusion_the_highest_pressure_stands_in_the_table() -> None:
    story = Story(product=Product.KETAMINE_IV).dosed()
    story.tell(10, VitalsMeasured(systolic_mmhg=131, diastolic_mmhg=80))
    story.tell(20, VitalsMeasured(systolic_mmhg=144, diastolic_mmhg=88))
    story.tell(25, VitalsMeasured(spo2_percent=97))
    rows = {row.phase: row for row in note_of(story).vitals}
    assert (rows[Phase.DURING].at, rows[Phase.PEAK].at) == (at(20), at(20))
    assert Phase.LAST not in rows


def test_an_open_session_cannot_be_signed() -> None:
    note = note_of(Story().dosed())
    assert [one.words for one in note.required] == [
        "The session is still open (observed): release the patient first."
    ]
    assert note.vitals[0].phase is Phase.BEFORE


def test_a_cancelled_session_lacks_nothing() -> None:
    story = Story().until_ready()
    story.tell(0, SessionCancelled(because="pressure too high"))
    note = note_of(story)
    assert note.missing == ()
    assert facts(note, "drug") == {"Cancelled": "pressure too high"}


def test_what_can_still_be_recorded_is_required_and_what_cannot_is_a_gap() -> None:
    story = Story().until_ready()
    story.tell(0, device(1))
    story.tell(1, DoseEnded(total_mg=28, complete=False, because="patient asked to stop"))
    story.tell(125, VitalsMeasured(systolic_mmhg=122, diastolic_mmhg=80, spo2_percent=98))
    story.tell(125, assessed(suicide_check_note=""))
    story.tell(125, SedationRated(moaa_s=5))
    story.tell(125, dissociated(0))
    story.tell(126, LEFT)
    note = note_of(story, booked=False)
    assert [one.words for one in note.required] == ["The questions of the REMS form are not answered."]
    assert [one.words for one in note.gaps] == [
        "No blood pressure 30 to 50 minutes after the first device.",
        "No integration session is booked.",
    ]
    assert (
        facts(note, "drug")["Dose ended, 10:01 EST"] == "28 mg in all; stopped early: patient asked to stop"
    )
    assert facts(note, "discharge")["Left against advice (protocol deviation), 12:06 EST"] == (
        "no reason given. Advised: to stay until 12:05. Open: B-STAY, B-SEDATION"
    )
    assert facts(note, "discharge")["Suicide check"] == "yes"
    assert facts(note, "ratings")["Sedation"] == "lowest MOAA/S 5 at 12:05 EST"


def test_who_left_early_left_gaps_not_duties() -> None:
    story = Story().dosed()
    story.entries = [
        e for e in story.entries if e.payload.KIND not in ("readiness.answered", "vitals.measured")
    ]
    story.tell(30, LEFT)
    story.tell(31, ANSWERS)
    assert {one.words for one in note_of(story).required} == {"No blood pressure before the dose."}
    assert "Readiness was not asked." in {one.words for one in note_of(story).gaps}


def test_an_empty_section_stays_empty() -> None:
    story = Story()
    story.tell(-60, planned(Product.ESKETAMINE_IN))
    note = note_of(story, booked=False)
    assert all(
        facts(note, section) == {} for section in ("readiness", "order", "drug", "ratings", "integration")
    )


def test_sedation_that_never_resolved_says_so_and_distress_is_named() -> None:
    story = Story().dosed()
    story.entries = [e for e in story.entries if e.payload.KIND != "dissociation.rated"]
    story.tell(40, SedationRated(moaa_s=2))
    story.tell(41, dissociated(5, distress=True))
    ratings = facts(note_of(story), "ratings")
    assert ratings["Sedation"] == "lowest MOAA/S 2 at 10:40 EST; not resolved"
    assert ratings["Dissociation"] == (
        "CADSS-6 not rated before, highest 5 at 10:41 EST, 5 at 10:41 EST; with distress"
    )


def test_events_stand_in_order_of_time() -> None:
    story = Story().dosed()
    nausea = EventNoted(event="nausea", severity=Severity.MILD, action="ondansetron offered", note="declined")
    story.tell(50, nausea)
    story.tell(30, EventNoted(event="music changed", severity=None, action=""))
    story.tell(45, PatientMoved(room_id=UUID(int=2), room_name="Chair 2", because="broken monitor"))
    story.tell(55, PatientMoved(room_id=UUID(int=1), room_name="Room 1"))
    assert facts(note_of(story), "events") == {
        "Music changed, 10:30 EST": "noted",
        "Moved, 10:45 EST": "to Chair 2: broken monitor",
        "Nausea, 10:50 EST": "mild, ondansetron offered, declined",
        "Moved, 10:55 EST": "to Room 1",
    }


def test_the_plan_names_the_indication_and_the_intention() -> None:
    story = complete()
    course = CourseOrdered(
        course_id=UUID(int=5),
        product=Product.ESKETAMINE_IN,
        regimen="trd",
        indication="treatment-resistant depression",
        sessions=8,
        dose_mg=56,
        dose_mg_per_kg=None,
        weight_kg=None,
        weight_basis=WeightBasis.FIXED,
        intention="",
    )
    story.append(NewEntry(payload=course, happened_at=at(132)))
    story.append(NewEntry(payload=replace(course, course_id=UUID(int=6)), happened_at=at(132)))
    plan = facts(note_of(story), "plan")
    assert (plan["Indication"], plan["Intention"]) == ("treatment-resistant depression", "none given")


def test_an_integration_session_held_after_this_dose_is_named() -> None:
    story = complete()
    held = IntegrationHeld(
        dosing_encounter_id=ENCOUNTER,
        minutes=50,
        attendees="patient",
        insights="a door",
        emotions="",
        thought_patterns="",
        change="",
        home_practice="",
        patient_may_read=True,
        purpose=Purpose.INTEGRATION,
    )
    story.append(NewEntry(payload=held, happened_at=at(1500)))
    story.append(NewEntry(payload=replace(held, dosing_encounter_id=None), happened_at=at(1500)))
    assert facts(note_of(story), "integration")["Held"] == "50 min, by Dana Rowe, RN"


def test_readiness_keeps_its_remark_and_names_what_was_not_asked() -> None:
    story = Story()
    story.tell(-60, planned(Product.ESKETAMINE_IN))
    asked = replace(readiness(""), last_solids_at=None, new_symptoms=None, note="took lisinopril")
    story.tell(-30, asked)
    said = facts(note_of(story), "readiness")
    assert (said["Escort"], said["Last solid food"], said["New symptoms"], said["Remark"]) == (
        "not named",
        "not recorded",
        "not recorded",
        "took lisinopril",
    )


def test_a_release_without_a_relation_or_an_answer_stands_as_it_is() -> None:
    story = Story(product=Product.KETAMINE_IV).recovered()
    story.tell(130, release(handed_to_relation="", ready_without_rule_min=None))
    said = facts(note_of(story), "discharge")
    assert said["Released, 12:10 EST"] == "to Rosa Garland; instructions (en) to patient and escort"
    assert "Ready without the minimum stay" not in said
    assert facts(note_of(story), "drug")["Infusion started, 10:00 EST"] == "52.5 mg/h, lot 24KG101"
    assert (
        facts(note_of(story), "order")["Order"]
        == "35 mg over 40 min, Ketamine infusion (racemic, off-label); by Dana Rowe, RN"
    )


def test_kinds_and_products_have_words() -> None:
    assert product_words("ketamine_rectal") == "ketamine_rectal"
    assert kind_words("session.left-against-advice") == "session left against advice"


# -- The seal ---------------------------------------------------------------------------------------------


def test_a_seal_holds_over_what_was_signed_and_names_what_came_later() -> None:
    story = complete()
    signature = signature_over(
        story.entries, printed_name="Dana Rowe, RN", meaning="I recorded this session."
    )
    signed = story.tell(135, signature)
    found = sealed(story.entries)
    assert found is not None
    assert (found.entry, found.signature, found.holds, found.later) == (signed, signature, True, ())
    later = story.tell(140, SedationRated(moaa_s=5))
    found = sealed(story.entries)
    assert found is not None
    assert (found.holds, found.later) == (True, (later,))


def test_a_changed_or_missing_entry_breaks_the_seal() -> None:
    story = complete()
    story.tell(135, signature_over(story.entries, printed_name="Dana Rowe, RN", meaning="mine"))
    changed = [replace(story.entries[0], digest="0" * 64), *story.entries[1:]]
    for entries in (changed, story.entries[1:]):
        found = sealed(entries)
        assert found is not None
        assert not found.holds


def test_before_the_first_signature_there_is_no_seal_and_nothing_cannot_be_signed() -> None:
    assert sealed(complete().entries) is None
    with pytest.raises(NothingToSign, match=r"^There is nothing to sign yet\.$"):
        signature_over([], printed_name="Dana Rowe, RN", meaning="mine")


NAUSEA = AdverseEventRecorded(
    term="Nausea",
    grade=2,
    onset_at=at(40),
    ended_at=at(70),
    action="ondansetron given",
    outcome=Outcome.RESOLVED,
    relatedness=Relatedness.RELATED,
    seriousness=None,
    note="vomited twice",
    dictionary_version=DICTIONARY_VERSION,
)


def test_adverse_events_stand_in_the_note_with_all_that_a_report_needs() -> None:
    story = complete()
    story.tell(132, NAUSEA)
    story.tell(133, replace(NAUSEA, grade=3, seriousness=Seriousness.HOSPITAL, ended_at=None, note=""))
    told = note_of(story).sections[6].facts
    assert [fact.value for fact in told] == [
        "grade 2: eats and drinks less, vomited twice, ondansetron given, resolved, until 11:10 EST, related",
        "grade 3: eats and drinks too little, serious: hospital admission or a longer stay, "
        "ondansetron given, resolved, related",
    ]


def test_an_inpatient_setting_has_no_questions_of_the_form_to_answer() -> None:
    story = Story().discharged(minute=130)
    assert [one.words for one in note_of(story).required] == [
        "The questions of the REMS form are not answered."
    ]
    assert note_of(story, certified_as=RemsSetting.INPATIENT).required == ()
