"""The measurements."""

import platform
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections
from django.utils import timezone
from playwright.sync_api import sync_playwright

from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.staff.authors import device_author
from ajar.pathway.ledger.entry import NewEntry, Source
from ajar.pathway.observations.vitals import TakenBy, VitalsMeasured
from benchmarks.figures import spread_ms
from benchmarks.floor import Floor, RunningSession, open_floor
from benchmarks.server import Monitors, Serving, serving
from tools.browser import find_browser

SESSIONS: Final = 20
SECONDS: Final = 30.0
APPENDS: Final = 1000
WRITERS: Final = 8


def measure_all(_: Path) -> list[str]:
    """Everything, as lines."""
    report = [f"database: {connection.vendor}, python {platform.python_version()}, {platform.machine()}"]
    floor = open_floor(SESSIONS)
    report.append(f"appends, one writer:     {appends_per_s(floor, writers=1):7.0f} /s")
    report.append(f"appends, {WRITERS} writers:     {appends_per_s(floor, writers=WRITERS):8.0f} /s")
    connections.close_all()
    with serving() as server, Monitors(sessions=floor.sessions, port=server.mllp_port) as monitors:
        board = board_page_s(floor, server)
        arrival = arrival_to_browser_s(floor, server, monitors)
    report.append(f"board page, {SESSIONS} sessions at 1/s:        {spread_ms(board)}")
    report.append(f"reading sent to acknowledged:        {spread_ms(monitors.acknowledged_s)}")
    report.append(f"reading sent to seen in a browser:   {spread_ms(arrival)}")
    return report


def appends_per_s(floor: Floor, *, writers: int) -> float:
    """Readings appended a second, each in a transaction of its own, over `writers` threads."""
    share = APPENDS // writers
    threads = [
        threading.Thread(target=_append_many, args=(floor.sessions[n % SESSIONS], share))
        for n in range(writers)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return share * writers / (time.perf_counter() - begun)


def _append_many(session: RunningSession, count: int) -> None:
    author = device_author("bench")
    for number in range(count):
        now = timezone.now()
        vitals = VitalsMeasured(heart_rate_bpm=60 + number % 40, taken_by=TakenBy.MONITOR, device_id="bench")
        new = NewEntry(
            payload=vitals, happened_at=now, encounter_id=session.encounter_id, source=Source.DEVICE
        )
        append([new], patient_id=session.patient.pk, expected=ANYWHERE, by=author, now=now)
    connections.close_all()


def board_page_s(floor: Floor, server: Serving) -> list[float]:
    """How long the board's page takes, asked for five times a second while monitors send."""
    address = f"{server.url}/board/{floor.site.slug}/"
    request = urllib.request.Request(address, headers={"Cookie": f"ajar-session={floor.cookie}"})
    taken: list[float] = []
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        begun = time.perf_counter()
        with urllib.request.urlopen(request, timeout=20) as page:
            page.read()
        taken.append(time.perf_counter() - begun)
        time.sleep(max(0.2 - taken[-1], 0.0))
    return taken


WATCH: Final = """
() => {
  window.seen = [];
  const note = (node) => {
    const tile = node.closest && node.closest('[data-encounter]');
    if (!tile) return;
    const value = tile.querySelector('[data-signal="heart_rate_bpm"] [data-text]');
    if (value) window.seen.push([tile.dataset.encounter, parseInt(value.textContent, 10), Date.now()]);
  };
  new MutationObserver((changes) => changes.forEach((change) =>
    note(change.target.nodeType === 1 ? change.target : change.target.parentElement)
  )).observe(document.body, {subtree: true, childList: true, characterData: true});
}
"""


def arrival_to_browser_s(floor: Floor, server: Serving, monitors: Monitors) -> list[float]:
    """From the moment a monitor sends a heart rate to the moment it stands in an open board."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        context = browser.new_context()
        context.add_cookies([{"name": "ajar-session", "value": floor.cookie, "url": server.url}])
        page = context.new_page()
        page.goto(f"{server.url}/board/{floor.site.slug}/")
        page.evaluate(WATCH)
        page.wait_for_timeout(SECONDS * 1000)
        seen: list[Any] = page.evaluate("window.seen")
        browser.close()
    return _matched(seen, monitors)


def _matched(seen: list[Any], monitors: Monitors) -> list[float]:
    """Each first sight of a value against the moment that value was sent."""
    first: dict[tuple[str, int], float] = {}
    for encounter, rate, at_ms in seen:
        key = (encounter, rate)
        sent = monitors.sent_at_s.get(key)
        if sent is not None and at_ms / 1000 >= sent and key not in first:
            first[key] = at_ms / 1000 - sent
    return list(first.values())
