"""The note and the REMS form of made-up sessions, each line with its entries, as approved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from ajar.pathway.careplan.entries import CourseOrdered, WeightBasis
from ajar.pathway.discharge.entries import LeftAgainstAdvice, RecoveryConfirmed
from ajar.pathway.dosing.entries import (
    DoseEnded,
    PatientArrived,
    PatientMoved,
    ReadinessConfirmed,
    SessionCancelled,
)
from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.evaluation.products import Product
from ajar.pathway.governance.plain import text_of
from ajar.pathway.integration.entries import IntegrationHeld, Purpose
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from ajar.pathway.paperwork.deadline import Deadline, Reminder
from ajar.pathway.paperwork.note import session_note
from ajar.pathway.paperwork.rems_fields import FIELDS
from ajar.pathway.paperwork.rems_form import RemsForm, rems_form
from ajar.pathway.paperwork.rems_policy import DEFAULT_REMS
from ajar.pathway.paperwork.sealing import signature_over
from ajar.pathway.patients.facts import Person, Sex
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.terms import DICTIONARY_VERSION
from ajar.pathway.staff.roles import Role
from tests.pathway.discharge.story import (
    ENCOUNTER,
    PATIENT,
    ROOM,
    START,
    Story,
    assessed,
    at,
    checked,
    device,
    dissociated,
    infusion,
    ordered,
    planned,
    readiness,
    release,
)
from tests.pathway.paperwork.charts import ANSWERS, NEW_YORK, chart_of, complete, medicine
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
LEFT: Final = LeftAgainstAdvice(unmet=("B-STAY", "B-SEDATION"), because="", advised="to stay until 12:05")
VOMITED: Final = AdverseEventRecorded(
    term="Vomiting",
    grade=3,
    onset_at=at(40),
    ended_at=at(70),
    action="sent to hospital",
    outcome=Outcome.RESOLVED,
    relatedness=Relatedness.POSSIBLE,
    seriousness=Seriousness.HOSPITAL,
    note="twice",
    dictionary_version=DICTIONARY_VERSION,
)
WEIGHT: Final = {True: "required", False: "gap"}
SEEN: Final = ("vitals.measured", "sedation.rated", "dissociation.rated")
COURSE: Final = CourseOrdered(
    course_id=UUID(int=5),
    product=Product.ESKETAMINE_IN,
    regimen="trd",
    indication="treatment-resistant depression",
    sessions=8,
    dose_mg=56,
    dose_mg_per_kg=None,
    weight_kg=None,
    weight_basis=WeightBasis.FIXED,
    intention="to sleep again",
)
HELD: Final = IntegrationHeld(
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


# -- The sessions -----------------------------------------------------------------------------------------


def with_everything() -> Story:
    """A session of Spravato in which there was something to say under every heading."""
    story = Story().dosed()
    story.tell(50, EventNoted(event="nausea", severity=Severity.MILD, action="offered", note="declined"))
    story.tell(30, EventNoted(event="music changed", severity=None, action=""))
    story.tell(45, PatientMoved(room_id=UUID(int=2), room_name="Chair 2", because="broken monitor"))
    story.tell(55, PatientMoved(room_id=UUID(int=1), room_name="Room 1"))
    story.tell(40, SedationRated(moaa_s=4))
    story.tell(41, dissociated(9))
    story.tell(90, VitalsMeasured(systolic_mmhg=148, diastolic_mmhg=92))
    story.checked_out(minute=126)
    story.tell(127, RecoveryConfirmed(criteria=(), rulebook_version="discharge 2026.1"))
    story.tell(130, release())
    story.tell(131, VOMITED)
    mild = replace(VOMITED, term="Headache", grade=1, seriousness=None, ended_at=None, note="")
    story.tell(132, replace(mild, onset_at=at(50), outcome=Outcome.ONGOING))
    for payload in (COURSE, replace(COURSE, course_id=UUID(int=6), intention="another course")):
        story.append(NewEntry(payload=payload, happened_at=at(132)))
    for payload in (HELD, replace(HELD, dosing_encounter_id=None, minutes=25)):
        story.append(NewEntry(payload=payload, happened_at=at(1500)))
    return story


def stopped_infusion() -> Story:
    """Little was said before it, it was stopped, and it went badly: what a note then has to say."""
    story = Story(product=Product.KETAMINE_IV)
    story.tell(-60, planned(Product.KETAMINE_IV))
    story.tell(-40, PatientArrived(room_id=ROOM, room_name="Room 2"))
    story.tell(
        -30,
        replace(
            readiness(""),
            last_solids_at=at(-700),  # late on the evening before, in New York
            last_liquids_at=None,
            intoxication_signs=True,
            new_symptoms=None,
            note="took lisinopril",
        ),
    )
    order = story.tell(-15, ordered(Product.KETAMINE_IV))
    story.tell(-10, checked(Product.KETAMINE_IV, order.id))
    story.tell(-6, VitalsMeasured(systolic_mmhg=131, diastolic_mmhg=80))
    story.tell(-5, ReadinessConfirmed(rulebook_version="1", findings=()))
    story.tell(0, infusion(52.5))
    story.tell(9, VitalsMeasured(systolic_mmhg=150, diastolic_mmhg=88))
    story.tell(10, VitalsMeasured(systolic_mmhg=151, diastolic_mmhg=89))
    story.tell(10, DoseEnded(total_mg=8.75, complete=False, because="a panic"))
    story.tell(20, SedationRated(moaa_s=2))
    story.tell(21, dissociated(5, distress=True))
    story.tell(60, VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=79))
    story.tell(60, assessed(suicide_check_note="", steady_gait=False, oriented=False))
    story.tell(61, replace(LEFT, because="wanted to go home"))
    return story


def cancelled() -> Story:
    story = Story()
    story.tell(-60, planned(Product.ESKETAMINE_IN))
    story.tell(0, SessionCancelled(because="pressure too high"))
    return story


def left_early() -> Story:
    """One device and no words about it, then gone."""
    story = Story().until_ready()
    story.tell(0, device(1))
    story.tell(1, DoseEnded(total_mg=28, complete=False, because="declined the second"))
    story.tell(60, LEFT)
    return story


def answered(**changes: object) -> Story:
    """A session of two devices, with these answers to the form's questions."""
    story = Story().discharged(minute=130)
    story.tell(131, replace(ANSWERS, **changes))  # type: ignore[arg-type]
    return story


