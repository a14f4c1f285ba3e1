"""The REMS form: every field from the entries, every gap by name."""

import re
from dataclasses import replace
from datetime import date

import pytest

from ajar.pathway.discharge.entries import LeftAgainstAdvice
from ajar.pathway.dosing.entries import DoseEnded, SessionCancelled
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.paperwork.deadline import Deadline
from ajar.pathway.paperwork.rems_chart import Contact
from ajar.pathway.paperwork.rems_fields import BY_ID, FIELDS, ONLY_B, Need
from ajar.pathway.paperwork.rems_form import PROJECTIONS, NoForm, RemsForm, rems_form
from ajar.pathway.paperwork.rems_policy import DEFAULT_REMS, Generation
from ajar.pathway.paperwork.rems_signs import pressure_at_40
from ajar.pathway.patients.facts import Person, Sex
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.terms import DICTIONARY_VERSION
from ajar.pathway.staff.roles import Role
from tests.pathway.discharge.story import PATIENT, Story, at, device
from tests.pathway.paperwork.charts import ANSWERS, EARLIER, chart_of, complete, form_of, medicine, value_of


def test_the_form_has_twenty_eight_fields_in_order_each_with_a_projection() -> None:
    assert [field.number for field in FIELDS] == list(range(1, 29))
    assert set(PROJECTIONS) == set(BY_ID)
    assert {field.number for field in FIELDS if field.verify} == {2, 10, 18, 24, 25, 26, 27, 28}
    assert {field.number for field in FIELDS if field.need is not Need.ALWAYS} == {2, 6}


def test_a_complete_session_fills_the_form_without_a_keystroke() -> None:
    form = form_of(complete())
    assert form.missing == ()
    assert form.concerns == ()
    assert {value.spec.number: value.text for value in form.values} == {
        1: "Maria Garland",
        2: "",
        3: "06/01/1985",
        4: "female",
        5: "yes",
        6: "yes",
        7: "no",
        8: "no",
        9: "no",
        10: "no",
        11: "no",
        12: "Dana Rowe, RN, +1 212 555 0100, dana.rowe@clinic.example",
        13: "Seaward New York, 200 Example Street, New York, NY, 10011",
        14: "03/02/2026",
        15: "56 mg",
        16: "24KG101",
        17: "130 min",
        18: "95 min",
        19: "yes",
        20: "yes",
        21: "120 / 78 mmHg",
        22: "148 / 92 mmHg",
        23: "122 / 80 mmHg",
        24: "yes: from 10:41 EST to 11:30 EST; at 2 hours: no; lowest MOAA/S 4",
        25: "yes: from 10:41 EST to 12:06 EST; at 2 hours: not rated then; highest CADSS-6 9, "
        "before the dose 0",
        26: "no: lowest SpO2 96 % at 10:40 EST, of 3 measured",
        27: "no",
        28: "Dana Rowe, RN, 03/02/2026 12:12 EST: I recorded this session and it is accurate.",
    }


def test_values_from_the_chart_name_their_entries() -> None:
    office = {"name", "middle-initial", "birth-date", "sex", "first-treatment", "monitor", "setting"}
    for value in form_of(complete()).values:
        assert bool(value.entries) is (value.spec.id not in office), value.spec.id


def test_racemic_ketamine_has_no_rems_form() -> None:
    answer = rems_form(chart_of(Story(product=Product.KETAMINE_IV).recovered()))
    assert answer == NoForm(because="No REMS form: racemic ketamine is not under a REMS.")


def test_without_drug_there_is_no_form() -> None:
    story = Story().until_ready()
    story.tell(0, SessionCancelled(because="no escort"))
    assert rems_form(chart_of(story)) == NoForm(because="No REMS form: no drug was given in this session.")
    assert pressure_at_40(chart_of(story).session, story.entries) is None
    assert chart_of(story).treatment_on == date(2026, 3, 2)


def test_an_open_session_says_what_is_missing() -> None:
    missing = {value.spec.number for value in form_of(Story().dosed()).missing}
    assert missing == {6, 7, 8, 9, 10, 11, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27, 28}


# -- Medicines --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("display", "field_id"),
    [
        ("Lorazepam 1 MG Oral Tablet", "benzodiazepines"),
        ("Ambien", "sedative-hypnotics"),
        ("methylphenidate", "stimulants"),
        ("Nardil", "mao-inhibitors"),
        ("oxycodone", "opioids"),
    ],
)
def test_each_class_comes_from_the_list_of_medicines(display: str, field_id: str) -> None:
    story = complete(display)
    for one in ("benzodiazepines", "sedative-hypnotics", "stimulants", "mao-inhibitors", "opioids"):
        assert value_of(story, one).text == (f"yes: {display}" if one == field_id else "no")


