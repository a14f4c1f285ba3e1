"""Public pages and styleguide in Chromium: axe finds nothing, nothing scrolls sideways, themes hold."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import CheckPage
from tests.support.live import Live

ADDRESSES = ("/", "/how-it-works/", "/styleguide/")
WIDTHS_PX = (360, 820, 1280)
THEMES = ("light", "dark", "contrast")


def fits(page: Page) -> bool:
    """Does the page stay within its window?"""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_every_page_in_every_width_and_light(live: Live, browser: Browser, axe: CheckPage) -> None:
    for theme in THEMES:
        context = browser.new_context()
        context.add_cookies([{"name": "ajar-theme", "value": theme, "url": live.url}])
        page = context.new_page()
        for address in ADDRESSES:
            page.goto(live.url + address)
            axe(page)
            for width_px in WIDTHS_PX:
                page.set_viewport_size({"width": width_px, "height": 800})
                assert fits(page), f"{address} scrolls sideways at {width_px} px"
        context.close()


def test_the_content_policy_stops_nothing_of_ours(live: Live, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in ADDRESSES:
        page.goto(live.url + address)
    assert complaints == []


def test_a_finger_always_has_44_px(live: Live, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ADDRESSES:
        page.goto(live.url + address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, .strip a, select, summary, .answer")]
                .filter((one) => one.checkVisibility())
                .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
                .filter(([, height]) => height < 43.5)"""
        )
        assert small == []


def test_keys_type_a_number(live: Live, page: Page) -> None:
    page.goto(f"{live.url}/styleguide/")
    keys = page.get_by_role("group", name="Keys for Systolic")
    keys.get_by_role("button", name="Clear").click()
    for digit in "128":
        keys.get_by_role("button", name=digit, exact=True).click()
    keys.get_by_role("button", name="Delete the last digit").click()
    expect(page.get_by_label("Systolic", exact=True)).to_have_value("12")


@pytest.mark.parametrize("minutes", [6, 130])
def test_ages_go_on_by_themselves(live: Live, page: Page, minutes: int) -> None:
    page.clock.install()
    page.goto(f"{live.url}/styleguide/")
    fresh = page.locator("time[data-age]").first
    expect(fresh).to_have_text("6 min ago")
    page.clock.fast_forward(minutes * 60_000)
    expected = "12 min ago" if minutes == 6 else "2 h 16 min ago"
    expect(fresh).to_have_text(expected)
