"""Reads of maintenance: a patient's next booster, and everyone's, from the read models."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.followup.models import ScoreRow
from ajar.clinic.followup.selectors import course_for
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.maintenance.models import CourseRow
from ajar.clinic.maintenance.services import MaintenanceRefused
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.selectors import patients_in_reach
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.followup.scores import CourseOfScores, ScorePoint, course_of
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, Unscored, band_of
from ajar.pathway.maintenance.advice import Advice, advice
from ajar.pathway.maintenance.booster import BoosterDue, MaintenancePolicy, NoBooster, next_booster
from ajar.pathway.maintenance.record import RECORD_KINDS, MaintenanceRecord, Policies, record_of

COMING_WITHIN: Final = timedelta(days=14)
"""How far ahead the worklist looks (design default: time to find a room and an escort)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """One patient's answer: a date, or every reason why there is none. None before a course was ordered."""

    answer: BoosterDue | NoBooster | None
    record: MaintenanceRecord | None
    policy: MaintenancePolicy | None
    booked_at: datetime | None
    scores: CourseOfScores
    advice: Sequence[Advice] = ()

    @property
    def due(self) -> BoosterDue | None:
        """The booster, where one may be offered."""
        return self.answer if isinstance(self.answer, BoosterDue) else None

    @property
    def none(self) -> NoBooster | None:
        """The reasons, where none may be offered."""
        return self.answer if isinstance(self.answer, NoBooster) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """One patient whose course is finished."""

    patient: Patient
    maintenance: Maintenance
    today: date

    @property
    def days_late(self) -> int:
        """Days since the booster was due; below zero while it lies ahead."""
        due = self.maintenance.due
        return (self.today - due.on).days if due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Who needs a booster date, in the order in which to call them."""

    due: Sequence[WorklistRow]
    coming: Sequence[WorklistRow]
    without: Sequence[WorklistRow]


def maintenance_of(patient: Patient, *, viewer: Account, now: datetime) -> Maintenance:
    """The next booster of one patient, straight from the chart."""
    ours, zone = programme(), patient.site.zone
    record = record_of(entries_of(patient.pk, viewer=viewer, kinds=RECORD_KINDS), ours.maintenance)
    booked = _booked([patient.pk], now)
    scores = course_for(patient, ours.asking, viewer=viewer)
    if record is not None:
        scores = course_of(PHQ9, scores.points, record.doses, zone=zone, cadence=ours.asking)
    return _answered(record, scores, patient, booked.get(patient.pk), ours.maintenance, now=now)


def worklist(viewer: Account, *, now: datetime) -> Worklist:
    """Everyone within reach whose course is finished: due, coming, and without a booster and why."""
    rows = [row for row in _rows(viewer, now) if not _course_runs(row.maintenance)]
    dated = sorted(
        (row for row in rows if row.maintenance.due is not None), key=lambda row: row.days_late, reverse=True
    )
    horizon = -COMING_WITHIN.days
    return Worklist(
        due=[row for row in dated if row.days_late >= 0],
        coming=[row for row in dated if horizon <= row.days_late < 0],
        without=[row for row in rows if row.maintenance.due is None],
    )


def product_of(patient: Patient) -> str:
    """The product of the course that counts.

    Raises:
        MaintenanceRefused: nothing was ordered yet.
    """
    row = CourseRow.objects.filter(pk=patient.pk).first()
    if row is None:
        raise MaintenanceRefused(_("No course was ordered yet."))
    return row.product


def _rows(viewer: Account, now: datetime) -> Iterable[WorklistRow]:
    courses = CourseRow.objects.filter(patient__in=patients_in_reach(viewer)).select_related("patient__site")
    patients = {row.patient_id: row for row in courses}
    points, booked, ours = _points(patients, PHQ9), _booked(patients, now), programme()
    for row in patients.values():
        patient, record = row.patient, row.record
        zone = patient.site.zone
        scores = course_of(PHQ9, points[patient.pk], record.doses, zone=zone, cadence=ours.asking)
        answered = _answered(record, scores, patient, booked.get(patient.pk), ours.maintenance, now=now)
        yield WorklistRow(patient=patient, maintenance=answered, today=now.astimezone(zone).date())


def _answered(
    record: MaintenanceRecord | None,
    scores: CourseOfScores,
    patient: Patient,
    booked_at: datetime | None,
    policies: Policies,
    *,
    now: datetime,
) -> Maintenance:
    policy = policies.get(record.product) if record else None
    answer: BoosterDue | NoBooster | None = None
    says: Sequence[Advice] = ()
    if record is not None and policy is not None:
        state = record.state(scores, patient.site.zone)
        answer, says = next_booster(state, policy, now=now), advice(state, policy, now=now)
    return Maintenance(
        answer=answer, record=record, policy=policy, booked_at=booked_at, scores=scores, advice=says
    )


def _course_runs(maintenance: Maintenance) -> bool:
    """Is it still the course itself that goes on, so that no booster is in question?"""
    none = maintenance.none
    return none is not None and none.reasons[0].rule_id == "MNT-COURSE"


def _booked(patient_ids: Iterable[UUID], now: datetime) -> dict[UUID, datetime]:
    """The next planned session of each patient."""
    planned = DosingNow.objects.filter(
        patient_id__in=list(patient_ids), stage=Stage.PLANNED, starts_at__gte=now
    ).order_by("-starts_at")
    return dict(planned.values_list("patient_id", "starts_at"))


def _points(patient_ids: Iterable[UUID], instrument: Instrument) -> Mapping[UUID, list[ScorePoint]]:
    found: dict[UUID, list[ScorePoint]] = defaultdict(list)
    for row in ScoreRow.objects.filter(patient_id__in=list(patient_ids), instrument=instrument.id):
        found[row.patient_id].append(_point(row, instrument))
    return found


def _point(row: ScoreRow, instrument: Instrument) -> ScorePoint:
    """A stored score as the rules read one; the answers themselves stay in the ledger."""
    result: Scored | Unscored = Unscored(instrument_id=instrument.id, missing=(), because="see the answers")
    if row.total is not None:
        result = Scored(instrument_id=instrument.id, total=row.total, band=band_of(instrument, row.total))
    return ScorePoint(
        entry_id=row.entry_id,
        answered_at=row.answered_at,
        result=result,
        items=(),
        mode=Mode(row.mode),
        occasion=row.occasion,
        overlapping_recall=row.overlapping_recall,
    )
