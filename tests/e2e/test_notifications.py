"""A notification of the browser tells who looks away that videos are ready."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.log_ins import log_in
from tests.requirements import require
from tests.stack import Creator, Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.nightly]

# Chromium without windows has no notifications
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
RENDER_TIMEOUT = 90_000  # milliseconds for a film of a short song, on a busy machine
# What the browser shows besides is its own business
RECORD_NOTIFICATIONS = """
window.notifications = [];
window.Notification = class extends Notification {
    constructor(title, options) {
        super(title, options);
        notifications.push(title);
    }
};
"""


@pytest.fixture
def page(playwright: Playwright, stack: Stack) -> Iterator[Page]:
    require(CHROMIUM, "Chromium with windows")
    arguments = ["--no-sandbox", "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    context = browser.new_context(base_url=stack.url, permissions=["notifications"])
    context.add_init_script(RECORD_NOTIFICATIONS)
    yield context.new_page()
    browser.close()


def look_away(page: Page) -> None:
    """Leave a page for another tab, which browsers that are driven do not notice by themselves."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    page.context.new_page().bring_to_front()
    assert not page.evaluate("document.hasFocus()")


@pytest.mark.parametrize("is_on", [True, False])
def test_the_browser_tells_where_somebody_switched_that_on(page: Page, stack: Stack, is_on: bool):
    creator = Creator(stack)
    creator.order()
    log_in(page, stack)
    button = page.get_by_role("button", name="Tell me when it is ready")
    expect(button).to_be_visible()
    if is_on:
        button.click()
        expect(page.get_by_role("button", name="This browser tells you")).to_be_visible()
    look_away(page)
    expect(page).to_have_title(
        "✓ Your videos are ready. · Library · Suno Portal", timeout=RENDER_TIMEOUT
    )
    assert page.evaluate("notifications") == ["Your videos are ready."] * is_on
