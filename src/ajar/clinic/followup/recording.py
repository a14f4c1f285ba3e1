"""Writes of a questionnaire that staff take down: begin, keep what is answered so far, hand in, drop."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ajar.clinic.followup.models import StaffRecording
from ajar.clinic.followup.risk import open_blank_task, raise_fresh_risk
from ajar.clinic.instruments.wordings import FormText
from ajar.clinic.ledger.selectors import entry_by_id
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import Risk, refuse_impossible_answers
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.patients.facts import refuse_future
from ajar.pathway.screening.risk import task_for_blank


class RecordingClosed(Exception):
    """It was handed in or dropped before."""


def instrument_of(recording: StaffRecording) -> Instrument:
    """Which questionnaire is taken down."""
    return SCORERS[recording.instrument]


@transaction.atomic
def begin_recording(
    *, patient: Patient, instrument: Instrument, by: Account, now: datetime
) -> StaffRecording:
    """Begin to take a questionnaire down, or go on with the one this person has open."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    kept = StaffRecording.objects.filter(
        patient=patient, instrument=instrument.id, begun_by=by, entry_id=None, dropped_at=None
    ).first()
    return kept or StaffRecording.objects.create(
        patient=patient,
        instrument=instrument.id,
        begun_at=now,
        begun_by=by,
        draft=[None] * instrument.item_count,
    )


@transaction.atomic
def keep_answers(
    *, recording: StaffRecording, answers: Sequence[int | None], now: datetime
) -> StaffRecording:
    """Keep the answers so far. A risk answer opens its task now, once for this form.

    Raises:
        RecordingClosed: it was handed in or dropped.
        ValueError: an answer is not among the options.
    """
    held = _held(recording)
    if not held.is_open:
        raise RecordingClosed
    _keep(held, answers, now=now)
    held.save(update_fields=["draft", "raised"])
    return held


@transaction.atomic
def hand_in_recording(
    *,
    recording: StaffRecording,
    answers: Sequence[int | None],
    mode: Mode,
    occasion: str,
    answered: datetime,
    text: FormText,
    by: Account,
    now: datetime,
) -> Entry:
    """Record the answers in the chart, once: a second hand-in returns what the first recorded.

    Raises:
        RecordingClosed: it was dropped.
        ValueError: an answer is not among the options, or the moment lies in the future.
    """
    held = _held(recording)
    if held.entry_id is not None:
        return entry_by_id(held.entry_id)
    if held.dropped_at is not None:
        raise RecordingClosed
    refuse_future("answered", answered, now=now)
    instrument = instrument_of(held)
    _keep(held, answers, now=now)
    payload = recorded(
        instrument,
        items=answers,
        mode=mode,
        language=text.language,
        occasion=occasion,
        text_from=text.text_from,
        attribution=text.attribution,
    )
    new = NewEntry(payload=payload, happened_at=answered, source_ref=f"recording:{held.pk}")
    entry = append([new], patient_id=held.patient_id, expected=ANYWHERE, by=author_of(by), now=now)[0]
    if (blank := task_for_blank(instrument, answers)) is not None:
        open_blank_task(blank, patient=held.patient, subject=str(held.pk), now=now)
    held.entry_id, held.draft = entry.id, []
    held.save(update_fields=["entry_id", "draft", "raised"])
    return entry


@transaction.atomic
def drop_recording(*, recording: StaffRecording, now: datetime) -> None:
    """Give up one that was begun. A task that it opened stays open; one handed in stays as it is."""
    open_one = StaffRecording.objects.filter(pk=recording.pk, entry_id=None, dropped_at=None)
    open_one.update(dropped_at=now, draft=[])


def _keep(held: StaffRecording, answers: Sequence[int | None], *, now: datetime) -> Risk | None:
    instrument = instrument_of(held)
    refuse_impossible_answers(instrument, answers)
    held.draft = list(answers)
    return raise_fresh_risk(held, instrument, answers, now=now)


def _held(recording: StaffRecording) -> StaffRecording:
    found = StaffRecording.objects.select_for_update(of=("self",)).select_related("patient__site")
    return found.get(pk=recording.pk)
