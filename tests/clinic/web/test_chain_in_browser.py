"""The picture of the chain in Chromium: by keyboard, without scripts, and looked at by axe."""

from playwright.sync_api import Browser, Page, expect

from tests.support.browser import CheckPage
from tests.support.live import Live


def test_the_picture_changes_by_keyboard_and_keeps_its_place(
    live: Live, at_width: Page, axe: CheckPage
) -> None:
    page = at_width
    page.goto(f"{live.url}/how-it-works/")
    page.locator("#form-spray").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#form-spray")).to_have_attribute("aria-current", "true")
    expect(page.locator("#form-spray")).to_be_focused()
    page.locator("#span-weeks").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Default mode network")).to_be_visible()
    assert "form=spray" in page.url
    axe(page)
    for summary in page.locator("#chain summary").all():
        summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_each_choice_is_a_page(live: Live, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live.url}/how-it-works/")
    page.locator("#form-lozenge").click()
    page.locator("#dose-100").click()
    expect(page.get_by_role("status")).to_contain_text("Lozenge, 100 mg.")
    context.close()


def test_an_old_link_to_a_choice_still_shows_it(live: Live, page: Page) -> None:
    page.goto(f"{live.url}/how-it-works/?form=drip&dose=one&span=weeks")
    expect(page.locator("#dose-one")).to_have_attribute("aria-current", "true")
    expect(page.locator("#span-weeks")).to_have_attribute("aria-current", "true")
