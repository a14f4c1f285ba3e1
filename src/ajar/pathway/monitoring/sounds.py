"""How an alarm shows and sounds, and for how long its sound may rest.

After IEC 60601-1-8 as bedside monitors implement it (practice.md 4.1). What the knowledge file marks as
not confirmed against the standard is `verified=False`. A pause rests the sound alone: colour and words
stay, and what is new or has become worse sounds at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import MOST_PAUSED_S, Priority, SoundPaused


@dataclass(frozen=True, slots=True, kw_only=True)
class Signalling:
    """How one priority shows and sounds: `flash_hz` lowest and highest, None where it does not flash.

    `tone_hz` is the pitch of a pulse, `again_s` the time from one sounding to the next (design defaults).
    """

    priority: Priority
    colour: str
    prefix: str
    groups: int
    pulses: int
    flash_hz: tuple[float, float] | None
    tone_hz: float
    again_s: float
    latches: str
    means: str
    source: str
    verified: bool


SIGNALLING: Final[Mapping[Priority, Signalling]] = {
    one.priority: one
    for one in (
        Signalling(
            priority=Priority.HIGH,
            colour="red",
            prefix="***",
            groups=2,
            pulses=5,
            flash_hz=(1.4, 2.8),
            tone_hz=880,
            again_s=10,
            latches="stays until someone has seen it, even when the value is back",
            means="immediate response",
            source="practice.md 4.1: bedside monitors' manuals; flashing rate from general knowledge",
            verified=False,
        ),
        Signalling(
            priority=Priority.MEDIUM,
            colour="yellow",
            prefix="**",
            groups=1,
            pulses=3,
            flash_hz=(0.4, 0.8),
            tone_hz=660,
            again_s=20,
            latches="becomes a quiet line when its cause is over",
            means="prompt response",
            source="practice.md 4.1: bedside monitors' manuals; flashing rate from general knowledge",
            verified=False,
        ),
        Signalling(
            priority=Priority.LOW,
            colour="cyan",
            prefix="*",
            groups=1,
            pulses=1,
            flash_hz=None,
            tone_hz=440,
            again_s=45,
            latches="ends with its cause",
            means="awareness",
            source="practice.md 4.1: bedside monitors' manuals; one pulse or two: from general knowledge",
            verified=False,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioPause:
    """The sound of one session rests: from when, for how long, by whom, and what stood then.

    `covers`: each alarm's key that stood when the pause began, with its priority.
    """

    begun_at: datetime
    lasts_s: float
    by: str
    covers: tuple[tuple[str, Priority], ...]

    def __post_init__(self) -> None:
        if not 0 < self.lasts_s <= MOST_PAUSED_S:
            raise ValueError(
                f"lasts_s must be above 0 and at most {MOST_PAUSED_S:g} seconds, got {self.lasts_s:g}."
            )

    @property
    def ends_at(self) -> datetime:
        """When the sound comes back by itself."""
        return self.begun_at + timedelta(seconds=self.lasts_s)

    def left_s(self, *, now: datetime) -> float:
        """The countdown, in seconds; 0 when it is over."""
        return max((self.ends_at - now).total_seconds(), 0.0)

    def silences(self, alarm: Alarm, *, now: datetime) -> bool:
        """Does this pause rest the sound of this alarm now? Not of what is new, or has become worse."""
        if not self.begun_at <= now < self.ends_at:
            return False
        return any(key == alarm.key and alarm.priority.rank >= then.rank for key, then in self.covers)


def pause_of(entry: SoundPaused, *, begun_at: datetime, by: str) -> AudioPause:
    """The pause that an entry records."""
    covers = tuple((one.alarm, one.priority) for one in entry.covers)
    return AudioPause(begun_at=begun_at, lasts_s=entry.lasts_s, by=by, covers=covers)


def pause(alarms: Iterable[Alarm], *, by: str, now: datetime, lasts_s: float = MOST_PAUSED_S) -> AudioPause:
    """Rest the sound of what stands now.

    Raises:
        ValueError: longer than two minutes.
    """
    covers = tuple((alarm.key, alarm.priority) for alarm in alarms)
    return AudioPause(begun_at=now, lasts_s=lasts_s, by=by, covers=covers)


def sounding(
    alarms: Iterable[Alarm], *, now: datetime, paused: AudioPause | None = None
) -> tuple[Alarm, ...]:
    """What makes a sound now: whatever nobody has seen, but for what a pause rests."""
    return tuple(
        alarm
        for alarm in alarms
        if not alarm.seen_by and not (paused is not None and paused.silences(alarm, now=now))
    )
