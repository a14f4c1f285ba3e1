"""What a screening says, which help it shows and which task it opens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import risk, risk_of, score
from ajar.pathway.screening.crisis import HELP, crisis_help
from ajar.pathway.screening.result import in_words
from ajar.pathway.screening.risk import TaskKind, due_at, task_for, task_for_blank
from ajar.pathway.staff.roles import Role
from tests.support.approved import assert_approved

APPROVED = Path(__file__).parent / "approved"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize("language", ["en", "es-US", "fr"])
@pytest.mark.parametrize("answer", [0, 1, 2, 3])
def test_every_result_says_that_it_is_no_diagnosis(language, answer):
    words = in_words(PHQ9, score(PHQ9, [answer] * 8 + [0]), language)
    assert str(answer * 8) in words.headline
    assert "diagn" in words.limits
    assert "depression" not in words.headline + words.meaning


def test_from_10_points_on_the_next_step_is_a_consultation():
    low = in_words(PHQ9, score(PHQ9, [1] * 9), "en")
    high = in_words(PHQ9, score(PHQ9, [2] * 5 + [0] * 4), "en")
    assert "book" not in low.next_step
    assert "book" in high.next_step


def named(name, *answers):
    return in_words(SCORERS[name], score(SCORERS[name], answers), "ES-mx")


def test_what_a_result_says_is_what_was_approved():
    said = {
        "PHQ-9, 9 points": in_words(PHQ9, score(PHQ9, [1] * 9), "en-US"),
        "PHQ-9, 10 points": in_words(PHQ9, score(PHQ9, [2, *[1] * 8]), "en-US"),
        "PHQ-9, two blank": in_words(PHQ9, score(PHQ9, [1] * 6 + [None, 1, None]), "fr"),
        "PHQ-9, 16 points, in Spanish": named("phq-9", 2, 2, 2, 2, 2, 2, 2, 2, 0),
        "PHQ-2, 2 points, in Spanish": named("phq-2", 1, 1),
        "GAD-7, 21 points": in_words(SCORERS["gad-7"], score(SCORERS["gad-7"], [3] * 7), "EN"),
    }
    assert_approved(APPROVED / "results.json", said)


def test_the_tasks_that_answers_open_are_those_approved():
    c_ssrs = SCORERS["c-ssrs"]
    warnings = {
        "PHQ-9, item 9 at 1": risk(PHQ9, [0] * 8 + [1]),
        "PHQ-9, item 9 at 2": risk(PHQ9, [0] * 8 + [2]),
        "C-SSRS, orange": risk(c_ssrs, [1, 1, 1, 0, 0, 0, None]),
        "C-SSRS, red": risk(c_ssrs, [1, 1, 0, 1, 0, 0, None]),
    }
    said = {name: task_for(found) for name, found in warnings.items()}
    said["C-SSRS, items blank"] = task_for_blank(c_ssrs, [0, None, 0, 0, None, 0, 0])
    assert_approved(APPROVED / "tasks.json", said)


def test_an_unscored_form_names_the_missing_item():
    words = in_words(PHQ9, score(PHQ9, [1] * 8 + [None]), "es")
    assert "9" in words.headline
    assert words.meaning == ""


@pytest.mark.parametrize(
    ("country", "language", "expected"),
    [
        ("US", "en-US", ("US", "en")),
        ("us", "es", ("US", "es")),
        ("US", "ES-mx", ("US", "es")),
        ("CA", "es", ("CA", "en")),  # a number that works comes before a language that reads well
        ("DE", "es", ("", "es")),
        ("DE", "de", ("", "en")),
        ("", "en", ("", "en")),
    ],
)
def test_crisis_help_fits_the_country_first(country, language, expected):
    found = crisis_help(country, language)
    assert (found.country, found.language) == expected


def test_help_in_the_united_states_is_988_and_911_by_one_tap():
    actions = {line.action for line in crisis_help("US", "en").lines}
    assert {"tel:988", "sms:988", "tel:911"} <= actions
    assert all(found.source for found in HELP.values())


@pytest.mark.parametrize(
    ("answer", "kind", "owner"),
    [
        (1, TaskKind.RISK_SAME_DAY, Role.NURSE),
        (2, TaskKind.RISK_URGENT, Role.PRESCRIBER),
        (3, TaskKind.RISK_URGENT, Role.PRESCRIBER),
    ],
)
def test_a_risk_answer_opens_a_task_with_an_owner(answer, kind, owner):
    found = risk_of(PHQ9, 9, answer)
    assert found is not None
    task = task_for(found)
    assert (task.kind, task.owner) == (kind, owner)
    assert f"answered {answer}" in task.because


@pytest.mark.parametrize(
    ("answer", "now", "due"),
    [
        (3, datetime(2026, 3, 3, 9, 0, tzinfo=NEW_YORK), datetime(2026, 3, 3, 10, 0, tzinfo=NEW_YORK)),
        (1, datetime(2026, 3, 3, 9, 0, tzinfo=NEW_YORK), datetime(2026, 3, 3, 23, 59, tzinfo=NEW_YORK)),
        (1, datetime(2026, 3, 3, 23, 30, tzinfo=NEW_YORK), datetime(2026, 3, 4, 0, 30, tzinfo=NEW_YORK)),
    ],
)
def test_the_clock_runs_where_the_place_is(answer, now, due):
    found = risk_of(PHQ9, 9, answer)
    assert found is not None
    assert due_at(task_for(found), now=now) == due


def test_an_urgent_answer_is_never_due_later_than_a_lesser_one():
    lesser, urgent = (task_for(found) for answer in (1, 3) if (found := risk_of(PHQ9, 9, answer)))
    for hour in range(24):
        now = datetime(2026, 3, 3, hour, 45, tzinfo=UTC)
        assert due_at(urgent, now=now) - now <= timedelta(hours=1) <= due_at(lesser, now=now) - now


def test_a_blank_safety_item_opens_a_contact_task():
    task = task_for_blank(PHQ9, [2] * 8 + [None])
    assert task is not None
    assert task.kind is TaskKind.SAFETY_ITEM_BLANK
    assert task_for_blank(PHQ9, [2] * 8 + [0]) is None


def test_a_clock_without_a_zone_is_refused():
    found = risk_of(PHQ9, 9, 1)
    assert found is not None
    with pytest.raises(ValueError, match=r"^now must carry a time zone"):
        due_at(task_for(found), now=datetime(2026, 3, 3, 9, 0))
