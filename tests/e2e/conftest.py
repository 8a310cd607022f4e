"""Fixtures: a real browser, and the real processes of the portal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright
from selenium.webdriver import Remote

from tests.audit.audited_page import AuditedPage
from tests.browsers.firefox import launched_firefox
from tests.browsers.tab import PlaywrightTab, Tab, WebDriverTab
from tests.browsers.webkit import launched_webkit
from tests.mail_server import MailServer
from tests.pairwise import at_night
from tests.requirements import (
    FIREFOX,
    HEADLESS_CHROMIUM,
    MINIBROWSER,
    WEBKIT_DRIVER,
    XVFB,
    require,
)
from tests.stack import PEOPLE, Stack, running_stack

QUIET_FLAGS = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --autoplay-policy=no-user-gesture-required "
    "--in-process-gpu"  # without a GPU, its process only costs time
)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def launched_chromium(playwright: Playwright, program: str) -> Iterator[Browser]:
    require(program, "Chromium")
    flags = ["--no-sandbox", "--disable-gpu", *QUIET_FLAGS.split()]
    with playwright.chromium.launch(executable_path=program, args=flags) as browser:
        yield browser


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched_chromium(playwright, HEADLESS_CHROMIUM) as browser:
        yield browser


@pytest.fixture(scope="package")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    require(FIREFOX, "Firefox")
    with launched_firefox(playwright) as browser:
        yield browser


@pytest.fixture(scope="package")
def webkit() -> Iterator[Remote]:
    require(WEBKIT_DRIVER and MINIBROWSER, "WebKitGTK (webkit2gtk-driver)")
    require(XVFB, "Xvfb")
    with launched_webkit() as driver:
        yield driver


@pytest.fixture(scope="module", params=["chromium", "firefox", *at_night(["webkit"])])
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """Open a page without a session, in each browser in turn."""
    if request.param == "webkit":
        driver = request.getfixturevalue("webkit")
        driver.delete_all_cookies()
        yield WebDriverTab(driver)
        return
    browser = request.getfixturevalue({"chromium": "browser", "firefox": "firefox"}[request.param])
    with browser.new_context() as context:
        yield PlaywrightTab(context.new_page())


@pytest.fixture(scope="package")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="package")
def portal(mail_server: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Yield one portal for all files, because its start takes as long as most tests."""
    environment = {"EMAIL_URL": mail_server.url, "SIGNUP": "open", "WEB_PROCESSES": "2"}
    environment["REAUTHENTICATION_MINUTES"] = "600"  # it serves for longer than the usual ones
    with running_stack(tmp_path_factory.mktemp("portal"), **environment) as stack:
        stack.seed("add_people", "add_collector")
        yield stack


@pytest.fixture(scope="package")
def emails() -> Iterator[str]:
    """Return the addresses of people who have a short song each."""
    return iter(PEOPLE)


# A person for each file: what one uploads or orders is not in the lists of another
@pytest.fixture(scope="module")
def stack(portal: Stack, emails: Iterator[str]) -> Stack:
    portal.account = next(emails)
    return portal


@pytest.fixture(scope="package")
def share_page(portal: Stack) -> str:
    """Return the address of the share page of a film with lyrics, a minute long."""
    return portal.url + portal.seed("add_film").strip()


@pytest.fixture(scope="package")
def pages(portal: Stack) -> list[AuditedPage]:
    """Return every kind of page of a person who has made and shared films."""
    return [AuditedPage(**values) for values in json.loads(portal.seed("add_audited_pages"))]


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


expect.set_options(timeout=15_000)  # milliseconds, for a busy machine

# htmx logs these where a response arrives after its page was left
IGNORED_PREFIXES = ("htmx:sendAbort,", "htmx:afterRequest,")


def collect_console_errors(page: Page, console_errors: list[str]) -> None:
    def collect_message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(IGNORED_PREFIXES):
            console_errors.append(message.text)

    page.on("console", collect_message)
    page.on("pageerror", lambda error: console_errors.append(str(error)))
