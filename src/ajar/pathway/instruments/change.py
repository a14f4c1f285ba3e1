"""What the difference between two totals of one instrument means, by definition.

Never across instruments (clinical.md MBC-2). A small wiggle looks like nothing: below the smallest
reliable change a difference is called no reliable change (practice.md 4.2, point 7).
"""

from dataclasses import dataclass
from enum import StrEnum

from ajar.pathway.instruments.instrument import Instrument, Sourced
from ajar.pathway.instruments.outcome import Scored


class Direction(StrEnum):
    """Where symptoms went, beyond what measurement error explains."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NO_RELIABLE_CHANGE = "no_reliable_change"
    NOT_JUDGED = "not_judged"  # nobody has published how much of a difference is error


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Later against earlier. `fall_points` is positive when the total fell.

    `fall_percent` is None where the earlier total was 0: there was nothing to fall. `important`, `response`,
    `partial` and `remission` are None where that, or the instrument's sources, leave them undecided.
    """

    earlier: float
    later: float
    fall_points: float
    fall_percent: float | None
    direction: Direction
    important: bool | None
    response: bool | None
    partial: bool | None
    remission: bool | None

    @property
    def reliable(self) -> bool:
        """Larger than measurement error explains, in either direction?"""
        return self.direction in (Direction.IMPROVED, Direction.WORSENED)


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
    response = _reached(percent, rule.response_fall_percent)
    partial = _reached(percent, rule.partial_fall_percent)
    return Change(
        earlier=earlier.total,
        later=later.total,
        fall_points=fall,
        fall_percent=percent,
        direction=_direction(instrument, fall),
        important=_reached(abs(fall), rule.important_points),
        response=response,
        partial=None if partial is None else partial and not response,
        remission=None if rule.remission_below is None else later.total < rule.remission_below.value,
    )


def _reached(value: float | None, threshold: Sourced | None) -> bool | None:
    return None if value is None or threshold is None else value >= threshold.value


def _direction(instrument: Instrument, fall: float) -> Direction:
    reliable = instrument.change.reliable_points
    if reliable is None:
        return Direction.NOT_JUDGED
    if abs(fall) < reliable.value:
        return Direction.NO_RELIABLE_CHANGE
    return Direction.IMPROVED if (fall > 0) is not instrument.higher_is_better else Direction.WORSENED
