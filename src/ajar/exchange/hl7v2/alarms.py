"""Alarms that a monitor sends by itself (IHE PCD-04, ORU^R40): read into words, for a person to look up.

The bedside monitor is primary and Ajar raises its own alarms from the readings, so a monitor's alarm is
kept beside the chart and nothing is concluded from it. Names of the facets: ISO/IEEE 11073-10101 (from
general knowledge, verify).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ajar.exchange.hl7v2.message import Message, Segment, open_message
from ajar.exchange.hl7v2.observations import device_ids_of
from ajar.exchange.hl7v2.outcome import Header, Refused

ALARM: Final = ("ORU", "R40")
FACETS: Final = {
    "MDC_ATTR_EVENT_PHASE": "phase",
    "MDC_ATTR_ALARM_STATE": "state",
    "MDC_ATTR_ALARM_INACTIVATION_STATE": "sound",
    "MDC_ATTR_ALARM_PRIORITY": "priority",
    "MDC_ATTR_ALERT_PRIORITY": "priority",
}
MAX_WORDS_CHARS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorAlarm:
    """What a monitor alarmed about, as it says it; `words` are never empty."""

    header: Header
    device_ids: tuple[str, ...]
    words: str


def read_alarm(raw: str) -> MonitorAlarm | None:
    """The alarm in `raw`; None when it is not an alarm message at all."""
    try:
        message = open_message(raw)
    except Refused:
        return None
    header = message.header
    if (header.message_type, header.trigger) != ALARM:
        return None
    device_ids = device_ids_of(header, message.every("OBX"))
    return MonitorAlarm(header=header, device_ids=device_ids, words=_words(message))


def _words(message: Message) -> str:
    """The event in its own words, then each facet with its name."""
    observations = message.every("OBX")
    events = _distinct(_said(obx) for obx in observations if _facet(obx) is None)
    facets = _distinct(
        f"{facet} {_said(obx)}" for obx in observations if (facet := _facet(obx)) and _said(obx)
    )
    return "; ".join([*events, *facets])[:MAX_WORDS_CHARS] or "an alarm without words"


def _facet(obx: Segment) -> str | None:
    return FACETS.get(obx.text(3, 2))


def _said(obx: Segment) -> str:
    """The readable part of OBX-5: the name of a coded value, else the value."""
    return obx.text(5, 2) or obx.text(5)


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]
