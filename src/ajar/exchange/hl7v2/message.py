"""A message as segments, fields, repetitions and components, read strictly and within bounds.

Own reading instead of the hl7 package's: at an open door its unescape() repeats text as often as the
message says, raises what it does not declare, and logs the field. Tests compare the two.
"""

import re
from dataclasses import dataclass
from typing import Final

from ajar.exchange.hl7v2.outcome import Header, RefusalKind, Refused

MAX_MESSAGE_CHARS: Final = 1_048_576
"""A monitor's message has a few kilobytes; design default."""
MAX_HEADER_FIELD_CHARS: Final = 250
"""The standard's own limit for MSH-3 is 227, for MSH-10 it is 199 (HL7 v2.7, 2.14.9)."""

NOT_TEXT: Final = "\ufffd"
_OPENING: Final = re.compile(r"MSH([^\w\s])([^\w\s]{4,5})\1")
_SEGMENT_ID: Final = re.compile(r"[A-Z][A-Z0-9]{2}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimiters:
    """The five characters a message declares in MSH-1 and MSH-2."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str

    def unescape(self, text: str) -> str:
        """`text` with escape sequences for the delimiters resolved; any other sequence stays as it is."""
        meaning = {
            "F": self.field,
            "S": self.component,
            "T": self.subcomponent,
            "R": self.repetition,
            "E": self.escape,
        }
        mark = re.escape(self.escape)
        return re.sub(f"{mark}([FSTRE]){mark}", lambda found: meaning[found[1]], text)

    def escaped(self, text: str) -> str:
        """`text` fit to stand in a field: delimiters escaped, line ends as spaces."""
        meaning = {
            self.escape: "E",
            self.field: "F",
            self.component: "S",
            self.subcomponent: "T",
            self.repetition: "R",
            "\r": None,
            "\n": None,
        }
        return "".join(_escape_of(char, meaning, self.escape) for char in text)


def _escape_of(char: str, meaning: dict[str, str | None], escape: str) -> str:
    if char not in meaning:
        return char
    letter = meaning[char]
    return f"{escape}{letter}{escape}" if letter else " "


STANDARD: Final = Delimiters(field="|", component="^", repetition="~", escape="\\", subcomponent="&")


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a message. Field and component numbers count from 1, as the standard does."""

    id: str
    fields: tuple[str, ...]
    delimiters: Delimiters

    def raw(self, field: int) -> str:
        """The field as it stands; empty when the segment ends before it."""
        return self.fields[field - 1] if field <= len(self.fields) else ""

    def text(self, field: int, component: int = 1) -> str:
        """One component of the field's first repetition, unescaped and without outer spaces."""
        return self._component(self.raw(field).split(self.delimiters.repetition)[0], component)

    def repetitions(self, field: int, component: int = 1) -> tuple[str, ...]:
        """The same component of every repetition; empty ones are dropped."""
        every = self.raw(field).split(self.delimiters.repetition)
        return tuple(text for one in every if (text := self._component(one, component)))

    def _component(self, repetition: str, component: int) -> str:
        parts = repetition.split(self.delimiters.component)
        part = parts[component - 1] if component <= len(parts) else ""
        return self.delimiters.unescape(part.split(self.delimiters.subcomponent)[0]).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An opened message: its header and all its segments in order, MSH included."""

    header: Header
    segments: tuple[Segment, ...]

    def first(self, segment_id: str) -> Segment | None:
        """The first segment with this id."""
        return next((segment for segment in self.segments if segment.id == segment_id), None)

    def every(self, segment_id: str) -> tuple[Segment, ...]:
        """All segments with this id."""
        return tuple(segment for segment in self.segments if segment.id == segment_id)


def open_message(raw: str) -> Message:
    """Split a message into its parts.

    Raises:
        Refused: too large, no message at all, cut off in its header, or holding what no message holds.
    """
    if len(raw) > MAX_MESSAGE_CHARS:
        raise Refused(RefusalKind.TOO_LARGE, _too_large(len(raw)))
    if _CONTROL.search(raw):
        raise Refused(
            RefusalKind.MALFORMED,
            "The message holds control characters that no text has.",
        )
    if NOT_TEXT in raw:
        because = "The message is not text in UTF-8 or in the character set that it names."
        raise Refused(RefusalKind.MALFORMED, because)
    lines = [line for line in re.split(r"\r\n|\r|\n", raw.strip("\r\n \t")) if line.strip()]
    if not lines:
        raise Refused(RefusalKind.MALFORMED, "The message is empty.")
    delimiters = _delimiters(lines[0])
    segments = tuple(_segment(line, delimiters) for line in lines)
    if any(segment.id == "MSH" for segment in segments[1:]):
        raise Refused(
            RefusalKind.MALFORMED,
            "One frame holds more than one message; expected one.",
        )
    return Message(header=_header(segments[0]), segments=segments)


def _too_large(size: int) -> str:
    return f"The message has {size} characters; at most {MAX_MESSAGE_CHARS} are read."


def _delimiters(first_line: str) -> Delimiters:
    opening = _OPENING.match(first_line)
    if opening is None:
        if first_line.startswith("MSH") and len(first_line) < len("MSH|^~\\&|"):
            raise Refused(RefusalKind.TRUNCATED, "The message ends inside its header.")
        raise Refused(
            RefusalKind.MALFORMED,
            f"Expected a message that begins with MSH, got {first_line[:20]!r}.",
        )
    marks = opening[1] + opening[2][:4]
    if len(set(marks)) != 5:
        raise Refused(
            RefusalKind.MALFORMED,
            f"The delimiters {marks!r} are not five different characters.",
        )
    return Delimiters(
        field=marks[0],
        component=marks[1],
        repetition=marks[2],
        escape=marks[3],
        subcomponent=marks[4],
    )


def _segment(line: str, delimiters: Delimiters) -> Segment:
    name, *fields = line.split(delimiters.field)
    if not _SEGMENT_ID.fullmatch(name):
        raise Refused(
            RefusalKind.MALFORMED,
            f"Expected a segment name such as OBX, got {name[:20]!r}.",
        )
    if name == "MSH":
        fields = [delimiters.field, *fields]
    return Segment(name, tuple(fields), delimiters)


def _header(msh: Segment) -> Header:
    if len(msh.fields) < 10:
        raise Refused(
            RefusalKind.TRUNCATED,
            "The message ends inside its header, before its control id.",
        )
    if any(len(field) > MAX_HEADER_FIELD_CHARS for field in msh.fields):
        raise Refused(
            RefusalKind.MALFORMED,
            f"A header field has more than {MAX_HEADER_FIELD_CHARS} characters.",
        )
    if not msh.text(10):
        raise Refused(
            RefusalKind.MALFORMED,
            "The message has no control id (MSH-10), so it cannot be acknowledged.",
        )
    return Header(
        control_id=msh.text(10),
        application=msh.text(3),
        application_id=msh.text(3, 2),
        facility=msh.text(4),
        message_type=msh.text(9),
        trigger=msh.text(9, 2),
        version=msh.text(12),
        sent_at_text=msh.text(7),
    )


def decoded(content: bytes) -> str:
    """The text of a delivery: UTF-8, or Latin-1 where the header says so (MSH-18).

    Bytes that are neither become replacement characters, which `open_message` refuses.
    """
    try:
        return content.decode()
    except UnicodeDecodeError:
        header = content.partition(b"\r")[0]
        return content.decode("latin-1") if b"8859/1" in header else content.decode(errors="replace")
