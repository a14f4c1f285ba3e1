"""HL7 moments: zones, clock changes, and what is no moment."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.hl7v2.moments import NotAMoment, read_moment, write_moment, zone_of

NEW_YORK = ZoneInfo("America/New_York")
NEAR = datetime(2026, 11, 1, 6, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("202603021415", datetime(2026, 3, 2, 19, 15, tzinfo=UTC)),
        ("20260302141530", datetime(2026, 3, 2, 19, 15, 30, tzinfo=UTC)),
        ("20260302141530.25", datetime(2026, 3, 2, 19, 15, 30, 250000, tzinfo=UTC)),
        (
            "20260302141530.1234567+0530",
            datetime(2026, 3, 2, 8, 45, 30, 123456, tzinfo=UTC),
        ),
        ("202603021415-0500", datetime(2026, 3, 2, 19, 15, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_to_what_it_says(text: str, expected: datetime) -> None:
    assert read_moment(text, zone=NEW_YORK, near=NEAR) == expected


@pytest.mark.parametrize(("near", "expected_hour"), [(NEAR.replace(hour=5), 5), (NEAR.replace(hour=6), 6)])
def test_in_the_repeated_hour_the_moment_nearer_to_now_is_meant(near: datetime, expected_hour: int) -> None:
    assert read_moment("20261101013500", zone=NEW_YORK, near=near).hour == expected_hour


@pytest.mark.parametrize(
    "text",
    ["", "2026", "20260302", "2026030214", "20260230141500", "20260302241500", "202603021415.5",
     "20260302141500-05", "20260302141500+2400", "20260302141500-0560", "now", "00010101000000+2300"],
)  # fmt: skip
def test_what_does_not_say_a_moment_to_the_minute_is_refused(text: str) -> None:
    with pytest.raises(NotAMoment):
        read_moment(text, zone=NEW_YORK, near=NEAR)


def test_a_zone_is_found_only_where_one_is_stated() -> None:
    assert zone_of("20260302141500-0500") == timezone(timedelta(hours=-5))
    assert zone_of("20260302141500") is None
    assert zone_of("yesterday") is None
    assert zone_of("20260302141500-9900") is None


@given(
    st.datetimes(
        min_value=datetime(1990, 1, 1),
        max_value=datetime(2100, 1, 1),
        timezones=st.sampled_from([UTC, NEW_YORK, ZoneInfo("Asia/Kolkata")]),
    )
)
def test_a_written_moment_reads_back_to_the_millisecond(moment: datetime) -> None:
    back = read_moment(write_moment(moment), zone=UTC, near=NEAR)
    assert abs(back - moment.astimezone(UTC)) < timedelta(milliseconds=1)
