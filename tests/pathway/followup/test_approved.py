"""What follow-up says about made-up courses, and what follows which condition, as approved."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ajar.pathway.followup.judgements import judgements
from ajar.pathway.followup.measures import MEASURES
from ajar.pathway.followup.scores import course_of
from ajar.pathway.governance.plain import text_of
from ajar.pathway.instruments.outcome import Unscored
from ajar.pathway.instruments.registry import SCORERS
from tests.pathway.followup.test_judgements import DAY_0, point
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
NEW_YORK: Final = ZoneInfo("America/New_York")
OPEN: Final = None
"""A form that could not be scored."""

COURSES: Final = {
    "half": ("phq-9", [(20, -1), (10, 7)]),
    "almost half, then worse": ("phq-9", [(20, -1), (10.05, 7), (16, 14)]),
    "as before": ("phq-9", [(20, -1), (20, 7)]),
    "worse": ("phq-9", [(10, -1), (16, 7)]),
    "remission, then worse": ("phq-9", [(20, -1), (4, 7), (12, 14), (13, 21)]),
    "remission at the line": ("phq-9", [(20, -1), (5, 7), (OPEN, 14)]),
    "from nothing": ("phq-9", [(0, -1), (8, 7)]),
    "only a baseline": ("phq-9", [(20, -1)]),
    "no baseline": ("phq-9", [(20, 7)]),
    "well before the baseline": ("phq-9", [(5, -9), (20, -1), (8, 7)]),
    "a fall of less than 1 %": ("bsl-23", [(2.5, -1), (2.49, 7)]),
    "below the trials' line": ("madrs", [(34, -1), (12, 7), (21.9, 14)]),
    "at the trials' line": ("madrs", [(34, -1), (12, 7), (22, 14)]),
    "at the trials' line twice": ("madrs", [(34, -1), (12, 7), (22, 14), (22, 21)]),
    "a quarter": ("y-bocs", [(20, -1), (15, 7)]),
    "a full response on another scale": ("y-bocs", [(20, -1), (13, 7)]),
    "a scale where higher is better": ("who-5", [(40, -1), (60, 7), (40, 14)]),
}  # fmt: skip


def judged(name: str, totals: Sequence[tuple[float | None, int]]) -> list[str]:
    """One line a definition, about a course with one dose on day 0."""
    points = [
        replace(
            point(name, total or 0, day),
            **({"result": Unscored(instrument_id=name, missing=(1,), because="")} if total is None else {}),
        )
        for total, day in totals
    ]
    course = course_of(SCORERS[name], points, [DAY_0], zone=NEW_YORK)
    return [course.reading, *(text_of(one) for one in judgements(SCORERS[name], course))]


def test_what_is_said_of_a_course_is_what_was_approved() -> None:
    said = {name: judged(instrument, totals) for name, (instrument, totals) in COURSES.items()}
    assert_approved(APPROVED / "judgements.json", said)


def test_the_measures_of_each_condition_are_what_was_approved() -> None:
    said = {f"{indication}, sent as {one.asked.id}": one for indication, one in MEASURES.items()}
    assert_approved(APPROVED / "measures.json", said)
