"""What the difference between two totals of one instrument means, by definition.

Never across instruments (clinical.md MBC-2). A small wiggle looks like nothing: below the smallest
reliable change a difference is called no reliable change (practice.md 4.2, point 7).
"""

from dataclasses import dataclass
from enum import StrEnum

from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.score import Scored


class Direction(StrEnum):
    """Where symptoms went, beyond what measurement error explains."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NO_RELIABLE_CHANGE = "no_reliable_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Later against earlier. `fall_points` is positive when symptoms fell.

    `fall_percent` and `response` are None where the earlier total was 0: there was nothing to fall.
    """

    earlier: int
    later: int
    fall_points: int
    fall_percent: float | None
    direction: Direction
    important: bool
    response: bool | None
    remission: bool

    @property
    def reliable(self) -> bool:
        """Larger than measurement error explains, in either direction?"""
        return self.direction is not Direction.NO_RELIABLE_CHANGE


def change_between(instrument: Instrument, earlier: Scored, later: Scored) -> Change:
    """Compare two totals of `instrument`.

    Raises:
        ValueError: one of the totals belongs to another instrument.
    """
    for scored in (earlier, later):
        if scored.instrument_id != instrument.id:
            raise ValueError(f"A {scored.instrument_id} total cannot be read as {instrument.id}.")
    fall = earlier.total - later.total
    percent = 100 * fall / earlier.total if earlier.total else None
    rule = instrument.change
    return Change(
        earlier=earlier.total,
        later=later.total,
        fall_points=fall,
        fall_percent=percent,
        direction=_direction(fall, rule.reliable_points.value),
        important=abs(fall) >= rule.important_points.value,
        response=None if percent is None else percent >= rule.response_fall_percent.value,
        remission=later.total < rule.remission_below.value,
    )


def _direction(fall: int, reliable_points: float) -> Direction:
    if abs(fall) < reliable_points:
        return Direction.NO_RELIABLE_CHANGE
    return Direction.IMPROVED if fall > 0 else Direction.WORSENED
