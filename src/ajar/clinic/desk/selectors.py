"""What the desk shows: the day, a patient at a glance, the entries behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final

from django.db.models import Q

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.from_entries import candidate_from
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, score
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.maintenance.standing import STEP_KINDS, Standing, standing
from ajar.pathway.observations.vitals import BOUNDS, VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    ConditionRecorded,
    ConditionStatus,
    MedicationRecorded,
)

LINES_PER_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LastValue:
    """The latest value of one vital sign."""

    label: str
    text: str
    unit: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastScore:
    """The latest scored questionnaire."""

    total: float
    band: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A patient at a glance."""

    standing: Standing
    conditions: Sequence[ConditionRecorded]
    medications: Sequence[MedicationRecorded]
    allergies: Sequence[AllergyRecorded]
    vitals: Sequence[LastValue]
    phq9: LastScore | None


def glance(patient: Patient, *, viewer: Account) -> Glance:
    """The chart's first page for a clinician."""
    told = effective(entries_of(patient.pk, viewer=viewer))
    known = candidate_from(told, patient.person)  # of what was recorded several times the latest stands
    conditions = [fact.payload for fact in known.conditions]
    medicines = [fact.payload for fact in known.medicines]
    allergies = [fact.payload for fact in known.allergies]
    return Glance(
        standing=standing(told),
        conditions=[one for one in conditions if one.status is ConditionStatus.ACTIVE],
        medications=[one for one in medicines if one.active],
        allergies=[one for one in allergies if one.active],
        vitals=last_values(told),
        phq9=last_score(told, PHQ9),
    )


def last_values(told: Iterable[Entry]) -> list[LastValue]:
    """The latest value of each vital sign by the time it was measured; pressure as one."""
    latest: dict[str, Entry] = {}
    for entry in sorted(told, key=lambda e: e.happened_at):
        if isinstance(entry.payload, VitalsMeasured):
            latest.update(dict.fromkeys(entry.payload.values(), entry))
    latest.pop("diastolic_mmhg", None)
    return [_last_value(field, entry) for field, entry in sorted(latest.items(), key=_form_order)]


def _form_order(item: tuple[str, Entry]) -> int:
    return list(BOUNDS).index(item[0])


def _last_value(field: str, entry: Entry) -> LastValue:
    values = entry.payload.values() if isinstance(entry.payload, VitalsMeasured) else {}
    text, label = f"{values[field]:g}", BOUNDS[field].name
    if field == "systolic_mmhg":
        text, label = f"{text}/{values['diastolic_mmhg']:g}", "blood pressure"
    return LastValue(
        label=label.capitalize(),
        text=text,
        unit=BOUNDS[field].unit,
        at=entry.happened_at,
        by=entry.recorded_by.name,
    )


def last_score(told: Iterable[Entry], instrument: Instrument) -> LastScore | None:
    """The latest total on an instrument, scored now from its items."""
    for entry in sorted(told, key=lambda e: e.happened_at, reverse=True):
        payload = entry.payload
        if isinstance(payload, QuestionnaireAnswered) and payload.instrument == instrument.id:
            result = score(instrument, payload.items)
            if isinstance(result, Scored):
                return LastScore(total=result.total, band=result.band.label, at=entry.happened_at)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry as a person reads it."""

    entry: Entry
    said: Sequence[tuple[str, str]]
    superseded: bool


def ledger_lines(patient: Patient, *, viewer: Account, before: int | None) -> list[Line]:
    """A page of the ledger itself, newest first, without others' private notes."""
    rows = LedgerEntry.objects.filter(patient=patient).order_by("-position")
    if before is not None:
        rows = rows.filter(position__lt=before)
    entries = map(entry_of, rows.iterator(LINES_PER_PAGE))
    readable = (e for e in entries if not e.payload.PRIVATE or e.recorded_by.id == str(viewer.pk))
    page = list(islice(readable, LINES_PER_PAGE))
    ids = [e.id for e in page]
    replaced = set(LedgerEntry.objects.filter(supersedes__in=ids).values_list("supersedes", flat=True))
    return [Line(entry=e, said=spoken(e.payload), superseded=e.id in replaced) for e in page]


def spoken(payload: Payload) -> list[tuple[str, str]]:
    """The fields of a payload that say something, as name and text."""
    values = {name: value for name, value in encode(payload).items() if value not in (None, "", [])}
    return [(name.replace("_", " "), _text(value)) for name, value in values.items()]


def _text(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{_text(v)}" for v in value.values() if v not in (None, ""))
        case list():
            return ", ".join(_text(item) for item in value)
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One patient in a list."""

    patient: Patient
    standing: Standing | None


def patient_rows(patients: Iterable[Patient], *, viewer: Account) -> list[Row]:
    """Patients with their standing, as far as the viewer's role reads charts."""
    if not may(viewer.role_of, Action.SEE_CHART):
        return [Row(patient=patient, standing=None) for patient in patients]
    return [
        Row(patient=patient, standing=standing(entries_of(patient.pk, viewer=viewer, kinds=STEP_KINDS)))
        for patient in patients
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One site's day."""

    site: Site | None
    starts_at: datetime
    sessions: Sequence[DosingNow]
    appointments: Sequence[Appointment]

    @property
    def on(self) -> date:
        """The calendar day, by the site's clock."""
        return self.starts_at.date()


def day_of(viewer: Account, *, site: Site | None, now: datetime) -> Day:
    """Sessions and other appointments of the site's own calendar day."""
    zone = site.zone if site else UTC
    starts_at = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ends_at = starts_at + timedelta(days=1)  # midnight by the site's clock, 23 to 25 hours later
    within = Q(starts_at__gte=starts_at, starts_at__lt=ends_at, site=site, site__in=viewer.sites.all())
    sessions = DosingNow.objects.filter(within).exclude(stage=Stage.CANCELLED)
    booked = Appointment.objects.filter(within, status=Appointment.Status.BOOKED, encounter_id=None)
    return Day(
        site=site,
        starts_at=starts_at,
        sessions=list(sessions.select_related("patient").order_by("starts_at")),
        appointments=list(booked.select_related("patient", "type").order_by("starts_at")),
    )


def sessions_of(patient: Patient) -> list[DosingNow]:
    """Dosing sessions of a patient, the newest first."""
    return list(DosingNow.objects.filter(patient=patient).order_by("-starts_at"))
