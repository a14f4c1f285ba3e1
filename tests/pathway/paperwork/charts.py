"""A chart from which the REMS form is filled, for the tests of the form."""

from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from ajar.pathway.dosing.session import fold
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.paperwork.entries import RemsAnswered
from ajar.pathway.paperwork.rems_chart import Chart, Contact
from ajar.pathway.paperwork.rems_form import RemsForm, Value, rems_form
from ajar.pathway.paperwork.sealing import signature_over
from ajar.pathway.patients.facts import CodeSystem, Coding, MedicationRecorded, Person, Sex
from ajar.pathway.safety.rems_duties import RemsSetting
from tests.pathway.discharge.story import ENCOUNTER, PATIENT, Story, at

NEW_YORK = ZoneInfo("America/New_York")
PLACE = Contact(name="Seaward New York", lines=("200 Example Street", "New York", "NY", "10011"))
MONITOR = Contact(name="Dana Rowe, RN", lines=("+1 212 555 0100", "dana.rowe@clinic.example"))
ANSWERS = RemsAnswered(
    enrolled=True, vitals_acceptable_before=True, vitals_acceptable_after=True, serious_event=False
)
EARLIER = UUID(int=77)


def chart_of(story: Story, **changes: object) -> Chart:
    session = fold([entry for entry in story.entries if entry.encounter_id == ENCOUNTER])
    assert session is not None
    chart = Chart(
        session=session,
        entries=story.entries,
        person=Person(patient_id=PATIENT, birth_date=date(1985, 6, 1), sex=Sex.FEMALE),
        given_name="Maria",
        family_name="Garland",
        place=PLACE,
        monitor=MONITOR,
        zone=NEW_YORK,
        certified_as=RemsSetting.OUTPATIENT,
    )
    return replace(chart, **changes)  # type: ignore[arg-type]


def form_of(story: Story, **changes: object) -> RemsForm:
    form = rems_form(chart_of(story, **changes))
    assert isinstance(form, RemsForm)
    return form


def value_of(story: Story, field_id: str, **changes: object) -> Value:
    return next(value for value in form_of(story, **changes).values if value.spec.id == field_id)


def medicine(display: str, *, active: bool = True) -> NewEntry:
    return NewEntry(
        payload=MedicationRecorded(
            medicine=Coding(system=CodeSystem.TEXT, code="", display=display),
            active=active,
            dose_text="",
            route_text="",
            started_on=None,
            ended_on=None,
        ),
        happened_at=at(-1000),
    )


def complete(*medicines: str) -> Story:
    story = Story()
    for display in medicines or ("Sertraline 100 MG Oral Tablet",):
        story.append(medicine(display))
    story.discharged(minute=130)
    story.tell(131, ANSWERS)
    signature = signature_over(
        [entry for entry in story.entries if entry.encounter_id == ENCOUNTER],
        printed_name="Dana Rowe, RN",
        meaning="I recorded this session and it is accurate.",
    )
    story.tell(132, signature)
    return story
