"""Forms that are sent once: what a tablet kept while the network was away is recorded a single time.

Every form carries a key of its own. The ledger keeps each reference once, so a second copy (sent again
because the first answer was lost) is answered with the entry that is there already.
"""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.ledger.services import lock_chart
from ajar.clinic.staff.models import Account
from ajar.pathway.ledger.entry import Entry, Source
from ajar.pathway.ledger.payload import Payload


class SentBefore(ValueError):
    """The key was used for something else: nothing is recorded, and nothing is dropped in silence."""


class AnotherPerson(ValueError):
    """What one person entered is not recorded under another one's name."""


def reference_of(key: str) -> str:
    """What the ledger keeps of a form's key; "" where the form had none."""
    return f"form:{key}" if key else ""


def recorded_before(key: str, payload: Payload, *, encounter_id: UUID, patient_id: UUID) -> Entry | None:
    """The entry that this form made already; holds the chart, so that no copy slips in beside it.

    Raises:
        SentBefore: the key stands for another fact.
    """
    if not key:
        return None
    lock_chart(patient_id)
    row = LedgerEntry.objects.filter(source=Source.KEYBOARD, source_ref=reference_of(key)).first()
    if row is None:
        return None
    entry = entry_of(row)
    if entry.encounter_id != encounter_id or entry.payload != payload:
        raise SentBefore(_("This form was sent before, with something else in it. Open the page again."))
    return entry


def refuse_another_person(author: str, viewer: Account) -> None:
    """A form that a browser kept says who filled it in.

    Raises:
        AnotherPerson: somebody else is signed in now.
    """
    if author and author != str(viewer.pk):
        raise AnotherPerson(_("Somebody else entered this. It is saved when they sign in on this device."))


def sent_by_script(request: HttpRequest) -> bool:
    """Did the page's own script send it (static/monitoring/keep.js)?"""
    return request.headers.get("X-Requested-With") == "keep"


def answer_to_script(refusals: list[str], ask: str) -> JsonResponse:
    """Saved; or refused, in words. `ask`: what a person has to say is right, for it to be taken."""
    if refusals:
        return JsonResponse({"refused": refusals, "ask": ask}, status=422)
    return JsonResponse({"saved": True})
