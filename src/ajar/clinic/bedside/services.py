"""Opening and closing the patient's screen, hearing it, and taking its calls.

A call and a silence are entries of the session like any other, so that the board learns of them by the
live stream. Who signs them is the screen: nobody is signed in there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.services import ANYWHERE, append, lock_chart
from ajar.clinic.monitoring.selectors import vitals_now
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.authors import SYSTEM, device_author
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.ledger.entry import Author, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY, Call, ScreenPolicy, call_of
from ajar.pathway.monitoring.entries import AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.events import HELP, RING_MISSED, SCREEN_SILENT, TERMS

SCREEN: Final = device_author("Patient's screen")


class ScreenClosed(ValueError):
    """No session runs that this screen could belong to, or its link has ended."""


class Ring(StrEnum):
    """What became of a ring that glowed."""

    TAPPED = "tapped"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the patient wants of their screen."""

    asks_for_taps: bool = False
    shows_intention: bool = False
    shows_music: bool = False


def is_running(encounter_id: UUID) -> bool:
    """Is the patient in a room, or seen by video?"""
    return DosingNow.objects.filter(pk=encounter_id, stage__in=IN_ROOM).exists()


@transaction.atomic
def make_screen(*, encounter: Encounter, wishes: Wishes, by: Account, now: datetime) -> PatientScreen:
    """Make a link; the one before ends.

    Raises:
        ScreenClosed: no session runs.
    """
    Encounter.objects.select_for_update().get(pk=encounter.pk)
    if not is_running(encounter.pk):
        raise ScreenClosed(_("The patient's screen opens when the patient has arrived."))
    close_screens(encounter=encounter, now=now)
    return PatientScreen.objects.create(
        encounter=encounter,
        made_by=by,
        made_at=now,
        asks_for_taps=wishes.asks_for_taps,
        shows_intention=wishes.shows_intention,
        shows_music=wishes.shows_music,
    )


@transaction.atomic
def close_screens(*, encounter: Encounter, now: datetime) -> None:
    """End the link; a silence that stands is over with it."""
    for screen in PatientScreen.objects.filter(encounter=encounter, closed_at=None):
        was_silent = screen.silent_since is not None
        PatientScreen.objects.filter(pk=screen.pk).update(closed_at=now, silent_since=None)
        if was_silent and is_running(encounter.pk):
            _over(screen, "the screen was closed by staff", now=now)


def hear(
    *,
    screen: PatientScreen,
    now: datetime,
    ring: Ring | None = None,
    policy: ScreenPolicy = DEFAULT_SCREEN_POLICY,
) -> Call:
    """The screen is there. Says how its call stands.

    Raises:
        ScreenClosed: the link has ended, or nobody is in the room any more.
    """
    refuse_closed(screen, now=now, policy=policy)
    alive = PatientScreen.objects.filter(pk=screen.pk, closed_at=None)
    if not alive.filter(silent_since=None).update(heard_at=now):
        _heard_again(screen, now=now)
    if screen.opened_at is None:
        alive.filter(opened_at=None).update(opened_at=now)
    if ring is not None and screen.asks_for_taps:
        _rung(screen, ring, now=now)
    return call_now(screen.encounter_id)


def refuse_closed(
    screen: PatientScreen, *, now: datetime, policy: ScreenPolicy = DEFAULT_SCREEN_POLICY
) -> None:
    """Refuse a link that has ended, and one whose session is over (ScreenClosed)."""
    if not screen.works(now=now, policy=policy) or not is_running(screen.encounter_id):
        raise ScreenClosed(_("This screen is closed."))


def call_now(encounter_id: UUID) -> Call:
    """How the patient's call stands."""
    vitals = vitals_now(encounter_id)
    return call_of(vitals.events, vitals.seen)


