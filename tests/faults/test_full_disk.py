"""HAZ: the disk takes nothing more. The system refuses every byte that the server writes to a file.

(On a disk that is merely full SQLite writes on inside its files for a while; this is the moment after.)
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def takes_nothing(live: Live) -> Iterator[None]:
    """As on a full disk: what is there can be read, and nothing more is written."""
    assert live.process is not None
    whole = resource.prlimit(live.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(live.process.pid, resource.RLIMIT_FSIZE, (0, whole[1]))
    try:
        yield
    finally:
        resource.prlimit(live.process.pid, resource.RLIMIT_FSIZE, whole)


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-36")
def test_a_full_disk_is_said_on_every_board_and_loses_nothing_that_was_acknowledged_or_typed(
    live: Live, page: Page
) -> None:
    running = running_session(live)
    replay = Replay(live, running.bed)
    replay.start()
    board = page.context.new_page()
    open_page(board, live, running, "/board/north/")
    open_page(page, live, running, f"/encounters/{running.encounter}/")
    with takes_nothing(live):
        lost = board.locator("[data-lost]")
        expect(lost).to_contain_text("Nothing can be recorded", timeout=SOON_MS)
        expect(board.locator("[data-live-state]")).to_contain_text("Nothing can be recorded")
        told = len(replay.acknowledged)
        unsaved = press_nausea(page)
        assert len(replay.acknowledged) == told, "something was acknowledged that could not be kept"
    expect(lost).to_be_hidden(timeout=SOON_MS)
    expect(unsaved).to_be_hidden(timeout=SOON_MS)
    assert_all_is_kept_once(live, replay, page, running)
