"""Writes of maintenance: long-term checks, signs of misuse, the interval, the end, and their tasks."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.maintenance.models import SurveillanceRow
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import close_task, open_task
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.maintenance.concerns import Concern, concerns
from ajar.pathway.maintenance.entries import (
    IntervalSet,
    MaintenanceStopped,
    MisuseSign,
    MisuseSignNoted,
    StopReason,
    SurveillanceDone,
    SurveillanceResult,
)
from ajar.pathway.maintenance.surveillance import Check, SurveillancePolicy
from ajar.pathway.maintenance.watching import WATCH_KINDS, watched_from

PROMPT_KIND: Final = "surveillance"
CONCERN_KIND: Final = "surveillance-concern"


class MaintenanceRefused(ValueError):
    """What was written cannot stand, in words for staff."""


@transaction.atomic
def record_check(
    *,
    patient: Patient,
    check: Check,
    done_on: date,
    result: SurveillanceResult,
    words: str,
    by: Account,
    now: datetime,
) -> Entry:
    """A long-term check was done or declined; its open task is closed with that.

    Raises:
        MaintenanceRefused: the day lies ahead, or a concern or refusal says nothing.
    """
    _refuse_ahead(done_on, patient, now)
    if result is not SurveillanceResult.CLEAR and not words.strip():
        raise MaintenanceRefused(_("Say what was found, or why it was declined."))
    ours = programme()
    done = SurveillanceDone(
        check=check.id,
        done_on=done_on,
        result=result,
        words=words,
        rulebook_version=ours.surveillance.version,
    )
    entry = _add(done, patient, by, now)
    for task in Task.objects.filter(kind=PROMPT_KIND, subject_ref=_subject(patient, check.id), done_at=None):
        close_task(task=task, outcome=f"Recorded: {result}. {words}".strip(), by=by, now=now)
    _open_concerns(patient, ours, now)
    return entry


@transaction.atomic
def note_misuse_sign(
    *, patient: Patient, sign: MisuseSign, noticed_on: date, words: str, by: Account, now: datetime
) -> Entry:
    """A sign of misuse was noticed. It accuses nobody; several within a while open a task.

    Raises:
        MaintenanceRefused: the day lies ahead.
    """
    _refuse_ahead(noticed_on, patient, now)
    entry = _add(MisuseSignNoted(sign=sign, noticed_on=noticed_on, words=words), patient, by, now)
    _open_concerns(patient, programme(), now)
    return entry


@transaction.atomic
def set_interval(
    *, patient: Patient, product: str, interval_days: int, because: str, by: Account, now: datetime
) -> Entry:
    """The prescriber sets or justifies the days between doses.

    Raises:
        MaintenanceRefused: no reason, or days outside 1 to 366.
    """
    try:
        payload = IntervalSet(
            product=product,
            interval_days=interval_days,
            because=because,
            rulebook_version=programme().maintenance[product].version,
        )
    except ValueError as refused:
        raise MaintenanceRefused(str(refused)) from None
    return _add(payload, patient, by, now)


@transaction.atomic
def stop_maintenance(
    *, patient: Patient, product: str, reason: StopReason, words: str, by: Account, now: datetime
) -> Entry:
    """Treatment ends, with a coded reason.

    Raises:
        MaintenanceRefused: "something else" without words.
    """
    try:
        payload = MaintenanceStopped(product=product, reason=reason, words=words)
    except ValueError as refused:
        raise MaintenanceRefused(str(refused)) from None
    return _add(payload, patient, by, now)


def open_prompt_tasks(*, patients: Iterable[Patient], now: datetime) -> int:
    """Open a task for every check that is due, and for every concern; returns how many stand open now.

    Each check has one open task at most, however often this runs.
    """
    ours = programme()
    return sum(_open_for(patient, ours, now) for patient in patients)


def _open_concerns(patient: Patient, ours: Programme, now: datetime) -> int:
    """Open a task for each concern that stands."""
    zone, policy = patient.site.zone, ours.surveillance
    watched = watched_from(
        all_entries(patient.pk, kinds=WATCH_KINDS),
        zone=zone,
        policies=ours.maintenance,
        surveillance=policy,
    )
    found = concerns(watched, today=now.astimezone(zone).date(), policy=policy)
    for concern in found:
        _open_concern(concern, patient, now)
    return len(found)


@transaction.atomic
def _open_for(patient: Patient, ours: Programme, now: datetime) -> int:
    today = now.astimezone(patient.site.zone).date()
    due = list(SurveillanceRow.objects.filter(patient=patient, due_on__lte=today))
    for row in due:
        _open_prompt(ours.surveillance, row, patient, now)
    return len(due) + _open_concerns(patient, ours, now)


def _open_prompt(policy: SurveillancePolicy, row: SurveillanceRow, patient: Patient, now: datetime) -> Task:
    check = policy.check(row.check_id)
    last = f"last done on {row.last_on.isoformat()}" if row.last_on else "not done since the first dose"
    return open_task(
        kind=PROMPT_KIND,
        title=f"{check.name}: {check.what}",
        because=f"Due on {row.due_on.isoformat()}, {last}. Rule {check.rule_id}; {check.source}; "
        f"{policy.version}.",
        owner_role=check.owner,
        due_at=datetime.combine(row.due_on, time(23, 59), tzinfo=patient.site.zone),
        now=now,
        patient=patient,
        subject_ref=_subject(patient, check.id),
    )


def _open_concern(concern: Concern, patient: Patient, now: datetime) -> Task:
    last_minute = datetime.combine(
        now.astimezone(patient.site.zone).date(), time(23, 59), tzinfo=patient.site.zone
    )
    return open_task(
        kind=CONCERN_KIND,
        title=concern.action,
        because=f"{concern.because} Rule {concern.rule_id}; {concern.source}; {concern.rulebook_version}.",
        owner_role=concern.owner,
        due_at=max(last_minute, now),
        now=now,
        patient=patient,
        subject_ref=_subject(patient, concern.id),
    )


def _subject(patient: Patient, name: str) -> str:
    return f"{patient.pk}/{name}"


def _add(payload: Payload, patient: Patient, by: Account, now: datetime) -> Entry:
    new = NewEntry(payload=payload, happened_at=now)
    return append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)[0]


def _refuse_ahead(day: date, patient: Patient, now: datetime) -> None:
    if day > now.astimezone(patient.site.zone).date():
        raise MaintenanceRefused(_("The day lies ahead."))
