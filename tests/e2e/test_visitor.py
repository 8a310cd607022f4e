"""A visitor on a telephone: from the front page to a film, in another language, to a report."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.audit.audited_page import AuditedPage
from tests.e2e.conftest import collect_console_errors
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
IS_PLAYING = "() => { const v = document.querySelector('video'); return v.currentTime > 0.2; }"
PLAY = "() => document.querySelector('video').play()"


def test_from_the_front_page_to_a_report_that_its_owner_reads(
    browser: Browser, portal: Stack, pages: list[AuditedPage], console_errors: list[str]
):
    paths = {page.name: page.path for page in pages}
    context = browser.new_context(
        base_url=portal.url, viewport={"width": 390, "height": 844}, locale="en-GB"
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
    page.locator("textarea[name=note]").fill("An advertisement from 0:10 on")
    page.locator("main form [type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()

    account = next(each.account for each in pages if each.name == "video")
    session = {"name": "sessionid", "value": portal.session_of(account), "url": portal.url}
    context.add_cookies([session])
    page.goto(paths["video"])
    expect(page.locator(".reports")).to_contain_text("An advertisement from 0:10 on")
    assert not console_errors
    context.close()
