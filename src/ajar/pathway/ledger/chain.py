"""The hash chain: each entry's digest covers its content and the digest before it.

SHA-256 over one canonical spelling (JSON, sorted keys, no spaces, moments in UTC to the
microsecond). Changing, removing or reordering a recorded entry breaks every later digest.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from ajar.pathway.ledger.codec import encode, moment_text
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry

GENESIS: Final = "0" * 64


def canonical(value: object) -> str:
    """The one JSON spelling that is stored and hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One stored entry as the chain sees it: text only, exactly as it lies in the database."""

    entry_id: UUID
    patient_id: UUID
    position: int
    encounter_id: UUID | None
    kind: str
    version: int
    payload: str
    happened_at: datetime
    recorded_at: datetime
    author: str
    source: str
    source_ref: str
    supersedes: UUID | None
    reason: str
    previous_digest: str
    digest: str


def author_text(author: Author) -> str:
    """An author in one line: kind, id and printed name. A bar in an id (a device may have one) is escaped."""
    author_id = author.id.replace("%", "%25").replace("|", "%7C")
    return f"{author.kind}|{author_id}|{author.name}"


def author_from(text: str) -> Author:
    """The author that `author_text` wrote."""
    kind, author_id, name = text.split("|", 2)
    return Author(kind=AuthorKind(kind), id=author_id.replace("%7C", "|").replace("%25", "%"), name=name)


def digest_of(link: Link) -> str:
    """The digest that `link` should carry, from everything else it says."""
    content = {
        "id": str(link.entry_id),
        "patient": str(link.patient_id),
        "position": link.position,
        "encounter": str(link.encounter_id) if link.encounter_id else None,
        "kind": link.kind,
        "version": link.version,
        "payload": link.payload,
        "happened_at": moment_text(link.happened_at),
        "recorded_at": moment_text(link.recorded_at),
        "author": link.author,
        "source": link.source,
        "source_ref": link.source_ref,
        "supersedes": str(link.supersedes) if link.supersedes else None,
        "reason": link.reason,
        "previous": link.previous_digest,
    }
    return sha256(canonical(content).encode()).hexdigest()


def link_up(
    new: NewEntry,
    *,
    entry_id: UUID,
    patient_id: UUID,
    after: tuple[int, str],
    by: Author,
    now: datetime,
) -> tuple[Link, Entry]:
    """Give a new entry its place after (position, digest) and its digest."""
    position, previous_digest = after[0] + 1, after[1]
    unsealed = Link(
        entry_id=entry_id,
        patient_id=patient_id,
        position=position,
        encounter_id=new.encounter_id,
        kind=new.payload.KIND,
        version=new.payload.VERSION,
        payload=canonical(encode(new.payload)),
        happened_at=new.happened_at,
        recorded_at=now,
        author=author_text(by),
        source=new.source,
        source_ref=new.source_ref,
        supersedes=new.supersedes,
        reason=new.reason,
        previous_digest=previous_digest,
        digest="",
    )
    link = replace(unsealed, digest=digest_of(unsealed))
    return link, _recorded(new, link, by)


def _recorded(new: NewEntry, link: Link, by: Author) -> Entry:
    return Entry(
        id=link.entry_id,
        patient_id=link.patient_id,
        position=link.position,
        encounter_id=new.encounter_id,
        payload=new.payload,
        happened_at=new.happened_at,
        recorded_at=link.recorded_at,
        recorded_by=by,
        source=new.source,
        source_ref=new.source_ref,
        supersedes=new.supersedes,
        reason=new.reason,
        previous_digest=link.previous_digest,
        digest=link.digest,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain does not hold, in words."""

    patient_id: UUID
    position: int
    entry_id: UUID | None
    because: str


def first_break(links: Iterable[Link], *, patient_id: UUID, head: tuple[int, str]) -> Break | None:
    """Walk one patient's chain in order of position; None when it holds up to its head.

    `head` is (position, digest) as the ledger last wrote it, so that a missing tail is noticed.
    """
    position, digest = 0, GENESIS
    for link in links:
        if problem := _problem(link, position, digest):
            return Break(
                patient_id=patient_id,
                position=link.position,
                entry_id=link.entry_id,
                because=problem,
            )
        position, digest = link.position, link.digest
    if (position, digest) != head:
        because = f"the chain ends at position {position}, the ledger's head says {head[0]}"
        return Break(patient_id=patient_id, position=position, entry_id=None, because=because)
    return None


def _problem(link: Link, position: int, digest: str) -> str | None:
    if link.position != position + 1:
        return f"position {position + 1} is missing; found {link.position}"
    if link.previous_digest != digest:
        return "it does not follow from the entry before it"
    if link.digest != digest_of(link):
        return "its content does not match its digest"
    return None


def seal(digests: Iterable[str]) -> str:
    """One digest over an encounter's entries, in chain order: what a signature stands for."""
    return sha256("".join(digests).encode()).hexdigest()
