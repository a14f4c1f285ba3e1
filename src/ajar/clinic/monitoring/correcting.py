"""Correcting what was recorded of a session, each kind with the form that recorded it, and a reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.forms import reason_field
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import entry_by_id
from ajar.clinic.monitoring.forms import (
    CADSS_ITEMS,
    FLOOR_FIELDS,
    DissociationForm,
    EventForm,
    SedationForm,
    VitalsForm,
)
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

NOT_ASKED: Final = ("measured_at", "ago_min", "once", "tapped_at", "author")
"""A correction keeps the time of what it corrects."""


class CorrectForm(VitalsForm):
    """New values in the place of old ones, with the reason."""

    reason = reason_field(_("Reason for the correction"), required=True)

    def corrected(self, entry: Entry) -> Payload | None:
        """The set; what the pad does not ask for, such as a weight, stays as it is."""
        vitals = self.vitals()
        return vitals and replace(vitals, **kept_of(entry))  # type: ignore[arg-type]  # names of its fields


class CorrectSedationForm(SedationForm):
    """Another MOAA/S score, with the reason."""

    reason = reason_field(_("Reason for the correction"), required=True)

    def corrected(self, _entry: Entry) -> Payload | None:
        """The score."""
        return SedationRated(moaa_s=self.cleaned_data["moaa_s"])


class CorrectDissociationForm(DissociationForm):
    """Other answers, with the reason."""

    reason = reason_field(_("Reason for the correction"), required=True)

    def corrected(self, _entry: Entry) -> Payload | None:
        """The rating."""
        return DissociationRated(items=self.items, distress=self.cleaned_data["distress"])


class CorrectEventForm(EventForm):
    """What really happened, with the reason."""

    reason = reason_field(_("Reason for the correction"), required=True)

    def corrected(self, entry: Entry) -> Payload | None:
        """The event; whether it was serious is not asked here and stays."""
        data = self.cleaned_data
        return EventNoted(
            event=data["event"],
            severity=self.graded,
            action=data["action"].strip(),
            note=data["note"].strip(),
            serious=isinstance(entry.payload, EventNoted) and entry.payload.serious,
        )


FORMS: Final[Mapping[str, type[forms.Form]]] = {
    VitalsMeasured.KIND: CorrectForm,
    SedationRated.KIND: CorrectSedationForm,
    DissociationRated.KIND: CorrectDissociationForm,
    EventNoted.KIND: CorrectEventForm,
}
"""What can be corrected here; acts with the drug have their own page."""


def correctable_or_404(encounter_id: UUID, entry_id: UUID) -> Entry:
    """A recorded observation or event of this encounter."""
    get_object_or_404(LedgerEntry, entry_id=entry_id, encounter_id=encounter_id, kind__in=list(FORMS))
    return entry_by_id(entry_id)


def correction_form(entry: Entry, data: Mapping[str, Any] | None = None) -> forms.Form:
    """The form of an entry's kind, with what it says now."""
    form = FORMS[entry.payload.KIND](data, initial=said_in(entry))
    for name in NOT_ASKED:
        form.fields.pop(name, None)
    return form


def kept_of(entry: Entry) -> dict[str, float]:
    """What a set holds that the pad does not ask for: a correction leaves it as it is."""
    payload = entry.payload
    values = payload.values() if isinstance(payload, VitalsMeasured) else {}
    return {name: value for name, value in values.items() if name not in FLOOR_FIELDS}


def said_in(entry: Entry) -> dict[str, Any]:
    """What an entry says, to be corrected."""
    match entry.payload:
        case VitalsMeasured() as vitals:
            return {name: f"{value:g}" for name, value in vitals.values().items()}
        case SedationRated(moaa_s=score):
            return {"moaa_s": score}
        case DissociationRated() as rated:
            items = {f"item_{n}": answer for n, answer in zip(CADSS_ITEMS, rated.items, strict=True)}
            return {**items, "distress": "yes" if rated.distress else "no"}
        case EventNoted() as noted:
            return {
                "event": noted.event,
                "severity": noted.severity,
                "action": noted.action,
                "note": noted.note,
            }
    return {}
