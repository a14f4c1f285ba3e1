"""Taking records made elsewhere into ledgers: one file, one transaction, and the same file never twice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.services import register_patient
from ajar.clinic.staff.models import Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.exchange.fhir.bundle import read_bundle
from ajar.exchange.fhir.outcome import BundleRefusal, LeftOut, PatientDraft, PatientRecord
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.entry import Author, NewEntry, Source
from ajar.pathway.staff.roles import Role

MAX_IMPORT_REF_CHARS: Final = 120
READ_WITHIN: Final = timedelta(hours=24)
"""How soon a person should read what an import could not take and may not ignore; design default."""

RECORDED_BEFORE: Final = "it was taken before"
CHANGED_SINCE: Final = "it was taken before and has changed since: a person has to correct the chart"
OTHER_CHART: Final = "it stands in another patient's chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file. `patient` is None when the file was refused whole.

    `look_alikes` are record numbers of other patients with the same name and date of birth.
    """

    patient: Patient | None
    is_new: bool
    refused: str
    taken: Mapping[str, int]
    left: tuple[LeftOut, ...]
    look_alikes: tuple[str, ...]


@transaction.atomic
def import_bundle(*, data: bytes, site: Site, by: Author, now: datetime) -> Imported:
    """Take one FHIR bundle in: the whole of what can be taken, or nothing."""
    record = read_bundle(data, now=now, zone=site.zone)
    if isinstance(record, BundleRefusal):
        return Imported(patient=None, is_new=False, refused=record.because, taken={}, left=(), look_alikes=())
    reference = import_ref(record.patient)
    known = Patient.objects.filter(import_ref=reference).first()
    look_alikes = () if known else tuple(twins(record.patient).values_list("mrn", flat=True))
    patient = known or enrol(record.patient, reference=reference, site=site, now=now)
    fresh, left = sort_out(record.facts, patient)
    if fresh:
        append(fresh, patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
    if known is None:
        ask_to_read(record, patient, now=now)
    taken = Counter(fact.source_ref.removeprefix("fhir:").partition("/")[0] for fact in fresh)
    if known is None:
        taken["Patient"] = 1
    return Imported(
        patient=patient,
        is_new=known is None,
        refused="",
        taken=dict(sorted(taken.items())),
        left=(*record.report.left, *left),
        look_alikes=look_alikes,
    )


def import_ref(draft: PatientDraft) -> str:
    """How the patient is recognised when the same record comes again."""
    reference = f"fhir:{draft.reference}"
    if len(reference) <= MAX_IMPORT_REF_CHARS:
        return reference
    return f"fhir:{sha256(reference.encode()).hexdigest()}"


def twins(draft: PatientDraft) -> QuerySet[Patient]:
    """Patients of the same name, born on the same day."""
    return Patient.objects.filter(
        given_name__iexact=draft.given_name,
        family_name__iexact=draft.family_name,
        birth_date=draft.birth_date,
    )


def enrol(draft: PatientDraft, *, reference: str, site: Site, now: datetime) -> Patient:
    """Store the person under a fresh record number of ours."""
    spoken = draft.language.partition("-")[0].lower()
    return register_patient(
        given_name=draft.given_name,
        family_name=draft.family_name,
        birth_date=draft.birth_date,
        sex=draft.sex,
        site=site,
        now=now,
        email=draft.email,
        phone=draft.phone,
        language=spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        import_ref=reference,
    )


def sort_out(facts: Sequence[NewEntry], patient: Patient) -> tuple[list[NewEntry], list[LeftOut]]:
    """What is new, and what was taken before."""
    references = [fact.source_ref for fact in facts]
    rows = LedgerEntry.objects.filter(source=Source.IMPORT, source_ref__in=references)
    recorded = {row.source_ref: row for row in rows}
    fresh = [fact for fact in facts if fact.source_ref not in recorded]
    left = [
        left_out(fact, recorded[fact.source_ref], patient) for fact in facts if fact.source_ref in recorded
    ]
    return fresh, left


def left_out(fact: NewEntry, row: LedgerEntry, patient: Patient) -> LeftOut:
    """Why a fact that is in a ledger already is not taken again."""
    reference = fact.source_ref.removeprefix("fhir:")
    because = RECORDED_BEFORE if row.payload == canonical(encode(fact.payload)) else CHANGED_SINCE
    if row.patient_id != patient.pk:
        because = OTHER_CHART
    return LeftOut(resource_type=reference.partition("/")[0], reference=reference, because=because)


def ask_to_read(record: PatientRecord, patient: Patient, *, now: datetime) -> None:
    """Open a task where the record speaks of suicide in a form that was not taken."""
    to_read = record.report.to_read_by_a_person
    if not to_read:
        return
    named = ", ".join(one.reference for one in to_read)
    open_task(
        kind="import-to-read",
        title="Read an imported record that speaks of suicide",
        because=f"The import could not take these and a person must see them in the source: {named}.",
        owner_role=Role.PRESCRIBER,
        urgency=Task.Urgency.URGENT,
        patient=patient,
        subject_ref=str(patient.pk),
        due_at=now + READ_WITHIN,
        now=now,
    )
