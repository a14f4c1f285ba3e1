"""What the paperwork reads: one encounter's entries, and small words about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar

from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

P = TypeVar("P", bound=Payload)
OBSERVATIONS = (VitalsMeasured, SedationRated, DissociationRated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value on paper, and the entries it came from: who, when, from which device."""

    label: str
    value: str
    entries: tuple[Entry, ...] = ()


def kind_words(kind: str) -> str:
    """An entry's kind as people read it: 'vitals.measured' is 'vitals measured'."""
    return kind.replace(".", " ").replace("-", " ")


def product_words(code: str) -> str:
    """A product as the clinic calls it; a code that is not known stays as it is."""
    return Product(code).label if code in [product.value for product in Product] else code


def clock_text(moment: datetime, zone: tzinfo) -> str:
    """Such as '15:42 EST'."""
    local = moment.astimezone(zone)
    return f"{local:%H:%M} {local.tzname()}"


def yes_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer is the subject, not a mode
    """An answer as it is written; nothing recorded says so."""
    if answer is None:
        return "not recorded"
    return "yes" if answer else "no"


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes that have passed."""
    return int((end - start).total_seconds() // 60)


def all_of(entries: Iterable[Entry], kind: type[P]) -> list[tuple[Entry, P]]:
    """Effective entries of one kind with their payloads, in chain order."""
    return [(entry, entry.payload) for entry in entries if isinstance(entry.payload, kind)]


def last_of(entries: Iterable[Entry], kind: type[P]) -> tuple[Entry, P] | None:
    """The last recorded entry of one kind."""
    found = all_of(entries, kind)
    return found[-1] if found else None


def watcher_of(entries: Sequence[Entry]) -> Author | None:
    """The person who recorded most of the observations: who watched this patient."""
    authors = [
        entry.recorded_by
        for entry in entries
        if isinstance(entry.payload, OBSERVATIONS) and entry.recorded_by.kind is AuthorKind.STAFF
    ]
    return max(authors, key=authors.count, default=None)
