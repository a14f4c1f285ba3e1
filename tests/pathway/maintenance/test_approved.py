"""What maintenance says about made-up courses at the edges of every line, as read and approved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.followup.scores import course_of
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import score
from ajar.pathway.maintenance.advice import advice
from ajar.pathway.maintenance.booster import MaintenanceState, NoBooster, next_booster
from ajar.pathway.maintenance.concerns import concerns
from ajar.pathway.maintenance.policies import (
    ESKETAMINE_MAINTENANCE,
    POLICIES,
    RACEMIC_IV_MAINTENANCE,
    MaintenancePolicy,
)
from ajar.pathway.maintenance.surveillance import Watched
from tests.pathway.maintenance.test_booster import at, point, state
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
NEW_YORK: Final = ZoneInfo("America/New_York")
IV, SPRAVATO = RACEMIC_IV_MAINTENANCE, ESKETAMINE_MAINTENANCE
SIX = (0.5, 3.5, 7.5, 10.5, 14.5, 17.5)
"""Half a day after noon in New York: late in the evening there, and in UTC the next day already."""

WIDER: Final = replace(IV, steps=(IV.steps[0], replace(IV.steps[1], from_dose=2)))
"""A clinic that goes monthly after the first booster."""


def course(
    scores: Sequence[tuple[int, float]] = ((18, -1), (6, 20.5)),
    doses: Sequence[float] = SIX,
    **changes: object,
) -> MaintenanceState:
    """A patient in New York who had six doses and answered well, unless something else is said."""
    found = state(doses=tuple(doses), scores=tuple(scores))
    return replace(found, zone=NEW_YORK, sessions_planned=6, **changes)


def with_a_form_left_open(given: MaintenanceState) -> MaintenanceState:
    """The same, with a questionnaire before all others that could not be scored."""
    left_open = replace(point(0, -2), result=score(PHQ9, (None,) * 9))
    points = [left_open, *given.scores.points]
    return replace(given, scores=course_of(PHQ9, points, given.doses, zone=NEW_YORK))


Case = tuple[MaintenanceState, MaintenancePolicy, float]

BOOSTERS: Final[Mapping[str, Case]] = {
    "after the induction": (course(), IV, 21.5),
    "after the fourth booster, before it": (
        course(doses=(*SIX, 24.5, 31.5, 38.5), scores=((18, -1), (6, 20), (6, 40))), IV, 41.5,
    ),
    "after the fourth booster": (
        course(doses=(*SIX, 24.5, 31.5, 38.5, 45.5), scores=((18, -1), (6, 20), (6, 40))), IV, 46.5,
    ),
    "after the first booster, where a clinic widens then": (
        course(doses=(*SIX, 24.5), scores=((18, -1), (6, 20))), WIDER, 26.5,
    ),
    "before the first booster, where a clinic widens after it": (course(), WIDER, 21.5),
    "Spravato, after six that were planned": (course(), SPRAVATO, 21.5),
    "as the prescriber set it": (course(interval_days=10), IV, 21.5),
    "ended": (course(stopped_because="Urinary symptoms"), IV, 21.5),
    "no dose": (course(doses=()), IV, 21.5),
    "one dose": (course(doses=(0.5,)), IV, 1.5),
    "stopped early": (course(doses=(0.5, 3.5), course_stopped=True), IV, 21.5),
    "stopped after the last": (course(course_stopped=True), IV, 21.5),
    "no baseline": (course(scores=((9, 20.5),)), IV, 21.5),
    "baseline of nothing": (course(scores=((0, -1), (0, 20.5))), IV, 21.5),
    "score at the moment of the last dose": (course(scores=((18, -1), (6, 17.5))), IV, 21.5),
    "score on the last day that counts": (course(scores=((18, -1), (6, 45.5))), IV, 46.5),
    "score too late to count": (course(scores=((18, -1), (6, 45.6))), IV, 46.5),
    "half": (course(scores=((18, -1), (9, 20.5))), IV, 21.5),
    "less than half": (course(scores=((18, -1), (10, 20.5), (11, 21))), IV, 21.5),
    "39 % asked, 38.9 % had": (
        course(scores=((18, -1), (11, 20.5))), replace(IV, least_fall_percent=39), 21.5,
    ),
    "no score at all": (course(scores=()), IV, 21.5),
    "score 28 days old": (course(scores=((18, -1), (6, 20.5))), IV, 48.5),
    "score 29 days old": (course(scores=((18, -1), (6, 20.5))), IV, 49.5),
    "no consent": (course(valid_consent_until=None), IV, 21.5),
    "consent's last day": (course(valid_consent_until=at(21).date()), IV, 21.5),
    "consent ended": (course(valid_consent_until=at(20).date()), IV, 21.5),
    "no evaluation": (course(last_evaluation_on=None), IV, 21.5),
    "evaluated 365 days ago": (course(last_evaluation_on=date(2025, 3, 23)), IV, 21.5),
    "evaluated 366 days ago": (course(last_evaluation_on=date(2025, 3, 22)), IV, 21.5),
    "three in a week, 61 days on": (
        course(doses=(*SIX, 54.5, 58, 61.5), scores=((18, -1), (6, 20), (6, 60))), IV, 61.5,
    ),
    "three in a week, 60 days on": (
        course(doses=(*SIX, 53.5, 58, 60.5), scores=((18, -1), (6, 20), (6, 60))), IV, 60.5,
    ),
    "two in a week": (
        course(doses=(*SIX, 54.4, 58, 61.5), scores=((18, -1), (6, 20), (6, 60))), IV, 61.5,
    ),
}  # fmt: skip

ADVISED: Final[Mapping[str, Case]] = {
    "responded": (course(), IV, 21.5),
    "one dose planned and given": (
        replace(course(doses=(0.5,), scores=((18, -1), (6, 2))), sessions_planned=1), IV, 3.5,
    ),
    "a quarter": (course(scores=((16, -1), (12, 20.5))), IV, 21.5),
    "less than a quarter": (course(scores=((18, -1), (14, 20.5), (15, 21))), IV, 21.5),
    "half": (course(scores=((18, -1), (9, 20.5))), IV, 21.5),
    "39 % asked, 38.9 % had": (
        course(scores=((18, -1), (11, 20.5))), replace(IV, least_fall_percent=39), 21.5,
    ),
    "only at the moment of the last dose": (course(scores=((18, -1), (6, 17.5), (15, 18))), IV, 21.5),
    "worse, two missed": (course(scores=((18, -1), (6, 16), (7, 38.5))), IV, 38.5),
    "worse, the second missed tomorrow": (course(scores=((18, -1), (6, 16), (7, 37.4))), IV, 37.5),
    "worse, two missed and a day": (course(scores=((18, -1), (6, 17.5), (10, 38.5))), IV, 39.5),
    "as before, two missed": (course(scores=((18, -1), (6, 16), (6, 38.5))), IV, 38.5),
    "not asked since the last dose, two missed": (course(scores=((18, -1), (6, 10), (9, 17.5))), IV, 38.5),
    "never asked before the last dose, two missed": (course(scores=((7, 38.5),)), IV, 38.5),
    "worse, where a clinic widens after the first booster": (
        course(scores=((18, -1), (6, 16), (7, 38.5)), doses=(*SIX, 18.5)), WIDER, 45.5,
    ),
    "worse, with the prescriber's interval": (
        course(scores=((18, -1), (6, 16), (7, 38.5)), interval_days=5), IV, 38.5,
    ),
    "90 days on": (course(scores=((18, -1), (6, 20), (6, 100))), IV, 107.5),
    "89 days on": (course(scores=((18, -1), (6, 20), (6, 100))), IV, 106.5),
    "90 days after it was set": (
        course(scores=((18, -1), (6, 20), (6, 100)), interval_days=90, interval_set_on=at(20).date()),
        IV,
        110.5,
    ),
    "EU text, the last day": (
        with_a_form_left_open(course(scores=((18, -1), (9, 10.5), (6, 20)))), SPRAVATO, 191.5,
    ),
    "EU text, after half a year": (course(scores=((18, -1), (9, 10.5), (6, 20))), SPRAVATO, 192.5),
    "ended": (course(stopped_because="Urinary symptoms"), IV, 21.5),
    "not finished": (course(doses=SIX[:5]), IV, 21.5),
}  # fmt: skip

FIRST = date(2026, 3, 2)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


WATCHED: Final[Mapping[str, Mapping[str, object]]] = {
    "BPIC-SS below the line": {"bpic": ((FIRST, 18.5),)},
    "BPIC-SS at the line": {"bpic": ((FIRST, 30), (day(9), 19))},
    "ICSI rose by less": {"icsi": ((FIRST, 5), (day(9), 12), (day(90), 8))},
    "ICSI rose": {"icsi": ((FIRST, 5), (day(9), 6), (day(90), 9))},
    "high twice": {"pressures": ((FIRST, 120, 80), (day(3), 141, 90), (day(7), 140, 91))},
    "high once": {"pressures": ((FIRST, 120, 80), (day(3), 140, 90), (day(7), 140, 91))},
    "two signs within 90 days": {"signs": ((day(-81), "Asked early"), (day(3), "Lost a supply"))},
    "two signs in 91 days": {"signs": ((day(-82), "Asked early"), (day(3), "Lost a supply"))},
    "lost just less than 5 %": {"weights_kg": ((FIRST, 80.0), (day(3), 60.0), (day(9), 76.02))},
    "gained 5 %": {"weights_kg": ((FIRST, 80.0), (day(3), 80.0), (day(9), 84.0))},
    "results that were a concern": {"concerns_noted": {"renal": "eGFR 50", "liver": "ALT 3 times normal"}},
}  # fmt: skip


def test_what_is_said_of_the_next_booster_is_what_was_approved():
    said = {}
    for name, (given, policy, now) in BOOSTERS.items():
        answer = next_booster(given, policy, now=at(now))
        said[name] = answer.reasons if isinstance(answer, NoBooster) else [answer]
    assert_approved(APPROVED / "booster.json", said)


def test_what_is_advised_is_what_was_approved():
    said = {name: advice(given, policy, now=at(now)) for name, (given, policy, now) in ADVISED.items()}
    assert_approved(APPROVED / "advice.json", said)


def test_what_the_watch_finds_is_what_was_approved():
    said = {
        name: concerns(Watched(doses=(FIRST,), course_began=FIRST, phases=(FIRST,), **facts), today=day(9))
        for name, facts in WATCHED.items()
    }
    assert_approved(APPROVED / "concerns.json", said)


def test_the_rules_of_each_product_are_what_was_approved():
    assert_approved(APPROVED / "policies.json", dict(POLICIES))


@pytest.mark.parametrize("rule", [next_booster, advice])
def test_a_clock_without_its_place_is_refused(rule):
    with pytest.raises(ValueError, match=r"^now must carry a time zone, got 2026-03-30T00:00:00\.$"):
        rule(course(), IV, now=datetime(2026, 3, 30))
