"""REMS forms: which are due, which were filed, and the reminders that a missing one raises (FSM-9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.selectors import session_now, sessions_in_reach
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter
from ajar.clinic.safety.selectors import setting_of
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import close_task, open_task
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.paperwork.deadline import RULE_ID, Deadline, Reminder
from ajar.pathway.paperwork.entries import FilingWay, RemsFiled
from ajar.pathway.paperwork.rems_policy import RemsPolicy
from ajar.pathway.safety.rems_duties import Duty, asks

LISTED_DAYS: Final = 30
"""How far back the list of forms and the reminders go (design default)."""
TASK_KIND: Final = "rems-form"


class FilingRefused(ValueError):
    """There is no form to file, in words for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForm:
    """One session whose form is to be filed, or was."""

    row: DosingNow
    deadline: Deadline
    days_left: int
    escalation: int
    filed: Entry | None

    @property
    def days_late(self) -> int:
        """Days past its due date; 0 or less while it is in time."""
        return -self.days_left


def forms_due(viewer: Account, *, now: datetime) -> list[DueForm]:
    """Sessions with the spray closed in the last 30 days: what is not filed first, then by due day."""
    rows = list(_closed(sessions_in_reach(viewer), now=now))
    filed = filings({row.patient_id for row in rows})
    policy = programme().rems
    due = [
        _due(row, row.first_dose_at, filed, policy, now=now) for row in rows if row.first_dose_at is not None
    ]
    wanted = [one for one in due if asks(setting_of(one.row.site), Duty.MONITORING_FORM)]
    return sorted(wanted, key=lambda one: (one.filed is not None, one.deadline.due_on))


def filings(patients: Iterable[UUID]) -> dict[UUID, Entry]:
    """By session, the newest entry that says that its form was filed."""
    kinds = (RemsFiled.KIND, EnteredInError.KIND)
    rows = LedgerEntry.objects.filter(patient_id__in=list(patients), kind__in=kinds).order_by(
        "patient_id", "position"
    )
    stands = effective(entry_of(row) for row in rows)
    return {e.payload.session: e for e in stands if isinstance(e.payload, RemsFiled)}


def _closed(rows: QuerySet[DosingNow], *, now: datetime) -> QuerySet[DosingNow]:
    return rows.filter(
        product=Product.ESKETAMINE_IN,
        first_dose_at__gte=now - timedelta(days=LISTED_DAYS),
        closed_at__isnull=False,
    )


def _due(
    row: DosingNow, first_dose_at: datetime, filed: dict[UUID, Entry], policy: RemsPolicy, *, now: datetime
) -> DueForm:
    zone = row.site.zone
    deadline = Deadline(treatment_on=first_dose_at.astimezone(zone).date(), policy=policy)
    today: date = now.astimezone(zone).date()
    return DueForm(
        row=row,
        deadline=deadline,
        days_left=deadline.days_left(today),
        escalation=deadline.escalation(today),
        filed=filed.get(row.pk),
    )


@transaction.atomic
def file_form(*, encounter_id: UUID, way: FilingWay, reference: str, by: Account, now: datetime) -> Entry:
    """Record that the form of a session was handed in, and close its reminder.

    Raises:
        FilingRefused: this session has no form, or is still open.
    """
    session = session_now(encounter_id)
    encounter = Encounter.objects.select_related("site").get(pk=encounter_id)
    has_form = session.product == Product.ESKETAMINE_IN and asks(
        setting_of(encounter.site), Duty.MONITORING_FORM
    )
    if not has_form or session.first_dose_at is None:
        raise FilingRefused(_("This session has no REMS form to file."))
    if session.closed_at is None:
        raise FilingRefused(_("The session is still open: the form tells how it ended."))
    filed = RemsFiled(
        session=encounter_id,
        way=way,
        reference=reference.strip(),
        generation=programme().rems.generation.words,
    )
    new = NewEntry(payload=filed, happened_at=now)
    (entry,) = append([new], patient_id=session.patient_id, expected=ANYWHERE, by=author_of(by), now=now)
    for task in Task.objects.filter(kind=TASK_KIND, subject_ref=_subject(encounter_id), done_at=None):
        close_task(task=task, outcome=_("Filed %(way)s.") % {"way": way}, by=by, now=now)
    return entry


def raise_reminders(*, now: datetime) -> list[Task]:
    """Open or sharpen a task for every form that is not filed, at each of its reminders, once."""
    rows = list(_closed(DosingNow.objects.select_related("patient__site", "site"), now=now))
    filed, policy = filings({row.patient_id for row in rows}), programme().rems
    raised: list[Task] = []
    for row in rows:
        if row.pk in filed or row.first_dose_at is None:
            continue
        if not asks(setting_of(row.site), Duty.MONITORING_FORM):
            continue
        due = _due(row, row.first_dose_at, filed, policy, now=now)
        reminder = due.deadline.reminder(now.astimezone(row.site.zone).date())
        if reminder is not None and not _raised_before(row, reminder):
            raised.append(_remind(due, reminder, now=now))
    return raised


def _title(reminder: Reminder) -> str:
    return _("File the REMS form: day %(day)s has come") % {"day": reminder.day}


def _subject(encounter_id: UUID) -> str:
    return f"encounter:{encounter_id}"


def _raised_before(row: DosingNow, reminder: Reminder) -> bool:
    """Was this very reminder raised, whether or not somebody closed it since?"""
    return Task.objects.filter(kind=TASK_KIND, subject_ref=_subject(row.pk), title=_title(reminder)).exists()


def _remind(due: DueForm, reminder: Reminder, *, now: datetime) -> Task:
    site: Site = due.row.site
    words = _(
        "Session %(n)s, treated %(on)s. Due %(due)s, 7 days after treatment (%(rule)s). Reminder %(k)s."
    )
    return open_task(
        kind=TASK_KIND,
        title=_title(reminder),
        because=words
        % {
            "n": due.row.number,
            "on": due.deadline.treatment_on.isoformat(),
            "due": due.deadline.due_on.isoformat(),
            "rule": RULE_ID,
            "k": reminder.number,
        },
        owner_role=reminder.owner,
        due_at=datetime.combine(due.deadline.due_on, time(23, 59), tzinfo=site.zone),
        now=now,
        urgency=Task.Urgency.URGENT if reminder.urgent else Task.Urgency.ROUTINE,
        patient=due.row.patient,
        site=site,
        subject_ref=_subject(due.row.pk),
    )
