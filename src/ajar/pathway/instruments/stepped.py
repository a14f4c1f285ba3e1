"""Short form first, the long one only where it is needed (clinical.md 6.1; features.md A04).

The first two items of the PHQ-9 are the PHQ-2, and of the GAD-7 the GAD-2. Whoever is positive there is
asked the rest, and nothing twice. An item left open says nothing, so it is never taken for a negative.

A negative PHQ-2 leaves item 9 unasked: where everyone must be asked about suicidal thoughts, as in the
public quiz and at a baseline, the PHQ-9 is asked whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments.gad7 import GAD2, GAD7
from ajar.pathway.instruments.instrument import Answers, Instrument
from ajar.pathway.instruments.phq9 import PHQ2, PHQ9


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A short form that grows into a longer one whose first items it is."""

    short: Instrument
    full: Instrument
    positive_from: int
    source: str

    def __post_init__(self) -> None:
        if self.short.items != self.full.items[: self.short.item_count]:
            raise ValueError(f"{self.short.name} is not the beginning of {self.full.name}.")


STEPS: Final[Mapping[str, Step]] = MappingProxyType(
    {
        step.short.id: step
        for step in (
            Step(
                short=PHQ2,
                full=PHQ9,
                positive_from=3,
                source="clinical.md 6.1: 3 or more; from general knowledge, verify",
            ),
            Step(short=GAD2, full=GAD7, positive_from=3, source="clinical.md 6.1 [FS-GAD2]: 3 or more"),
        )
    }
)


def asks_more(step: Step, answers: Answers) -> bool:
    """Do the answers to the short form call for the rest?"""
    first = answers[: step.short.item_count]
    given = [answer for answer in first if answer is not None]
    return sum(given) >= step.positive_from or len(given) < step.short.item_count


def instrument_after(instrument: Instrument, number: int, answers: Answers) -> Instrument:
    """What is being asked once item `number` was answered: the short form grows at its last item."""
    step = STEPS.get(instrument.id)
    if step is None or number < step.short.item_count:
        return instrument
    return step.full if asks_more(step, answers) else instrument
