"""Reads of the paperwork: the note, the seal, the REMS form, and which forms are due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_encounter_entries, encounter_entries, entries_of
from ajar.clinic.patients.models import Encounter
from ajar.clinic.safety.selectors import setting_of
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.dosing.session import Session
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.paperwork.entries import RemsFiled
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
    RemsFiled.KIND,
)
"""What the paperwork reads beyond the encounter itself: never the thousands of readings of other sessions."""


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
            session,
            entries,
            zone=encounter.site.zone,
            integration_at=integration_at(encounter.pk),
            certified_as=setting_of(encounter.site),
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
        certified_as=setting_of(site),
    )


def form_of(paper: Paper) -> RemsForm | NoForm:
    """The REMS form of one session, or the reason why there is none."""
    return rems_form(chart_of(paper), programme().rems)


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