def test_a_medicine_that_is_not_recognised_leaves_the_question_open() -> None:
    value = value_of(complete("Kalmadrol"), "opioids")
    assert value.missing == "not recognised: Kalmadrol; answer yes or no"
    assert len(value.entries) == 1


def test_a_clinicians_answer_stands_before_the_list() -> None:
    story = complete("Kalmadrol")
    answered = replace(ANSWERS, opioids=False, benzodiazepines=True)
    story.tell(140, answered)
    assert (value_of(story, "opioids").text, value_of(story, "benzodiazepines").text) == ("no", "yes")
    assert value_of(story, "stimulants").missing


def test_no_list_of_medicines_is_not_a_no() -> None:
    assert value_of(Story().discharged(), "opioids").missing == "no list of medicines is recorded"


def test_a_medicine_no_longer_taken_does_not_count() -> None:
    story = Story()
    story.append(medicine("lorazepam", active=False))
    story.discharged()
    assert value_of(story, "benzodiazepines").text == "no"


def test_a_medicine_begun_after_the_session_does_not_change_its_form() -> None:
    story = complete()
    story.append(medicine("lorazepam"), recorded_at=at(50_000))
    assert value_of(story, "benzodiazepines").text == "no"


# -- Person, place, dose ----------------------------------------------------------------------------------


def test_a_second_treatment_does_not_ask_for_the_enrolment() -> None:
    story = Story()
    story.append(NewEntry(payload=device(1), happened_at=at(-10_000), encounter_id=EARLIER))
    story.discharged()
    assert value_of(story, "first-treatment").text == "no"
    assert value_of(story, "enrolled").missing == ""


@pytest.mark.parametrize(
    ("changes", "field_id", "missing"),
    [
        ({"monitor": None}, "monitor", "no observation was recorded by a person"),
        (
            {"monitor": Contact(name="Dana Rowe", lines=("",))},
            "monitor",
            "not complete in the clinic's settings",
        ),
        ({"place": Contact(name="", lines=())}, "setting", "not complete in the clinic's settings"),
        (
            {"person": Person(patient_id=PATIENT, birth_date=date(1985, 6, 1), sex=Sex.UNKNOWN)},
            "sex",
            "not recorded",
        ),
    ],
)
def test_what_the_office_does_not_know_is_named(
    changes: dict[str, object], field_id: str, missing: str
) -> None:
    assert value_of(complete(), field_id, **changes).missing == missing


def test_a_person_under_eighteen_is_a_concern() -> None:
    minor = Person(patient_id=PATIENT, birth_date=date(2009, 1, 1), sex=Sex.MALE)
    assert value_of(complete(), "birth-date", person=minor).concern.startswith("17 years old")


def one_device(reason: str) -> Story:
    story = Story().until_ready()
    story.tell(0, device(1))
    story.tell(0, DoseEnded(total_mg=28, complete=False, because="declined the second"))
    story.tell(1, replace(ANSWERS, other_dose_reason=reason))
    return story


def test_another_dose_needs_a_reason() -> None:
    without = value_of(one_device(""), "dose")
    assert (without.text, bool(without.missing)) == ("other: 28 mg", True)
    given = value_of(one_device("declined the second device"), "dose")
    assert (given.text, given.missing) == ("other: 28 mg (declined the second device)", "")


def test_another_dose_without_any_answer_needs_a_reason_too() -> None:
    story = one_device("")
    story.entries.pop()
    assert value_of(story, "dose").missing


def test_a_device_whose_dose_nobody_wrote_down_adds_nothing() -> None:
    story = Story().until_ready()
    story.tell(0, device(1))
    story.tell(5, replace(device(2), amount_mg=None))
    assert value_of(story, "dose").text == "other: 28 mg"


def test_every_lot_is_named_once() -> None:
    story = Story().until_ready()
    for number, lot in ((1, "A1"), (2, "B2"), (3, "A1")):
        story.tell(5 * number, device(number, lot=lot))
    assert (value_of(story, "lots").text, value_of(story, "dose").text) == ("A1, B2", "84 mg")


def test_who_leaves_early_gets_the_true_duration_and_a_concern() -> None:
    story = Story().dosed()
    story.tell(60, LeftAgainstAdvice(unmet=("B-STAY",), because="", advised="to stay"))
    value = value_of(story, "duration")
    assert (value.text, value.concern) == ("60 min", "55 min since the last device: the patient left early")
    value = value_of(story, "ready-without-rule")
    assert (value.text, value.missing) == ("not ready when they left against advice", "")


