"""Fixtures: a real browser, and the real processes of the portal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.requirements import CHROMIUM, require
from tests.stack import Stack, running_stack

QUIET_FLAGS = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --autoplay-policy=no-user-gesture-required"
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    require(CHROMIUM, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *QUIET_FLAGS.split()]
        )
        yield browser
        browser.close()


# A portal for each file: what one uploads or orders is not in the lists of another
@pytest.fixture(scope="module")
def stack(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("portal"), WEB_PROCESSES="2") as stack:
        yield stack


@pytest.fixture
def console_errors() -> list[str]:
    """Collect the console's errors and warnings, with what the CSP blocked."""
    return []


@pytest.fixture
def page(browser: Browser, stack: Stack, console_errors: list[str]) -> Iterator[Page]:
    """Open a browser page without a session."""
    context = browser.new_context(base_url=stack.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    collect_console_errors(page, console_errors)
    yield page
    context.close()


# htmx logs these where a response arrives after its page was left
IGNORED_PREFIXES = ("htmx:sendAbort,", "htmx:afterRequest,")


def collect_console_errors(page: Page, console_errors: list[str]) -> None:
    def collect_message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(IGNORED_PREFIXES):
            console_errors.append(message.text)

    page.on("console", collect_message)
    page.on("pageerror", lambda error: console_errors.append(str(error)))
