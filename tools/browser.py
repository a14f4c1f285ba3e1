"""Find the Chromium that the browser tests drive, or install one; prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.machine import install, note, say

NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DOWNLOADED: Final = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)


def candidates() -> Iterator[Path]:
    """Where a Chromium may be: named by AJAR_CHROMIUM, on the path, in its usual place, or downloaded."""
    if named := os.environ.get("AJAR_CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from map(Path, PLACES)
    for cache in (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"):
        for pattern in DOWNLOADED:
            yield from sorted(cache.glob(pattern), reverse=True)


def find_browser() -> Path | None:
    """The first Chromium that starts, or None."""
    return next((path for path in candidates() if starts(path)), None)


def starts(path: Path) -> bool:
    """Does it tell its version?"""
    try:
        told = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def install_browser() -> Path | None:
    """Playwright's own Chromium, or else the system's package."""
    note("No Chromium is here; installing one for the browser tests.")
    command = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode == 0 and (found := find_browser()):
        return found
    install("chromium")
    return find_browser()


def main() -> int:
    """Print the path; exit code 1 where there is none and none could be installed."""
    found = find_browser() or install_browser()
    if found is None:
        note("No Chromium could be found or installed. Install chromium, or set AJAR_CHROMIUM to its path.")
        return 1
    say(str(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
