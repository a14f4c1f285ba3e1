"""The top of an event table: what its columns cannot say.

    # units: TIME=h, AMT=mg base
    # drug: racemic ketamine
    # DV 1: ketamine_venous_ng_ml
    # DV 2: madrs
    # codes SEX: 0=FEMALE, 1=MALE
    ID,TIME,EVID,AMT,DUR,CMT,DV,DVID,WT,SEX

`drug` may be left out where a DRUG column says it. A number in a column of words needs its code explained.
Other comments are for people.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ajar.exchange.event_tables.columns import MUST_STATE, UNITS, WORDS, BadEventTable, Column
from ajar.pharmacology.molecules import Drug

_LINE: Final = re.compile(r"#\s*(?P<key>units|drug|DV(?: \d+)?|codes \w+)\s*:\s*(?P<value>.*?)\s*")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")

Codes = Mapping[Column, Mapping[str, StrEnum]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a table says at its top, or whoever reads it says in its place.

    `drug` None: a DRUG column says it. `measured` is the output of each DVID, its unit last in its name.
    Whoever makes one states that times are hours and amounts milligrams of base.
    """

    drug: Drug | None = None
    measured: Mapping[int, str] = field(default_factory=dict)
    codes: Codes = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.measured.values():
            if not _NAME.fullmatch(name):
                raise ValueError(f"A measured output has a name such as ketamine_venous_ng_ml, got {name!r}.")


def declared_by(comments: Sequence[tuple[int, str]]) -> Declared:
    """What the comments say, each with its row.

    Raises:
        BadEventTable: units that are not stated or are others, an unknown drug, word or code.
    """
    drug: Drug | None = None
    units: dict[str, str] = {}
    measured: dict[int, str] = {}
    codes: dict[Column, Mapping[str, StrEnum]] = {}
    for row, text in comments:
        found = _LINE.fullmatch(text.strip())
        if found is None:
            continue
        key, value = found["key"], found["value"]
        if key == "units":
            units |= _units(row, value)
        elif key == "drug":
            drug = Drug(word_of(row, Column.DRUG, value, {}))
        elif key.startswith("DV"):
            measured[int(key[2:] or 1)] = _output(row, key, value)
        else:
            codes |= _codes(row, key.removeprefix("codes ").upper(), value)
    for column in MUST_STATE:
        if column not in units:
            example = ", ".join(f"{needed}={UNITS[needed]}" for needed in MUST_STATE)
            raise BadEventTable(
                row=1, column=column, expected=f"its unit in a comment '# units: {example}'", found="none"
            )
    return Declared(drug=drug, measured=measured, codes=codes)


def _pairs(row: int, column: str, text: str) -> dict[str, str]:
    pairs = {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals:
            raise BadEventTable(row=row, column=column, expected="pairs NAME=VALUE", found=repr(part[:40]))
        pairs[name.strip()] = value.strip()
    return pairs


def _units(row: int, text: str) -> dict[str, str]:
    stated = {name.upper(): unit for name, unit in _pairs(row, "units", text).items()}
    for name, unit in stated.items():
        if name not in UNITS:
            raise BadEventTable(row=row, column=name, expected=f"one of {', '.join(UNITS)}", found=repr(name))
        if unit != UNITS[Column(name)]:
            raise BadEventTable(
                row=row, column=name, expected=f"the unit {UNITS[Column(name)]}", found=repr(unit)
            )
    return stated


def _output(row: int, key: str, text: str) -> str:
    if not _NAME.fullmatch(text):
        expected = "the name of an output with its unit last, such as ketamine_venous_ng_ml"
        raise BadEventTable(row=row, column=key, expected=expected, found=repr(text[:40]))
    return text


def _codes(row: int, name: str, text: str) -> dict[Column, Mapping[str, StrEnum]]:
    if name not in WORDS:
        raise BadEventTable(row=row, column=name, expected=f"one of {', '.join(WORDS)}", found=repr(name))
    column = Column(name)
    pairs = _pairs(row, name, text)
    return {column: {code: word_of(row, column, word, {}) for code, word in pairs.items()}}


def word_of(row: int, column: Column, text: str, codes: Codes) -> StrEnum:
    """A word, by its code, its name or itself.

    Raises:
        BadEventTable: it is none of them.
    """
    explained = codes.get(column, {})
    if text in explained:
        return explained[text]
    for word in WORDS[column]:
        if text.casefold() in (word.name.casefold(), word.value.casefold()):
            return word
    known = ", ".join((*(word.name for word in WORDS[column]), *explained))
    raise BadEventTable(row=row, column=column, expected=f"one of {known}", found=repr(text[:40]))
