"""Which instruments follow which condition (clinical.md 7).

They are those of the condition's protocol, the instruments of depression where it has none of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.instruments.instrument import AnsweredBy, Instrument
from ajar.pathway.instruments.registry import INSTRUMENTS, SCORERS
from ajar.pathway.protocols.conditions import PROTOCOL_FOR, primary_instruments


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The instruments of one condition by id, the first of `primary` being the one that is judged."""

    indication: Indication
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.all_ids) - set(SCORERS)):
            raise ValueError(f"{self.indication}: no instrument {unknown[0]!r}.")

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every instrument of the condition, primary ones first."""
        return self.primary + self.secondary

    @property
    def asked(self) -> Instrument:
        """What the patient is sent: the first self-rated one whose text ships, else the PHQ-9."""
        fitting = [
            SCORERS[name]
            for name in self.all_ids
            if name in INSTRUMENTS and SCORERS[name].answered_by is AnsweredBy.SELF
        ]
        return fitting[0] if fitting else INSTRUMENTS["phq-9"]


def _of_the_protocol(indication: Indication) -> Measures:
    protocol = PROTOCOL_FOR[indication]
    return Measures(
        indication=indication,
        primary=primary_instruments(indication),
        secondary=tuple(one.instrument for one in protocol.secondary),
        source=protocol.source,
    )


MEASURES: Final[Mapping[Indication, Measures]] = MappingProxyType(
    {indication: _of_the_protocol(indication) for indication in Indication}
)

SPOKEN: Final[Mapping[str, Indication]] = MappingProxyType(
    {one.value.replace("_", " "): one for one in Indication}
    | {
        "trd": Indication.TRD,
        "mdd": Indication.TRD,
        "mdsi": Indication.MDSI,
        "bpd": Indication.BORDERLINE,
        "generalized anxiety disorder": Indication.ANXIETY,
        "social anxiety disorder": Indication.ANXIETY,
    }
)
"""How an order may write its indication, in lower case without marks."""


def indication_of(text: str) -> Indication | None:
    """The indication that an order names; None where the words are not one of ours. Nothing is guessed."""
    return SPOKEN.get(" ".join(text.lower().replace("-", " ").replace("_", " ").split()))


def measures_for(indication: Indication | None) -> Measures:
    """The instruments of a condition; those of depression where nobody has named one."""
    return MEASURES[indication or Indication.TRD]
