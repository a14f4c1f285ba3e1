"""Instructions in writing: the sheet of a session, handed over on paper or sent to the patient's portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.discharge.around import encounter_of
from ajar.clinic.discharge.services import DischargeRefused
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.services import held
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.discharge.entries import InstructionsGiven, Recipient, Way
from ajar.pathway.discharge.instructions import LANGUAGES, VERSION, Sheet, sheet_for
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.ledger.entry import Entry, NewEntry, effective

GIVEN_FROM: Final = (Stage.OBSERVED, Stage.RECOVERED, Stage.DISCHARGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Instructions that somebody got: what was recorded, when and by whom."""

    said: InstructionsGiven
    at: datetime
    by: str


def given_in(entries: Iterable[Entry]) -> tuple[Given, ...]:
    """The instructions given in a session, in the order of time."""
    found = [
        Given(said=entry.payload, at=entry.happened_at, by=entry.recorded_by.name)
        for entry in effective(entries)
        if isinstance(entry.payload, InstructionsGiven)
    ]
    return tuple(sorted(found, key=lambda given: given.at))


def sheets_of(encounter: Encounter, language: str) -> tuple[Sheet, list[Sheet]]:
    """The sheet of a session in a language, and the same in the other languages."""
    row = DosingNow.objects.filter(pk=encounter.pk).first()
    product, law = row.product if row else "", Jurisdiction(encounter.site.jurisdiction)
    sheet = sheet_for(product, language, law)
    return sheet, [sheet_for(product, other, law) for other in LANGUAGES if other != sheet.language]


@transaction.atomic
def give_instructions(
    *,
    encounter_id: UUID,
    way: Way,
    language: str,
    given_to: tuple[Recipient, ...],
    by: Account,
    now: datetime,
) -> Entry:
    """Record that the sheet was handed over, or send it: it then stands in the patient's portal.

    Raises:
        DischargeRefused: the dose has not ended, the sheet is written in no such language, or the patient
            has no account to which a message could go.
    """
    session = held(encounter_id)
    encounter = encounter_of(encounter_id)
    if session.stage not in GIVEN_FROM:
        words = _("Instructions are given after the dose has ended; this session is in stage %(stage)s.")
        raise DischargeRefused(words % {"stage": session.stage})
    if language not in LANGUAGES:
        raise DischargeRefused(_("The instructions are written in: %s.") % ", ".join(LANGUAGES))
    if way is Way.PORTAL and encounter.patient.account_id is None:
        raise DischargeRefused(_("This patient has no account in the portal; hand over a printed copy."))
    payload = InstructionsGiven(
        way=way,
        language=language,
        given_to=given_to,
        names=tuple(name_of(who, session, encounter) for who in given_to),
        sheet_version=VERSION,
    )
    new = NewEntry(payload=payload, happened_at=now, encounter_id=encounter_id)
    (entry,) = append([new], patient_id=session.patient_id, expected=ANYWHERE, by=author_of(by), now=now)
    return entry


def name_of(who: Recipient, session: Session, encounter: Encounter) -> str:
    """The recipient as they are called; the escort as named this morning, if anybody was."""
    if who is Recipient.PATIENT:
        return encounter.patient.name
    named = session.readiness.escort_name.strip() if session.readiness else ""
    return named or _("the person who takes them home")
