"""Response, remission and reliable change by definition (clinical.md MBC-3, 6.1)."""

import pytest

from ajar.pathway.instruments.change import Direction, change_between
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, band_of


def total(value: int) -> Scored:
    return Scored(instrument_id=PHQ9.id, total=value, band=band_of(PHQ9, value))


@pytest.mark.parametrize(
    ("earlier", "later", "response", "remission", "direction", "important"),
    [
        (18, 9, True, False, Direction.IMPROVED, True),  # exactly half is a response
        (19, 10, False, False, Direction.IMPROVED, True),
        (18, 4, True, True, Direction.IMPROVED, True),
        (8, 4, True, True, Direction.NO_RELIABLE_CHANGE, False),
        (8, 5, False, False, Direction.NO_RELIABLE_CHANGE, False),
        (12, 7, False, False, Direction.NO_RELIABLE_CHANGE, True),
        (10, 16, False, False, Direction.WORSENED, True),
        (0, 0, None, True, Direction.NO_RELIABLE_CHANGE, False),
    ],
)
def test_a_change_is_named_by_its_definition(earlier, later, response, remission, direction, important):
    change = change_between(PHQ9, total(earlier), total(later))
    assert (change.response, change.remission) == (response, remission)
    assert (change.direction, change.important) == (direction, important)
    assert change.reliable is (direction is not Direction.NO_RELIABLE_CHANGE)


def test_a_fall_is_in_percent_of_the_earlier_total():
    assert change_between(PHQ9, total(20), total(15)).fall_percent == 25
    assert change_between(PHQ9, total(0), total(5)).fall_percent is None


def test_totals_of_two_instruments_are_never_compared():
    other = Scored(instrument_id="gad-7", total=4, band=PHQ9.bands[0])
    with pytest.raises(ValueError, match=r"^A gad-7 total cannot be read as phq-9\.$"):
        change_between(PHQ9, total(10), other)
