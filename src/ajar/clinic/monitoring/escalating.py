"""Passing on a high alarm that nobody has seen: asked every few seconds while the server runs.

Several processes may ask at once: a row is locked before a step is taken, so each step is taken once.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.monitoring.models import SignsNow, Unseen
from ajar.clinic.monitoring.readmodel import vitals_of
from ajar.clinic.monitoring.selectors import watch, watchings
from ajar.clinic.monitoring.services import ALARM_UNSEEN, alarm_subject
from ajar.clinic.scheduling.models import Hold, Resource
from ajar.clinic.staff.authors import SYSTEM
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import AlarmEscalated
from ajar.pathway.monitoring.escalation import EscalationPolicy, Rung, unseen_high
from ajar.pathway.staff.roles import Role

AROUND: Final = timedelta(hours=12)
"""Who was at the program within this time may be on duty (design default)."""

ROLE_OF: Final[Mapping[Rung, Role]] = {
    Rung.PRESCRIBER: Role.PRESCRIBER,
    Rung.DIRECTOR: Role.MEDICAL_DIRECTOR,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One high alarm that nobody has seen, and whose it is."""

    row: DosingNow
    alarm: Alarm


def pass_on(*, now: datetime) -> int:
    """Note what is unseen, forget what was seen, and take the steps that are due; how many were taken."""
    policy = programme().escalation
    waiting = {(one.row.pk, one.alarm.key): one for one in all_waiting(now=now)}
    known = {(row.encounter_id, row.alarm): row for row in Unseen.objects.all()}
    for gone in known.keys() - waiting.keys():
        known[gone].delete()
    for new in waiting.keys() - known.keys():
        one = waiting[new]
        Unseen.objects.get_or_create(
            encounter_id=one.row.pk,
            alarm=one.alarm.key,
            defaults={"site_id": one.row.site_id, "since": now},
        )
    return sum(take_steps(one, now=now, policy=policy) for one in waiting.values())


def all_waiting(*, now: datetime) -> list[Waiting]:
    """Every unseen high alarm of every room: a few queries whatever their number."""
    rows = {row.pk: row for row in DosingNow.objects.filter(stage__in=IN_ROOM)}
    plans = watchings(rows.values())
    found: list[Waiting] = []
    for signs in SignsNow.objects.filter(pk__in=rows):
        row = rows[signs.pk]
        watched = watch(session_of(row), vitals_of(signs), now=now, watching=plans[row.pk])
        found += [Waiting(row=row, alarm=alarm) for alarm in unseen_high(watched.alarms)]
    return found


@transaction.atomic
def take_steps(one: Waiting, *, now: datetime, policy: EscalationPolicy) -> int:
    """Tell whoever is due to be told of this alarm; how many steps were taken."""
    held = Unseen.objects.select_for_update().filter(encounter_id=one.row.pk, alarm=one.alarm.key).first()
    if held is None:
        return 0
    if held.reached:
        name_the_room(one)
    due = policy.reached(unseen_since=held.since, now=now)
    steps = policy.steps[held.reached : due]
    for step in steps:
        held.told = on_duty(one.row.site, step.to, now=now)
        tell(one, step.to, held, now=now, policy=policy)
    if steps:
        held.reached = due
        held.save(update_fields=["reached", "told"])
    return len(steps)


def title_of(one: Waiting) -> str:
    """Where to go, to whom, and why."""
    return f"{one.row.room_name}, {one.row.patient.initials}: {one.alarm.text}"


def name_the_room(one: Waiting) -> None:
    """A task that is open names the room in which the patient is now, not the one they were moved from."""
    subject, title = alarm_subject(one.row.pk, one.alarm.key), title_of(one)
    waiting = Task.objects.filter(kind=ALARM_UNSEEN, subject_ref=subject, done_at=None)
    waiting.exclude(title=title).update(title=title)


def tell(one: Waiting, rung: Rung, held: Unseen, *, now: datetime, policy: EscalationPolicy) -> None:
    """A task with a name on it, and an entry that keeps whom."""
    name = held.told.titled_name if held.told else ""
    task = open_task(
        kind=ALARM_UNSEEN,
        title=title_of(one),
        because=f"A high alarm that nobody has seen since {held.since.astimezone(one.row.site.zone):%H:%M}. "
        f"Told to {rung}. ({policy.source})",
        owner_role=ROLE_OF[rung],
        due_at=now,
        now=now,
        urgency=Task.Urgency.URGENT,
        patient=one.row.patient,
        site=one.row.site,
        subject_ref=alarm_subject(one.row.pk, one.alarm.key),
    )
    Task.objects.filter(pk=task.pk).update(owner=held.told)
    payload = AlarmEscalated(
        alarm=one.alarm.key,
        priority=one.alarm.priority,
        message=one.alarm.text,
        rung=rung,
        told=name,
        unseen_since=held.since,
        version=policy.version,
    )
    new = NewEntry(payload=payload, happened_at=now, encounter_id=one.row.pk)
    append([new], patient_id=one.row.patient_id, expected=ANYWHERE, by=SYSTEM, now=now)
    log.warning("A high alarm was passed on to %s.", rung)


def on_duty(site: Site, rung: Rung, *, now: datetime) -> Account | None:
    """Who is told: the prescriber whose appointment runs, else one seen lately, else the director."""
    people = site.accounts.filter(is_active=True)
    if rung is Rung.PRESCRIBER:
        lately = people.filter(role=Role.PRESCRIBER, last_seen_at__gte=now - AROUND).order_by("-last_seen_at")
        found = _booked(site, now) or lately.first() or people.filter(role=Role.PRESCRIBER).first()
        if found is not None:
            return found
    return people.filter(role=Role.MEDICAL_DIRECTOR).order_by("printed_name").first()


def _booked(site: Site, now: datetime) -> Account | None:
    hold = (
        Hold.objects.select_related("resource__account")
        .filter(
            resource__kind=Resource.Kind.PRESCRIBER,
            resource__account__is_active=True,
            appointment__site=site,
            starts_at__lte=now,
            ends_at__gt=now,
        )
        .first()
    )
    return hold.resource.account if hold else None


def passed_on(encounters: Iterable[UUID]) -> dict[tuple[UUID, str], Unseen]:
    """Whom each unseen alarm of these sessions was passed on to; one query."""
    rows = Unseen.objects.select_related("told").filter(encounter_id__in=list(encounters), reached__gt=0)
    return {(row.encounter_id, row.alarm): row for row in rows}
