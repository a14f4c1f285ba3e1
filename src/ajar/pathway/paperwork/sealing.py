"""What a signature stands for: a seal over the encounter's entries, checked again whenever it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from ajar.pathway.discharge.entries import EncounterSigned
from ajar.pathway.ledger.chain import seal
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.paperwork.told import last_of


class NothingToSign(ValueError):
    """The encounter has no entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The newest signature of an encounter, whether its seal still holds, and what came after it."""

    entry: Entry
    signature: EncounterSigned
    holds: bool
    later: tuple[Entry, ...]


def signature_over(entries: Sequence[Entry], *, printed_name: str, meaning: str) -> EncounterSigned:
    """The signature over all of an encounter's entries, in chain order, corrected ones included.

    Raises:
        NothingToSign: there are none.
    """
    if not entries:
        raise NothingToSign("There is nothing to sign yet.")
    return EncounterSigned(
        seal=seal(entry.digest for entry in entries),
        entries=len(entries),
        last_position=entries[-1].position,
        printed_name=printed_name,
        meaning=meaning,
    )


def sealed(entries: Sequence[Entry]) -> Sealed | None:
    """The newest signature over these entries of one encounter, or None before the first."""
    found = last_of(entries, EncounterSigned)
    if found is None:
        return None
    entry, signature = found
    under = [one for one in entries if one.position <= signature.last_position]
    holds = len(under) == signature.entries and seal(one.digest for one in under) == signature.seal
    later = tuple(one for one in entries if one.position > entry.position)
    return Sealed(entry=entry, signature=signature, holds=holds, later=later)
