"""Framing: bytes in any pieces, junk between, restarts, and frames without end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.hl7v2.message import decoded, open_message
from ajar.exchange.hl7v2.mllp import MAX_FRAME_BYTES, Deframer, Frame, framed
from ajar.exchange.hl7v2.outcome import Refused

TEXT = st.text(alphabet=st.characters(exclude_characters="\x0b\x1c", exclude_categories=["Cs"]), max_size=30)


def frames(data: bytes, piece: int) -> list[Frame]:
    deframer = Deframer()
    found = [
        frame for start in range(0, len(data), piece) for frame in deframer.feed(data[start : start + piece])
    ]
    return [*found, *deframer.close()]


@given(st.lists(TEXT, max_size=4), st.integers(1, 7))
def test_messages_come_out_whole_however_they_are_cut(messages: list[str], piece: int) -> None:
    data = b"noise".join(framed(message) for message in messages)
    assert [frame.content.decode() for frame in frames(data, piece)] == messages


def test_a_new_beginning_inside_a_frame_shows_the_first_as_cut_off() -> None:
    first, second = frames(b"\x0bMSH|half\x0bMSH|whole\x1c\r", 4)
    assert (first.content, first.complete) == (b"MSH|half", False)
    assert (second.content, second.complete) == (b"MSH|whole", True)


def test_a_sender_that_goes_away_leaves_a_frame_cut_off() -> None:
    (one,) = frames(b"\x0bMSH|half", 3)
    assert not one.complete
    assert frames(b"\x0b", 1) == []


def test_an_endless_frame_is_counted_and_only_its_beginning_kept() -> None:
    deframer = Deframer()
    for _ in range(10):
        assert list(deframer.feed(b"\x0b"[: not deframer.inside] + b"x" * MAX_FRAME_BYTES)) == []
    (one,) = deframer.feed(b"\x1c\r")
    assert (len(one.content), one.size_bytes) == (MAX_FRAME_BYTES, 10 * MAX_FRAME_BYTES)
    assert one.too_large
    assert list(deframer.feed(framed("next"))) == [Frame(content=b"next", size_bytes=4, complete=True)]


def test_text_is_utf_8_or_what_the_header_names() -> None:
    assert decoded("MSH|é".encode()) == "MSH|é"
    assert decoded("MSH|é|8859/1\r".encode("latin-1")) == "MSH|é|8859/1\r"
    unreadable = decoded("MSH|^~\\&|é\r".encode("latin-1"))
    with pytest.raises(Refused, match="not text"):
        open_message(unreadable)
