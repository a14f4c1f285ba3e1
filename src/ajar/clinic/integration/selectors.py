"""Reads of the integration room: sessions beside the doses they follow, and where one is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.clinic.staff.models import Account
from ajar.pathway.integration.checklists import ITEM_WORDS
from ajar.pathway.integration.entries import IntegrationHeld, PrivateNoteWritten
from ajar.pathway.integration.prompts import CheckIn, SessionPrompt, check_ins, session_prompts
from ajar.pathway.integration.sessions import SESSION_TYPES
from ajar.pathway.integration.window import DOSE_KINDS, BoundDose, Dose, bound, doses
from ajar.pathway.ledger.entry import Entry, effective, history_of

KINDS = (*DOSE_KINDS, PrivateNoteWritten.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One entry as it stands, and what it replaced, newest first."""

    entry: Entry
    older: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNote:
    """One session: the shared note, the dose it follows, and the viewer's own private note, if any."""

    held: IntegrationHeld
    shared: Note
    dose: Dose | None
    private: Note | None
    is_mine: bool

    @property
    def purpose_name(self) -> str:
        """Such as "Closing of the series"."""
        return SESSION_TYPES[self.held.purpose].name

    @property
    def covered(self) -> list[str]:
        """What of the checklists was covered, in words."""
        return [ITEM_WORDS.get(name, name) for name in getattr(self.held, "covered", ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """A patient's integration sessions, newest first, and each dose with its own."""

    sessions: Sequence[SessionNote]
    doses: Sequence[BoundDose]
    next_appointment: Appointment | None
    prompts: Sequence[SessionPrompt] = ()
    check_ins: Sequence[CheckIn] = ()

    @property
    def gaps(self) -> list[BoundDose]:
        """Doses given or due next without a session in the window."""
        given = [one for one in self.doses if one.dose.given]
        coming = [one for one in self.doses if not one.dose.given][:1]
        return [one for one in (*given, *coming) if one.is_gap]

    @property
    def gaps_by_bond(self) -> dict[str, str]:
        """The numbers of those doses, by what is wrong: {"missed": "1, 2"}."""
        numbers: dict[str, list[str]] = {}
        for one in self.gaps:
            numbers.setdefault(one.bond, []).append(str(one.dose.number))
        return {bond: ", ".join(found) for bond, found in numbers.items()}


def integration_of(patient: Patient, *, viewer: Account, now: datetime) -> Integration:
    """The page's content, as far as the viewer may read it."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=KINDS)
    told = effective(entries)
    standing, policy = doses(entries), programme().integration
    booked = integration_appointments(patient)
    coming = [appointment for appointment in booked if appointment.starts_at >= now]
    return Integration(
        sessions=_notes(entries, told, standing, viewer),
        doses=bound(standing, held=told, booked=[one.starts_at for one in booked], now=now),
        next_appointment=coming[0] if coming else None,
        prompts=session_prompts(standing, held=told, now=now, policy=policy),
        check_ins=check_ins(standing, now=now, policy=policy),
    )


def session_notes(patient: Patient, *, viewer: Account) -> list[SessionNote]:
    """Sessions held, newest first."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=KINDS)
    return _notes(entries, effective(entries), doses(entries), viewer)


def session_note(patient: Patient, entry_id: UUID, *, viewer: Account) -> SessionNote | None:
    """The session whose standing note this is, or None."""
    notes = session_notes(patient, viewer=viewer)
    return next((note for note in notes if note.shared.entry.id == entry_id), None)


def shared_with_patient(patient: Patient, *, viewer: Account) -> list[SessionNote]:
    """Sessions that the therapist shared with the patient, newest first."""
    return [note for note in session_notes(patient, viewer=viewer) if note.held.patient_may_read]


def doses_to_follow(patient: Patient, *, viewer: Account) -> list[Dose]:
    """Doses given, the latest first: what an integration session can follow."""
    given = [dose for dose in doses(entries_of(patient.pk, viewer=viewer, kinds=DOSE_KINDS)) if dose.given]
    return list(reversed(given))


def integration_appointments(patient: Patient) -> list[Appointment]:
    """Booked integration appointments in order of time."""
    return list(
        Appointment.objects.filter(
            patient=patient, type_id=AppointmentType.INTEGRATION, status=Appointment.Status.BOOKED
        )
        .select_related("site", "type")
        .order_by("starts_at")
    )


def _notes(
    entries: Sequence[Entry], told: Sequence[Entry], standing: Sequence[Dose], viewer: Account
) -> list[SessionNote]:
    doses_by_id: dict[UUID | None, Dose] = {dose.encounter_id: dose for dose in standing}
    private = {entry.encounter_id: entry for entry in told if isinstance(entry.payload, PrivateNoteWritten)}
    notes = [
        SessionNote(
            held=entry.payload,
            shared=Note(entry=entry, older=history_of(entry, entries)),
            dose=doses_by_id.get(entry.payload.dosing_encounter_id),
            private=_note(private.get(entry.encounter_id), entries),
            is_mine=entry.recorded_by.id == str(viewer.pk),
        )
        for entry in told
        if isinstance(entry.payload, IntegrationHeld)
    ]
    return sorted(notes, key=lambda note: note.shared.entry.happened_at, reverse=True)


def _note(entry: Entry | None, entries: Sequence[Entry]) -> Note | None:
    return Note(entry=entry, older=history_of(entry, entries)) if entry is not None else None
