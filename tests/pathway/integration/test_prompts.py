"""Which session is to be scheduled next, and what it covers."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.integration.checklists import (
    ADD_ONS,
    DOSING_STEPS,
    FOR_PURPOSE,
    ITEM_WORDS,
    PREPARATION_GOALS,
    add_on_list,
)
from ajar.pathway.integration.entries import IntegrationHeld, Purpose, RiskRating, SessionHeld
from ajar.pathway.integration.prompts import check_ins, session_prompts
from ajar.pathway.integration.sessions import SESSION_TYPES, IntegrationPolicy
from ajar.pathway.integration.window import Dose
from tests.pathway.integration.test_window import DOSE_AT, entry


def at(hours):
    return DOSE_AT + timedelta(hours=hours)


def dose(number, hours, *, given=True, phase="Induction"):
    return Dose(encounter_id=UUID(int=number), number=number, at=at(hours), given=given, phase=phase)


def held(purpose, hours, *, after=None):
    written = IntegrationHeld(
        dosing_encounter_id=UUID(int=after) if after else None,
        minutes=50,
        attendees="both",
        insights="…",
        emotions="",
        thought_patterns="",
        change="",
        home_practice="",
        patient_may_read=False,
        purpose=purpose,
    )
    return entry(written, hours=hours, encounter=None)


def asked(doses, sessions=(), *, hours, policy=None):
    found = session_prompts(doses, held=sessions, now=at(hours), **({"policy": policy} if policy else {}))
    return [(one.type.id, one.name, one.due_by, one.overdue) for one in found]


def when(doses, sessions=(), *, hours):
    return [(one.type.id, one.from_at) for one in session_prompts(doses, held=sessions, now=at(hours))]


PREPARED = Purpose.PREPARATION
NEXT = dose(2, 96, given=False)


def test_preparations_are_due_by_the_first_dose():
    first = dose(1, 0, given=False)
    assert [name for _id, name, _by, _late in asked([first], hours=-100)] == [
        "Preparation 1 of 3",
        "Preparation 2 of 3",
        "Preparation 3 of 3",
    ]
    two = IntegrationPolicy(preparations=2)
    assert asked([first], [held(PREPARED, -90)], hours=-80, policy=two) == [
        ("INT-1", "Preparation 2 of 2", at(0), False)
    ]
    assert asked([], hours=0) == []
    assert [name for _id, name, *_ in asked([first], [held(Purpose.INTEGRATION, -90)], hours=-80)] == [
        f"Preparation {number} of 3" for number in (1, 2, 3)
    ]


def test_the_first_integration_is_due_within_48_hours():
    assert asked([dose(1, 0), NEXT], hours=3) == [("INT-3", "Integration 1, after dose 1", at(48), False)]
    assert asked([dose(1, 0), NEXT], hours=50)[0][3] is True


def test_after_it_was_held_the_next_is_a_week_later():
    sessions = [held(Purpose.INTEGRATION, 30, after=1)]
    assert asked([dose(1, 0), NEXT], sessions, hours=31) == [
        ("INT-3", "Integration 2, weekly", at(30 + 168), False)
    ]


def test_a_new_dose_takes_the_place_of_what_was_due():
    assert [
        name for _id, name, *_ in asked([dose(1, 0), dose(2, 96), dose(3, 190, given=False)], hours=97)
    ] == ["Integration 1, after dose 2"]


def test_after_the_last_dose_the_series_is_closed():
    sessions = [held(Purpose.INTEGRATION, 30, after=1)]
    closing = ("INT-4", "Closing of the series, with a referral", at(168), False)
    assert closing in asked([dose(1, 0)], sessions, hours=31)
    closed = [*sessions, held(Purpose.POST_SERIES, 100)]
    assert asked([dose(1, 0)], [*closed], hours=101) == [] or closing not in asked(
        [dose(1, 0)], closed, hours=101
    )


def test_a_session_that_closes_and_follows_the_last_dose_ends_the_prompts():
    assert asked([dose(1, 0)], [held(Purpose.POST_SERIES, 60, after=1)], hours=61) == []


def test_a_booster_has_one_session_within_72_hours_and_no_series():
    booster = dose(7, 0, phase="Maintenance A")
    assert booster.is_booster
    assert asked([booster], hours=1) == [("INT-5", "After booster dose 7", at(72), False)]
    assert asked([booster], [held(Purpose.BOOSTER, 30, after=7)], hours=40) == []
    assert not dose(1, 0, phase="").is_booster


def test_a_session_that_follows_a_dose_has_a_day_before_which_it_is_early():
    first = dose(1, 0)
    assert when([first, NEXT], hours=1) == [("INT-3", at(24))]
    assert when([dose(7, 0, phase="Maintenance A")], hours=1) == [("INT-5", at(24))]
    assert when([NEXT], hours=1) == [("INT-1", None)] * 3
    assert when([first], [held(Purpose.INTEGRATION, 30, after=1)], hours=31) == [
        ("INT-4", None),
        ("INT-3", None),
    ]


def test_only_what_lies_behind_is_overdue():
    assert [late for *_, late in asked([dose(1, 0), NEXT], hours=48)] == [False]
    assert [late for *_, late in asked([dose(1, 0), NEXT], hours=48.01)] == [True]


def test_the_sessions_are_counted_and_a_clinic_sets_their_distance():
    ours = IntegrationPolicy(
        preparations=1, first_within_h=30, then_every_days=9, booster_within_h=50, closing_within_days=5
    )
    once = [held(Purpose.INTEGRATION, 30, after=1)]
    first, second = dose(1, 0), dose(2, 96)
    twice = [held(Purpose.INTEGRATION, 126, after=2), *once]
    booster = dose(7, 0, phase="Maintenance A")
    assert asked([NEXT], hours=0, policy=ours) == [("INT-1", "Preparation 1 of 1", at(96), False)]
    assert asked([first, second], once, hours=97, policy=ours) == [
        ("INT-3", "Integration 2, after dose 2", at(126), False),
        ("INT-4", "Closing of the series, with a referral", at(96 + 5 * 24), False),
    ]
    assert asked([first, second, dose(3, 300, given=False)], twice, hours=130, policy=ours) == [
        ("INT-3", "Integration 3, weekly", at(126 + 9 * 24), False)
    ]
    assert asked([booster], hours=1, policy=ours) == [("INT-5", "After booster dose 7", at(50), False)]


def test_a_closing_before_the_last_dose_closes_nothing():
    early = [held(Purpose.POST_SERIES, 0), held(Purpose.INTEGRATION, 30, after=1)]
    assert "INT-4" in [id_ for id_, *_ in asked([dose(1, 0)], early, hours=31)]


def test_a_week_is_asked_for_only_after_the_session_of_the_last_dose():
    other = [held(Purpose.PREPARATION, -9), held(Purpose.INTEGRATION, 20)]
    assert [name for _id, name, *_ in asked([dose(1, 0), NEXT], other, hours=21)] == [
        "Integration 2, after dose 1"
    ]
    with pytest.raises(ValueError, match=r"^now must carry a time zone"):
        session_prompts([], held=[], now=at(0).replace(tzinfo=None))


@given(
    st.lists(st.tuples(st.integers(-500, 500), st.booleans()), max_size=5),
    st.lists(st.tuples(st.sampled_from(list(Purpose)), st.integers(-500, 500)), max_size=5),
    st.integers(-500, 1000),
)
def test_prompts_come_in_order_with_their_row_and_never_for_what_follows_the_last_dose(doses, sessions, now):
    standing = sorted(
        (dose(number, hours, given=was_given) for number, (hours, was_given) in enumerate(doses, start=1)),
        key=lambda one: one.at,
    )
    written = [held(purpose, hours) for purpose, hours in sessions]
    found = session_prompts(standing, held=written, now=at(now))
    assert [one.due_by for one in found] == sorted(one.due_by for one in found)
    assert all(one.type in SESSION_TYPES.values() for one in found)
    assert all(one.overdue is (one.due_by < at(now)) for one in found)


def test_check_ins_follow_the_last_dose_given():
    found = check_ins([dose(1, -200), dose(2, 0), dose(3, 200, given=False)], now=at(30))
    assert [(one.after_h, one.at, one.over) for one in found] == [
        (24, at(24), True),
        (72, at(72), False),
        (168, at(168), False),
    ]
    assert not check_ins([dose(1, 0)], now=at(24))[0].over
    assert [
        one.after_h for one in check_ins([dose(1, 0)], now=at(0), policy=IntegrationPolicy(check_in_h=(5,)))
    ] == [5]
    assert check_ins([NEXT], now=at(0)) == ()


def test_every_purpose_has_its_row_and_its_lists():
    assert set(SESSION_TYPES) == set(FOR_PURPOSE) == set(Purpose)
    assert [one.id for one in SESSION_TYPES.values()] == [f"INT-{n}" for n in range(1, 6)]
    assert all(one.source for one in SESSION_TYPES.values())


def test_the_lists_hold_what_the_source_says():
    assert (len(PREPARATION_GOALS.items), len(DOSING_STEPS.items)) == (9, 7)
    assert len(set(ITEM_WORDS)) == len(ITEM_WORDS)
    assert add_on_list(Indication.OCD).items == (ADD_ONS[Indication.OCD],)
    assert add_on_list(Indication.TRD).items == ()
    assert len(add_on_list(None).items) == len(ADD_ONS)


INTERVALS = ("first_within_h", "then_every_days", "booster_within_h", "closing_within_days")


@pytest.mark.parametrize("policy", [*({name: 0} for name in INTERVALS), {"check_in_h": (24, 0)}])
def test_a_policy_with_an_interval_of_nothing_is_refused(policy):
    with pytest.raises(ValueError, match=r"^Every interval must be 1 or more\.$"):
        IntegrationPolicy(**policy)


def test_a_policy_may_be_short_but_not_negative():
    assert IntegrationPolicy(preparations=0, check_in_h=(1,), **dict.fromkeys(INTERVALS, 1)).preparations == 0
    with pytest.raises(ValueError, match=r"^preparations must be 0 or more, got -1\.$"):
        IntegrationPolicy(preparations=-1)


def note(**changes):
    kept = {
        "dosing_encounter_id": None,
        "minutes": 50,
        "attendees": "both",
        "insights": "…",
        "emotions": "",
        "thought_patterns": "",
        "change": "",
        "home_practice": "",
        "patient_may_read": False,
        "session_type": "INT-3",
        "intention": "",
        "themes": "",
        "affect": "",
        "risk": RiskRating.LOW,
        "scales": "",
        "plan": "",
        "covered": ("goal-1",),
        "adherence_percent": 80,
    }
    return SessionHeld(**(kept | changes))


def test_a_note_of_the_second_version_is_still_a_session_held():
    assert isinstance(note(), IntegrationHeld)
    assert replace(note(), adherence_percent=None).adherence_percent is None
    assert [rating for rating in RiskRating if rating.calls] == [RiskRating.MODERATE, RiskRating.HIGH]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"adherence_percent": 101}, "Adherence runs from 0 to 100 %, got 101."),
        ({"adherence_percent": -1}, "Adherence runs from 0 to 100 %, got -1."),
        ({"session_type": ""}, "session_type must not be empty."),
        ({"minutes": 0}, "An integration session lasts 1 to 300 minutes, got 0."),
    ],
)
def test_a_note_that_cannot_be_is_refused(changes, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        note(**changes)


def test_practice_at_home_runs_from_nothing_to_all_of_it():
    assert [note(adherence_percent=percent).adherence_percent for percent in (0, 100)] == [0, 100]
