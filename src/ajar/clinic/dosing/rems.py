"""Writes of the REMS: a site's certification, a patient's enrolment. Each is recorded once (FSM-1)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import RemsCertification
from ajar.clinic.ledger.services import Anywhere, append, lock_chart
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.dosing.rems import SiteCertification
from ajar.pathway.ledger.entry import Entry, NewEntry


@transaction.atomic
def certify_site(
    *, site: Site, certification: SiteCertification, by: Account | None, now: datetime
) -> RemsCertification:
    """Record a certification, or its renewal; what was recorded before stays on file."""
    return RemsCertification.objects.create(
        site=site,
        number=certification.number.strip(),
        representative=certification.representative.strip(),
        certified_on=certification.certified_on,
        valid_until=certification.valid_until,
        recorded_at=now,
        recorded_by=by,
    )


@transaction.atomic
def enrol(
    *, patient: Patient, enrolled: RemsEnrolled, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """Record that the enrolment form went in, with both signatures.

    Raises:
        ValueError: the day has not come yet.
        StaleLedger: someone decided something since the page was opened.
    """
    today: date = now.astimezone(patient.site.zone).date()
    if enrolled.enrolled_on > today:
        raise ValueError(_("The enrolment lies in the future."))
    lock_chart(patient.pk)
    new = NewEntry(payload=enrolled, happened_at=now, encounter_id=None)
    (entry,) = append([new], patient_id=patient.pk, expected=expected, by=author_of(by), now=now)
    return entry
