"""A device's FHIR R4 Observation, read as strictly as a monitor's HL7 message and into the same sets.

Codes: LOINC (clinical.md 8.6) or MDC; a blood-pressure panel (85354-9) carries its numbers as components.
Every Observation names itself (`identifier`), so that the same one sent twice is recorded once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ajar.exchange.fhir.datatypes import moment
from ajar.exchange.fhir.outcome import Leave, RefuseBundle
from ajar.exchange.fhir.tree import Tree, load, number, text, tree, trees
from ajar.exchange.hl7v2.moments import write_moment
from ajar.exchange.hl7v2.observations import judged
from ajar.exchange.hl7v2.outcome import Accepted, Header, Left, Refusal, RefusalKind, Refused
from ajar.exchange.hl7v2.vitalsets import Reading, vital_sets
from ajar.exchange.vitalcodes import VitalCode, in_canonical_unit, vital_code
from ajar.pathway.observations.vitals import BOUNDS

OBSERVATION: Final = "Observation"
MAX_POST_BYTES: Final = 1_048_576
"""The same bound as for a monitor's HL7 message."""
MAX_ENTRIES: Final = 500
MAX_NAME_CHARS: Final = 100
MEASURED: Final = frozenset({"final", "preliminary"})
WITHDRAWN: Final = frozenset({"amended", "corrected", "cancelled", "entered-in-error"})
CODE_SYSTEMS: Final[Mapping[str, str]] = {
    "http://loinc.org": "LN",
    "urn:iso:std:iso:11073:10101": "MDC",
}
UNIT_SYSTEMS: Final = frozenset({"", "http://unitsofmeasure.org", "urn:iso:std:iso:11073:10101"})
SENDER: Final = "FHIR"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedObservation:
    """An Observation that names itself, its device and its patient, before its values are read."""

    header: Header
    patient_ids: tuple[str, ...]
    device_ids: tuple[str, ...]
    resource: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The Observations of one body in order. `batch`: they came in a Bundle, and are answered in one."""

    observations: tuple[Tree, ...]
    batch: bool


def posted(data: bytes) -> Posted | Refusal:
    """The Observations in a posted body: one by itself, or those of a batch Bundle."""
    if len(data) > MAX_POST_BYTES:
        because = f"The body has {len(data)} bytes; at most {MAX_POST_BYTES} are read."
        return Refusal(kind=RefusalKind.TOO_LARGE, because=because)
    try:
        body = load(data)
    except RefuseBundle as refused:
        return Refusal(kind=RefusalKind.MALFORMED, because=refused.because)
    if body.get("resourceType") != "Bundle":
        return Posted(observations=(body,), batch=False)
    return _entries(body)


def _entries(bundle: Tree) -> Posted | Refusal:
    entries = bundle.get("entry")
    if bundle.get("type") != "batch":
        because = f"Expected a Bundle of type batch, got {str(bundle.get('type'))[:40]!r}."
        return Refusal(kind=RefusalKind.WRONG_TYPE, because=because)
    if not isinstance(entries, list) or not 1 <= len(entries) <= MAX_ENTRIES:
        because = f"Expected a Bundle with 1 to {MAX_ENTRIES} entries."
        return Refusal(kind=RefusalKind.MALFORMED, because=because)
    resources = tuple(tree(tree(entry).get("resource")) for entry in entries)
    return Posted(observations=resources, batch=True)


def open_observation(resource: Tree, *, device: str = "") -> OpenedObservation | Refusal:
    """Who sent what about whom. `device` is the sender where the Observation names none."""
    if resource.get("resourceType") != OBSERVATION:
        found = str(resource.get("resourceType"))[:40]
        return Refusal(kind=RefusalKind.WRONG_TYPE, because=f"Expected an Observation, got {found!r}.")
    try:
        return _opened(resource, device)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because)
    except Leave as left:
        return Refusal(kind=RefusalKind.MALFORMED, because=f"The Observation cannot be read: {left}.")


def _opened(resource: Tree, device: str) -> OpenedObservation:
    named = [one for one in trees(resource.get("identifier")) if text(one.get("value"))]
    if not named:
        because = "The Observation does not name itself: expected identifier with a value."
        raise Refused(RefusalKind.MALFORMED, because)
    header = Header(
        control_id=text(named[0].get("value"))[:250],
        application=SENDER,
        application_id="",
        facility=text(named[0].get("system")),
        message_type=OBSERVATION,
        trigger="",
        version="4.0",
        sent_at_text=_issued(resource),
    )
    names = (*_names(resource.get("device")), device)
    return OpenedObservation(
        header=header,
        patient_ids=_names(resource.get("subject"))[:1],
        device_ids=tuple(dict.fromkeys(name[:MAX_NAME_CHARS] for name in names if name)),
        resource=resource,
    )


def _issued(resource: Tree) -> str:
    """When the device says that it sent this, as HL7 writes moments; empty when it does not."""
    issued = text(resource.get("issued"))
    return write_moment(_at(issued, "issued")) if issued else ""


def _names(reference: object) -> tuple[str, ...]:
    """What a Reference says: its identifier first, then the last part of its address."""
    here = tree(reference)
    said = (text(tree(here.get("identifier")).get("value")), text(here.get("reference")).rsplit("/", 1)[-1])
    return tuple(name for name in said if name)


def _at(written: str, field: str) -> datetime:
    found = moment(written, zone=UTC) if "T" in written else None
    if found is None:
        because = f"{field}: expected a moment such as 2026-01-31T14:25:00-05:00, got {written[:40]!r}."
        raise Refused(RefusalKind.MALFORMED, because)
    return found


def read_observation(opened: OpenedObservation, *, now: datetime) -> Accepted | Refusal:
    """Read the values of an opened Observation; all of them or none."""
    try:
        accepted = _accepted(opened)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because, header=opened.header)
    except Leave as left:
        because = f"The Observation cannot be read: {left}."
        return Refusal(kind=RefusalKind.MALFORMED, because=because, header=opened.header)
    return judged(accepted, now=now)


def _accepted(opened: OpenedObservation) -> Accepted:
    resource = opened.resource
    _refuse_status(text(resource.get("status")))
    when = _at(
        text(resource.get("effectiveDateTime") or resource.get("effectiveInstant")), "effectiveDateTime"
    )
    readings: list[Reading] = []
    left: list[Left] = []
    for part in _parts(resource):
        code = _code(part)
        if code is None or code.field is None:
            left.append(_left(part, code))
        else:
            readings.append(_reading(part, code, code.field, when))
    sets, doubled = vital_sets(readings, device_id=next(iter(opened.device_ids), ""))
    return Accepted(
        header=opened.header,
        patient_ids=opened.patient_ids,
        location=None,
        device_ids=opened.device_ids,
        sets=sets,
        left=(*left, *doubled),
    )


def _refuse_status(status: str) -> None:
    if status in WITHDRAWN:
        because = f"The device takes back an earlier observation (status {status}); a person has to look."
        raise Refused(RefusalKind.WITHDRAWAL, because)
    if status not in MEASURED:
        because = f"Expected an Observation whose status is final or preliminary, got {status[:20]!r}."
        raise Refused(RefusalKind.MALFORMED, because)


def _parts(resource: Tree) -> Iterator[Tree]:
    """The components of a panel; the resource itself where it is no panel or has a value too."""
    components = trees(resource.get("component"))
    if not components or "valueQuantity" in resource:
        yield resource
    yield from components


def _code(part: Tree) -> VitalCode | None:
    for coding in trees(tree(part.get("code")).get("coding")):
        system = CODE_SYSTEMS.get(text(coding.get("system")))
        if system and (found := vital_code(text(coding.get("code")), system)):
            return found
    return None


def _left(part: Tree, code: VitalCode | None) -> Left:
    codings = trees(tree(part.get("code")).get("coding"))
    name = next((said for one in codings if (said := text(one.get("code")))), "(no code)")
    return Left(code=name, because=f"{code.name} is not kept in the chart" if code else "unknown code")


def _reading(part: Tree, code: VitalCode, field: str, when: datetime) -> Reading:
    quantity = tree(part.get("valueQuantity"))
    value, because = number(quantity.get("value")), "the device sent 0, which is a drop-out"
    if text(quantity.get("comparator")):
        said = f"{text(quantity.get('comparator'))[:5]}{quantity.get('value')}"
        raise Refused(RefusalKind.MALFORMED, f"{code.name}: expected a number, got {said[:40]!r}.")
    if value is None:
        _refuse_other_value(part, code)
        because = "the device sent no value"
    converted = _in_unit(quantity, value, code, BOUNDS[field].unit) if value else None
    return Reading(
        code=code,
        field=field,
        happened_at=when,
        value=converted,
        because="" if converted is not None else because,
    )


def _refuse_other_value(part: Tree, code: VitalCode) -> None:
    """A value of another kind is no gap: the sender means something that is not understood."""
    others = sorted(str(name) for name in part if str(name).startswith("value") and name != "valueQuantity")
    if others or tree(part.get("valueQuantity")).get("value") is not None:
        got = others[0] if others else "a value that is no number"
        raise Refused(
            RefusalKind.MALFORMED, f"{code.name}: expected a number in valueQuantity, got {got[:40]}."
        )


def _in_unit(quantity: Tree, value: float, code: VitalCode, canonical: str) -> float:
    unit = text(quantity.get("code")) or text(quantity.get("unit"))
    known = text(quantity.get("system")) in UNIT_SYSTEMS
    converted = in_canonical_unit(value, unit, canonical) if known else None
    if converted is None:
        because = f"{code.name}: expected a unit such as {canonical} (UCUM or MDC), got {unit[:40]!r}."
        raise Refused(RefusalKind.UNKNOWN_UNIT, because)
    return converted
