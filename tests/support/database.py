"""Databases: real commits, threads, and the guard of what is never changed while tests are cleaned away."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from ajar.clinic.ledger.engines import GUARDED, guard, unguard

T = TypeVar("T")
Together = Callable[[int, Callable[[int], T]], list[T | Exception]]


@pytest.fixture
def _guarded_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put the ledger's guard back, after the tables were emptied."""
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for table in GUARDED:
            unguard(editor, table=table)
            guard(editor, table=table)


@pytest.fixture
def committed_db(_guarded_again: None, transactional_db: None) -> Iterator[None]:
    """Real commits, which other connections and threads see.

    The ledger and its like refuse the DELETE or TRUNCATE that empties the tables afterwards, so their guard
    is lifted for that moment.
    """
    yield
    with connection.schema_editor() as editor:
        for table in GUARDED:
            unguard(editor, table=table)


@pytest.fixture
def together() -> Together[T]:
    """`together(50, attempt)` runs attempt(0) … attempt(49) at one moment, each on its own connection.

    Returns, in order, what each returned or raised.
    """

    def run(count: int, attempt: Callable[[int], T]) -> list[T | Exception]:
        start = Barrier(count)

        def one(number: int) -> T | Exception:
            start.wait()
            try:
                return attempt(number)
            except Exception as refused:
                return refused
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run
