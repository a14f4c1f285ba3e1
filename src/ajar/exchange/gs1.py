r"""What a barcode scanner types: product number, lot and expiry of a medicine's package (GS1).

biip knows the fields and their patterns. What it cannot know is decided here: whether anything was scanned
at all (a lot typed by hand is never taken apart), which character stands for the separator, and whether a
separator may be missing. GS1 General Specifications: application identifiers 3, separators 7.8, dates 7.12
(from general knowledge, verify; the patterns are biip's).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_element_strings import GS1ElementString
from biip.symbology import GS1Symbology

GTIN, LOT, EXPIRY, SERIAL = "01", "10", "17", "21"
LONGEST_LOT: Final = 20
"""Characters of a lot or serial in a GS1 code; what starts like a code and is longer is no lot."""

LONGEST_SCAN: Final = 120
"""Characters of all fields together; a package's code is shorter (design default)."""

SEPARATOR: Final = "\x1d"
STAND_INS: Final = re.compile(
    r"[<{\[](?:GS|FNC1)[>}\]]|\\x1d|\\u001d|\^\]|\u241d|[\x1c-\x1f #$@\[\\\]^`{|}~]", re.IGNORECASE
)
"""What scanners type for the separator: its names, and characters that a GS1 value cannot contain."""

SYMBOLOGY: Final = re.compile(r"\]([A-Za-z][0-9])")
CAPITALS_TYPED: Final = frozenset({"D2", "c1"})  # d2 and C1 under Caps Lock
GS1_SYMBOLOGIES: Final = frozenset(one.value for one in GS1Symbology.with_gs1_messages())
PRINTED: Final = re.compile(r"\x1d?\((?:01|10|17|21)\)")
BRACKETS: Final = re.compile(r"\(([0-9]{2,4})\)")
BARE: Final = re.compile("01[0-9]{14}")
US_DRUG: Final = re.compile("[0-9]03([0-9]{10})[0-9]")

NATIONAL: Final = tuple(f"71{last}" for last in range(8))
HIDDEN: Final = (GTIN, LOT, "11", EXPIRY, SERIAL, *NATIONAL)
"""Fields that packages of medicines carry (design default). Where separators may be missing, each of them
may begin inside what looks like a longer lot."""

CONFIG: Final = ParseConfig(gs1_element_strings_verify_date=False)  # biip would ask the computer's clock

UNREADABLE: Final = (
    "This scan is incomplete, or a part of it was misread. Scan again, or type lot and expiry."
)
NO_LOT: Final = "This code does not say the lot. Scan the square code, or type lot and expiry as printed."
CAPITALS: Final = "Caps Lock is on, and changes what the scanner types. Switch it off and scan again."


class ScanUnreadable(ValueError):
    """Something was scanned, but lot and expiry cannot be told from it for certain; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a package's code says. `expires_on` is the last day of use; None where the code does not say."""

    lot: str
    expires_on: date | None = None
    gtin: str | None = None
    serial: str | None = None

    @property
    def ndc(self) -> str | None:
        """The ten digits of a US National Drug Code, where the product number carries one (03 + NDC)."""
        found = US_DRUG.fullmatch(self.gtin or "")
        return found[1] if found else None


Fields = dict[str, str]


def read_scan(typed: str, *, today: date) -> Scan | None:
    """What was scanned, or None where this is a lot as a person types it. `today` tells the century.

    A scan starts with a symbology identifier, a field in brackets, or a whole product number (01, 13 digits
    and their check digit) that another field follows.

    Raises:
        ScanUnreadable: it was scanned, but is no GS1 code, says no lot, is damaged, or lacks a separator.
    """
    text = typed.strip()
    symbology = SYMBOLOGY.match(text)
    if symbology:
        _refuse_other_symbology(symbology[1])
        text = text[symbology.end() :]
    marked = symbology is not None or PRINTED.match(text) is not None
    text = _separated(text)
    if not marked and not BARE.match(text.lstrip(SEPARATOR)):
        return None
    found = [fields for fields in map(_fields, _readings(text)) if _valid(fields, today)]
    if not marked and len(text) <= LONGEST_LOT and not any(len(fields) > 1 for fields in found):
        return None
    return _scan(_agreed(found), today)


