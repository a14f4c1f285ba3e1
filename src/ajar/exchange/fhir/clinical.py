"""FHIR Condition, MedicationRequest and AllergyIntolerance to facts of the chart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from ajar.exchange.fhir.datatypes import Subject, codes, coding, day, happened_at
from ajar.exchange.fhir.outcome import Leave
from ajar.exchange.fhir.tree import Tree, number, text, tree, trees
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    MedicationRecorded,
)

ENTERED_IN_ERROR: Final = "entered-in-error"

CONDITION_STATUS: Final[Mapping[str, ConditionStatus]] = {
    "active": ConditionStatus.ACTIVE,
    "recurrence": ConditionStatus.ACTIVE,
    "relapse": ConditionStatus.ACTIVE,
    "remission": ConditionStatus.REMISSION,
    "inactive": ConditionStatus.RESOLVED,
    "resolved": ConditionStatus.RESOLVED,
}
TAKING: Final = frozenset({"active", "on-hold", "unknown"})
"""Requests that may still be taken; unknown counts as taken, for unknown is never a pass."""
TAKEN_BEFORE: Final = frozenset({"completed", "stopped"})
ORDERS: Final = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a resource is read against: its patient, other resources, the site's zone and the time."""

    subject: Subject
    find: Callable[[str], Tree]
    zone: tzinfo
    now: datetime

    def at(self, *candidates: object) -> datetime:
        """The first known of several moments, else now."""
        return happened_at(*candidates, zone=self.zone, now=self.now)


def condition(resource: Tree, context: Context) -> tuple[Payload, datetime]:
    """A Condition, unless it was refuted or entered in error."""
    context.subject.refuse_other(resource.get("subject"))
    verification = codes(resource.get("verificationStatus"))
    if ENTERED_IN_ERROR in verification:
        raise Leave("entered in error")
    if "refuted" in verification:
        raise Leave("it was refuted")
    abated_on = day(resource.get("abatementDateTime"))
    notes = [
        _unconfirmed(verification),
        _rough("onset", resource.get("onsetDateTime")),
        _rough("abatement", resource.get("abatementDateTime")),
    ]
    payload = ConditionRecorded(
        condition=coding(resource.get("code")),
        status=_condition_status(resource),
        onset_on=day(resource.get("onsetDateTime")),
        abated_on=abated_on,
        note="; ".join(note for note in notes if note),
    )
    return payload, context.at(resource.get("recordedDate"), resource.get("onsetDateTime"))


def _condition_status(resource: Tree) -> ConditionStatus:
    stated = codes(resource.get("clinicalStatus"))
    if not stated:
        return ConditionStatus.RESOLVED if text(resource.get("abatementDateTime")) else ConditionStatus.ACTIVE
    for code in stated:
        if code in CONDITION_STATUS:
            return CONDITION_STATUS[code]
    raise Leave(f"its clinical status {min(stated)!r} is not one of FHIR's")


def _unconfirmed(verification: set[str]) -> str:
    unsure = sorted(verification & {"unconfirmed", "provisional", "differential"})
    return f"verification status: {unsure[0]}" if unsure else ""


def _rough(what: str, written: object) -> str:
    """A date known only to the month or year, kept as a note."""
    return f"{what} {text(written)}" if text(written) and day(written) is None else ""


def medication(resource: Tree, context: Context) -> tuple[Payload, datetime]:
    """A MedicationRequest that was an order, taken now or before."""
    context.subject.refuse_other(resource.get("subject"))
    status, intent = text(resource.get("status")), text(resource.get("intent"))
    if status == ENTERED_IN_ERROR:
        raise Leave("entered in error")
    if status not in TAKING | TAKEN_BEFORE:
        raise Leave(f"its status {status!r} does not mean that it was taken")
    if intent not in ORDERS or resource.get("doNotPerform") is True:
        raise Leave("it is not an order to take something")
    dosage = next(iter(trees(resource.get("dosageInstruction"))), {})
    period = tree(tree(resource.get("dispenseRequest")).get("validityPeriod"))
    payload = MedicationRecorded(
        medicine=_medicine(resource, context),
        active=status in TAKING,
        dose_text=_dose(dosage),
        route_text=_words(dosage.get("route")),
        started_on=day(resource.get("authoredOn")),
        ended_on=None if status in TAKING else day(period.get("end")),
    )
    return payload, context.at(resource.get("authoredOn"))


def _medicine(resource: Tree, context: Context) -> Coding:
    if (concept := resource.get("medicationCodeableConcept")) is not None:
        return coding(concept)
    reference = text(tree(resource.get("medicationReference")).get("reference"))
    if not reference:
        raise Leave("it names no medicine")
    if reference.startswith("#"):
        contained = trees(resource.get("contained"))
        found: Tree = next((one for one in contained if f"#{text(one.get('id'))}" == reference), {})
    else:
        found = context.find(reference)
    if found.get("resourceType") != "Medication":
        raise Leave("the medicine it points to is not in the file")
    return coding(found.get("code"))


def _dose(dosage: Tree) -> str:
    if said := text(dosage.get("text")):
        return said
    rate = next(iter(trees(dosage.get("doseAndRate"))), {})
    quantity = tree(rate.get("doseQuantity"))
    amount = number(quantity.get("value"))
    times = tree(tree(dosage.get("timing")).get("repeat"))
    frequency, period = number(times.get("frequency")), number(times.get("period"))
    parts = [
        f"{amount:g} {text(quantity.get('unit'))}".strip() if amount is not None else "",
        f"{frequency:g} times per {period:g} {text(times.get('periodUnit'))}".strip()
        if frequency is not None and period is not None
        else "",
        "as needed" if dosage.get("asNeededBoolean") is True else "",
    ]
    return ", ".join(part for part in parts if part)


def _words(concept: object) -> str:
    try:
        return coding(concept).display
    except Leave:
        return ""


def allergy(resource: Tree, context: Context) -> tuple[Payload, datetime]:
    """An AllergyIntolerance, unless refuted or entered in error."""
    context.subject.refuse_other(resource.get("patient"))
    verification = codes(resource.get("verificationStatus"))
    if ENTERED_IN_ERROR in verification:
        raise Leave("entered in error")
    if "refuted" in verification:
        raise Leave("it was refuted")
    stated = codes(resource.get("clinicalStatus"))
    manifestations = [
        words
        for reaction in trees(resource.get("reaction"))
        for one in trees(reaction.get("manifestation"))
        if (words := _words(one))
    ]
    payload = AllergyRecorded(
        substance=coding(resource.get("code")),
        reaction=", ".join(manifestations),
        active=not stated & {"inactive", "resolved"},
    )
    return payload, context.at(resource.get("recordedDate"), resource.get("onsetDateTime"))
