"""SAFETY.md and the tests agree: each hazard has a test that carries its number, and each number a hazard."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = sorted(set(re.findall(r"^\| (HAZ-\d{2}) \|", (ROOT / "SAFETY.md").read_text(), re.MULTILINE)))
MARK = re.compile(r"mark\.hazard\(([^)]*)\)")


def carried() -> set[str]:
    sources = (path.read_text() for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    return {
        number for text in sources for mark in MARK.findall(text) for number in re.findall(r"HAZ-\d{2}", mark)
    }


CARRIED = carried()


@pytest.mark.parametrize("number", LISTED)
def test_a_hazard_is_shown_to_be_guarded(number):
    assert number in CARRIED, f'No test carries @pytest.mark.hazard("{number}").'


def test_no_test_names_a_hazard_that_safety_does_not_list():
    assert LISTED
    assert not CARRIED - set(LISTED)
