"""Every test of the clinic may use the database; nothing it writes outlives it."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> None:
    """Open the database, inside a transaction unless the test asks for real commits."""
    if not {"live", "live_demo", "fresh_demo", "demo_data", "committed_db"} & set(request.fixturenames):
        request.getfixturevalue("db")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """Forget what the sign-in library counted in earlier tests."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A page asked for in Spanish leaves its thread in Spanish; the next test begins in English."""
    yield
    translation.activate("en")
