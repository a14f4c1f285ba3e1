"""Writes of follow-up at the patient's side: open a link, answer item by item, hand in."""

from datetime import datetime
from typing import Final

from django.db import transaction

from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.risk import open_blank_task, raise_fresh_risk
from ajar.clinic.ledger.selectors import entry_by_id
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.pathway.instruments.answers import Mode, QuestionnaireRecorded
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import INSTRUMENTS
from ajar.pathway.instruments.score import Risk, risk_of
from ajar.pathway.instruments.stepped import instrument_after
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry, Source
from ajar.pathway.screening.risk import task_for_blank

SOURCES: Final = {Mode.SELF_WEB: Source.LINK, Mode.SELF_PORTAL: Source.PORTAL}


class LinkClosed(Exception):
    """The link was used, cancelled, or has ended."""


def instrument_of(invitation: QuestionnaireInvitation) -> Instrument:
    """Which questionnaire the invitation is for."""
    return INSTRUMENTS[invitation.instrument]


def draft_of(invitation: QuestionnaireInvitation) -> list[int | None]:
    """The answers so far, one for each item; None where there is none yet."""
    instrument = instrument_of(invitation)
    return list(invitation.draft) or [None] * instrument.item_count


@transaction.atomic
def open_link(*, invitation: QuestionnaireInvitation, now: datetime) -> QuestionnaireInvitation:
    """Remember when the patient first began.

    Raises:
        LinkClosed: it can no longer be answered.
    """
    held = _held(invitation, now)
    if held.opened_at is None:
        held.opened_at = now
        held.save(update_fields=["opened_at"])
    return held


@transaction.atomic
def answer_item(
    *, invitation: QuestionnaireInvitation, number: int, answer: int | None, now: datetime
) -> Risk | None:
    """Keep one answer (None: skipped). A risk answer opens its task now, not when the form is handed in.

    A short form whose answers call for the rest becomes the long one, with its first answers kept.

    Raises:
        LinkClosed: it can no longer be answered.
    """
    held = _held(invitation, now)
    draft = draft_of(held)
    draft[number - 1] = answer
    held.draft, held.reached = draft, max(held.reached, number)
    held.opened_at = held.opened_at or now
    instrument = instrument_of(held)
    raise_fresh_risk(held, instrument, draft, now=now)
    _grow(held, number, now=now)
    held.save(update_fields=["instrument", "draft", "reached", "opened_at", "raised"])
    return risk_of(instrument, number, answer)


@transaction.atomic
def hand_in(*, invitation: QuestionnaireInvitation, mode: Mode, now: datetime) -> Entry:
    """Record the answers in the chart, once: a second hand-in returns what the first recorded.

    Raises:
        LinkClosed: it was cancelled or has ended, or no item was reached yet.
    """
    held = _locked(invitation)
    if held.entry_id is not None:
        return entry_by_id(held.entry_id)
    if not held.is_open(now) or held.reached == 0:
        raise LinkClosed
    instrument, items = instrument_of(held), tuple(draft_of(held))
    new = NewEntry(
        payload=_answered(held, instrument, items, mode),
        happened_at=now,
        source=SOURCES[mode],
        source_ref=f"invitation:{held.pk}",
    )
    author = patient_author(held.patient)
    entry = append([new], patient_id=held.patient_id, expected=ANYWHERE, by=author, now=now)[0]
    if (blank := task_for_blank(instrument, items)) is not None:
        open_blank_task(blank, patient=held.patient, subject=str(held.pk), now=now)
    held.answered_at, held.entry_id, held.draft = now, entry.id, []
    held.save(update_fields=["answered_at", "entry_id", "draft"])
    return entry


def patient_author(patient: Patient) -> Author:
    """The patient as a ledger author, with or without an account."""
    return Author(kind=AuthorKind.PATIENT, id=str(patient.account_id or patient.pk), name=patient.name)


def _grow(held: QuestionnaireInvitation, number: int, *, now: datetime) -> None:
    """Ask the rest where the short form calls for it (pathway.instruments.stepped)."""
    before = instrument_of(held)
    after = instrument_after(before, number, held.draft)
    if after is before:
        return
    held.draft += [None] * (after.item_count - before.item_count)
    held.instrument = after.id
    same = QuestionnaireInvitation.objects.filter(
        patient=held.patient, instrument=after.id, occasion=held.occasion, answered_at=None, cancelled_at=None
    ).exclude(pk=held.pk)
    same.update(cancelled_at=now, cancelled_because="asked in another link of the same occasion", draft=[])


def _answered(
    held: QuestionnaireInvitation, instrument: Instrument, items: tuple[int | None, ...], mode: Mode
) -> QuestionnaireRecorded:
    wording = instrument.wording(held.language)
    return recorded(
        instrument,
        items=items,
        mode=mode,
        language=wording.language,
        occasion=held.occasion,
        attribution=wording.attribution,
    )


def _held(invitation: QuestionnaireInvitation, now: datetime) -> QuestionnaireInvitation:
    held = _locked(invitation)
    if not held.is_open(now):
        raise LinkClosed
    return held


def _locked(invitation: QuestionnaireInvitation) -> QuestionnaireInvitation:
    return (
        QuestionnaireInvitation.objects.select_for_update(of=("self",))
        .select_related("patient__site")
        .get(pk=invitation.pk)
    )
