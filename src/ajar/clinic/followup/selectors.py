"""Reads of follow-up: the course of scores, what is due, what was sent, what waits for someone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.followup.models import AskingStopped, QuestionnaireInvitation, ScoreRow
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries, entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.selectors import patients_in_reach
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.selectors import open_tasks
from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.followup.cadence import AskingCadence
from ajar.pathway.followup.judgements import Judgement, judgements
from ajar.pathway.followup.measures import Measures, indication_of, measures_for
from ajar.pathway.followup.schedule import Asking, askings, next_asking
from ajar.pathway.followup.scores import CourseOfScores, course_of, doses_from, points_from
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.registry import INSTRUMENTS, SCORERS
from ajar.pathway.instruments.suicide import C_SSRS
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError

CONDITION_KINDS = (CourseOrdered.KIND, EvaluationSigned.KIND, EnteredInError.KIND)
SCORE_KINDS = (QuestionnaireAnswered.KIND, DrugGiven.KIND, EnteredInError.KIND)
DOSE_KINDS = (DrugGiven.KIND, EnteredInError.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTab:
    """One instrument of this patient: of their condition, or with a score."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One patient's follow-up on one instrument."""

    instrument: Instrument
    measures: Measures
    tabs: Sequence[MeasureTab]
    judgements: Sequence[Judgement]
    stopped_since: datetime | None
    course: CourseOfScores
    missed_on: Sequence[date]
    next_asking: Asking | None
    askings: Sequence[Asking]
    due_today: bool
    invitations: Sequence[QuestionnaireInvitation]
    tasks: Sequence[Task]

    @property
    def has_total(self) -> bool:
        """Does it come to a number? The C-SSRS screener does not; its totals are never invented."""
        return self.instrument.id != C_SSRS.id

    @property
    def calls(self) -> Sequence[Judgement]:
        """What a clinician should look at now."""
        return [one for one in self.judgements if one.calls]

    @property
    def can_send(self) -> bool:
        """May a patient answer it on a screen?"""
        return self.instrument.id in INSTRUMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePatient:
    """Someone whom the schedule asks today, and who has no open link yet."""

    patient: Patient
    instrument: Instrument
    asking: Asking
    last: ScoreRow | None


def due_today(viewer: Account, *, now: datetime) -> list[DuePatient]:
    """Whom the schedule asks today, and what, of patients within reach who have a session."""
    doses, scores = _doses_by_patient(viewer), _scores_by_patient(viewer)
    has_link, cadence = _links_by_patient(viewer, now), programme().asking
    found = []
    stopped = AskingStopped.objects.values("patient_id")
    asked = patients_in_reach(viewer).filter(pk__in=list(doses)).exclude(pk__in=stopped)
    for patient in asked:
        instrument = measures_of(patient).asked
        if (patient.pk, instrument.id) in has_link:
            continue
        answered = scores[patient.pk, instrument.id]
        asking = next_asking(
            instrument,
            doses=doses[patient.pk],
            answered=[row.answered_at for row in answered],
            zone=patient.site.zone,
            now=now,
            cadence=cadence,
        )
        if asking is not None and asking.is_open(now.astimezone(patient.site.zone).date()):
            last = next((row for row in reversed(answered) if row.total is not None), None)
            found.append(DuePatient(patient=patient, instrument=instrument, asking=asking, last=last))
    return sorted(found, key=lambda row: row.asking.closes_on)


def mailable(rows: Iterable[DuePatient]) -> list[DuePatient]:
    """Those who have an e-mail address."""
    return [row for row in rows if row.patient.email]


