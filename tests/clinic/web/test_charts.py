"""The geometry of a score over time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.clinic.web.charts import NARROW, WIDE, Band, Dose, Measured, ScoreSeries, score_chart

START = date(2026, 3, 2)
BANDS = (Band(name="mild", lowest=0), Band(name="severe", lowest=20))


def series(
    scores: list[float | None], *, doses: tuple[int, ...] = (), wobble: float | None = None
) -> ScoreSeries:
    """One form a week."""
    return ScoreSeries(
        instrument="PHQ-9",
        caption="A caption.",
        maximum=27,
        direction="higher = more symptoms",
        measured=[
            Measured(on=START + timedelta(days=7 * week), score=score) for week, score in enumerate(scores)
        ],
        bands=BANDS,
        doses=[Dose(on=START + timedelta(days=day), label=f"Dose {day}") for day in doses],
        reliable_change=wobble,
    )


def test_a_missed_form_is_a_hole_and_the_line_breaks_there() -> None:
    wide = score_chart(series([21, 15, None, 9])).drawings[0]
    assert len(wide.lines) == 2
    assert [hole.measured.score for hole in wide.holes] == [None]
    assert len(wide.points) == 3


def test_nothing_measured_still_draws_the_zones() -> None:
    wide = score_chart(series([])).drawings[0]
    assert [band.name for band in wide.bands] == ["mild", "severe"]
    assert not wide.lines
    assert not wide.days
    assert wide.bracket is None


def test_the_bracket_stays_inside_the_scale() -> None:
    wide = score_chart(series([26], wobble=5)).drawings[0]
    assert wide.bracket is not None
    top, foot = wide.bracket
    assert top == WIDE.top
    assert foot > top


def test_doses_stand_on_the_axis_and_in_the_table() -> None:
    chart = score_chart(series([21, 15], doses=(1, 4)))
    assert len(chart.drawings[0].doses) == 2
    assert [type(row).__name__ for row in chart.rows] == ["Measured", "Dose", "Dose", "Measured"]


def test_the_names_of_the_zones_give_way_to_the_line_in_a_narrow_drawing() -> None:
    narrow = score_chart(series([26, 25, 24, 23, 22, 10, 9, 8, 7, 6])).drawings[1]
    mild, severe = (band.label for band in narrow.bands)
    assert severe.anchor == "end"
    assert mild.anchor != "end"


@given(st.lists(st.none() | st.floats(min_value=0, max_value=27), max_size=20))
def test_everything_drawn_lies_in_its_frame(scores: list[float | None]) -> None:
    for drawing, frame in zip(score_chart(series(scores)).drawings, (WIDE, NARROW), strict=True):
        for point in (*drawing.points, *drawing.holes):
            assert frame.left <= point.x <= frame.right
            assert frame.top <= point.y <= frame.floor
        assert all(one.x < other.x for one, other in pairwise(drawing.days))


@given(st.floats(min_value=0, max_value=27), st.floats(min_value=0, max_value=27))
def test_more_symptoms_are_never_lower_on_the_page(one: float, other: float) -> None:
    lower, higher = sorted((one, other))
    first, second = score_chart(series([lower, higher])).drawings[0].points
    assert second.y <= first.y


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"maximum": 0.0}, "maximum must be positive"),
        ({"measured": [Measured(on=START, score=28)]}, "between 0 and 27"),
        (
            {"measured": [Measured(on=START, score=1), Measured(on=START - timedelta(days=1), score=1)]},
            "in order of days",
        ),
        ({"bands": tuple(reversed(BANDS))}, "lowest score upwards"),
    ],
)
def test_a_series_that_cannot_be_true_is_refused(change: dict[str, object], words: str) -> None:
    fields = {
        "instrument": "PHQ-9",
        "caption": "",
        "maximum": 27.0,
        "direction": "",
        "measured": (),
        "bands": BANDS,
    }
    with pytest.raises(ValueError, match=words):
        ScoreSeries(**(fields | change))  # type: ignore[arg-type]  # the point of the test
