"""Writing down what is seen and done while a patient is watched, and correcting it.

Observations are true whoever came first: they never make a colleague's open form stale.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.services import ANYWHERE, append, correct
from ajar.clinic.monitoring.models import Unseen
from ajar.clinic.monitoring.once import recorded_before, reference_of
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import close_task
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Severity
from ajar.pathway.monitoring.events import TERMS
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured
from ajar.pathway.patients.facts import refuse_future

ALARM_UNSEEN: Final = "alarm-unseen"
"""The kind of the task that passes on a high alarm nobody has seen."""


class AskOnce(ValueError):
    """An unusual value: it is taken when a person says that it is right."""

    def __init__(self, unusual: tuple[str, ...]) -> None:
        super().__init__(_("Unusual: %(values)s.") % {"values": ", ".join(unusual)})
        self.unusual = unusual


class NotWatched(ValueError):
    """Nobody is in the room yet, or never was."""


@transaction.atomic
def record_vitals(
    *,
    encounter_id: UUID,
    vitals: VitalsMeasured,
    by: Account,
    now: datetime,
    measured_at: datetime | None = None,
    once: str = "",
) -> Entry:
    """Record a set of vital signs. `once` is the form's own key: a second copy records nothing.

    Raises:
        AskOnce: a value is unusual and nobody has confirmed it.
        NotWatched: the patient has not arrived.
    """
    refuse_unasked(vitals)
    return observe(vitals, encounter_id=encounter_id, by=by, now=now, happened_at=measured_at, once=once)


@transaction.atomic
def rate_sedation(
    *,
    encounter_id: UUID,
    moaa_s: int,
    by: Account,
    now: datetime,
    measured_at: datetime | None = None,
    once: str = "",
) -> Entry:
    """Record a MOAA/S score."""
    payload = SedationRated(moaa_s=moaa_s)
    return observe(payload, encounter_id=encounter_id, by=by, now=now, happened_at=measured_at, once=once)


@transaction.atomic
def rate_dissociation(
    *,
    encounter_id: UUID,
    items: tuple[int, ...],
    distress: bool,
    by: Account,
    now: datetime,
    measured_at: datetime | None = None,
    once: str = "",
) -> Entry:
    """Record CADSS-6 and whether it distresses."""
    payload = DissociationRated(items=items, distress=distress)
    return observe(payload, encounter_id=encounter_id, by=by, now=now, happened_at=measured_at, once=once)


@transaction.atomic
def note_event(
    *,
    encounter_id: UUID,
    event: str,
    by: Account,
    now: datetime,
    severity: Severity | None = None,
    action: str = "",
    note: str = "",
    happened_at: datetime | None = None,
    once: str = "",
) -> Entry:
    """Note that something happened: one tap for a listed event, words for the rest."""
    term = TERMS.get(event)
    graded = severity or (Severity.MILD if term is not None and term.adverse else None)
    payload = EventNoted(event=event, severity=graded, action=action.strip(), note=note.strip())
    return observe(payload, encounter_id=encounter_id, by=by, now=now, happened_at=happened_at, once=once)


@transaction.atomic
def acknowledge_alarm(*, encounter_id: UUID, alarm: Alarm, by: Account, now: datetime) -> Entry:
    """Say that it has been seen. It stays until the value is back or something was done."""
    payload = AlarmAcknowledged(alarm=alarm.key, priority=alarm.priority, message=alarm.text)
    close_escalation(encounter_id, alarm, _("Seen: %(what)s") % {"what": alarm.text}, by=by, now=now)
    return observe(payload, encounter_id=encounter_id, by=by, now=now, happened_at=None)


@transaction.atomic
def resolve_alarm(*, encounter_id: UUID, alarm: Alarm, action: str, by: Account, now: datetime) -> Entry:
    """Say what was done about it."""
    payload = AlarmResolved(
        alarm=alarm.key, priority=alarm.priority, message=alarm.text, action=action.strip()
    )
    close_escalation(encounter_id, alarm, payload.action, by=by, now=now)
    return observe(payload, encounter_id=encounter_id, by=by, now=now, happened_at=None)


def close_escalation(encounter_id: UUID, alarm: Alarm, outcome: str, *, by: Account, now: datetime) -> None:
    """Whoever sees an alarm that was passed on closes the task that passed it on."""
    Unseen.objects.filter(encounter_id=encounter_id, alarm=alarm.key).delete()
    subject = alarm_subject(encounter_id, alarm.key)
    for task in Task.objects.filter(kind=ALARM_UNSEEN, subject_ref=subject, done_at=None):
        close_task(task=task, outcome=outcome, by=by, now=now)


def alarm_subject(encounter_id: UUID, key: str) -> str:
    """What a task about this alarm is about."""
    return f"{encounter_id} {key}"[:80]


@transaction.atomic
def correct_reading(*, entry: Entry, corrected: Payload, reason: str, by: Account, now: datetime) -> Entry:
    """Replace a recorded observation; the old one stays visible with the reason.

    Raises:
        AskOnce: a value is unusual and nobody has confirmed it.
        ValueError: what replaces it is of another kind.
    """
    if type(corrected) is not type(entry.payload):
        raise ValueError(_("An observation is corrected by one of its own kind."))
    if isinstance(corrected, VitalsMeasured):
        refuse_unasked(corrected)
    return correct(entry=entry, payload=corrected, reason=reason, by=author_of(by), now=now)


@transaction.atomic
def take_back(*, entry: Entry, reason: str, by: Account, now: datetime) -> Entry:
    """Entered in error: it should never have been recorded. It stays visible, struck."""
    return correct(entry=entry, payload=None, reason=reason, by=author_of(by), now=now)


def refuse_unasked(vitals: VitalsMeasured) -> None:
    """An unusual value is asked about before it is recorded.

    Raises:
        AskOnce: nobody has confirmed it.
    """
    if (unusual := vitals.unusual()) and not vitals.confirmed_unusual:
        raise AskOnce(unusual)


def observe(
    payload: Payload,
    *,
    encounter_id: UUID,
    by: Account,
    now: datetime,
    happened_at: datetime | None,
    once: str = "",
) -> Entry:
    """Append one observation; one entered late keeps both its times, one sent twice is recorded once.

    Raises:
        NotWatched: the patient has not arrived, or it happened before they did.
        SentBefore: the form's key stands for another fact.
        ValueError: it lies in the future.
    """
    session = session_now(encounter_id)
    known = recorded_before(once, payload, encounter_id=encounter_id, patient_id=session.patient_id)
    if known is not None:
        return known
    moment = happened_at or now
    refuse_future(_("The time of measurement"), moment, now=now)
    if session.stage in (Stage.PLANNED, Stage.CANCELLED) or session.arrived_at is None:
        raise NotWatched(_("Nothing is recorded in stage '%(stage)s'.") % {"stage": session.stage})
    if moment < session.arrived_at:
        raise NotWatched(_("That is before the patient arrived."))
    new = NewEntry(
        payload=payload, happened_at=moment, encounter_id=encounter_id, source_ref=reference_of(once)
    )
    (entry,) = append([new], patient_id=session.patient_id, expected=ANYWHERE, by=author_of(by), now=now)
    return entry
