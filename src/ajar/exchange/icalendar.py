"""One appointment as an iCalendar file (RFC 5545), for "add to my calendar".

Moments are written in UTC, so no time-zone definition has to travel with them; lines end in CRLF and
are folded at 75 octets, never inside a character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

FOLD_OCTETS: Final = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """What a calendar needs to know of an appointment."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError(f"An event must end after it starts, got {self.starts_at} to {self.ends_at}.")


def calendar_file(event: CalendarEvent, *, stamped_at: datetime) -> str:
    """The file's text. `stamped_at` is when the appointment was made."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ajar//Appointments//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{utc_text(stamped_at)}",
        f"DTSTART:{utc_text(event.starts_at)}",
        f"DTEND:{utc_text(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"LOCATION:{escaped(event.location)}",
        f"DESCRIPTION:{escaped(event.description)}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def utc_text(moment: datetime) -> str:
    """A moment in UTC, such as 20260303T140000Z.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"A moment must carry a time zone, got {moment.isoformat()}.")
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line break are marked (RFC 5545, 3.3.11)."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the second and later ones indented by a space (3.1)."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > FOLD_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece
