"""What every test may ask for. The fixtures live in tests/support/, one file a subject."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.support.database",
    "tests.support.people",
    "tests.support.live",
    "tests.support.browser",
]

settings.register_profile(
    "ajar", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("few", settings.get_profile("ajar"), max_examples=15)
settings.load_profile(os.environ.get("AJAR_HYPOTHESIS", "ajar"))

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def fixtures_dir() -> Path:
    """Small hand-made recordings, bundles and messages."""
    return HERE / "fixtures"


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """Records made by others, beside the checkout. Skips, and says so, where they are not."""
    found = HERE.parents[1] / "shared" / "real"
    if not found.is_dir():
        pytest.skip("../shared/real is not here: the records made by others are not exercised")
    return found


DATABASE_FIXTURES = frozenset({"_database", "db", "transactional_db", "committed_db"})
ONE_DATABASE = frozenset({"test_access_matrix.py"})
"""A thousand tests of who may see what: that is asked of the policy, and every database answers alike."""
SERVERS = frozenset({"live", "live_demo", "fresh_demo", "demo_data", "page", "browser"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses this process's database; a real server brings a database of its own."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & DATABASE_FIXTURES and not asked & SERVERS and item.path.name not in ONE_DATABASE:
            item.add_marker(pytest.mark.service)
