"""A FHIR R4 bundle of one patient to facts, all with their reference, and a report of the rest."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from ajar.exchange.fhir.clinical import Context, allergy, condition, medication
from ajar.exchange.fhir.datatypes import ID
from ajar.exchange.fhir.observation import observation
from ajar.exchange.fhir.outcome import (
    SPEAKS_OF_SUICIDE,
    BundleRefusal,
    BundleRefusalKind,
    Leave,
    LeftOut,
    PatientRecord,
    RefuseBundle,
    Report,
)
from ajar.exchange.fhir.patient import patient_draft, subject
from ajar.exchange.fhir.tree import Tree, load, mentions, tree, trees
from ajar.pathway.ledger.entry import NewEntry, Source
from ajar.pathway.ledger.payload import Payload

BUNDLE_TYPES: Final = frozenset({"transaction", "collection", "batch", "searchset"})
READERS: Final[Mapping[str, Callable[[Tree, Context], tuple[Payload, datetime]]]] = {
    "Condition": condition,
    "MedicationRequest": medication,
    "AllergyIntolerance": allergy,
    "Observation": observation,
}
WRITES: Final = frozenset({"", "POST", "PUT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry of the bundle: its address in the bundle, its resource and what was asked for."""

    full_url: str
    kind: str
    resource: Tree
    method: str

    @property
    def id(self) -> str:
        """The resource's own id, else the one in its urn:uuid address; empty where FHIR allows neither."""
        own = self.resource.get("id")
        found = own if isinstance(own, str) else self.full_url.removeprefix("urn:uuid:")
        return found if ID.fullmatch(found) else ""


def read_bundle(data: bytes, *, now: datetime, zone: tzinfo) -> PatientRecord | BundleRefusal:
    """Read the bundle in `data`. `zone` holds for dates without a time of day.

    Never raises: what cannot be read is refused as a whole or left resource by resource, with reasons.
    """
    try:
        members = _members(load(data))
        person = _the_patient(members)
        draft = patient_draft(person.resource)
    except RefuseBundle as refused:
        return BundleRefusal(kind=refused.kind, because=refused.because)
    addresses = _addresses(members)
    context = Context(
        subject=subject(person.resource, person.full_url),
        find=lambda reference: addresses.get(reference, {}),
        zone=zone,
        now=now,
    )
    facts, left = _facts(members, context)
    taken = Counter(fact.source_ref.removeprefix("fhir:").partition("/")[0] for fact in facts)
    report = Report(taken={"Patient": 1, **dict(sorted(taken.items()))}, left=tuple(left))
    return PatientRecord(patient=draft, facts=tuple(facts), report=report)


def _members(bundle: Tree) -> list[Member]:
    kind = bundle.get("resourceType")
    if kind != "Bundle":
        raise RefuseBundle(
            BundleRefusalKind.NOT_A_BUNDLE,
            f"Expected a FHIR Bundle, got {str(kind)[:40]!r}.",
        )
    if bundle.get("type") not in BUNDLE_TYPES:
        allowed = ", ".join(sorted(BUNDLE_TYPES))
        because = f"Expected a bundle of type {allowed}, got {str(bundle.get('type'))[:40]!r}."
        raise RefuseBundle(BundleRefusalKind.NOT_A_BUNDLE, because)
    return [_member(entry) for entry in trees(bundle.get("entry"))]


def _member(entry: Tree) -> Member:
    resource = tree(entry.get("resource"))
    full_url, kind, method = (
        value if isinstance(value, str) else ""
        for value in (
            entry.get("fullUrl"),
            resource.get("resourceType"),
            tree(entry.get("request")).get("method"),
        )
    )
    return Member(full_url=full_url, kind=kind, resource=resource, method=method)


def _the_patient(members: list[Member]) -> Member:
    people = [member for member in members if member.kind == "Patient"]
    if not people:
        raise RefuseBundle(
            BundleRefusalKind.NO_PATIENT,
            "The bundle holds no Patient; expected exactly one.",
        )
    if len(people) > 1:
        because = f"The bundle holds {len(people)} Patients; expected exactly one."
        raise RefuseBundle(BundleRefusalKind.SEVERAL_PATIENTS, because)
    if people[0].method not in WRITES:
        because = f"The bundle asks to {people[0].method[:20]} its Patient; nothing was taken."
        raise RefuseBundle(BundleRefusalKind.UNUSABLE_PATIENT, because)
    return people[0]


def _addresses(members: list[Member]) -> dict[str, Tree]:
    named = {f"{member.kind}/{member.id}": member.resource for member in members if member.id}
    return {
        **named,
        **{member.full_url: member.resource for member in members if member.full_url},
    }


def _facts(members: list[Member], context: Context) -> tuple[list[NewEntry], list[LeftOut]]:
    facts: list[NewEntry] = []
    left: list[LeftOut] = []
    same: dict[str, list[Member]] = {}
    for member in members:
        same.setdefault(f"{member.kind}/{member.id}", []).append(member)
    for name, group in same.items():
        for number, member in enumerate(group):
            if member.kind == "Patient":
                continue
            try:
                _refuse_repeated(number, group)
                facts.append(_fact(member, name, context))
            except Leave as problem:
                left.append(
                    LeftOut(
                        resource_type=member.kind or "(none)",
                        reference=name[:120],
                        because=str(problem),
                    )
                )
    return facts, left


def _refuse_repeated(number: int, group: list[Member]) -> None:
    if not group[0].id or group[0].kind not in READERS or len(group) == 1:
        return
    if any(member.resource != group[0].resource for member in group[1:]):
        raise Leave("the same id stands for different contents, so none was taken")
    if number:
        raise Leave("it stands in the file twice and was taken once")


def _fact(member: Member, name: str, context: Context) -> NewEntry:
    if not member.kind:
        raise Leave("it is no resource")
    reader = READERS.get(member.kind)
    if reader is None and mentions(member.resource, "suicid"):
        raise Leave(SPEAKS_OF_SUICIDE)
    if reader is None:
        raise Leave("resources of this type are not read")
    if member.method not in WRITES:
        raise Leave(f"the bundle asks to {member.method[:20]} it")
    if not member.id:
        raise Leave("it has no id, so it could not be recognised when read again")
    try:
        payload, happened_at = reader(member.resource, context)
    except ValueError as problem:
        raise Leave(str(problem).rstrip(".")) from None
    return NewEntry(
        payload=payload,
        happened_at=happened_at,
        source=Source.IMPORT,
        source_ref=f"fhir:{name}",
    )
