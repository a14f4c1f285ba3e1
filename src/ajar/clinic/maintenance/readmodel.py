"""`CourseRow` follows the ledger: one patient's row is computed again when the course or its papers change.

The row keeps which consent text was current when it was computed; `ajar rebuild` after a new text.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from ajar.clinic.ledger.readmodels import register
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.maintenance.models import CourseRow
from ajar.pathway.ledger.codec import moment_text
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.maintenance.record import RECORD_KINDS, record_of

KINDS: Final = frozenset(RECORD_KINDS)


class Courses:
    """Feeds `CourseRow`."""

    name = "maintenance courses"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Read the patient's record again where something of it was added, corrected or taken back."""
        if any(entry.payload.KIND in KINDS for entry in entries):
            _read_again(entries[0].patient_id)

    def clear(self) -> None:
        """Forget every course."""
        CourseRow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in one order."""
        return list(CourseRow.objects.order_by("patient_id").values())


def _read_again(patient_id: UUID) -> None:
    record = record_of(all_entries(patient_id, kinds=RECORD_KINDS))
    if record is None:
        CourseRow.objects.filter(pk=patient_id).delete()
        return
    values = {
        "product": record.product,
        "sessions_planned": record.sessions_planned,
        "doses": [moment_text(at) for at in record.doses],
        "course_stopped": record.course_stopped,
        "consent_until": record.consent_until,
        "evaluated_at": record.evaluated_at,
    }
    CourseRow.objects.update_or_create(patient_id=patient_id, defaults=values)


register(Courses())
