"""The expected session and course in Chromium, at phone and desktop width."""

from playwright.sync_api import Page, expect

from tests.support.browser import CheckPage
from tests.support.live import Live

PRESCRIBER = "Imran Vale"


def test_the_plan_brings_what_to_expect(live_demo: Live, at_width: Page, axe: CheckPage) -> None:
    page = at_width
    page.goto(f"{live_demo.url}/demo/")
    page.get_by_role("button", name=PRESCRIBER).click()
    page.goto(f"{live_demo.url}/patients/?q=Lena")
    page.get_by_role("link", name="Lena Novak").first.click()
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", name="The expected session")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("heading", name="The expected course")).to_be_visible()
    expect(page.get_by_text("A forecast is not a measured value")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for summary in page.locator("#expected summary").all():
        summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
