"""What reading a bundle can end in: a patient with facts and a report, or a refusal of the whole file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.patients.facts import Sex

SPEAKS_OF_SUICIDE: Final = "it speaks of suicide and is of a type that is not read: read it in the source"
"""Such a record must not vanish in a count of what was left."""


class BundleRefusalKind(StrEnum):
    """Why a whole file was not read."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_A_BUNDLE = "not_a_bundle"
    NO_PATIENT = "no_patient"
    SEVERAL_PATIENTS = "several_patients"
    UNUSABLE_PATIENT = "unusable_patient"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRefusal:
    """The file was not read; nothing of it may be taken."""

    kind: BundleRefusalKind
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDraft:
    """Who the bundle is about. `reference` stays the same when the same record is read again."""

    reference: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    phone: str
    email: str
    language: str  # BCP 47, empty when the record does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A resource that was not taken, and why."""

    resource_type: str
    reference: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of each resource."""

    taken: Mapping[str, int]
    left: tuple[LeftOut, ...]

    @property
    def to_read_by_a_person(self) -> tuple[LeftOut, ...]:
        """What was left and must still be seen."""
        return tuple(one for one in self.left if one.because == SPEAKS_OF_SUICIDE)

    def left_by_reason(self) -> list[tuple[str, str, int]]:
        """(resource type, reason, count), most frequent first."""
        counts = Counter((one.resource_type, one.because) for one in self.left)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(kind, because, count) for (kind, because), count in ordered]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """A bundle that was read: the patient, the facts about them, and the report."""

    patient: PatientDraft
    facts: tuple[NewEntry, ...]
    report: Report


class Leave(Exception):
    """One resource cannot be taken, and why; never leaves this package."""


class RefuseBundle(Exception):
    """The whole file cannot be taken; never leaves this package."""

    def __init__(self, kind: BundleRefusalKind, because: str) -> None:
        super().__init__(because)
        self.kind = kind
        self.because = because
