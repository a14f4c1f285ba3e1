"""HAZ: the database is restarted under a running server (PostgreSQL, in a cluster of this test's own)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults.replaying import (
    SOON_MS,
    Replay,
    assert_all_is_kept_once,
    open_page,
    press_nausea,
    running_session,
)
from tests.support.live import Live
from tools.postgres import DURABLE, Cluster, cluster


@pytest.fixture
def postgres() -> Iterator[Cluster]:
    """A cluster that keeps what it committed."""
    with cluster(DURABLE) as made:
        yield made


@pytest.fixture
def live_on_postgres(postgres: Cluster, tmp_path: Path) -> Iterator[Live]:
    """A started server with an empty clinic, on that cluster."""
    server = Live(data_dir=tmp_path, demo=False, database_url=postgres.url)
    server.start()
    yield server
    server.stop()


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-36")
def test_a_database_that_goes_away_is_said_on_every_board_and_loses_nothing(
    live_on_postgres: Live, postgres: Cluster, page: Page
) -> None:
    live = live_on_postgres
    running = running_session(live)
    replay = Replay(live, running.bed)
    replay.start()
    board = page.context.new_page()
    open_page(board, live, running, "/board/north/")
    open_page(page, live, running, f"/encounters/{running.encounter}/")
    postgres.stop()
    lost = board.locator("[data-lost]")
    expect(lost).to_contain_text("Nothing can be recorded", timeout=SOON_MS)
    told = len(replay.acknowledged)
    unsaved = press_nausea(page)
    another = page.context.new_page()
    another.goto(f"{live.url}/board/north/")
    expect(another.get_by_role("heading", level=1)).to_have_text("Nothing can be recorded right now")
    assert len(replay.acknowledged) == told, "something was acknowledged without a database"
    postgres.start()
    expect(lost).to_be_hidden(timeout=SOON_MS)
    expect(board.locator("[data-live-state]")).to_have_text("Live", timeout=SOON_MS)
    expect(unsaved).to_be_hidden(timeout=SOON_MS)
    assert_all_is_kept_once(live, replay, page, running)
