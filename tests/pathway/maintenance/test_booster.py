"""The next booster, or every reason why there is none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ajar.pathway.followup.scores import ScorePoint, course_of
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import score
from ajar.pathway.maintenance.booster import BoosterDue, MaintenanceState, NoBooster, next_booster
from ajar.pathway.maintenance.policies import ESKETAMINE_MAINTENANCE, RACEMIC_IV_MAINTENANCE

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def point(total: int, day: float) -> ScorePoint:
    full, rest = divmod(total, 3)
    items = tuple([3] * full + [rest] * (full < 9) + [0] * (8 - full))
    return ScorePoint(
        entry_id=UUID(int=int(day * 100) + 10_000),
        answered_at=at(day),
        result=score(PHQ9, items),
        items=items,
        mode=Mode.SELF_WEB,
        occasion="follow-up",
        overlapping_recall=False,
    )


def state(
    *,
    doses: tuple[float, ...] = (0, 3, 7, 10, 14, 17),
    scores: tuple[tuple[int, float], ...] = ((18, -1), (6, 20)),
) -> MaintenanceState:
    moments = tuple(at(day) for day in doses)
    return MaintenanceState(
        doses=moments,
        sessions_planned=6,
        course_stopped=False,
        scores=course_of(PHQ9, [point(*pair) for pair in scores], moments, zone=UTC),
        valid_consent_until=date(2027, 3, 1),
        last_evaluation_on=date(2026, 2, 20),
        zone=UTC,
    )


def reasons(answer: BoosterDue | NoBooster) -> list[str]:
    return [reason.rule_id for reason in answer.reasons] if isinstance(answer, NoBooster) else []


def test_after_a_response_the_first_booster_is_a_week_after_the_last_dose():
    due = next_booster(state(), RACEMIC_IV_MAINTENANCE, now=at(21))
    assert isinstance(due, BoosterDue)
    assert (due.on, due.rule_id, due.design_default) == (at(24).date(), "IV-15", False)


def test_after_consolidation_the_interval_widens_and_says_it_is_a_default():
    later = state(doses=(0, 3, 7, 10, 14, 17, 24, 31, 38, 45), scores=((18, -1), (6, 20), (5, 46)))
    due = next_booster(later, RACEMIC_IV_MAINTENANCE, now=at(47))
    assert isinstance(due, BoosterDue)
    assert (due.on, due.rule_id, due.design_default) == (at(75).date(), "IV-16", True)


def test_spravato_goes_weekly_then_every_two_weeks():
    eight = (0, 3, 7, 10, 14, 17, 21, 24)
    first = replace(state(doses=eight, scores=((18, -1), (6, 26))), sessions_planned=8)
    weekly = next_booster(first, ESKETAMINE_MAINTENANCE, now=at(27))
    assert isinstance(weekly, BoosterDue)
    assert (weekly.on, weekly.rule_id) == (at(31).date(), "SPR-T4")
    twelve = replace(
        state(doses=(*eight, 31, 38, 45, 52), scores=((18, -1), (6, 26), (5, 53))), sessions_planned=8
    )
    wider = next_booster(twelve, ESKETAMINE_MAINTENANCE, now=at(54))
    assert isinstance(wider, BoosterDue)
    assert (wider.on, wider.rule_id) == (at(66).date(), "SPR-T5")


@pytest.mark.parametrize(
    ("changed", "now", "expected"),
    [
        (state(doses=()), at(21), ["MNT-COURSE"]),
        (state(doses=(0, 3)), at(21), ["MNT-COURSE"]),
        (replace(state(doses=(0, 3)), course_stopped=True), at(21), ["MNT-COURSE"]),
        (state(scores=((18, -1), (12, 20))), at(21), ["IV-18"]),
        (state(scores=((0, -1), (0, 20))), at(21), ["IV-18"]),
        (state(scores=((18, -1), (9, 16))), at(21), ["IV-18"]),  # nothing after the last dose
        (state(scores=((9, 20),)), at(21), ["IV-18"]),  # no baseline
        (state(scores=()), at(21), ["IV-18", "MNT-SCORE"]),
        (state(), at(60), ["MNT-SCORE"]),
        (replace(state(), valid_consent_until=None), at(21), ["CON-12"]),
        (replace(state(), valid_consent_until=at(20).date()), at(21), ["CON-12"]),
        (replace(state(), last_evaluation_on=None), at(21), ["MNT-EVALUATION"]),
        (replace(state(), last_evaluation_on=date(2025, 1, 1)), at(21), ["MNT-EVALUATION"]),
        (
            state(doses=(0, 3, 7, 10, 14, 17, 66, 68, 70), scores=((18, -1), (6, 20), (6, 69))),
            at(71),
            ["IV-17"],
        ),
    ],
)
def test_every_reason_against_a_booster_is_named(changed, now, expected):
    answer = next_booster(changed, RACEMIC_IV_MAINTENANCE, now=now)
    assert reasons(answer) == expected
    assert isinstance(answer, NoBooster)
    assert all(reason.because and reason.until and reason.source for reason in answer.reasons)


def test_consent_holds_through_its_last_day():
    last_day = replace(state(), valid_consent_until=at(21).date())
    assert isinstance(next_booster(last_day, RACEMIC_IV_MAINTENANCE, now=at(21)), BoosterDue)


def test_an_overdue_booster_looks_overdue():
    due = next_booster(state(scores=((18, -1), (6, 20), (8, 39))), RACEMIC_IV_MAINTENANCE, now=at(40))
    assert isinstance(due, BoosterDue)
    assert due.on < at(40).date()


def test_a_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        next_booster(state(), RACEMIC_IV_MAINTENANCE, now=datetime(2026, 3, 30))
