"""What a scanner types is read as the package says it; a lot that a person types is left alone."""

import string
from contextlib import suppress
from datetime import date

import pytest
from biip.checksums import gs1_standard_check_digit
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.exchange.gs1 import (
    CAPITALS,
    LONGEST_LOT,
    LONGEST_SCAN,
    NO_LOT,
    UNREADABLE,
    Scan,
    ScanUnreadable,
    read_scan,
)

TODAY = date(2026, 11, 28)
END_OF_NOVEMBER = date(2027, 11, 30)
PRODUCT = "00350458028027"
GTIN = f"01{PRODUCT}"
FIELDS = f"{GTIN}1727113010AB123"
READ = Scan(gtin=PRODUCT, expires_on=END_OF_NOVEMBER, lot="AB123")
WITH_SERIAL = Scan(gtin=PRODUCT, expires_on=END_OF_NOVEMBER, lot="AB123", serial="XYZ")


ALL_DIGITS = [f"{number:0{length}d}" for length in (1, 6, 13, 16, 20) for number in (0, 1, 10_17_21)]


TYPED = ["", "AB12345", "LOT-7", "24K118", "17AB", "1727113010AB123", "0117", "(7)AB", "]", "A|B", "Ä1"]
NEARLY = [
    GTIN,
    f"{GTIN}17",
    "01003504580280281017",
    "0100350458028027XYZ",
    "20261128:1234567@4 of the pharmacy",
]


@pytest.mark.parametrize("typed", [*TYPED, *NEARLY, *ALL_DIGITS])
def test_a_lot_that_a_person_types_is_no_scan(typed: str) -> None:
    assert read_scan(typed, today=TODAY) is None


@pytest.mark.parametrize("before", ["", "]d2", "]C1", "\x1d", "]d2\x1d", "  "])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (FIELDS, READ),
        (f"{GTIN}10AB123|17271130", READ),
        (f"(01){PRODUCT} (17)271130 (10)AB123", READ),
        (f"(10)AB123(17)271100(01){PRODUCT}", READ),
        (f"{GTIN}1727110010AB123", READ),
        (f"{GTIN}1126010117271130712ES1|10AB123", READ),
        (f"(01){PRODUCT}(17)271130(10)AB123(21)XYZ", WITH_SERIAL),
        (f"{GTIN}10AB123", Scan(gtin=PRODUCT, lot="AB123")),
        (f"{GTIN}17280200100123456789", Scan(gtin=PRODUCT, expires_on=date(2028, 2, 29), lot="0123456789")),
    ],
)
def test_a_scan_says_product_lot_and_expiry(before: str, fields: str, expected: Scan) -> None:
    assert read_scan(before + fields, today=TODAY) == expected


@pytest.mark.parametrize(
    "separator",
    [
        "\x1d",
        "\x1e",
        "<GS>",
        "<gs>",
        "{GS}",
        "[GS]",
        "<FNC1>",
        r"\x1d",
        r"\u001d",
        "^]",
        "␝",
        *"|~^#@$`{}[]\\ ",
    ],
)
def test_every_separator_that_scanners_type_ends_a_field(separator: str) -> None:
    assert read_scan(f"{FIELDS}{separator}21XYZ", today=TODAY) == WITH_SERIAL
    serial_first = f"{GTIN}21XYZ{separator}1727113010AB123{separator}"
    assert read_scan(serial_first, today=TODAY) == WITH_SERIAL


@pytest.mark.parametrize(
    ("typed", "lots"),
    [
        (f"{FIELDS}21XYZ", "AB123 or AB12321XYZ"),
        (f"{GTIN}17271130107102112345", "710 or 7102112345"),
        (f"{GTIN}10AB12317271130", "AB123 or AB123172 or AB12317271130"),
        (f"{GTIN}10AB123712ES1", "AB123 or AB123712ES1"),
        (f"{GTIN}21XY1727113010AB", "(AB)"),
    ],
)
def test_where_a_separator_was_dropped_no_lot_is_guessed(typed: str, lots: str) -> None:
    with pytest.raises(ScanUnreadable, match="A separator is missing") as refused:
        read_scan(typed, today=TODAY)
    assert lots in str(refused.value)


