"""Who is being evaluated and not signed yet, and what is missing: the worklist across patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ajar.clinic.evaluation.groups import Work, worklist
from ajar.clinic.evaluation.purpose import Purpose, recorded_purpose, setting_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.selectors import patients_in_reach
from ajar.clinic.staff.models import Account
from ajar.pathway.evaluation.entries import EvaluationAskedFor, EvaluationSigned, HistoryAnswered
from ajar.pathway.evaluation.findings import Judgement
from ajar.pathway.evaluation.from_entries import candidate_from
from ajar.pathway.evaluation.products import Product
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import Entry, effective

BEGUN: Final = (HistoryAnswered.KIND, EvaluationAskedFor.KIND)
"""Entries that say that somebody is being evaluated."""
AT_MOST: Final = 50
"""Evaluations on one page; the rest is named by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One open evaluation: for what, where it stands, since when, and what is missing."""

    patient: Patient
    purpose: Purpose
    judgement: Judgement
    missing: Sequence[Work]
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """The open evaluations, those that wait longest first, and how many more there are."""

    shown: Sequence[Waiting]
    more: int


def waiting_for(viewer: Account, *, now: datetime) -> WaitingList:
    """The open evaluations within reach of this viewer."""
    begun = LedgerEntry.objects.filter(kind__in=BEGUN).values("patient_id")
    patients = patients_in_reach(viewer).filter(pk__in=begun).select_related("site")
    ours = programme()
    judged = [_waiting(patient, viewer, ours, now=now) for patient in patients]
    found = [one for one in judged if one is not None]
    found.sort(key=lambda one: one.begun_at)
    return WaitingList(shown=found[:AT_MOST], more=max(0, len(found) - AT_MOST))


def _waiting(patient: Patient, viewer: Account, ours: Programme, *, now: datetime) -> Waiting | None:
    """None where the evaluation is signed and nobody has asked for another since."""
    entries = entries_of(patient.pk, viewer=viewer)
    open_ones = _since_signed(effective(entries))
    if not open_ones:
        return None
    purpose = recorded_purpose(entries) or Purpose(product=Product.ESKETAMINE_IN)
    setting = setting_of(patient, purpose, ours, now=now)
    judgement = judge(candidate_from(entries, patient.person), setting)
    return Waiting(
        patient=patient,
        purpose=purpose,
        judgement=judgement,
        missing=worklist(judgement),
        begun_at=open_ones[0].happened_at,
    )


def _since_signed(entries: Sequence[Entry]) -> list[Entry]:
    """What began an evaluation and was not followed by a signature."""
    begun: list[Entry] = []
    for entry in entries:
        if isinstance(entry.payload, EvaluationSigned):
            begun.clear()
        elif isinstance(entry.payload, HistoryAnswered | EvaluationAskedFor):
            begun.append(entry)
    return begun
