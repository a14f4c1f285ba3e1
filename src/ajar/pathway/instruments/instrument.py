"""What a questionnaire is: its items, its bands, which answer is a warning, what a change means, who owns it.

One frozen description an instrument, so that scoring, pages and exports read the same object. Wording is
data in each language, never translated on the way out: a validated text is not ours to improve. An
instrument whose text may not be shipped has none; the clinic that holds the permission fills it in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ajar.pathway.instruments.outcome import Band, Outcome, Scored, Screening
from ajar.pathway.patients.facts import Sex

Answers = Sequence[int | None]


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
class Item:
    """One question: its number on the form, and the answers it takes, as whole numbers."""

    id: str
    highest: int
    lowest: int = 0
    loinc: str = ""


def numbered(count: int, *, highest: int, lowest: int = 0) -> tuple[Item, ...]:
    """So many items of one response scale, numbered as on paper."""
    return tuple(Item(id=str(number), highest=highest, lowest=lowest) for number in range(1, count + 1))


NO_BANDS: Final = "no published bands"
"""The one band of an instrument whose totals nobody has graded."""


def ungraded(highest: float) -> tuple[Band, ...]:
    """The whole range, where the source gives no bands: none is invented (clinical.md MBC-6)."""
    return (Band(id="ungraded", label=NO_BANDS, lowest=0, highest=highest),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRule:
    """How many unanswered items may be filled with the mean of the answered ones."""

    at_most: int
    never: frozenset[int]  # item numbers that are never filled in
    source: str
    verified: bool


ALL_NEEDED: Final = MissingRule(
    at_most=0, never=frozenset(), source="design default: no rule in clinical.md 6.2", verified=False
)


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
    """What a change of the total means. None: the sources at hand give no such number."""

    response_fall_percent: Sourced | None = None
    partial_fall_percent: Sourced | None = None
    remission_below: Sourced | None = None
    reliable_points: Sourced | None = None
    important_points: Sourced | None = None


class AnsweredBy(StrEnum):
    """Whose judgement the answers are."""

    SELF = "self"
    CLINICIAN = "clinician"


class Permission(StrEnum):
    """May its text be shipped? (clinical.md 6.4, design rule)"""

    SHIPPED = "free to reproduce: its text is here"
    FREE_BUT_NOT_HERE = "free to reproduce: its text is not here yet"
    SLOT = "scorer and item numbers only: the clinic fills in the text under its own permission"
    PAID = "sold by its publisher: scorer and item numbers only"

    @property
    def code(self) -> str:
        """Its short name, which stays the same when the words change."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Who may print the questions, as far as is known."""

    permission: Permission
    words: str
    source: str
    verified: bool


Scoring = Callable[["Instrument", Answers], Outcome]
Screen = Callable[[Answers, Scored, Sex | None], Screening]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire as it is asked and scored. Items are counted from 1."""

    id: str
    version: str
    name: str
    about: str
    answered_by: AnsweredBy
    recall: str
    recall_window: timedelta
    least_interval: timedelta  # asked again sooner, the recall windows overlap (clinical.md MBC-5)
    items: tuple[Item, ...]
    highest_total: float
    scoring: Scoring
    bands: tuple[Band, ...]
    bands_source: str
    bands_verified: bool = True
    missing: MissingRule = ALL_NEEDED
    screen: Screen | None = None
    safety_items: tuple[SafetyItem, ...] = ()
    change: ChangeRule = ChangeRule()
    higher_is_better: bool = False
    wordings: Mapping[str, Wording] = field(default_factory=dict, hash=False)
    panel_loinc: str = ""
    total_loinc: str = ""
    licence: Licence
    source: str

    def __post_init__(self) -> None:
        for wording in self.wordings.values():
            if len(wording.items) != self.item_count or len(wording.options) != self.highest_answer + 1:
                raise ValueError(f"{self.id}: the {wording.language} wording is incomplete.")
        edges = [(band.lowest, band.highest) for band in self.bands]
        if edges[0][0] != 0 or edges[-1][1] != self.highest_total or _have_gaps(edges):
            raise ValueError(f"{self.id}: the bands must cover 0 to {self.highest_total:g} without gaps.")

    @property
    def item_count(self) -> int:
        """How many scored items there are."""
        return len(self.items)

    @property
    def highest_answer(self) -> int:
        """The highest answer that any item takes."""
        return max(item.highest for item in self.items)

    def wording(self, language: str) -> Wording:
        """The wording for a BCP 47 language tag, such as "es-US"; English where there is none.

        Raises:
            LookupError: its text is not here, because the clinic must hold the permission for it.
        """
        if "en" not in self.wordings:
            raise LookupError(f"{self.name} has no text here. {self.licence.words}")
        return self.wordings.get(language.split("-")[0].lower(), self.wordings["en"])

    def safety_item(self, number: int) -> SafetyItem | None:
        """The safety rule of an item, if it has one."""
        return next((item for item in self.safety_items if item.number == number), None)


def _have_gaps(edges: list[tuple[float, float]]) -> bool:
    return any(after[0] not in (before[1], before[1] + 1) for before, after in pairwise(edges))