def _doses_by_patient(viewer: Account) -> dict[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = {}
    sessions = DosingNow.objects.filter(patient__in=patients_in_reach(viewer)).exclude(stage=Stage.CANCELLED)
    for patient_id, first_dose_at in sessions.values_list("patient_id", "first_dose_at"):
        doses = found.setdefault(patient_id, [])
        if first_dose_at is not None:
            doses.append(first_dose_at)
    return found


def _scores_by_patient(viewer: Account) -> dict[tuple[UUID, str], list[ScoreRow]]:
    found: dict[tuple[UUID, str], list[ScoreRow]] = defaultdict(list)
    for row in ScoreRow.objects.filter(patient__in=patients_in_reach(viewer)).order_by("answered_at"):
        found[row.patient_id, row.instrument].append(row)
    return found


def _links_by_patient(viewer: Account, now: datetime) -> set[tuple[UUID, str]]:
    open_links = QuestionnaireInvitation.objects.filter(
        patient__in=patients_in_reach(viewer), answered_at=None, cancelled_at=None, expires_at__gt=now
    )
    return set(open_links.values_list("patient_id", "instrument"))


def follow_up_of(
    patient: Patient, *, viewer: Account, now: datetime, instrument: Instrument = PHQ9
) -> FollowUp:
    """Everything that the follow-up page shows to staff."""
    zone, ours = patient.site.zone, programme()
    course = course_for(patient, ours.asking, viewer=viewer, instrument=instrument)
    answered = [point.answered_at for point in course.points]
    coming = askings(
        instrument, doses=course.doses, answered=answered, zone=zone, now=now, cadence=ours.asking
    )
    first = next((asking for asking in coming if not asking.overlapping), None)
    measures = measures_of(patient)
    return FollowUp(
        instrument=instrument,
        measures=measures,
        tabs=_tabs(patient, measures, instrument),
        judgements=judgements(instrument, course, ours.course),
        stopped_since=stopped_asking(patient),
        course=course,
        missed_on=missed_on(patient, instrument, now=now),
        next_asking=first,
        askings=coming[:4],
        due_today=first is not None and first.is_open(now.astimezone(zone).date()),
        invitations=open_invitations(patient, now=now),
        tasks=list(open_tasks(viewer).filter(patient=patient)),
    )


def measures_of(patient: Patient) -> Measures:
    """The instruments of the condition that is treated: as ordered, else as evaluated."""
    told = effective(all_entries(patient.pk, kinds=CONDITION_KINDS))
    for kind in (CourseOrdered, EvaluationSigned):
        named = [e.payload.indication for e in told if isinstance(e.payload, kind)]
        if named and (found := indication_of(named[-1])) is not None:
            return measures_for(found)
    return measures_for(None)


def measure_named(patient: Patient, name: str) -> Instrument:
    """The instrument that a page was asked for; else the one that the schedule sends."""
    return SCORERS[name] if name in SCORERS else measures_of(patient).asked


def _tabs(patient: Patient, measures: Measures, current: Instrument) -> list[MeasureTab]:
    scored = ScoreRow.objects.filter(patient=patient).order_by("instrument")
    names = dict.fromkeys(
        (*measures.primary, *scored.values_list("instrument", flat=True).distinct(), current.id)
    )
    return [
        MeasureTab(url=f"?measure={name}", label=SCORERS[name].name, current=name == current.id)
        for name in names
    ]


def course_for(
    patient: Patient, cadence: AskingCadence, *, viewer: Account, instrument: Instrument = PHQ9
) -> CourseOfScores:
    """The course of scores, the same for patient and clinician."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=SCORE_KINDS)
    points, doses = points_from(entries, instrument), doses_from(entries)
    return course_of(instrument, points, doses, zone=patient.site.zone, cadence=cadence)


def due_for(patient: Patient, *, now: datetime, instrument: Instrument | None = None) -> Asking | None:
    """What the schedule asks next of this patient; nothing of one who does not want to be asked."""
    if stopped_asking(patient) is not None:
        return None
    instrument = instrument or measures_of(patient).asked
    return next_asking(
        instrument,
        doses=doses_of(patient),
        answered=answered_at(patient, instrument),
        zone=patient.site.zone,
        now=now,
        cadence=programme().asking,
    )


def stopped_asking(patient: Patient) -> datetime | None:
    """Since when the patient does not want to be sent questionnaires; None where they are."""
    return AskingStopped.objects.filter(pk=patient.pk).values_list("since", flat=True).first()


def doses_of(patient: Patient) -> tuple[datetime, ...]:
    """When each of the patient's doses began."""
    return doses_from(all_entries(patient.pk, kinds=DOSE_KINDS))


def answered_at(patient: Patient, instrument: Instrument) -> list[datetime]:
    """When the patient answered this instrument, the earliest first."""
    rows = ScoreRow.objects.filter(patient=patient, instrument=instrument.id)
    return list(rows.values_list("answered_at", flat=True))


def score_before(patient: Patient, instrument: Instrument, moment: datetime) -> ScoreRow | None:
    """The last score before a moment."""
    rows = ScoreRow.objects.filter(
        patient=patient, instrument=instrument.id, answered_at__lt=moment, total__isnull=False
    )
    return rows.last()


def missed_on(patient: Patient, instrument: Instrument, *, now: datetime) -> list[date]:
    """The days of questionnaires that were sent and never answered: holes in the chart."""
    sent = QuestionnaireInvitation.objects.filter(patient=patient, instrument=instrument.id)
    missed = [invitation for invitation in sent if invitation.is_missed(now)]
    return sorted(one.send_at.astimezone(patient.site.zone).date() for one in missed)


def open_invitations(patient: Patient, *, now: datetime) -> list[QuestionnaireInvitation]:
    """Links that can still be answered, the earliest due first."""
    return list(
        QuestionnaireInvitation.objects.filter(
            patient=patient, answered_at=None, cancelled_at=None, expires_at__gt=now, send_at__lte=now
        ).order_by("due_at")
    )


def late_invitations(viewer: Account, *, now: datetime) -> QuerySet[QuestionnaireInvitation]:
    """Links past their due time and still open, of patients within reach."""
    return QuestionnaireInvitation.objects.filter(
        patient__in=patients_in_reach(viewer),
        answered_at=None,
        cancelled_at=None,
        due_at__lt=now,
        expires_at__gt=now,
    ).select_related("patient")


def latest_scores(viewer: Account, instrument: Instrument = PHQ9) -> QuerySet[ScoreRow]:
    """Scores of patients within reach, the newest first: for searching across patients."""
    return ScoreRow.objects.filter(instrument=instrument.id, patient__in=patients_in_reach(viewer)).order_by(
        "-answered_at"
    )
