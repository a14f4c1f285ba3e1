"""Writes of the safety room: adverse events with the tasks that they open, and a site's certification."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.services import ANYWHERE, append, correct
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.safety.models import RemsSiteKind
from ajar.clinic.safety.selectors import setting_of
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.patients.facts import refuse_future
from ajar.pathway.safety.entries import AdverseEventRecorded
from ajar.pathway.safety.rems_duties import SOURCE, Duty, RemsSetting, asks
from ajar.pathway.staff.roles import Role

SERIOUS_KIND = "serious-adverse-event"
REMS_KIND = "rems-adverse-event"


@transaction.atomic
def record_adverse_event(
    *, patient: Patient, event: AdverseEventRecorded, by: Account, now: datetime, encounter_id: UUID | None
) -> Entry:
    """Record an adverse event, in a session or between visits (`encounter_id` None), and open its tasks.

    Raises:
        ValueError: in words: it begins or ends in the future.
    """
    _refuse_future(event, now=now)
    new = NewEntry(payload=event, happened_at=event.onset_at, encounter_id=encounter_id)
    (entry,) = append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)
    _open_tasks(entry, event, patient=patient, now=now)
    return entry


@transaction.atomic
def update_adverse_event(
    *, entry: Entry, event: AdverseEventRecorded, reason: str, patient: Patient, by: Account, now: datetime
) -> Entry:
    """Say how it went on, or correct it; what was recorded before stays visible.

    Raises:
        ValueError: in words: it begins or ends in the future.
    """
    _refuse_future(event, now=now)
    newer = correct(
        entry=entry, payload=event, reason=reason, by=author_of(by), now=now, happened_at=event.onset_at
    )
    _open_tasks(newer, event, patient=patient, now=now)
    return newer


@transaction.atomic
def keep_setting(*, site: Site, setting: RemsSetting) -> RemsSiteKind:
    """Say how a site is certified under the REMS."""
    kept, _created = RemsSiteKind.objects.update_or_create(site=site, defaults={"setting": setting})
    return kept


def _refuse_future(event: AdverseEventRecorded, *, now: datetime) -> None:
    refuse_future("The onset", event.onset_at, now=now)
    if event.ended_at is not None:
        refuse_future("The end", event.ended_at, now=now)


def _open_tasks(entry: Entry, event: AdverseEventRecorded, *, patient: Patient, now: datetime) -> None:
    within = timedelta(hours=programme().safety.serious_within_h)
    subject = f"adverse-event:{entry.supersedes or entry.id}"  # said anew, it is still one task
    if event.seriousness is not None:
        open_task(
            kind=SERIOUS_KIND,
            title=_("Serious adverse event: %(term)s") % {"term": event.term},
            because=_(
                "%(why)s. Reported by %(name)s. Review and report without waiting (clinical.md 2.4, 27)."
            )
            % {"why": event.seriousness.capitalize(), "name": entry.recorded_by.name},
            owner_role=Role.MEDICAL_DIRECTOR,
            due_at=now + within,
            now=now,
            urgency=Task.Urgency.URGENT,
            patient=patient,
            subject_ref=subject,
        )
    if _programme_hears_of(entry):
        open_task(
            kind=REMS_KIND,
            title=_("Report to the REMS: %(term)s") % {"term": event.term},
            because=_("An inpatient setting reports every suspected adverse event (%(source)s).")
            % {"source": SOURCE},
            owner_role=Role.PRESCRIBER,
            due_at=now + within,
            now=now,
            patient=patient,
            subject_ref=subject,
        )


def _programme_hears_of(entry: Entry) -> bool:
    """Did it happen with the spray at a setting that reports suspected events one by one?"""
    if entry.encounter_id is None:
        return False
    encounter = Encounter.objects.select_related("site").get(pk=entry.encounter_id)
    spray = session_now(encounter.pk).product == Product.ESKETAMINE_IN
    return spray and asks(setting_of(encounter.site), Duty.ADVERSE_EVENTS)
