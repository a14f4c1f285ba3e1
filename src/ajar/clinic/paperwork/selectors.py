"""Reads of the paperwork: the note, the seal, the REMS form, and which forms are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.selectors import session_now, sessions_in_reach
from ajar.clinic.ledger.selectors import all_encounter_entries, encounter_entries, entries_of
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.dosing.session import Session
from ajar.pathway.evaluation.products import Product
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.paperwork.deadline import Deadline
from ajar.pathway.paperwork.note import Note, session_note
from ajar.pathway.paperwork.rems_chart import Chart, Contact
from ajar.pathway.paperwork.rems_form import NoForm, RemsForm, rems_form
from ajar.pathway.paperwork.sealing import Sealed, sealed
from ajar.pathway.paperwork.told import watcher_of
from ajar.pathway.patients.facts import MedicationRecorded

PATIENT_KINDS: Final = (
    CourseOrdered.KIND,
    IntegrationHeld.KIND,
    MedicationRecorded.KIND,
    DrugGiven.KIND,
    EnteredInError.KIND,
)
"""What the paperwork reads beyond the encounter itself: never the thousands of readings of other sessions."""

LISTED_DAYS: Final = 30
"""How far back the list of forms goes (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One session with everything its paperwork is computed from."""

    encounter: Encounter
    session: Session
    entries: tuple[Entry, ...]
    note: Note
    sealed: Sealed | None


def paper_of(encounter: Encounter, *, viewer: Account) -> Paper:
    """The note and the seal of one session.

    Raises:
        DosingNow.DoesNotExist: no session was planned under this encounter.
    """
    session = session_now(encounter.pk)
    entries = paper_entries(encounter, viewer=viewer)
    return Paper(
        encounter=encounter,
        session=session,
        entries=tuple(entries),
        note=session_note(
            session, entries, zone=encounter.site.zone, integration_at=integration_at(encounter.pk)
        ),
        sealed=sealed(all_encounter_entries(encounter.pk)),
    )


def paper_entries(encounter: Encounter, *, viewer: Account) -> list[Entry]:
    """The encounter's entries and the patient's wider facts, in chain order."""
    ours = encounter_entries(encounter.pk, viewer=viewer)
    wider = entries_of(encounter.patient_id, viewer=viewer, kinds=PATIENT_KINDS)
    by_position = {entry.position: entry for entry in (*wider, *ours)}
    return [by_position[position] for position in sorted(by_position)]


def integration_at(encounter_id: UUID) -> datetime | None:
    """When the integration session after this dose is booked for."""
    booked = Appointment.objects.filter(
        follows_encounter_id=encounter_id, status=Appointment.Status.BOOKED
    ).order_by("starts_at")
    first = booked.first()
    return first.starts_at if first else None


def chart_of(paper: Paper) -> Chart:
    """What the REMS form is filled from: the entries, and what the office knows of people and places."""
    patient, site = paper.encounter.patient, paper.encounter.site
    return Chart(
        session=paper.session,
        entries=paper.entries,
        person=patient.person,
        given_name=patient.given_name,
        family_name=patient.family_name,
        place=Contact(name=site.name, lines=(site.address, site.city, site.state, site.postcode)),
        monitor=_monitor(paper, site),
        zone=site.zone,
    )


def form_of(paper: Paper) -> RemsForm | NoForm:
    """The REMS form of one session, or the reason why there is none."""
    return rems_form(chart_of(paper))


def _monitor(paper: Paper, site: Site) -> Contact | None:
    ours = [e for e in effective(paper.entries) if e.encounter_id == paper.encounter.pk]
    watcher = watcher_of(ours)
    if watcher is None:
        return None
    account = Account.objects.filter(pk=watcher.id).first()
    return Contact(
        name=watcher.name,
        lines=(account.phone or site.phone, account.email) if account else (site.phone, ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForm:
    """One session whose form is to be filed."""

    row: DosingNow
    deadline: Deadline
    days_left: int
    escalation: int

    @property
    def days_late(self) -> int:
        """Days past its due date; 0 or less while it is in time."""
        return -self.days_left


def forms_due(viewer: Account, *, now: datetime) -> list[DueForm]:
    """Sessions with esketamine that were closed in the last 30 days, the earliest due first.

    Whether a form was filed is not known here: filing is done outside Ajar.
    """
    rows = sessions_in_reach(viewer).filter(
        product=Product.ESKETAMINE_IN,
        first_dose_at__gte=now - timedelta(days=LISTED_DAYS),
        closed_at__isnull=False,
    )
    return sorted(
        (_due(row, row.first_dose_at, now) for row in rows if row.first_dose_at is not None),
        key=lambda due: due.deadline.due_on,
    )


def _due(row: DosingNow, first_dose_at: datetime, now: datetime) -> DueForm:
    zone = row.site.zone
    deadline = Deadline(treatment_on=first_dose_at.astimezone(zone).date())
    today: date = now.astimezone(zone).date()
    return DueForm(
        row=row,
        deadline=deadline,
        days_left=deadline.days_left(today),
        escalation=deadline.escalation(today),
    )
