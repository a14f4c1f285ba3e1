"""The order in Chromium: the rails speak while the dose is typed, at phone and desktop width."""

from playwright.sync_api import Page, expect

from tests.support.browser import CheckPage
from tests.support.live import Live

PRESCRIBER = "Imran Vale"


def test_the_rails_speak_while_a_dose_is_typed(live_demo: Live, at_width: Page, axe: CheckPage) -> None:
    page = at_width
    page.goto(f"{live_demo.url}/demo/")
    page.get_by_role("button", name=PRESCRIBER).click()
    page.goto(f"{live_demo.url}/patients/?q=Maria")
    page.get_by_role("link", name="Maria Núñez").first.click()
    page.get_by_role("link", name="Plan", exact=True).click()
    axe(page)
    page.locator("a[href*='/order/KETAMINE_IV_INDUCTION/']").click()
    page.get_by_label("Dose", exact=True).fill("0.6")
    expect(page.locator("#rails-brief")).to_contain_text("at most 0.5 mg/kg", timeout=20_000)
    expect(page.locator("#rails")).to_contain_text("Cannot be ordered.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
