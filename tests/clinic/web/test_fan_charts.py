"""The geometry of a forecast."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.clinic.careplan.fans import Fan, Quantiles, Tick
from ajar.clinic.web.fan_charts import NARROW, SMALL, WIDE, fan_drawing, round_step
from ajar.pharmacology.estimates import Status


def fan(height: float = 30.0, **changes: Any) -> Fan:
    """A fan that rises and falls."""
    rows = [[0.0, height * share, 0.0] for share in (0.2, 0.4, 0.5, 0.7, 1.0)]
    told: dict[str, Any] = {
        "name": "Dissociation",
        "unit": "points",
        "status": Status.ESTABLISHED,
        "direction": "↑ higher = more",
        "caption": "A caption.",
        "times": (0.0, 1.0, 2.0),
        "quantiles": Quantiles(
            **dict(zip(("low", "lower", "middle", "upper", "high"), map(tuple, rows), strict=True))
        ),
        "ticks": [Tick(at=float(hour), label=f"{hour} h") for hour in range(3)],
        "doses": (0.0,),
        "dose_word": "dose",
    }
    return Fan(**(told | changes))


def corners(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (one.split(",") for one in points.split())]


@given(st.floats(min_value=0.01, max_value=1e5), st.sampled_from([SMALL, WIDE, NARROW]))
def test_a_band_stays_in_its_frame_and_half_lies_inside_nine_in_ten(height, frame):
    drawing = fan_drawing(fan(height), frame)
    for x, y in corners(drawing.outer):
        assert frame.left <= x <= frame.right
        assert frame.top - 0.1 <= y <= frame.floor + 0.1
    tops = [min(y for _x, y in corners(points)) for points in (drawing.outer, drawing.inner)]
    assert tops[0] <= tops[1]


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_steps_are_round_and_just_large_enough(rough):
    step = round_step(rough)
    assert rough * (1 - 1e-6) <= step <= rough * 2.6


def test_nothing_at_all_still_has_an_axis():
    drawing = fan_drawing(fan(0.0), SMALL)
    assert [level.value for level in drawing.levels] == [0, 1]


def test_a_scale_keeps_its_own_end():
    drawing = fan_drawing(fan(9.0, most=27.0, measured=((1.0, 27.0),)), WIDE)
    [(_x, y, value)] = drawing.points
    assert (y, value) == (WIDE.top, 27.0)


def test_what_falls_below_zero_is_drawn_below_zero():
    low = fan(-0.6)
    turned = Quantiles(
        low=low.quantiles.high, lower=low.quantiles.upper, middle=low.quantiles.middle,
        upper=low.quantiles.lower, high=low.quantiles.low,
    )  # fmt: skip
    drawing = fan_drawing(fan(quantiles=turned, least=-0.6), SMALL)
    assert drawing.levels[0].value <= -0.6
    assert drawing.levels[-1].value == pytest.approx(0, abs=1e-9)


def test_a_dose_that_takes_time_is_a_bar_and_others_are_marks():
    assert fan_drawing(fan(), SMALL).bars == []
    assert len(fan_drawing(fan(), SMALL).marks) == 1
    slow = fan_drawing(fan(given_over=0.5), SMALL)
    assert (len(slow.bars), slow.marks) == (1, [])
    assert slow.bars[0][1] == pytest.approx(SMALL.plot_width / 4, abs=0.1)


def test_times_that_have_no_room_are_left_out():
    crowded = [Tick(at=number / 10, label="long words") for number in range(21)]
    named = fan_drawing(fan(ticks=crowded), SMALL).named
    assert 2 <= len(named) <= 4
    assert named[0].anchor == "start"


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"times": (0.0, 1.0)}, "one value for each time"), ({"times": (0.0, 2.0, 1.0)}, "they rise")],
)
def test_a_fan_that_cannot_be_drawn_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        fan(**changes)


def test_the_table_has_the_named_times():
    assert [label for label, _values in fan().rows] == ["0 h", "1 h", "2 h"]
    assert fan().rows[1][1] == (6.0, 12.0, 15.0, 21.0, 30.0)