def medicated(*medicines: NewEntry) -> Story:
    story = Story()
    for one in medicines:
        story.append(one)
    return story.discharged(minute=130)


def rated(*told: tuple[float, Payload]) -> Story:
    """What was seen after two devices, the last at minute 5; somewhat dissociated already before them."""
    story = Story().dosed()
    story.tell(-1, dissociated(3))
    for minute, payload in told:
        story.tell(minute, payload)
    return story


def with_an_event(*told: Payload) -> Story:
    story = Story().discharged(minute=130)
    for payload in (VOMITED, *told):
        story.tell(131, payload)
    return story


def signed_in_the_evening() -> Story:
    story = Story().discharged(minute=130)
    signature = signature_over(story.entries, printed_name="Dana Rowe, RN", meaning="It is accurate.")
    story.tell(600, signature)  # 20:00 in New York, and in UTC the next day
    return story


# -- In words ---------------------------------------------------------------------------------------------


def origin(entries: Sequence[Entry]) -> str:
    """The entries, by kind and minute."""
    told = [f"{one.payload.KIND} {(one.happened_at - START) / timedelta(minutes=1):g}" for one in entries]
    return f" <- {'; '.join(told)}" if told else ""


def session_of(story: Story) -> Session:
    session = fold([entry for entry in story.entries if entry.encounter_id == ENCOUNTER])
    assert session is not None
    return session


