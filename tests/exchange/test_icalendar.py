"""Calendar files that calendars accept (RFC 5545)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ajar.exchange.icalendar import CalendarEvent, calendar_file, escaped, folded, utc_text

EVENT = CalendarEvent(
    uid="1@ajar",
    starts_at=datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("America/New_York")),
    ends_at=datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("America/New_York")),
    summary="Consultation, by video; bring a list",
    location="New York",
    description="Line one\nLine two",
)


def test_a_file_says_when_in_utc_and_ends_every_line_as_asked():
    text = calendar_file(EVENT, stamped_at=datetime(2026, 3, 2, 15, tzinfo=UTC))

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "DTSTART:20260309T130000Z\r\n" in text
    assert "DTSTAMP:20260302T150000Z\r\n" in text
    assert "SUMMARY:Consultation\\, by video\\; bring a list\r\n" in text
    assert "DESCRIPTION:Line one\\nLine two\r\n" in text
    assert text.count("\n") == text.count("\r\n")


@example("ä" * 120)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folding_loses_nothing_and_keeps_every_line_short(line: str):
    pieces = list(folded(line))

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@pytest.mark.parametrize(
    ("text", "expected"), [("a\\b", "a\\\\b"), ("a\r\nb\rc\nd", "a\\nb\\nc\\nd"), ("a,b;c", "a\\,b\\;c")]
)
def test_what_would_break_a_value_is_marked(text: str, expected: str):
    assert escaped(text) == expected


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2026, 3, 2))


def test_an_event_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="end after it starts"):
        CalendarEvent(
            uid="1", starts_at=EVENT.ends_at, ends_at=EVENT.starts_at, summary="", location="", description=""
        )
