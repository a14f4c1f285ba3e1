"""What the REMS form asks and no other entry says: answered once, by a person."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, entry_kind, said


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class RemsAnswered(Payload):
    """The judgements that the monitoring form asks of a clinician (clinical.md 2.4).

    `enrolled` is asked at the first treatment only. The five classes of medicine are answered where the
    list of medicines leaves them open; None means: as the list says.
    """

    KIND: ClassVar[str] = "rems.answered"

    enrolled: bool | None  # field 6
    vitals_acceptable_before: bool  # field 19
    vitals_acceptable_after: bool  # field 20
    serious_event: bool  # field 27
    serious_event_note: str = ""  # type, onset, intervention, outcome
    vitals_note: str = ""  # field 19: a "no" needs words
    other_dose_reason: str = ""  # field 15
    benzodiazepines: bool | None = None  # fields 7 to 11
    sedative_hypnotics: bool | None = None
    stimulants: bool | None = None
    mao_inhibitors: bool | None = None
    opioids: bool | None = None

    def __post_init__(self) -> None:
        if self.serious_event:
            said("what happened in the serious adverse event", self.serious_event_note)
        if not self.vitals_acceptable_before:
            said("why the drug was given although vital signs were not acceptable", self.vitals_note)


class FilingWay(StrEnum):
    """How a form reaches the programme (REMS-04)."""

    PORTAL = "on the REMS site"
    FAX = "by fax"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class RemsFiled(Payload):
    """The form of one session was handed in (FSM-9). It stands beside the session, outside its seal."""

    KIND: ClassVar[str] = "rems.filed"
    DECISIVE: ClassVar[bool] = False

    session: UUID  # the encounter
    way: FilingWay
    reference: str  # the confirmation the programme gave, where there is one
    generation: str
