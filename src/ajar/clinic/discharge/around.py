"""What bears on leaving and is not in the session's own entries: the law of the site, the patient's liver."""

from datetime import datetime
from typing import Final
from uuid import UUID

from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Encounter
from ajar.pathway.discharge.policy import Circumstances, circumstances_of
from ajar.pathway.evaluation.entries import HistoryAnswered
from ajar.pathway.evaluation.from_entries import candidate_from
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.patients.facts import ConditionRecorded

KINDS: Final = (HistoryAnswered.KIND, ConditionRecorded.KIND, EnteredInError.KIND)


def around_of(encounter: Encounter, *, now: datetime) -> Circumstances:
    """The circumstances of one session, as the chart and the site say now."""
    candidate = candidate_from(all_entries(encounter.patient_id, kinds=KINDS), encounter.patient.person)
    return circumstances_of(candidate, Jurisdiction(encounter.site.jurisdiction), now=now)


def encounter_of(encounter_id: UUID) -> Encounter:
    """The encounter with its patient and its site."""
    return Encounter.objects.select_related("patient", "site").get(pk=encounter_id)
