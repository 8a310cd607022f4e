"""A visitor: from the front page to a film, in another language, to a report; in every browser."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.audit.audited_page import PASSWORD, AuditedPage
from tests.browsers.tab import Tab
from tests.e2e.conftest import collect_console_errors
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
IS_PLAYING = "() => { const v = document.querySelector('video'); return v.currentTime > 0.2; }"
PLAY = "() => document.querySelector('video').play()"
TEXT = "selector => document.querySelector(selector)?.innerText ?? ''"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
SCREENS = [(390, 844), (1440, 900)]


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_from_the_front_page_to_a_report_that_its_owner_reads(
    browser: Browser,
    portal: Stack,
    pages: list[AuditedPage],
    console_errors: list[str],
    width: int,
    height: int,
):
    paths = {page.name: page.path for page in pages}
    context = browser.new_context(
        base_url=portal.url, viewport={"width": width, "height": height}, locale="en-GB"
    )
    page = context.new_page()
    collect_console_errors(page, console_errors)
    page.goto("/")
    page.evaluate(PLAY)
    wait_for(lambda: page.evaluate(IS_PLAYING), 20, "The film of the front page does not play")
    page.locator(".showcase .card-title a").first.click()
    expect(page.locator("h1.share-title")).to_be_visible()

    page.goto(paths["share"])
    with page.expect_response("**/view/page/") as counted:
        page.evaluate(PLAY)
    assert counted.value.status == 204
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("More by")
    page.locator(".back-link").click()
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator(f"a[href='{paths['report']}']").click()
    expect(page.locator("h1")).to_have_text(re.compile("[А-я]"))
    page.locator("input[name=reason][value=spam]").check()
    page.locator("textarea[name=note]").fill(f"An advertisement, {width} wide")
    page.locator("main form [type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()

    account = next(each.account for each in pages if each.name == "video")
    session = {"name": "sessionid", "value": portal.session_of(account), "url": portal.url}
    context.add_cookies([session])
    page.goto(paths["video"])
    expect(page.locator(".reports")).to_contain_text(f"An advertisement, {width} wide")
    assert not console_errors
    context.close()


def expect_to_fit(tab: Tab) -> None:
    """Nothing scrolls sideways, on a telephone and on a desk."""
    for width, height in SCREENS:
        tab.resize(width, height)
        wait_for(lambda: tab.run(FITS), 5, f"With {width} pixels the page scrolls sideways")


def test_a_password_opens_its_video_in_every_browser(
    tab: Tab, portal: Stack, pages: list[AuditedPage]
):
    path = next(page.path for page in pages if page.name == "password")
    tab.open(f"{portal.url}{path}?lang=en")
    expect_to_fit(tab)
    tab.press("#id_password", "wrong")
    tab.click("main form [type=submit]")
    wait_for(lambda: "not the password" in tab.run(TEXT, "main"), 20, "Nothing is refused")
    assert tab.run("() => document.querySelector('video')") is None
    tab.press("#id_password", PASSWORD)
    tab.click("main form [type=submit]")
    wait_for(lambda: tab.run(TEXT, ".share-title"), 20, "The password does not open it")


@pytest.mark.parametrize("name", ["share", "embed, lyrics"])
def test_lyrics_beside_a_film_are_buttons_in_every_browser(
    tab: Tab, portal: Stack, pages: list[AuditedPage], name: str
):
    path = next(page.path for page in pages if page.name == name)
    tab.open(portal.url + path)
    lines = "() => document.querySelectorAll('.lyrics-line button').length"
    wait_for(lambda: tab.run(lines) > 3, 20, "There are no lyrics to click")
    expect_to_fit(tab)


def test_the_other_videos_of_an_author_are_listed_in_every_browser(
    tab: Tab, portal: Stack, pages: list[AuditedPage]
):
    path = next(page.path for page in pages if page.name == "more")
    tab.open(f"{portal.url}{path}?lang=en")
    assert tab.run(TEXT, "h1").startswith("More by")
    assert tab.run("() => document.querySelectorAll('.card').length") > 5
    expect_to_fit(tab)


def test_a_report_is_sent_in_every_browser(tab: Tab, portal: Stack, pages: list[AuditedPage]):
    path = next(page.path for page in pages if page.name == "report")
    tab.open(f"{portal.url}{path}?lang=en")
    expect_to_fit(tab)
    tab.click("input[name=reason][value=other]")
    tab.press("textarea[name=note]", "A note")
    tab.click("main form [type=submit]")
    wait_for(lambda: tab.run(TEXT, "[role=status]"), 20, "The report is not sent")
