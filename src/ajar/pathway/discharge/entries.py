"""Leaving: the assessment, the release as a timed act, a departure against advice, the seal."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, entry_kind, said


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DischargeAssessed(Payload):
    """Modified Aldrete and the departure questions, as seen at one moment (clinical.md 4.7)."""

    KIND: ClassVar[str] = "discharge.assessed"

    activity: int
    respiration: int
    circulation: int
    consciousness: int
    saturation: int
    oriented: bool
    steady_gait: bool
    nausea_absent_or_minimal: bool
    suicide_check_done: bool
    suicide_check_note: str
    aldrete_version: str = "modified Aldrete, circulation in percent of baseline"

    def __post_init__(self) -> None:
        for name in ("activity", "respiration", "circulation", "consciousness", "saturation"):
            if getattr(self, name) not in (0, 1, 2):
                raise ValueError(f"Aldrete {name} takes 0, 1 or 2, got {getattr(self, name)}.")

    @property
    def aldrete(self) -> int:
        """Sum of the five domains, 0 to 10."""
        return self.activity + self.respiration + self.circulation + self.consciousness + self.saturation


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryConfirmed(Payload):
    """Every criterion for leaving is met, as of now."""

    KIND: ClassVar[str] = "recovery.confirmed"

    criteria: tuple[str, ...]  # ids that were met
    rulebook_version: str


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLost(Payload):
    """Something came back: the patient is observed again."""

    KIND: ClassVar[str] = "recovery.lost"

    because: str

    def __post_init__(self) -> None:
        said("because", self.because)


class Way(StrEnum):
    """How instructions reached somebody."""

    PRINTED = "printed"
    PORTAL = "portal"


class Recipient(StrEnum):
    """Who gets the instructions in writing."""

    PATIENT = "patient"
    ESCORT = "escort"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionsGiven(Payload):
    """The sheet of clinical.md 4.8, printed and handed over or sent as a message, at the envelope's time.

    It decides nothing: the release says again to whom the instructions were given.
    """

    KIND: ClassVar[str] = "instructions.given"
    DECISIVE: ClassVar[bool] = False

    way: Way
    language: str
    given_to: tuple[Recipient, ...]
    names: tuple[str, ...]  # as they were called then, in the order of `given_to`
    sheet_version: str

    def __post_init__(self) -> None:
        if not self.given_to:
            raise ValueError("Say who got the instructions: the patient, the person who takes them home.")
        said("the language of the instructions", self.language)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Payload):
    """The patient left, handed to a named person, with instructions, at the envelope's time.

    `ready_without_rule_min` answers the REMS form's question: without a two-hour rule, how many
    minutes after the first device would this patient have been ready?
    """

    KIND: ClassVar[str] = "session.released"

    handed_to: str
    handed_to_relation: str
    instructions_language: str
    instructions_given_to: tuple[str, ...]
    ready_without_rule_min: int | None

    def __post_init__(self) -> None:
        said("handed_to", self.handed_to)
        if self.ready_without_rule_min is not None and not 0 <= self.ready_without_rule_min <= 1440:
            raise ValueError("Minutes until ready must be between 0 and 1440.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAgainstAdvice(Payload):
    """The patient left before the criteria were met: a recorded deviation, not a dead end (FSM-10)."""

    KIND: ClassVar[str] = "session.left-against-advice"

    unmet: tuple[str, ...]
    because: str
    advised: str

    def __post_init__(self) -> None:
        said("what the patient was advised", self.advised)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterSigned(Payload):
    """A signature over the encounter: the digest of its entries up to this one."""

    KIND: ClassVar[str] = "encounter.signed"

    seal: str
    entries: int
    last_position: int
    printed_name: str
    meaning: str
