"""The REMS form's fields on pressure, sedation, dissociation and breathing, and its deadline."""

from collections.abc import Callable
from datetime import date

import pytest

from ajar.pathway.ledger.entry import Author, AuthorKind
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from ajar.pathway.paperwork.deadline import Deadline
from ajar.pathway.paperwork.told import watcher_of
from tests.pathway.discharge.story import Story, dissociated
from tests.pathway.paperwork.charts import (
    complete,
    form_of,
    value_of,
)


@pytest.mark.parametrize(
    ("minutes", "taken_at"),
    [((29, 51), None), ((30,), 30), ((50,), 50), ((31, 42, 49), 42), ((38, 45), 38)],
)
def test_the_pressure_at_forty_minutes_is_the_nearest_within_thirty_to_fifty(
    minutes: tuple[int, ...], taken_at: int | None
) -> None:
    story = Story().dosed()
    for minute in minutes:
        story.tell(minute, VitalsMeasured(systolic_mmhg=100 + minute, diastolic_mmhg=70))
    expected = "" if taken_at is None else f"{100 + taken_at} / 70 mmHg"
    assert value_of(story, "pressure-40").text == expected


@pytest.mark.parametrize(
    ("tell", "field_id", "text"),
    [
        (lambda story: story.tell(40, SedationRated(moaa_s=5)), "sedation", "no: MOAA/S 5 throughout"),
        (
            lambda story: [story.tell(m, SedationRated(moaa_s=v)) for m, v in ((40, 4), (121, 4), (130, 5))],
            "sedation",
            "yes: from 10:40 EST to 12:10 EST; at 2 hours: yes; lowest MOAA/S 4",
        ),
        (
            lambda story: story.tell(40, SedationRated(moaa_s=3)),
            "sedation",
            "yes: from 10:40 EST, not seen to resolve; lowest MOAA/S 3",
        ),
        (lambda story: story.tell(40, dissociated(0)), "dissociation", "no: CADSS-6 not above 0"),
        (
            lambda story: story.tell(40, VitalsMeasured(spo2_percent=88)),
            "respiratory-depression",
            "yes: lowest SpO2 88 % at 10:40 EST, of 1 measured",
        ),
        (
            lambda story: story.tell(40, VitalsMeasured(spo2_percent=95, respiratory_rate_per_min=7)),
            "respiratory-depression",
            "yes: lowest SpO2 95 % at 10:40 EST, of 1 measured; slowest breathing 7 a minute at 10:40 EST",
        ),
    ],
)
def test_sedation_dissociation_and_breathing_are_read_off_the_series(
    tell: Callable[[Story], object], field_id: str, text: str
) -> None:
    story = Story().dosed()
    tell(story)
    assert value_of(story, field_id).text == text


def test_without_a_rating_before_the_dose_any_dissociation_counts() -> None:
    story = Story().dosed()
    story.entries = [entry for entry in story.entries if entry.payload.KIND != "dissociation.rated"]
    story.tell(40, dissociated(1))
    assert value_of(story, "dissociation").text.startswith("yes: from 10:40 EST")


def test_a_pressure_taken_after_leaving_is_not_the_last_before_it() -> None:
    story = complete()
    story.tell(200, VitalsMeasured(systolic_mmhg=180, diastolic_mmhg=100))
    assert value_of(story, "pressure-after").text == "122 / 80 mmHg"


def test_who_watched_is_who_recorded_most_of_it() -> None:
    story = Story().watched(until=126)
    story.by = Author(kind=AuthorKind.DEVICE, id="monitor-2", name="monitor-2")
    for minute in range(200, 240):
        story.tell(minute, VitalsMeasured(heart_rate_bpm=70))
    watcher = watcher_of(story.entries)
    assert watcher is not None
    assert watcher.name == "Dana Rowe, RN"
    assert watcher_of([]) is None


def test_the_form_is_due_in_seven_days_and_becomes_pressing_at_three_five_and_six() -> None:
    deadline = Deadline(treatment_on=date(2026, 3, 2))
    assert deadline.due_on == date(2026, 3, 9)
    assert [deadline.escalation(date(2026, 3, day)) for day in (4, 5, 6, 7, 8, 9)] == [0, 1, 1, 2, 3, 3]
    assert [deadline.days_left(date(2026, 3, day)) for day in (2, 9, 10)] == [7, 0, -1]
    assert form_of(complete()).deadline == deadline