def _refuse_other_symbology(identifier: str) -> None:
    if identifier in GS1_SYMBOLOGIES:
        return
    if identifier in CAPITALS_TYPED:
        raise ScanUnreadable(CAPITALS)
    raise ScanUnreadable(NO_LOT)


def _separated(text: str) -> str:
    """The fields with one kind of separator between them. Brackets are separators too."""
    if PRINTED.match(text):
        text = BRACKETS.sub(rf"{SEPARATOR}\1", "".join(text.split()))
    return STAND_INS.sub(SEPARATOR, text)


def _readings(text: str) -> Iterator[tuple[GS1ElementString, ...]]:
    """Every way to read the text: one, if the scanner sends separators; else a field may end earlier."""
    if text.isascii() and len(text) <= LONGEST_SCAN:
        yield from _read_on(text, () if SEPARATOR in text else HIDDEN, frozenset())


def _read_on(
    text: str, hidden: tuple[str, ...], seen: frozenset[str]
) -> Iterator[tuple[GS1ElementString, ...]]:
    text = text.lstrip(SEPARATOR)
    if not text:
        yield ()
    for end in _ends(text, hidden):
        element = _element(text[:end])
        kind = _kind(element.ai.ai) if element else ""
        if element is None or kind in seen:
            continue  # no field of this kind, or said twice: not how a package is marked
        for rest in _read_on(text[end:], hidden, seen | {kind}):
            yield (element, *rest)


def _ends(text: str, hidden: tuple[str, ...]) -> Iterator[int]:
    """Where the first field may end: its length is fixed, or it goes up to a separator or a hidden field."""
    try:
        ai = GS1ApplicationIdentifier.extract(text)
        fixed = None if ai.separator_required else len(GS1ElementString.extract(text, config=CONFIG))
    except ParseError:
        return
    if fixed is not None:
        yield fixed
        return
    stop = text.find(SEPARATOR)
    stop = len(text) if stop < 0 else stop
    yield stop
    yield from (end for end in range(len(ai) + 1, stop) if text.startswith(hidden, end))


def _element(text: str) -> GS1ElementString | None:
    try:
        return GS1ElementString.parse(text, config=CONFIG)
    except ParseError:
        return None


def _kind(ai: str) -> str:
    """A package carries one national number."""
    return NATIONAL[0] if ai in NATIONAL else ai


def _fields(elements: Iterable[GS1ElementString]) -> Fields:
    return {element.ai.ai: element.value for element in elements}


def _valid(fields: Fields, today: date) -> bool:
    """Do product number and expiry exist?"""
    gtin, expiry = fields.get(GTIN), fields.get(EXPIRY)
    checked = gtin is None or gs1_standard_check_digit(gtin[:-1]) == int(gtin[-1])
    return checked and (expiry is None or _day(expiry, today) is not None)


def _agreed(found: list[Fields]) -> Fields:
    """What every reading says; they may differ in what is not asked."""
    if not found:
        raise ScanUnreadable(UNREADABLE)
    if len({(fields.get(LOT), fields.get(EXPIRY), fields.get(GTIN)) for fields in found}) > 1:
        lots = " or ".join(sorted({fields[LOT] for fields in found if LOT in fields}))
        raise ScanUnreadable(
            f"A separator is missing from this scan: what belongs to the lot is not certain ({lots}). Type "
            "lot and expiry as printed, and set the scanner to send the separator (GS)."
        )
    return dict(set.intersection(*({*fields.items()} for fields in found)))


def _scan(fields: Fields, today: date) -> Scan:
    if LOT not in fields:
        raise ScanUnreadable(NO_LOT)
    expiry = fields.get(EXPIRY)
    return Scan(
        lot=fields[LOT],
        expires_on=_day(expiry, today) if expiry else None,
        gtin=fields.get(GTIN),
        serial=fields.get(SERIAL),
    )


def _day(yymmdd: str, today: date) -> date | None:
    """The day meant (day 00 is the last of its month); None where there is no such day."""
    year, month, day = _year(int(yymmdd[:2]), today.year), int(yymmdd[2:4]), int(yymmdd[4:])
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _year(of_century: int, this_year: int) -> int:
    """The year with these last two digits that lies from 49 years back to 50 ahead (GS1 7.12)."""
    year = this_year - this_year % 100 + of_century
    if year - this_year > 50:
        return year - 100
    return year + 100 if year - this_year < -49 else year
