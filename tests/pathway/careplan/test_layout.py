"""A course over the calendar: the rhythm holds, nobody is in two places, and what moved says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.careplan.layout import (
    NO_THERAPIST,
    PlannedSession,
    Wish,
    integration_after,
    proposed_course,
    spacing_problems,
)
from ajar.pathway.careplan.regimens import KETAMINE_IV_INDUCTION, REGIMENS, SPRAVATO_TRD
from ajar.pathway.careplan.supply import ELSEWHERE, NO_ROOM, Keeper, Supply, seat
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18, OpenHours
from ajar.pathway.scheduling.spans import Span

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def keeper(number: int, name: str, *, capacity: int = 1, taken: tuple[Span, ...] = ()) -> Keeper:
    return Keeper(id=UUID(int=number), name=name, capacity=capacity, taken=taken)


SUPPLY = Supply(
    rooms=(keeper(1, "Room 1"), keeper(2, "Room 2")),
    monitors=(keeper(3, "Dana", capacity=2), keeper(4, "Ines", capacity=2)),
    therapists=(keeper(5, "Jo"), keeper(6, "Pilar")),
)
WISH = Wish(
    regimen=SPRAVATO_TRD,
    sessions=8,
    first_day=date(2026, 3, 9),
    weekdays=(0, 3),
    at=time(9),
    zone=NEW_YORK,
    hours=WEEKDAYS_8_TO_18,
    first_dose_mg=56,
    later_dose_mg=84,
)


def local(day: int, first_h: int, last_h: int, month: int = 3) -> Span:
    return Span(
        starts_at=datetime(2026, month, day, first_h, tzinfo=NEW_YORK),
        ends_at=datetime(2026, month, day, last_h, tzinfo=NEW_YORK),
    )


def clock(session: PlannedSession) -> str:
    return f"{session.span.starts_at.astimezone(NEW_YORK):%a %d %b %H:%M}"


def test_eight_sessions_of_spravato_run_twice_a_week_at_the_time_asked_for():
    proposal = proposed_course(WISH, SUPPLY, now=NOW)

    assert [clock(session) for session in proposal.sessions] == [
        "Mon 09 Mar 09:00",
        "Thu 12 Mar 09:00",
        "Mon 16 Mar 09:00",
        "Thu 19 Mar 09:00",
        "Mon 23 Mar 09:00",
        "Thu 26 Mar 09:00",
        "Mon 30 Mar 09:00",
        "Thu 02 Apr 09:00",
    ]
    assert [session.dose_mg for session in proposal.sessions] == [56, *[84] * 7]
    assert proposal.acceptable
    assert proposal.wish is WISH
    assert not any(session.notes for session in proposal.sessions)


def test_a_ladder_is_climbed_rung_by_rung_and_earlier_sessions_count_for_the_week():
    ladder = REGIMENS["KETAMINE_SC_WEEKLY"]
    wish = replace(WISH, regimen=ladder, sessions=4, weekdays=(0,), opening_mg=(17.5, 35), later_dose_mg=70)
    assert [one.dose_mg for one in proposed_course(wish, SUPPLY, now=NOW).sessions] == [17.5, 35, 70, 70]

    after = replace(WISH, earlier=(local(9, 8, 11), local(11, 8, 11)), weekdays=(3, 0))
    assert clock(proposed_course(after, SUPPLY, now=NOW).sessions[0]) == "Mon 16 Mar 09:00"


def test_a_session_at_home_needs_someone_who_watches_and_no_room():
    home = replace(WISH, regimen=REGIMENS["KETAMINE_SL_HOME"], sessions=2, weekdays=(0,))
    proposal = proposed_course(home, replace(SUPPLY, rooms=()), now=NOW)
    assert proposal.acceptable
    nobody = proposed_course(home, replace(SUPPLY, rooms=(), monitors=()), now=NOW)
    assert not nobody.acceptable


@pytest.mark.parametrize("weekdays", [(0, 2), (0, 1, 2), (0, 2, 3), (0, 2, 6)])
def test_three_times_a_week_needs_three_days_apart(weekdays: tuple[int, ...]):
    with pytest.raises(ValueError, match="three weekdays"):
        replace(WISH, regimen=REGIMENS["KETAMINE_IV_THRICE"], sessions=6, weekdays=weekdays)


def test_maintenance_is_weekly_and_then_every_second_week():
    sessions = proposed_course(replace(WISH, sessions=18), SUPPLY, now=NOW).sessions
    starts = [session.span.starts_at for session in sessions]
    gaps = [(later - earlier).days for earlier, later in pairwise(starts)]

    assert gaps[8:11] == [7, 7, 7]
    assert gaps[11:] == [14] * 6
    assert [session.phase.id for session in (sessions[7], sessions[8], sessions[12])] == [
        "induction",
        "maintenance-a",
        "maintenance-b",
    ]


days_taken = st.lists(
    st.builds(lambda day, hour: local(day, hour, hour + 2), st.integers(9, 30), st.integers(8, 15)),
    max_size=12,
).map(tuple)


@given(
    st.sampled_from(sorted(REGIMENS)),
    st.sampled_from([(0, 3), (1, 4), (0, 2, 4), (2, 4)]),
    days_taken,
    days_taken,
    st.integers(1, 20),
)
def test_whatever_is_taken_the_rhythm_holds_and_nobody_is_in_two_places(
    regimen_id: str, weekdays: tuple[int, ...], rooms_taken, nurses_taken, first: int
):
    regimen = REGIMENS[regimen_id]
    supply = replace(
        SUPPLY,
        rooms=(keeper(1, "Room 1", taken=rooms_taken),),
        monitors=(keeper(3, "Dana", capacity=1, taken=nurses_taken),),
    )
    wish = replace(
        WISH,
        weekdays=(0, 2, 4),
        regimen=regimen,
        sessions=min(6, regimen.most_sessions),
        first_day=date(2026, 3, first),
    )
    if regimen.busiest_week > 2:
        weekdays = (0, 2, 4)
    wish = replace(wish, weekdays=weekdays)
    proposal = proposed_course(wish, supply, now=NOW)
    placed = [session for session in proposal.sessions if not session.problems]

    for earlier, later in pairwise(proposal.sessions):
        assert later.number == earlier.number + 1
    for earlier, later in pairwise(placed):
        assert later.span.starts_at - earlier.span.starts_at >= timedelta(hours=48)
    for session in placed:
        assert session.span.starts_at > NOW
        assert (session.seat.room is not None) is regimen.needs_a_room
        assert session.seat.monitor is not None
        assert not any(session.span.overlaps(span) for span in nurses_taken)
        assert not (regimen.needs_a_room and any(session.span.overlaps(span) for span in rooms_taken))
        assert session.span.length == regimen.length.total
    weeks = [session.span.starts_at.astimezone(NEW_YORK).isocalendar()[:2] for session in placed]
    assert all(weeks.count(week) <= regimen.busiest_week for week in weeks)
    own = [session.span for session in proposal.sessions]
    for session in proposal.sessions:
        if session.integration is not None:
            waited = session.integration.span.starts_at - session.span.starts_at - regimen.length.until_dose
            assert timedelta(hours=24) <= waited <= timedelta(hours=72)
            assert not any(session.integration.span.overlaps(span) for span in own)


def test_a_full_room_moves_the_session_to_the_nearest_time_and_says_why():
    supply = replace(SUPPLY, rooms=(keeper(1, "Room 1", taken=(local(9, 8, 10),)),))
    first = proposed_course(WISH, supply, now=NOW).sessions[0]

    assert clock(first) == "Mon 09 Mar 10:00"
    assert first.notes == ("moved from 09:00 to 10:00: no treatment room is free",)


def test_a_full_day_moves_the_session_to_another_day_of_the_week_and_says_why():
    full = keeper(3, "Dana", capacity=2, taken=(local(12, 8, 18), local(12, 8, 18)))
    second = proposed_course(WISH, replace(SUPPLY, monitors=(full,)), now=NOW).sessions[1]

    assert clock(second) == "Fri 13 Mar 09:00"
    assert second.notes == ("Thu 12 Mar: no monitor is free (Dana watches 2)", "moved to a Friday")


def test_a_time_outside_the_opening_hours_says_so():
    late = proposed_course(replace(WISH, at=time(17)), SUPPLY, now=NOW).sessions[0]

    assert clock(late) == "Mon 09 Mar 15:15"
    assert late.notes == ("moved from 17:00 to 15:15: outside the opening hours",)


def test_a_first_day_between_the_preferred_days_waits_for_the_next_of_them():
    assert clock(
        proposed_course(replace(WISH, first_day=date(2026, 3, 13)), SUPPLY, now=NOW).sessions[0]
    ) == ("Mon 16 Mar 09:00")


def test_today_is_taken_only_for_what_still_lies_ahead():
    first = proposed_course(replace(WISH, first_day=date(2026, 3, 2)), SUPPLY, now=NOW).sessions[0]

    assert clock(first) == "Mon 02 Mar 10:15"
    assert "that time is over" in first.notes[0]


def test_without_rooms_every_session_stands_as_a_conflict_with_its_reason():
    proposal = proposed_course(replace(WISH, sessions=2), replace(SUPPLY, rooms=()), now=NOW)

    assert not proposal.acceptable
    assert [session.problems for session in proposal.sessions] == [(NO_ROOM,), (NO_ROOM,)]
    assert any("Mon 09 Mar: no treatment room is free" in note for note in proposal.sessions[0].notes)


def test_preferred_days_on_which_the_site_is_closed_are_a_conflict():
    closed = replace(WEEKDAYS_8_TO_18, weekdays=())
    first = proposed_course(replace(WISH, hours=closed, sessions=1), SUPPLY, now=NOW).sessions[0]

    assert first.problems == ("the site is closed",)
    assert first.integration is None
    assert first.integration_missing == NO_THERAPIST


def test_a_session_with_nothing_wrong_at_its_due_time_but_no_place_still_says_so():
    over = proposed_course(replace(WISH, sessions=1, first_day=date(2026, 1, 5)), SUPPLY, now=NOW).sessions[0]

    assert over.problems == ("no possible time within 14 days of Mon 05 Jan",)


def test_a_patient_is_not_in_two_places():
    supply = replace(SUPPLY, own=(local(9, 8, 18),))
    first = proposed_course(WISH, supply, now=NOW).sessions[0]

    assert clock(first) == "Tue 10 Mar 09:00"
    assert first.notes[0] == f"Mon 09 Mar: {ELSEWHERE}"


def test_the_least_busy_nurse_watches():
    busy = keeper(3, "Dana", capacity=2, taken=(local(9, 9, 12),))
    found = seat(local(9, 9, 11), replace(SUPPLY, monitors=(busy, keeper(4, "Ines", capacity=2))))

    assert found.monitor is not None
    assert found.monitor.name == "Ines"


def test_a_site_without_monitors_says_so():
    assert seat(local(9, 9, 11), replace(SUPPLY, monitors=())).missing == (
        "no monitor is free (nobody is set up to monitor at this site)",
    )


def test_the_same_therapist_is_kept_through_the_course():
    away = keeper(5, "Jo", taken=(local(10, 8, 18), local(11, 8, 18), local(12, 8, 18)))
    proposal = proposed_course(WISH, replace(SUPPLY, therapists=(away, keeper(6, "Pilar"))), now=NOW)
    names = [session.integration.therapist.name for session in proposal.sessions if session.integration]

    assert names == ["Pilar"] * 8


def test_integration_comes_before_the_next_dose_where_it_can():
    dose_at = datetime(2026, 3, 9, 13, 20, tzinfo=UTC)
    found = integration_after(
        dose_at,
        therapists=[keeper(5, "Jo")],
        own=[],
        next_dose_at=dose_at + timedelta(hours=10),
        zone=NEW_YORK,
        hours=WEEKDAYS_8_TO_18,
    )

    assert found is not None
    assert found.span.starts_at == datetime(2026, 3, 10, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(("next_dose_min", "name", "day"), [(2920, "Pilar", 10), (None, "Jo", 11)])
def test_another_therapist_before_the_next_dose_comes_before_the_first_one_after_it(next_dose_min, name, day):
    dose_at = datetime(2026, 3, 9, 13, 20, tzinfo=UTC)
    found = integration_after(
        dose_at,
        therapists=[keeper(5, "Jo", taken=(local(10, 8, 18), local(11, 8, 10))), keeper(6, "Pilar")],
        own=[],
        next_dose_at=dose_at + timedelta(minutes=next_dose_min) if next_dose_min else None,
        zone=NEW_YORK,
        hours=WEEKDAYS_8_TO_18,
    )

    assert found is not None
    assert (found.therapist.name, found.span.starts_at.day) == (name, day)


@pytest.mark.parametrize(
    ("dose_h", "hours", "taken", "day"),
    [
        (13, WEEKDAYS_8_TO_18, (local(10, 8, 18), local(11, 8, 18), local(12, 8, 9)), 12),
        (12, replace(WEEKDAYS_8_TO_18, opens=time(9), closes=time(9, 50)), (), 10),
    ],
)
def test_the_last_time_of_a_window_and_of_a_day_is_offered(dose_h: int, hours: OpenHours, taken, day: int):
    found = integration_after(
        datetime(2026, 3, 9, dose_h, tzinfo=UTC),
        therapists=[keeper(5, "Jo", taken=taken)],
        own=[],
        next_dose_at=None,
        zone=NEW_YORK,
        hours=hours,
    )

    assert found is not None
    assert found.span.starts_at == datetime(2026, 3, day, 13, tzinfo=UTC)


def test_a_proposal_that_differs_in_anything_has_another_digest():
    proposal = proposed_course(WISH, SUPPLY, now=NOW)
    later = replace(SUPPLY.therapists[0], taken=(local(10, 8, 18),))
    others = [
        proposed_course(replace(WISH, at=time(10)), SUPPLY, now=NOW),
        proposed_course(replace(WISH, later_dose_mg=56), SUPPLY, now=NOW),
        proposed_course(WISH, replace(SUPPLY, rooms=SUPPLY.rooms[1:]), now=NOW),
        proposed_course(WISH, replace(SUPPLY, rooms=(), monitors=(), therapists=()), now=NOW),
        proposed_course(WISH, replace(SUPPLY, monitors=SUPPLY.monitors[1:]), now=NOW),
        proposed_course(WISH, replace(SUPPLY, therapists=SUPPLY.therapists[1:]), now=NOW),
        proposed_course(WISH, replace(SUPPLY, therapists=(later,)), now=NOW),
    ]

    assert proposed_course(WISH, SUPPLY, now=NOW).digest == proposal.digest
    assert len({proposal.digest, *(other.digest for other in others)}) == 1 + len(others)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sessions": 0}, "1 to 18 sessions, got 0"),
        ({"sessions": 19}, "1 to 18 sessions, got 19"),
        ({"weekdays": ()}, "^Choose at least one weekday.$"),
        ({"weekdays": (0,)}, "two weekdays"),
        ({"weekdays": (0, 1)}, "two weekdays"),
        ({"weekdays": (0, 6)}, "two weekdays"),
    ],
)
def test_a_wish_that_cannot_be_laid_out_is_refused(changes, words: str):
    with pytest.raises(ValueError, match=words):
        replace(WISH, **changes)


@pytest.mark.parametrize("weekdays", [(2, 4), (0, 5), (4, 1)])
def test_two_days_apart_in_the_week_are_enough(weekdays: tuple[int, ...]):
    assert replace(WISH, weekdays=weekdays).weekdays == weekdays


def test_spacing_is_judged_against_every_other_session_of_the_course():
    phase = SPRAVATO_TRD.phase_of(2)
    others = [local(9, 9, 12), local(12, 9, 12)]

    assert spacing_problems(phase, local(16, 9, 12), others, NEW_YORK) == ()
    assert spacing_problems(phase, local(10, 9, 12), others, NEW_YORK) == (
        "sessions start at least 48 h apart; this is 24 h",
        "at most 2 a calendar week; this week has 2 already",
    )


@pytest.mark.parametrize("number", [0, 7])
def test_a_regimen_knows_how_far_it_reaches(number: int):
    with pytest.raises(ValueError, match="sessions 1 to 6"):
        KETAMINE_IV_INDUCTION.phase_of(number)


def test_the_times_of_a_session_add_up():
    length = SPRAVATO_TRD.length

    assert length.total == timedelta(minutes=165)
    assert length.until_leaving == timedelta(minutes=150)
    assert all(
        regimen.source and regimen.most_sessions >= regimen.default_sessions for regimen in REGIMENS.values()
    )
