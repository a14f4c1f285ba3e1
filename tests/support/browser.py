"""Chromium for the browser tests, and axe for what it shows."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tools.browser import find_browser

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}

CheckPage = Callable[[Page], None]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine, kept from calling home. Absence is an error, never a skip."""
    found = find_browser()
    if found is None:
        raise RuntimeError("No Chromium was found; `python -m tools.browser` installs one.")
    return browser_type_launch_args | {"executable_path": str(found), "args": list(QUIET)}


@pytest.fixture(params=["phone", "desktop"])
def at_width(request: pytest.FixtureRequest, page: Page) -> Page:
    """A page at phone and then at desktop width."""
    size = PHONE if request.param == "phone" else DESKTOP
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    return page


@pytest.fixture(scope="session")
def axe() -> CheckPage:
    """`axe(page)` fails with what axe finds, in words."""
    engine = Axe()

    def check(page: Page) -> None:
        found = engine.run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check