def note_of(session: Session, entries: Sequence[Entry], **changes: object) -> list[str]:
    """Each line of a note."""
    asked: dict[str, object] = {
        "zone": NEW_YORK,
        "integration_at": None,
        "certified_as": RemsSetting.OUTPATIENT,
    }
    note = session_note(session, entries, **(asked | changes))  # type: ignore[arg-type]
    lines: list[str] = []
    for section in note.sections:
        lines += [f"# {section.id}: {section.title}"] if section.facts else []
        lines += [f"{fact.label}: {fact.value}{origin(fact.entries)}" for fact in section.facts]
    for row in note.vitals:
        taken = row.taken
        lines.append(f"{row.phase}: {taken.systolic_mmhg:g}/{taken.diastolic_mmhg:g}{origin(row.entries)}")
    for one in note.missing:
        lines.append(f"{WEIGHT[one.required]}, {one.section}: {one.words}")
    return lines


def form_of(story: Story, **changes: object) -> list[str]:
    """Each field of a form."""
    form = rems_form(chart_of(story, **changes))
    assert isinstance(form, RemsForm)
    return [
        f"{one.spec.number} {one.spec.id}: {one.text}"
        + (f" [missing: {one.missing}]" if one.missing else "")
        + (f" [concern: {one.concern}]" if one.concern else "")
        + origin(one.entries)
        for one in form.values
    ]


def test_each_note_is_what_was_approved() -> None:
    stopped, whole, left, iv = (
        stopped_infusion(),
        Story().discharged(),
        left_early(),
        Story(product=Product.KETAMINE_IV),
    )
    nobody = replace(session_of(whole), order=None, check=None)
    planned_only = whole.entries[:1]
    said = {
        "a session with everything": note_of(
            session_of(with_everything()), with_everything().entries, integration_at=at(800)
        ),
        "an infusion that was stopped": note_of(session_of(stopped), stopped.entries),
        "cancelled": note_of(session_of(cancelled()), cancelled().entries),
        "still open": note_of(session_of(Story().dosed()), Story().dosed().entries)[-1:],
        "planned and released, nothing else": note_of(
            nobody, [e for e in whole.entries if e.payload.KIND in ("session.planned", "session.released")]
        ),
        "planned and left, nothing else": note_of(
            replace(session_of(left), order=None, check=None), [left.entries[0], left.entries[-1]]
        ),
        "planned, nothing else": note_of(nobody, planned_only)[-3:],
        "an infusion, planned, nothing else": note_of(session_of(iv.discharged()), iv.entries[:1])[2:],
        "in hospital": note_of(nobody, planned_only, certified_as=RemsSetting.INPATIENT)[-3:],
    }
    assert_approved(APPROVED / "notes.json", said)


ALL_CLASSES: Final = {
    "benzodiazepines": True,
    "sedative_hypnotics": False,
    "stimulants": True,
    "mao_inhibitors": False,
    "opioids": True,
}


