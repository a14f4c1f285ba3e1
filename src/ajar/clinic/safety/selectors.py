"""Reads of the safety room."""

from typing import Final
from uuid import UUID

from ajar.clinic.ledger.selectors import encounter_entries, entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.safety.models import RemsSiteKind
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.safety.entries import AdverseEventRecorded
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.report import ReportLine, report

KINDS: Final = (AdverseEventRecorded.KIND, EnteredInError.KIND)


def setting_of(site: Site) -> RemsSetting:
    """How the site is certified; an outpatient's duties where nobody has said."""
    kept = RemsSiteKind.objects.filter(site=site).first()
    return RemsSetting(kept.setting) if kept else RemsSetting.OUTPATIENT


def report_of(patient: Patient, *, viewer: Account) -> tuple[ReportLine, ...]:
    """Every adverse event of a patient that stands, by onset."""
    return report(entries_of(patient.pk, viewer=viewer, kinds=KINDS))


def line_of(patient: Patient, entry_id: UUID, *, viewer: Account) -> ReportLine | None:
    """One adverse event of this patient that stands; None where there is none such."""
    return next((line for line in report_of(patient, viewer=viewer) if line.entry.id == entry_id), None)


def session_entries(encounter_id: UUID, *, viewer: Account, kinds: tuple[str, ...] = ()) -> list[Entry]:
    """One encounter's entries, as far as the viewer may read them."""
    return encounter_entries(encounter_id, viewer=viewer, kinds=kinds)
