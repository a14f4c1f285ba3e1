"""Reads of the long-term watch: one patient's from the chart, everyone's from the read model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.maintenance.models import SurveillanceRow
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.selectors import patients_in_reach
from ajar.clinic.staff.models import Account
from ajar.pathway.maintenance.concerns import Concern, concerns
from ajar.pathway.maintenance.surveillance import Prompt, PromptState, prompt_of, prompts
from ajar.pathway.maintenance.watching import WATCH_KINDS, watched_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One patient's checks with their dates, and what was found."""

    prompts: Sequence[Prompt]
    concerns: Sequence[Concern]
    rulebook_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPatient:
    """A patient with a check that is due."""

    patient: Patient
    prompts: Sequence[Prompt]


def watch_of(patient: Patient, *, viewer: Account, now: datetime) -> Watch:
    """The watch over one patient."""
    zone, ours = patient.site.zone, programme()
    policy, today = ours.surveillance, now.astimezone(zone).date()
    watched = watched_from(
        entries_of(patient.pk, viewer=viewer, kinds=WATCH_KINDS),
        zone=zone,
        policies=ours.maintenance,
        surveillance=policy,
    )
    return Watch(
        prompts=prompts(watched, today=today, policy=policy),
        concerns=concerns(watched, today=today, policy=policy),
        rulebook_version=policy.version,
    )


def watched_patients(viewer: Account, *, now: datetime) -> list[WatchedPatient]:
    """Patients within reach with a check that is due or overdue, the longest overdue first."""
    rows = SurveillanceRow.objects.filter(patient__in=patients_in_reach(viewer))
    due: dict[UUID, list[Prompt]] = defaultdict(list)
    patients: dict[UUID, Patient] = {}
    policy = programme().surveillance
    for row in rows.select_related("patient__site").order_by("due_on", "check_id"):
        today = now.astimezone(row.patient.site.zone).date()
        check = policy.check(row.check_id)
        prompt = prompt_of(check, row.due_on, row.last_on, policy=policy, today=today)
        if prompt.state in (PromptState.DUE, PromptState.OVERDUE):
            patients[row.patient_id] = row.patient
            due[row.patient_id].append(prompt)
    return [WatchedPatient(patient=patients[key], prompts=found) for key, found in due.items()]
