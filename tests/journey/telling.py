"""One journey: its clinic, the people with their browsers, and what every page must stand."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journey.clinic import Clinic

PICTURES = os.environ.get("AJAR_JOURNEY_PICTURES", "")
"""Where to keep a picture of every page, if anybody wants to look at them."""

REFUSALS = ("status of 422", "status of 409", "status of 410")
"""What Chromium says of its own accord when a form is refused, or a link has been used."""

OVERHANG_PX = "page => page.scrollWidth - page.clientWidth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What differs between the two products on their way through the clinic."""

    product: str
    link: str
    sessions: int
    dose: str
    stays_min: int
    asks_rems: bool


INFUSION = Treatment(
    product="ketamine_iv", link="Ketamine infusion", sessions=6, dose="35 mg", stays_min=85, asks_rems=False
)
SPRAY = Treatment(
    product="esketamine_in", link="Esketamine", sessions=8, dose="56 mg", stays_min=130, asks_rems=True
)


@dataclass(kw_only=True)
class Journey:
    """The story so far. `known` holds what later steps need: the record number, addresses."""

    clinic: Clinic
    browser: Browser
    size: ViewportSize
    treatment: Treatment
    axe: Callable[[Page], None]
    known: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _pages: dict[str, Page] = field(default_factory=dict)
    _seen: int = 0

    def page(self, person: str = "") -> Page:
        """The browser of somebody who works here, signed in; of a visitor without a name."""
        if person not in self._pages:
            self._pages[person] = self._open(person)
        return self._pages[person]

    def _open(self, person: str) -> Page:
        context: BrowserContext = self.browser.new_context(viewport=self.size, base_url=self.clinic.url)
        context.set_default_timeout(8_000)
        context.clock.install(time=self.clinic.now)
        page = context.new_page()
        page.on("console", lambda said: self._complain(page, said.text))
        page.on("pageerror", lambda error: self._complain(page, str(error)))
        if person:
            page.goto("/demo/")
            page.get_by_role("button", name=person).click()
        return page

    def _complain(self, page: Page, text: str) -> None:
        if not any(refusal in text for refusal in REFUSALS):
            self.complaints.append(f"{page.url}: {text}")

    def look(self, page: Page, name: str) -> None:
        """The page as it stands: axe finds nothing, nothing scrolls sideways, nothing complained."""
        self.glance(page, name)
        self.axe(page)

    def glance(self, page: Page, name: str) -> None:
        """As `look`, without axe: for a page of which axe has seen another state."""
        self._seen += 1
        if PICTURES:
            width = self.size["width"]
            page.screenshot(path=Path(PICTURES) / f"{width}-{self._seen:02d}-{name}.png", full_page=True)
        page.wait_for_load_state()  # after a click, the next page may still be on its way
        assert page.locator("html").evaluate(OVERHANG_PX) <= 0, (
            f"{page.url} scrolls sideways at {self.size['width']} px"
        )
        assert self.complaints == [], self.complaints

    def leave(self, *people: str) -> None:
        """These people close their browsers (everybody, if nobody is named)."""
        for person in people or list(self._pages):
            self._pages.pop(person).context.close()
