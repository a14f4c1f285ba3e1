"""One delivery with several messages: the HL7 batch protocol (HL7 v2, 2.10.3).

A delivery is taken apart only when its envelope is whole and its counts are right: what was cut off on
the way is refused, so that the sender sends it again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ajar.exchange.hl7v2.message import MAX_MESSAGE_CHARS
from ajar.exchange.hl7v2.outcome import Refusal, RefusalKind, Refused

END: Final = "\r"
LETTERS: Final = {"FHS": "F", "BHS": "B", "MSH": "M", "BTS": "b", "FTS": "f"}
OTHER: Final = "."
_WHOLE: Final = re.compile(r"F(?:B(?:M\.*)*b)+f|F(?:M\.*)+f|(?:B(?:M\.*)*b)+|(?:M\.*)+")
_BATCH: Final = re.compile(r"B([M.]*)b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The messages of one frame in their order. `batch`: they came together and are answered together."""

    messages: tuple[str, ...]
    batch: bool


def messages_of(raw: str) -> Delivery | Refusal:
    """The messages in one frame; a plain message, or what is no batch at all, is one of them as it is."""
    if len(raw) > MAX_MESSAGE_CHARS:
        return Delivery(messages=(raw,), batch=False)
    lines = [line for line in re.split(r"\r\n|\r|\n", raw.strip("\r\n \t")) if line.strip()]
    shape = "".join(LETTERS.get(line[:3], OTHER) for line in lines)
    if shape[:1] not in ("F", "B") and shape.count("M") < 2:
        return Delivery(messages=(raw,), batch=False)
    try:
        _refuse_broken(shape)
        _refuse_miscounted(shape, lines)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because)
    return Delivery(messages=tuple(_messages(shape, lines)), batch=True)


def _refuse_broken(shape: str) -> None:
    if _WHOLE.fullmatch(shape):
        return
    if shape.count("F") > shape.count("f") or shape.count("B") > shape.count("b"):
        raise Refused(
            RefusalKind.TRUNCATED, "The batch begins and does not end: expected BTS, and FTS after FHS."
        )
    raise Refused(
        RefusalKind.MALFORMED,
        "The segments of the batch are not in order: expected FHS, BHS, messages, BTS, FTS.",
    )


def _refuse_miscounted(shape: str, lines: Sequence[str]) -> None:
    for batch in _BATCH.finditer(shape):
        _refuse_count(lines[batch.end() - 1], batch[1].count("M"), "messages", "BTS-1")
    if shape.endswith("f"):
        _refuse_count(lines[-1], max(1, shape.count("B")), "batches", "FTS-1")


def _refuse_count(trailer: str, found: int, what: str, where: str) -> None:
    """A trailer may say how many came; then as many must be there."""
    said = trailer[4:].split(trailer[3:4] or "|")[0].strip()
    if said and said != str(found):
        because = f"The batch says that it holds {said[:20]!r} {what} ({where}) and holds {found}."
        raise Refused(RefusalKind.TRUNCATED, because)


def _messages(shape: str, lines: Sequence[str]) -> list[str]:
    """Each message from its MSH to the next segment of the envelope."""
    return [END.join(lines[found.start() : found.end()]) + END for found in re.finditer(r"M\.*", shape)]


def batch_of_answers(answers: Sequence[str]) -> str:
    """The acknowledgements of a batch as one batch, in the order of its messages."""
    return f"BHS|^~\\&|AJAR{END}" + "".join(answers) + f"BTS|{len(answers)}{END}"
