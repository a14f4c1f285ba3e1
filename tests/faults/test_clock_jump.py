"""HAZ: the clock of the machine that serves is moved by an hour in the middle of a session."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults.replaying import SOON_MS, Replay, open_page, recorded, running_session
from tests.support.live import Live
from tests.support.people import PIN

HOUR_S = 3600.0
DOSE_AGO_MIN = 70.0


@dataclass(kw_only=True)
class Movable(Live):
    """A server whose machine's clock can be moved."""

    @property
    def program(self) -> list[str]:
        """The command, beside a clock that is read from a file."""
        return [sys.executable, "-m", "tests.faults.movable", str(self.said)]

    @property
    def said(self) -> Path:
        """Where it is said by how much the clock is off."""
        return self.data_dir / "clock-off-by"

    def move(self, by_s: float) -> None:
        """Set the machine's clock to be off by so much."""
        self.said.write_text(f"{by_s}")


@pytest.fixture
def movable(tmp_path: Path) -> Iterator[Movable]:
    """A started server with an empty clinic, and its clock right."""
    server = Movable(data_dir=tmp_path, demo=False)
    server.move(0.0)
    server.start()
    yield server
    server.stop()


@pytest.mark.hazard("HAZ-37")
def test_an_hour_forward_ends_no_stay_early_and_an_hour_back_hides_nothing(
    movable: Movable, page: Page
) -> None:
    running = running_session(movable, product="esketamine_in", dose_ago_min=DOSE_AGO_MIN)
    replay = Replay(movable, running.bed)
    replay.start()
    open_page(page, movable, running, "/board/north/")
    troubles, clock = page.locator("[data-troubles]"), page.locator("[data-clock-from]").first
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN))

    movable.move(HOUR_S)
    expect(troubles).to_contain_text("60 min ahead", timeout=SOON_MS)
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN))
    page.reload()
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN))
    page.goto(f"{movable.url}/encounters/{running.encounter}/discharge/")
    expect(page.locator("main")).to_contain_text(re.compile(r"\b(4[5-9]|5[0-9]) min to go"))

    movable.stop()
    movable.start()  # and it is not forgotten
    page.goto(f"{movable.url}/board/north/")
    expect(troubles).to_contain_text("60 min ahead", timeout=SOON_MS)
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN))

    movable.move(0.0)  # set right
    expect(troubles).to_have_text("", timeout=SOON_MS)

    movable.move(-HOUR_S)
    expect(troubles).to_contain_text("60 min behind", timeout=SOON_MS)
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN))
    replay.end()
    assert recorded(movable) == replay.references

    page.get_by_role("link", name="Compare the two").click()
    page.get_by_label("Your signing PIN").fill(PIN)
    page.get_by_role("button", name="The machine's clock is right").click()
    expect(page.get_by_text("said that it is right")).to_be_visible()
    expect(clock).to_have_text(minutes(DOSE_AGO_MIN - 60))


def minutes(since: float) -> re.Pattern[str]:
    """The clock of a tile, a minute or two later."""
    shown = [timedelta(minutes=since + later) for later in range(4)]
    return re.compile("|".join(f"{str(one)[:-3]}" for one in shown))