# -- Judgements -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field_id", "text", "concern"),
    [
        ({"enrolled": False}, "enrolled", "no", "The enrolment form must go in first"),
        (
            {"vitals_acceptable_before": False, "vitals_note": "146/92, prescriber went ahead"},
            "vitals-before-acceptable",
            "no: 146/92, prescriber went ahead",
            "",
        ),
        (
            {"vitals_acceptable_after": False},
            "vitals-after-acceptable",
            "no",
            "The patient left although vital signs were not acceptable",
        ),
        (
            {"serious_event": True, "serious_event_note": "admitted for observation"},
            "serious-event",
            "yes: admitted for observation",
            "Report a serious event without waiting for the seven days; it is not recorded as an adverse "
            "event yet",
        ),
    ],
)
def test_a_judgement_is_written_as_it_was_answered(
    changes: dict[str, object], field_id: str, text: str, concern: str
) -> None:
    story = Story().discharged()
    story.tell(131, replace(ANSWERS, **changes))  # type: ignore[arg-type]
    value = value_of(story, field_id)
    assert (value.text, value.concern, value.missing) == (text, concern, "")


def test_an_unanswered_enrolment_is_missing() -> None:
    story = Story().discharged()
    story.tell(131, replace(ANSWERS, enrolled=None))
    assert value_of(story, "enrolled").missing == "not answered"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"serious_event": True}, "what happened in the serious adverse event"),
        (
            {"vitals_acceptable_before": False},
            "why the drug was given although vital signs were not acceptable",
        ),
    ],
)
def test_an_answer_that_needs_words_is_refused_without_them(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=rf"^{words} must not be empty\.$"):
        replace(ANSWERS, **changes)  # type: ignore[arg-type]


def serious_one() -> AdverseEventRecorded:
    return AdverseEventRecorded(
        term="Vomiting",
        grade=3,
        onset_at=at(40),
        ended_at=None,
        action="sent to hospital",
        outcome=Outcome.ONGOING,
        relatedness=Relatedness.POSSIBLE,
        seriousness=Seriousness.HOSPITAL,
        note="",
        dictionary_version=DICTIONARY_VERSION,
    )


TOLD = "Vomiting (hospital admission or a longer stay), from 10:40 EST, sent to hospital, ongoing"


def test_a_recorded_serious_event_fills_the_forms_question_and_contradicts_a_no() -> None:
    story = Story().discharged(minute=130)
    story.tell(131, replace(serious_one(), seriousness=None))
    story.tell(131, serious_one())
    open_one = value_of(story, "serious-event")
    assert (open_one.text, open_one.missing) == (f"yes: {TOLD}", "not answered")
    story.tell(132, ANSWERS)
    denied = value_of(story, "serious-event")
    assert denied.text == f"no: {TOLD}"
    assert denied.concern == "Answered no, but a serious adverse event is recorded: answer again"
    story.tell(133, replace(ANSWERS, serious_event=True, serious_event_note="admitted"))
    said = value_of(story, "serious-event")
    assert said.text == f"yes: admitted; {TOLD}"
    assert said.concern == "Report a serious event without waiting for the seven days"


def test_an_inpatient_setting_files_no_form() -> None:
    chart = chart_of(complete(), certified_as=RemsSetting.INPATIENT)
    none = rems_form(chart)
    assert isinstance(none, NoForm)
    assert "Every suspected adverse event is reported" in none.because


def test_the_older_form_does_not_ask_what_only_the_newer_one_does() -> None:
    form = rems_form(chart_of(complete()), replace(DEFAULT_REMS, generation=Generation.A))
    assert isinstance(form, RemsForm)
    assert form.generation.startswith("A ")
    missing = {field.id for field in FIELDS} - {value.spec.id for value in form.values}
    assert missing == ONLY_B == {"first-treatment", "enrolled", "opioids", "respiratory-depression"}


@pytest.mark.parametrize("days", [(), (0, 3), (3, 3), (5, 3), (3, 7), (3, 5, 8)])
def test_reminders_come_on_rising_days_within_the_week(days: tuple[int, ...]) -> None:
    words = re.escape(f"Reminders come on rising days from 1 to 6, got {days}.")
    with pytest.raises(ValueError, match=f"^{words}$"):
        replace(DEFAULT_REMS, escalate_days=days)
    assert replace(DEFAULT_REMS, escalate_days=(1,)).escalate_days == (1,)


@pytest.mark.parametrize(
    ("day", "number", "owner", "urgent"),
    [
        (5, 1, Role.NURSE, False),
        (6, 1, Role.NURSE, False),
        (7, 2, Role.PRESCRIBER, True),
        (8, 3, Role.MEDICAL_DIRECTOR, True),
        (30, 3, Role.MEDICAL_DIRECTOR, True),
    ],
)
def test_each_reminder_has_its_owner(day: int, number: int, owner: Role, urgent: bool) -> None:
    deadline = Deadline(treatment_on=date(2026, 3, 2))
    assert deadline.reminder(date(2026, 3, 4)) is None
    reminder = deadline.reminder(date(2026, 3, day))
    assert reminder is not None
    assert (reminder.number, reminder.owner, reminder.urgent) == (number, owner, urgent)
