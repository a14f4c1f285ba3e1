"""Whole proposals, a line a session, beside a text that a person has read."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ajar.pathway.careplan.layout import PlannedSession, Proposal, proposed_course
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.scheduling.availability import moment
from ajar.pathway.scheduling.spans import Span
from tests.pathway.careplan.test_layout import NEW_YORK, NOW, SUPPLY, WISH, keeper
from tests.support.approved import assert_approved

APPROVED = Path(__file__).parent / "approved" / "proposals.json"
AUCKLAND, HONOLULU = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
HOME: Regimen = REGIMENS["KETAMINE_SL_HOME"]
THRICE: Regimen = REGIMENS["KETAMINE_IV_THRICE"]
LATER = replace(WISH, sessions=2)
DAYS = range(9, 14)
"""Monday to Friday of the first week."""


def line(session: PlannedSession, zone: ZoneInfo) -> str:
    """Everything that one session of a proposal says."""
    at, seat, after = session.span.starts_at, session.seat, session.integration
    told = [
        f"{session.number} {session.phase.id} {session.dose_mg:g} mg {at.astimezone(zone):%a %d %b %H:%M}",
        f"{seat.room.name if seat.room else '-'}, {seat.monitor.name if seat.monitor else '-'}",
        f"then {after.therapist.name} {after.span.starts_at.astimezone(zone):%a %H:%M}" if after else "",
        session.integration_missing,
        *(f"problem: {words}" for words in session.problems),
        *(f"note: {words}" for words in session.notes),
    ]
    return "; ".join(words for words in told if words)


def lines(proposal: Proposal) -> list[str]:
    return [line(session, proposal.wish.zone) for session in proposal.sessions]


def busy(hours: tuple[int, int], *which: int, zone: ZoneInfo = NEW_YORK) -> tuple[Span, ...]:
    """The same hours on several days of March."""
    first_h, last_h = hours
    return tuple(
        Span(
            starts_at=moment(date(2026, 3, day), time(first_h), zone),
            ends_at=moment(date(2026, 3, day), time(last_h), zone),
        )
        for day in which
    )


def test_proposals_over_the_calendar_are_as_approved():
    full = (8, 18)
    one_room = (keeper(1, "Room 1", taken=busy(full, *DAYS)),)
    elsewhere = replace(SUPPLY, own=busy(full, 9), rooms=(keeper(1, "Room 1", taken=busy(full, 9)),))
    watching = (keeper(3, "Dana", taken=busy(full, 9, 16)), keeper(4, "Ines", taken=busy((9, 10), 9)))
    away = (keeper(5, "Jo", taken=busy(full, 10, 11, 12)),)
    last_day = (keeper(5, "Jo", taken=busy(full, 10, 11, zone=AUCKLAND)),)
    south = replace(WISH, zone=AUCKLAND, sessions=10)
    west = replace(LATER, zone=HONOLULU, at=time(15), weekdays=(0, 2))
    going_on = replace(
        south,
        regimen=REGIMENS["SPRAVATO_MAINTENANCE"],
        sessions=1,
        first_day=date(2026, 3, 16),
        earlier=busy((9, 12), 12, zone=AUCKLAND),
    )
    after_the_next = (keeper(5, "Jo", taken=(*busy(full, 10), *busy((8, 12), 11))), keeper(6, "Pilar"))
    cases = {
        "Spravato through every phase": (replace(WISH, sessions=18), SUPPLY),
        "Spravato where Monday begins on Sunday by UTC": (south, SUPPLY),
        "a therapist who is free on the last of three days": (
            replace(south, sessions=1),
            replace(SUPPLY, therapists=last_day),
        ),
        "an afternoon that is the next day by UTC": (west, SUPPLY),
        "three weekdays for two sessions a week": (replace(WISH, sessions=3, weekdays=(0, 2, 4)), SUPPLY),
        "three infusions a week": (replace(WISH, regimen=THRICE, sessions=6, weekdays=(0, 2, 4)), SUPPLY),
        "the first therapist free after the next infusion only": (
            replace(WISH, regimen=THRICE, sessions=2, weekdays=(0, 2, 4)),
            replace(SUPPLY, therapists=after_the_next),
        ),
        "a Monday in the week after by the clinic's clock, without rooms": (
            going_on,
            replace(SUPPLY, rooms=()),
        ),
        "Tuesday and Thursday, a first week that is full": (
            replace(LATER, weekdays=(1, 3)),
            replace(SUPPLY, rooms=one_room),
        ),
        "Monday and Saturday of a site that closes": (replace(LATER, weekdays=(0, 5)), SUPPLY),
        "the patient elsewhere, and the room taken": (LATER, elsewhere),
        "no rooms, one monitor busy": (LATER, replace(SUPPLY, rooms=(), monitors=watching)),
        "a lozenge at home, one monitor busy": (
            replace(LATER, regimen=HOME, weekdays=(0,)),
            replace(SUPPLY, rooms=(), monitors=watching),
        ),
        "nobody to monitor": (replace(LATER, sessions=1), replace(SUPPLY, monitors=())),
        "the only therapist away after the first dose": (LATER, replace(SUPPLY, therapists=away)),
        "a first day that lies behind": (replace(LATER, first_day=date(2026, 3, 2)), SUPPLY),
        "a course that lies behind": (replace(LATER, sessions=1, first_day=date(2026, 1, 5)), SUPPLY),
        "closed for good": (replace(LATER, hours=replace(WISH.hours, weekdays=())), SUPPLY),
    }
    assert_approved(
        APPROVED,
        {name: lines(proposed_course(wish, supply, now=NOW)) for name, (wish, supply) in cases.items()},
    )