@transaction.atomic
def call_for_help(*, screen: PatientScreen, press: UUID, now: datetime) -> Call:
    """The patient wants someone. A press sent twice, or another before anyone has seen it, is one call.

    Raises:
        ScreenClosed: the link has ended; the patient is told to call out.
    """
    refuse_closed(screen, now=now)
    held = PatientScreen.objects.select_for_update().get(pk=screen.pk)
    call = call_now(screen.encounter_id)
    if held.last_press == press or call is Call.SENT:
        return call
    PatientScreen.objects.filter(pk=screen.pk).update(last_press=press)
    _note(screen.encounter, EventNoted(event=HELP, severity=None, action=""), by=SCREEN, now=now)
    return Call.SENT


@transaction.atomic
def call_from_home(*, encounter: Encounter, by: Author, now: datetime) -> Call:
    """The patient at home, signed in, wants someone; pressed again before anyone has seen it, it is one call.

    Raises:
        ScreenClosed: no session runs; the patient is told to telephone.
    """
    lock_chart(encounter.patient_id)
    if not is_running(encounter.pk):
        raise ScreenClosed(_("No session runs now. Telephone the clinic."))
    call = call_now(encounter.pk)
    if call is not Call.SENT:
        _note(encounter, EventNoted(event=HELP, severity=None, action=""), by=by, now=now)
    return Call.SENT


def note_silent_screens(*, now: datetime, policy: ScreenPolicy = DEFAULT_SCREEN_POLICY) -> int:
    """Raise an alarm for each open screen that is not heard any more; how many were raised.

    Several processes may ask at once: each silence is noted by whoever is first.
    """
    late = now - timedelta(seconds=policy.silent_after_s)
    running = DosingNow.objects.filter(stage__in=IN_ROOM).values("pk")
    waiting = PatientScreen.objects.filter(closed_at=None, silent_since=None, heard_at__lt=late)
    found = waiting.filter(encounter_id__in=running).select_related("encounter")
    return sum(_fell_silent(screen, late, now=now) for screen in found)


@transaction.atomic
def _fell_silent(screen: PatientScreen, late: datetime, *, now: datetime) -> bool:
    still = PatientScreen.objects.filter(pk=screen.pk, closed_at=None, silent_since=None, heard_at__lt=late)
    if not still.update(silent_since=now):
        return False
    note = EventNoted(event=SCREEN_SILENT, severity=None, action="", note="not heard any more")
    _note(screen.encounter, note, by=SYSTEM, now=now)
    return True


@transaction.atomic
def _heard_again(screen: PatientScreen, *, now: datetime) -> None:
    silent = PatientScreen.objects.filter(pk=screen.pk, closed_at=None, silent_since__isnull=False)
    if silent.update(silent_since=None, heard_at=now):
        _over(screen, "the screen is heard again", now=now)


def _over(screen: PatientScreen, because: str, *, now: datetime) -> None:
    term = TERMS[SCREEN_SILENT]
    over = AlarmResolved(
        alarm=term.key,
        priority=term.priority or Priority.MEDIUM,
        message=term.name.capitalize(),
        action=because,
    )
    _note(screen.encounter, over, by=SYSTEM, now=now)


@transaction.atomic
def _rung(screen: PatientScreen, ring: Ring, *, now: datetime) -> None:
    held = PatientScreen.objects.select_for_update().get(pk=screen.pk)
    if ring is Ring.TAPPED:
        held.taps, held.tapped_at = held.taps + 1, now
        held.save(update_fields=["taps", "tapped_at"])
        return
    held.misses += 1
    held.save(update_fields=["misses"])
    _note(screen.encounter, EventNoted(event=RING_MISSED, severity=None, action=""), by=SCREEN, now=now)


def _note(encounter: Encounter, payload: Payload, *, by: Author, now: datetime) -> None:
    new = NewEntry(payload=payload, happened_at=now, encounter_id=encounter.pk)
    append([new], patient_id=encounter.patient_id, expected=ANYWHERE, by=by, now=now)
