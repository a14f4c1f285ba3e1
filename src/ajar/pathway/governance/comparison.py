"""What changed between two versions of the rulebook, as a list that somebody signs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ajar.pathway.governance.plain import Plain

Lines = Mapping[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A version of the rulebook: area, then id, then field, each in words."""

    version: str
    areas: Mapping[str, Lines]


class Kind(StrEnum):
    """What happened to a rule."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a rule before and after; empty where it was not there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule that is new, gone or changed. Of a new or gone one every field is listed."""

    area: str
    id: str
    kind: Kind
    title: str
    fields: tuple[FieldChange, ...]


def title_of(fields: Plain) -> str:
    """What a rule is called; empty where it has only an id."""
    return next((fields[name] for name in ("title", "name", "label", "wording") if name in fields), "")


def compared(before: Book, after: Book) -> tuple[RuleChange, ...]:
    """Every change from one version to another, area by area, in the order of the later book."""
    areas = dict.fromkeys((*after.areas, *before.areas))
    return tuple(
        change
        for area in areas
        for change in _in_area(area, before.areas.get(area, {}), after.areas.get(area, {}))
    )


def _in_area(area: str, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[RuleChange]:
    for rule_id in dict.fromkeys((*after, *before)):
        old, new = before.get(rule_id), after.get(rule_id)
        if old == new:
            continue
        kind = Kind.NEW if old is None else Kind.GONE if new is None else Kind.CHANGED
        shown = new if new is not None else old or {}
        yield RuleChange(
            area=area,
            id=rule_id,
            kind=kind,
            title=title_of(shown),
            fields=tuple(_fields(old or {}, new or {})),
        )


def _fields(old: Plain, new: Plain) -> Iterator[FieldChange]:
    """Fields that differ. What a rule says is compared as a set: the order of its sayings is no change."""
    said_before, said_now = _sayings(old), _sayings(new)
    for field in dict.fromkeys((*new, *old)):
        before, after = old.get(field, ""), new.get(field, "")
        if before != after and not field.startswith("says "):
            yield FieldChange(field=field, before=before, after=after)
    yield from (
        FieldChange(field="says", before=gone, after="") for gone in said_before if gone not in said_now
    )
    yield from (FieldChange(field="says", before="", after=new) for new in said_now if new not in said_before)


def _sayings(fields: Plain) -> list[str]:
    return [text for name, text in fields.items() if name.startswith("says ")]
