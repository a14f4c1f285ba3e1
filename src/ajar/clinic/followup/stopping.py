"""A patient stops being sent questionnaires, or comes back to it; the clinic is told (features.md H14)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ajar.clinic.followup.models import AskingStopped, QuestionnaireInvitation
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.followup.entries import QuestionnairesResumed, QuestionnairesStopped
from ajar.pathway.ledger.entry import Author, NewEntry, Source
from ajar.pathway.staff.roles import Role

STOP_KIND: Final = "questionnaires-stopped"
TALK_WITHIN: Final = timedelta(days=2)
"""How soon someone asks the patient how to stay in touch (design default)."""


@transaction.atomic
def stop_asking(*, patient: Patient, words: str, by: Author, source: Source, now: datetime) -> None:
    """Send this patient no more questionnaires, end the open links, and tell the clinic; once."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    if AskingStopped.objects.filter(pk=patient.pk).exists():
        return
    said = QuestionnairesStopped(words=words.strip())
    new = NewEntry(payload=said, happened_at=now, source=source)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
    open_links = QuestionnaireInvitation.objects.filter(patient=patient, answered_at=None, cancelled_at=None)
    open_links.update(cancelled_at=now, cancelled_because="the patient stopped questionnaires", draft=[])
    because = f"They said: {words.strip()}" if words.strip() else "They gave no reason; nobody has to."
    open_task(
        kind=STOP_KIND,
        title="The patient stopped questionnaires: agree how to stay in touch",
        because=f"{because} No score will warn of a relapse now.",
        owner_role=Role.NURSE,
        due_at=now + TALK_WITHIN,
        now=now,
        urgency=Task.Urgency.ROUTINE,
        patient=patient,
        subject_ref=f"stop:{patient.pk}",
        contact=patient.phone,
    )


@transaction.atomic
def resume_asking(*, patient: Patient, words: str, by: Author, now: datetime) -> None:
    """The patient wants to be asked again; without a stop nothing is written."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    if not AskingStopped.objects.filter(pk=patient.pk).exists():
        return
    new = NewEntry(payload=QuestionnairesResumed(words=words.strip()), happened_at=now)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
