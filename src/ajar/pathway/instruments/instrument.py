"""What a questionnaire is: its wording, its bands, which answer is a warning, what a change means.

One frozen description an instrument, so that scoring, pages and exports read the same object.
Wording is data in each language, never translated on the way out: a validated text is not ours to
improve.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A number and where it comes from. `verified` is False where nobody has read the source yet."""

    value: float
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The validated text of one language."""

    language: str  # BCP 47
    title: str
    stem: str  # stays on screen above every item
    items: tuple[str, ...]
    options: tuple[str, ...]  # from the lowest answer to the highest
    closing: str  # a question after the items that is asked but not scored; "" if there is none
    closing_options: tuple[str, ...]
    attribution: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of totals and its name. Both ends belong to it."""

    id: str
    label: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRule:
    """How many unanswered items may be filled with the mean of the answered ones."""

    at_most: int
    never: frozenset[int]  # item numbers that are never filled in
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyItem:
    """An item whose answer is a warning by itself, whatever the total."""

    number: int  # counted from 1, as on paper
    about: str
    fires_at: int
    urgent_at: int
    rule_id: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """What a change of the total means: response, remission, beyond measurement error, worth having."""

    response_fall_percent: Sourced
    remission_below: Sourced
    reliable_points: Sourced
    important_points: Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire as it is asked and scored. Items are counted from 1."""

    id: str
    version: str
    name: str
    recall: str
    recall_window: timedelta
    least_interval: timedelta  # asked again sooner, the recall windows overlap (clinical.md MBC-5)
    highest_answer: int
    wordings: Mapping[str, Wording] = field(hash=False)
    bands: tuple[Band, ...]
    bands_source: str
    missing: MissingRule
    safety_items: tuple[SafetyItem, ...]
    change: ChangeRule
    panel_loinc: str
    total_loinc: str
    item_loinc: tuple[str, ...]
    licence: str

    def __post_init__(self) -> None:
        for wording in self.wordings.values():
            if len(wording.items) != self.item_count or len(wording.options) != self.highest_answer + 1:
                raise ValueError(f"{self.id}: the {wording.language} wording is incomplete.")
        edges = [(band.lowest, band.highest) for band in self.bands]
        if edges[0][0] != 0 or edges[-1][1] != self.highest_total or _have_gaps(edges):
            raise ValueError(f"{self.id}: the bands must cover 0 to {self.highest_total} without gaps.")

    @property
    def item_count(self) -> int:
        """How many scored items there are."""
        return len(self.item_loinc)

    @property
    def highest_total(self) -> int:
        """The highest total there can be."""
        return self.item_count * self.highest_answer

    def wording(self, language: str) -> Wording:
        """The wording for a BCP 47 language tag, such as "es-US"; English where there is none."""
        return self.wordings.get(language.split("-")[0].lower(), self.wordings["en"])

    def safety_item(self, number: int) -> SafetyItem | None:
        """The safety rule of an item, if it has one."""
        return next((item for item in self.safety_items if item.number == number), None)


def _have_gaps(edges: list[tuple[int, int]]) -> bool:
    return any(after[0] != before[1] + 1 for before, after in pairwise(edges))
