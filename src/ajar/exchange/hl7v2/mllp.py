"""MLLP framing without sockets: bytes in, frames out, in bounded memory.

A frame is <VT> message <FS><CR> (HL7 Minimal Lower Layer Protocol, release 1). A frame longer than the
bound is counted to its end and only its beginning kept, so that its sender can still be answered.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

START: Final = b"\x0b"
END: Final = b"\x1c"
MAX_FRAME_BYTES: Final = 1_048_576
"""The same bound as for the message's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One delivery. `content` is its beginning when `size_bytes` is larger; not `complete`: cut off."""

    content: bytes
    size_bytes: int
    complete: bool

    @property
    def too_large(self) -> bool:
        """Was more sent than is kept?"""
        return self.size_bytes > len(self.content)


class Deframer:
    """Takes bytes as they come and gives the frames they complete."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._size_bytes = 0
        self._inside = False

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that `data` completes. Bytes between frames are dropped."""
        while data:
            if not self._inside:
                _, start, data = data.partition(START)
                self._inside = bool(start)
                continue
            data = yield from self._inside_frame(data)

    def _inside_frame(self, data: bytes) -> Generator[Frame, None, bytes]:
        """Up to the end of this frame; returns what follows it."""
        ends = [place for mark in (START, END) if (place := data.find(mark)) >= 0]
        if not ends:
            self._keep(data)
            return b""
        place = min(ends)
        self._keep(data[:place])
        restarted = data[place : place + 1] == START
        yield self._close(complete=not restarted)
        self._inside = restarted
        return data[place + 1 :]

    def close(self) -> Iterator[Frame]:
        """What was begun when the sender went away, if anything."""
        if self._inside and self._size_bytes:
            self._inside = False
            yield self._close(complete=False)

    def _keep(self, data: bytes) -> None:
        self._size_bytes += len(data)
        self._kept += data[: MAX_FRAME_BYTES - len(self._kept)]

    def _close(self, *, complete: bool) -> Frame:
        frame = Frame(content=bytes(self._kept), size_bytes=self._size_bytes, complete=complete)
        self._kept.clear()
        self._size_bytes = 0
        return frame

    @property
    def inside(self) -> bool:
        """Is a frame begun and not yet ended?"""
        return self._inside


def framed(message: str) -> bytes:
    """A message ready to be sent."""
    return START + message.encode() + END + b"\r"