def test_a_dropped_separator_does_not_matter_where_only_one_reading_is_possible() -> None:
    long_serial = "S" * LONGEST_LOT
    both = Scan(gtin=PRODUCT, expires_on=END_OF_NOVEMBER, lot="AB123", serial=long_serial)
    assert read_scan(f"{GTIN}21{long_serial}1727113010AB123", today=TODAY) == both
    assert read_scan(f"{FIELDS}21{long_serial}", today=TODAY) == both
    serial_open = f"{GTIN}1727113010{'L' * LONGEST_LOT}21AB712ES"
    assert read_scan(serial_open, today=TODAY) == Scan(
        gtin=PRODUCT, expires_on=END_OF_NOVEMBER, lot="L" * LONGEST_LOT
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("]d2", NO_LOT),
        (f"]C1{GTIN}", NO_LOT),
        (f"{GTIN}17271130", NO_LOT),
        ("]E00350458028027", NO_LOT),
        ("]A0AB123", NO_LOT),
        (f"]D2{FIELDS}", CAPITALS),
        (f"]c1{FIELDS}", CAPITALS),
        (f"{GTIN[:-1]}81727113010AB123", UNREADABLE),
        (f"(01)0{PRODUCT[:-1]}(10)AB123", UNREADABLE),
        (f"{GTIN}1727134510AB123", UNREADABLE),
        (f"{GTIN}1727022910AB123", UNREADABLE),
        (f"{GTIN}1727003010AB123", UNREADABLE),
        (f"{FIELDS}|10CD", UNREADABLE),
        (f"{FIELDS}|0012", UNREADABLE),
        ("]d205AB", UNREADABLE),
        (f"]d2{FIELDS}Ä", UNREADABLE),
        (f"{GTIN}10{'A' * (LONGEST_LOT + 1)}", UNREADABLE),
        (f"{FIELDS}|{'91' + 'A' * 80}|21{'B' * LONGEST_SCAN}", UNREADABLE),
    ],
)
def test_a_scan_that_does_not_say_it_is_refused_in_words(typed: str, why: str) -> None:
    with pytest.raises(ScanUnreadable) as refused:
        read_scan(typed, today=TODAY)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("of_century", "this_year", "year"),
    [
        (27, 2026, 2027),
        (76, 2026, 2076),
        (77, 2026, 1977),
        (99, 2026, 1999),
        (1, 2099, 2101),
        (0, 2050, 2100),
    ],
)
def test_the_year_is_the_nearest_with_its_last_digits(of_century: int, this_year: int, year: int) -> None:
    scan = read_scan(f"(17){of_century:02d}0131(10)A", today=date(this_year, 6, 1))
    assert scan == Scan(lot="A", expires_on=date(year, 1, 31))


@pytest.mark.parametrize(
    ("gtin", "ndc"),
    [(PRODUCT, "5045802802"), ("50350458028022", "5045802802"), ("07032069804988", None), (None, None)],
)
def test_a_us_drug_code_is_found_in_the_product_number(gtin: str | None, ndc: str | None) -> None:
    assert Scan(lot="A", gtin=gtin).ndc == ndc


VALUES = st.text(string.ascii_letters + string.digits + "-./_+", min_size=1, max_size=LONGEST_LOT)
PACKAGES = st.builds(
    lambda digits, **said: Scan(gtin=f"{digits}{gs1_standard_check_digit(digits)}", **said),
    digits=st.text(string.digits, min_size=13, max_size=13),
    lot=VALUES,
    expires_on=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    serial=VALUES,
)


@given(
    package=PACKAGES,
    separator=st.sampled_from(["\x1d", "|", "<GS>", "^]"]),
    before=st.sampled_from(["", "]d2"]),
)
def test_what_is_encoded_is_read_again_however_it_is_marked(
    package: Scan, separator: str, before: str
) -> None:
    expiry = f"{package.expires_on:%y%m%d}"
    fields = {"01": package.gtin, "17": expiry, "10": package.lot, "21": package.serial}
    raw = "".join(f"{ai}{value}{separator if ai in {'10', '21'} else ''}" for ai, value in fields.items())
    assert read_scan(before + raw, today=TODAY) == package
    assert read_scan("".join(f"({ai}){value}" for ai, value in fields.items()), today=TODAY) == package
    for lot in (package.lot, package.serial):
        assert lot is not None
        assert len(lot) > 17 or read_scan(lot, today=TODAY) is None


@given(package=PACKAGES)
def test_without_separators_the_truth_is_read_or_nothing(package: Scan) -> None:
    """Serial first is how many packages are printed; the separator after it is gone."""
    raw = f"01{package.gtin}21{package.serial}17{package.expires_on:%y%m%d}10{package.lot}"
    try:
        read = read_scan(raw, today=TODAY)
    except ScanUnreadable:
        return
    assert read == package


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_whatever_is_typed_there_is_a_lot_or_none_or_a_refusal(typed: str) -> None:
    for before in ("", "]d2", "(01)", GTIN, f"{GTIN}10"):
        with suppress(ScanUnreadable):
            read = read_scan(before + typed, today=TODAY)
            assert read is None or read.lot
