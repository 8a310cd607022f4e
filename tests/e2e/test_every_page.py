"""Every kind of page in a real browser: axe finds nothing, nothing is cut off, nothing jumps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright
from playwright.sync_api import Page as Tab

from tests.audit import page_checks
from tests.audit.audited_page import AuditedPage
from tests.e2e.conftest import launched_chromium
from tests.pairwise import at_night
from tests.requirements import CHROMIUM, require
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]
LANGUAGES = ("en", "ru", "zh-hans")
MAX_REQUESTS = 70  # of a page on a development machine, where styles and scripts are many files
MAX_PICTURES = {"library": 400_000, "New video": 250_000}  # bytes
MAX_SHIFT = 0.05  # fonts come late on a busy machine; Lighthouse begins to count at 0.1
FINISH_TRANSITIONS = """() => document.getAnimations().forEach(
    (each) => each instanceof CSSTransition && each.finish())"""
TEXT_TWICE_AS_LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Yield the Chromium that people have: its layout is measured to the pixel."""
    with launched_chromium(playwright, CHROMIUM) as browser:
        yield browser


@pytest.fixture(scope="module")
def tabs(chromium: Browser, portal: Stack, pages: list[AuditedPage]) -> Iterator[dict[str, Tab]]:
    """Return a tab for each account that opens a page, "" for visitors."""
    contexts: dict[str, BrowserContext] = {}
    for account in dict.fromkeys(page.account for page in pages):
        context = chromium.new_context(
            base_url=portal.url,
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
        )
        context.add_init_script(page_checks.OBSERVE)
        if account:
            cookie = {"name": "sessionid", "value": portal.session_of(account), "url": portal.url}
            context.add_cookies([cookie])
        contexts[account] = context
    yield {account: context.new_page() for account, context in contexts.items()}
    for context in contexts.values():
        context.close()


def faults_of(tab: Tab, page: AuditedPage, language: str) -> Iterator[str]:
    """Open a page and yield what is wrong with it."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(color_scheme="light", media="screen")
    response = tab.goto(page.in_language(language), wait_until="load")
    assert response
    if response.status != page.status:
        yield f"it answers {response.status}"
    yield from page_checks.axe_violations(tab)
    loaded = page_checks.weight(tab)
    has_own_frame = not page.path.startswith("/admin/")  # Django's sidebar opens by a script
    if loaded["requests"] > MAX_REQUESTS or (has_own_frame and loaded["shift"] > MAX_SHIFT):
        yield f"it loads {loaded}"
    if loaded["pictures"] > MAX_PICTURES.get(page.name, loaded["pictures"]):
        yield f"its pictures are too large: {loaded}"
    if page_checks.moving_parts(tab):
        yield "it moves although the visitor wants no motion"
    tab.emulate_media(color_scheme="dark")
    tab.evaluate(FINISH_TRANSITIONS)  # colours on their way have no contrast that counts
    yield from page_checks.axe_violations(tab, "color-contrast")
    for screen, width, script in (
        ("with 320 pixels", 320, ""),
        ("with large letters", 1280, TEXT_TWICE_AS_LARGE),
    ):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate(script)
        yield from (f"{screen}: {text}" for text in page_checks.cut_off(tab))
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 700, "height": 900})
    yield from (f"printed: {text}" for text in page_checks.cut_off(tab))


# Each page in one of the languages, and at night in the others
@pytest.mark.parametrize("turn", [0, *at_night([1, 2])])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    tabs: dict[str, Tab], pages: list[AuditedPage], turn: int
):
    require(page_checks.AXE.exists(), "axe-core (make lint installs it)")
    faults = [
        f"{page.name} ({language}): {fault}"
        for number, page in enumerate(pages)
        for language in [LANGUAGES[(number + turn) % len(LANGUAGES)]]
        for fault in faults_of(tabs[page.account], page, language)
    ]
    assert len(pages) > 30
    assert not faults, "\n".join(faults)
