"""From a filled-in form to a recorded session; a refusal goes back into the form, with what was typed."""

from datetime import datetime

from ajar.clinic.integration.forms import CorrectionForm, NewSessionForm, PrivateNoteForm
from ajar.clinic.integration.selectors import SessionNote
from ajar.clinic.integration.services import (
    SessionRefused,
    add_private_note,
    correct_private_note,
    correct_session,
    record_session,
)
from ajar.clinic.ledger.services import NotInThisChart
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account


def save_new(form: NewSessionForm, *, patient: Patient, by: Account, now: datetime) -> bool:
    """Record the session that the form describes; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        record_session(
            patient=patient,
            site=patient.site,
            held=form.held,
            held_at=form.held_at,
            private_note=form.cleaned_data["private_note"],
            by=by,
            now=now,
        )
    except SessionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def save_correction(form: CorrectionForm, *, note: SessionNote, by: Account, now: datetime) -> bool:
    """Record the correction that the form describes; False with the reason in the form."""
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    entry = note.shared.entry
    try:
        correct_session(entry=entry, held=form.held, held_at=form.held_at, reason=reason, by=by, now=now)
    except (SessionRefused, NotInThisChart) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def save_private(form: PrivateNoteForm, *, note: SessionNote, by: Account, now: datetime) -> bool:
    """Keep the private note that the form holds; False with the reason in the form."""
    if not form.is_valid():
        return False
    text = form.cleaned_data["text"]
    try:
        if note.private is None:
            add_private_note(session=note.shared.entry, text=text, by=by, now=now)
        else:
            reason = form.cleaned_data["reason"]
            correct_private_note(entry=note.private.entry, text=text, reason=reason, by=by, now=now)
    except (SessionRefused, NotInThisChart) as refused:
        form.add_error(None, str(refused))
        return False
    return True
