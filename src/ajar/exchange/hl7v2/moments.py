"""HL7 moments (DTM): YYYYMMDDHHMM[SS[.S…]][±HHMM]."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

_DTM: Final = re.compile(
    r"(?P<minute>\d{12})(?P<second>\d{2})?(?:\.(?P<fraction>\d{1,6})\d*)?(?:(?P<sign>[+-])(?P<hh>\d{2})(?P<mm>[0-5]\d))?",
    re.ASCII,
)


class NotAMoment(ValueError):
    """The text does not say a moment to the minute."""


def read_moment(text: str, *, zone: tzinfo, near: datetime) -> datetime:
    """The moment `text` says, in UTC.

    `zone` holds where the text names none. In the hour that a clock change repeats, the one nearer to
    `near` is meant: devices speak of the present.

    Raises:
        NotAMoment: not a moment to the minute, or no such day, time or zone.
    """
    found = _DTM.fullmatch(text)
    if found is None or (found["fraction"] and not found["second"]):
        raise NotAMoment(f"Expected a moment such as 20260131142500-0500, got {text[:40]!r}.")
    digits = found["minute"] + (found["second"] or "00") + (found["fraction"] or "0").ljust(6, "0")
    try:
        stated = _zone(found["sign"], found["hh"], found["mm"]) if found["sign"] else zone
        stated_at = datetime.strptime(digits, "%Y%m%d%H%M%S%f").replace(tzinfo=stated)
        candidates = [stated_at.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    except (ValueError, OverflowError):
        raise NotAMoment(f"There is no such moment as {text[:40]!r}.") from None
    return min(candidates, key=lambda moment: abs(moment - near))


def zone_of(text: str) -> tzinfo | None:
    """The zone a moment states, which MSH-7 sets for the whole message; None when it states none."""
    found = _DTM.fullmatch(text)
    if found is None or not found["sign"]:
        return None
    try:
        return _zone(found["sign"], found["hh"], found["mm"])
    except ValueError:
        return None


def _zone(sign: str, hh: str, mm: str) -> tzinfo:
    offset = timedelta(hours=int(hh), minutes=int(mm))
    return timezone(-offset if sign == "-" else offset)


def write_moment(moment: datetime) -> str:
    """A moment with its own zone, to the millisecond."""
    milliseconds = moment.microsecond // 1000
    return f"{moment:%Y%m%d%H%M%S}.{milliseconds:03d}{moment:%z}"
