"""Damaged and real records: always an outcome, never an error."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.fhir.outcome import BundleRefusal, BundleRefusalKind, PatientRecord
from tests.exchange.fhir.making import (
    REAL,
    example,
    read,
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths(child, (*at, key))
    elif isinstance(value, list):
        for key, child in enumerate(value):
            yield from paths(child, (*at, key))


EXAMPLE_PATHS = [path for path in paths(example()) if path]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.sampled_from(["entered-in-error", "2026-13-40", "9999-12-31T23:59:59-14:00", "\ud800", "\u0000"]),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(EXAMPLE_PATHS), JUNK), min_size=1, max_size=4))
def test_a_damaged_record_gives_an_outcome_and_never_an_error(
    damage: list[tuple[Any, Any]],
) -> None:
    value = example()
    for path, junk in damage:
        place = value
        try:
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = junk
        except (TypeError, KeyError, IndexError):
            continue
    assert isinstance(read(value), PatientRecord | BundleRefusal)


@given(st.binary(max_size=200))
def test_reading_any_bytes_gives_an_outcome_and_never_an_error(data: bytes) -> None:
    assert isinstance(read(data), PatientRecord | BundleRefusal)


@pytest.mark.skipif(not REAL.exists(), reason="the real records are not beside the repository")
def test_the_real_records_read_as_nine_people_and_two_who_died() -> None:
    found = [read(file.read_bytes()) for file in sorted(REAL.glob("*.json"))]
    taken = [one for one in found if isinstance(one, PatientRecord)]
    assert [one.kind for one in found if isinstance(one, BundleRefusal)] == [BundleRefusalKind.DECEASED] * 2
    assert len(taken) == 9
    assert all(
        sum(one.report.taken.values()) + len(one.report.left) == len(json.loads(file.read_bytes())["entry"])
        for one, file in zip(found, sorted(REAL.glob("*.json")), strict=True)
        if isinstance(one, PatientRecord)
    )
    assert any(one.report.to_read_by_a_person for one in taken)