def forms() -> dict[str, list[str]]:
    """Forms of sessions that each differ in something from a complete one."""
    taken = [medicine(name) for name in ("lorazepam", "diazepam", "Kalmadrol", "Quietol", "sertraline")]
    minor = Person(patient_id=PATIENT, birth_date=date(2008, 3, 3), sex=Sex.UNKNOWN)
    adult = replace(minor, birth_date=date(2008, 3, 2))
    unmeasured = Story().dosed()
    unmeasured.entries = [e for e in unmeasured.entries if e.payload.KIND not in SEEN]
    long_enough = Story().dosed()
    long_enough.tell(125, VitalsMeasured(systolic_mmhg=118, diastolic_mmhg=76))
    long_enough.tell(125, LEFT)
    return {
        "nothing measured": form_of(unmeasured),
        "one device, and left": form_of(left_early()),
        "120 minutes from the last device, measured at the door": form_of(long_enough),
        "another dose, with its reason": form_of(_reasoned()),
        "every class answered": form_of(answered(**ALL_CLASSES)),
        "answers that someone should look at": form_of(
            answered(
                enrolled=False,
                vitals_acceptable_before=False,
                vitals_note="went ahead",
                vitals_acceptable_after=False,
                serious_event=True,
                serious_event_note="admitted",
            )
        ),
        "no serious event, with a note": form_of(answered(serious_event_note="none at all")),
        "medicines": form_of(medicated(*taken)),
        "medicines no longer taken": form_of(medicated(medicine("lorazepam", active=False))),
        "a serious event, not answered": form_of(with_an_event()),
        "a serious event, denied": form_of(with_an_event(ANSWERS)),
        "two serious events, said": form_of(
            with_an_event(
                replace(VOMITED, term="Sedation", seriousness=Seriousness.IMPORTANT),
                replace(ANSWERS, serious_event=True, serious_event_note="admitted"),
            )
        ),
        "as before the dose": form_of(
            rated(
                (40, SedationRated(moaa_s=5)),
                (41, dissociated(3)),
                (42, VitalsMeasured(spo2_percent=90, respiratory_rate_per_min=8)),
            )
        ),
        "over at two hours": form_of(
            rated((40, SedationRated(moaa_s=4)), (41, dissociated(4)), (120, SedationRated(moaa_s=5)),
                  (120, dissociated(3)), (121, VitalsMeasured(spo2_percent=89)))
        ),
        "there at two hours": form_of(
            rated((40, SedationRated(moaa_s=4)), (120, SedationRated(moaa_s=3)),
                  (121, SedationRated(moaa_s=5)), (119, dissociated(4)), (121, dissociated(3)),
                  (30, VitalsMeasured(spo2_percent=95, respiratory_rate_per_min=7)),
                  (31, VitalsMeasured(spo2_percent=97, respiratory_rate_per_min=6)))
        ),
        "two pressures as near to 40 minutes": form_of(
            rated((39.4, VitalsMeasured(systolic_mmhg=139, diastolic_mmhg=80)),
                  (41, VitalsMeasured(systolic_mmhg=141, diastolic_mmhg=80)))
        ),
        "a day under eighteen": form_of(Story().dosed(), person=minor, monitor=None),
        "eighteen that day": form_of(Story().dosed(), person=adult, monitor=None),
        "signed in the evening": form_of(signed_in_the_evening()),
    }  # fmt: skip


def _reasoned() -> Story:
    story = left_early()
    story.tell(61, replace(ANSWERS, other_dose_reason="declined the second device"))
    return story


def test_each_form_is_what_was_approved() -> None:
    """Three are told whole; each other by the fields in which it differs from the nearest of them."""
    whole = {
        "a complete session": form_of(complete()),
        "released, nothing answered": form_of(Story().discharged(minute=130)),
        "still open": form_of(Story().dosed()),
    }
    said = dict(whole)
    for name, lines in forms().items():
        nearest = min(whole, key=lambda one: len(set(lines) - set(whole[one])))
        said[f"{name}, else as: {nearest}"] = [line for line in lines if line not in whole[nearest]]
    assert_approved(APPROVED / "forms.json", said)


def test_the_fields_and_the_words_of_no_form_are_what_was_approved() -> None:
    said: dict[str, object] = {field.id: text_of(field) for field in FIELDS}
    for name, chart in {
        "racemic": chart_of(Story(product=Product.KETAMINE_IV).recovered()),
        "inpatient": chart_of(complete(), certified_as=RemsSetting.INPATIENT),
        "cancelled": chart_of(cancelled()),
    }.items():
        said[f"no form: {name}"] = rems_form(chart)
    assert_approved(APPROVED / "fields.json", said)


def test_a_clinics_own_reminders_stand_on_the_form() -> None:
    own = replace(DEFAULT_REMS, escalate_days=(1, 2))
    form = rems_form(chart_of(complete()), own)
    assert isinstance(form, RemsForm)
    assert form.deadline == Deadline(treatment_on=date(2026, 3, 2), policy=own)
    assert form.deadline.reminder(date(2026, 3, 4)) == Reminder(number=2, day=2, owner=Role.PRESCRIBER)
