"""`CourseRow` follows the ledger: one patient's row is computed again when the course or its papers change.

The row keeps which consent text was current when it was computed; `ajar rebuild` after a new text.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from ajar.clinic.governance.following import follow_configuration
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.readmodels import register
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.maintenance.models import CourseRow, SurveillanceRow
from ajar.clinic.patients.models import Patient
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.codec import moment_text
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.maintenance.record import RECORD_KINDS, record_of
from ajar.pathway.maintenance.surveillance import due_dates
from ajar.pathway.maintenance.watching import WATCH_KINDS, watched_from
from ajar.pathway.observations.vitals import VitalsMeasured

KINDS: Final = frozenset(RECORD_KINDS)
WATCHED: Final = frozenset(WATCH_KINDS)


class Courses:
    """Feeds `CourseRow`."""

    name = "maintenance courses"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Read the patient's record again where something of it was added, corrected or taken back."""
        if any(entry.payload.KIND in KINDS for entry in entries):
            _read_again(entries[0].patient_id, programme())

    def clear(self) -> None:
        """Forget every course."""
        CourseRow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in one order."""
        return list(CourseRow.objects.order_by("patient_id").values())


def _read_again(patient_id: UUID, ours: Programme) -> None:
    record = record_of(all_entries(patient_id, kinds=RECORD_KINDS), ours.maintenance)
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
        "interval_days": record.interval_days,
        "interval_set_at": record.interval_set_at,
        "stopped_because": record.stopped_because,
    }
    CourseRow.objects.update_or_create(patient_id=patient_id, defaults=values)


class Surveillance:
    """Feeds `SurveillanceRow`."""

    name = "surveillance"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Work the dates out again where something that the watch reads was added or taken back."""
        if any(_moves_a_date(entry) for entry in entries):
            _watch_again(entries[0].patient_id, programme())

    def clear(self) -> None:
        """Forget every date."""
        SurveillanceRow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in one order; the database's own keys are no part of it."""
        rows = SurveillanceRow.objects.order_by("patient_id", "check_id")
        return list(rows.values("patient_id", "check_id", "due_on", "last_on"))


def _moves_a_date(entry: Entry) -> bool:
    """Of the many readings of a session only a weight moves a date."""
    if isinstance(entry.payload, VitalsMeasured) and entry.supersedes is None:
        return entry.payload.weight_kg is not None
    return entry.payload.KIND in WATCHED


def _watch_again(patient_id: UUID, ours: Programme) -> None:
    SurveillanceRow.objects.filter(patient_id=patient_id).delete()
    entries = all_entries(patient_id, kinds=WATCH_KINDS)
    if not any(isinstance(entry.payload, DrugGiven) for entry in entries):
        return
    patient = Patient.objects.select_related("site").get(pk=patient_id)
    watched = watched_from(
        entries, zone=patient.site.zone, policies=ours.maintenance, surveillance=ours.surveillance
    )
    SurveillanceRow.objects.bulk_create(
        SurveillanceRow(
            key=f"{patient_id}:{check_id}",
            patient_id=patient_id,
            check_id=check_id,
            due_on=on,
            last_on=watched.done.get(check_id),
        )
        for check_id, on in due_dates(watched, ours.surveillance).items()
    )


def _under_new_policies() -> None:
    """Every row again: which course counts and when a check is due follow from what the clinic sets."""
    ours = programme()
    for patient_id in list(CourseRow.objects.values_list("pk", flat=True)):
        _read_again(patient_id, ours)
    watched = SurveillanceRow.objects.order_by().values_list("patient_id", flat=True).distinct()
    for patient_id in list(watched):
        _watch_again(patient_id, ours)


register(Courses())
register(Surveillance())
follow_configuration(_under_new_policies)
