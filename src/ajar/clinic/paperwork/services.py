"""Writes of the paperwork: what the REMS form asks, and the signature over an encounter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.services import held
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import Anywhere, append
from ajar.clinic.paperwork.selectors import paper_of
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.paperwork.entries import RemsAnswered
from ajar.pathway.paperwork.sealing import signature_over


class PaperworkRefused(ValueError):
    """It cannot be signed or answered yet, in words for whoever tried."""


@transaction.atomic
def answer_rems(
    *, encounter_id: UUID, answered: RemsAnswered, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """Record what only a clinician can say on the REMS form. The newest answers stand.

    Raises:
        PaperworkRefused: this session has no REMS form.
    """
    session = held(encounter_id)
    if session.product != Product.ESKETAMINE_IN or session.first_dose_at is None:
        raise PaperworkRefused(_("This session has no REMS form to answer."))
    new = NewEntry(payload=answered, happened_at=now, encounter_id=encounter_id)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry


@transaction.atomic
def sign_encounter(
    *, encounter_id: UUID, meaning: str, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """Seal every entry of the encounter under a name. The PIN was checked before (confirm_signature).

    Raises:
        PaperworkRefused: the session is open, or something required is missing.
    """
    session = held(encounter_id)
    encounter = Encounter.objects.select_related("patient", "site").get(pk=encounter_id)
    required = paper_of(encounter, viewer=by).note.required
    if required:
        words = " ".join(missing.words for missing in required)
        raise PaperworkRefused(_("This note cannot be signed yet. %(words)s") % {"words": words})
    signature = signature_over(
        all_encounter_entries(encounter_id), printed_name=by.titled_name, meaning=meaning
    )
    new = NewEntry(payload=signature, happened_at=now, encounter_id=encounter_id)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry
