"""A real browser in front of the real processes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.requirements import CHROMIUM, require
from tests.stack import Stack, running_stack

QUIET = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --autoplay-policy=no-user-gesture-required"
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    require(CHROMIUM, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *QUIET.split()]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def stack(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("portal"), WEB_PROCESSES="2") as stack:
        yield stack


@pytest.fixture
def complaints() -> list[str]:
    """Collect what the browser complains of: errors, and what the CSP had to block."""
    return []


@pytest.fixture
def page(browser: Browser, stack: Stack, complaints: list[str]) -> Iterator[Page]:
    """Give a page of somebody who is not logged in."""
    context = browser.new_context(base_url=stack.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    listen(page, complaints)
    yield page
    context.close()


LEFT = ("htmx:sendAbort,", "htmx:afterRequest,")
"""What htmx says of a question whose answer comes after its page was left."""


def listen(page: Page, complaints: list[str]) -> None:
    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(LEFT):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
