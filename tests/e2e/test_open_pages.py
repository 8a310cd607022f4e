"""Pages that are open while a session ends, a network is lost, or a server in front refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, Response, Route, expect

from tests.e2e.log_ins import fill_in_log_in, log_in, log_in_by_form
from tests.e2e.test_preview import PREVIEW_TIMEOUT, image_source
from tests.stack import Creator, Stack, wait_for
from videos import demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]
ENDED = "Your session has ended."


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


@contextmanager
def answered(page: Page, address: str, status: int) -> Iterator[None]:
    """Let a server in front of the portal answer requests for ``address``; 0 cuts them off."""

    def answer(route: Route) -> None:
        route.fulfill(status=status, body="<h1>nginx</h1>") if status else route.abort()

    page.route(address, answer)
    yield
    page.unroute(address)


def test_a_session_that_ends_loses_nothing_that_was_typed(page: Page, stack: Stack):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-image")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    frame = image_source(page)
    end_session(page)
    page.get_by_label("Author").fill("Anna Nyström")
    page.locator("input[name=look][value=orbit]").check()
    banner = page.locator("#session-banner")
    expect(banner).to_contain_text(ENDED)
    page.get_by_role("textbox", name="Domain name").fill("anna.example")
    assert image_source(page) == frame
    expect(page.get_by_label("Password")).to_have_count(0)
    banner.get_by_role("link").click()
    expect(page).to_have_url(f"{stack.url}/accounts/login/?next=%2Fvideos%2Fnew%2F")
    fill_in_log_in(page, stack)
    expect(page).to_have_url(f"{stack.url}/videos/new/")
    expect(page.get_by_label("Author")).to_have_value("Anna Nyström")
    expect(page.get_by_role("textbox", name="Domain name")).to_have_value("anna.example")
    expect(page.locator("input[name=look][value=orbit]")).to_be_checked()
    expect(page.locator(".preview")).to_have_attribute("data-look", "orbit")
    expect(page.locator("#video-draft")).to_be_visible()

    # a whole form that is sent without a session
    end_session(page)
    page.get_by_label("Author").fill("Bo Ek")
    page.get_by_role("button", name="Make the video").click()
    fill_in_log_in(page, stack)
    expect(page).to_have_url(f"{stack.url}/videos/new/")
    expect(page.get_by_label("Author")).to_have_value("Bo Ek")
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("Author")).not_to_have_value("Bo Ek")
    expect(page.locator("#video-draft")).to_be_hidden()


def test_what_one_person_typed_is_not_given_to_another(page: Page, stack: Stack):
    log_in(page, stack)
    page.goto("/account/")
    page.locator("main input[type=text]").first.fill("A secret")
    end_session(page)
    page.get_by_role("button", name="Save").first.click()
    assert "A secret" in page.evaluate("JSON.stringify(sessionStorage)")
    fill_in_log_in(page, stack, "admin@example.com")
    expect(page).to_have_url(f"{stack.url}/account/")
    expect(page.locator("main input[type=text]").first).not_to_have_value("A secret")
    stored = "JSON.stringify(sessionStorage)"  # polling it in the page needs eval: CSP
    wait_for(lambda: "A secret" not in page.evaluate(stored), 10, "The draft is still there")


def test_the_library_keeps_its_cards_its_address_and_its_peace(page: Page, stack: Stack):
    log_in(page, stack)
    Creator(stack).order()
    page.clock.install()
    page.goto("/videos/")
    cards = page.locator("#cards .card")
    count = cards.count()
    with answered(page, "**/videos/*", 0):
        page.get_by_role("searchbox").fill("Lantern")
        page.clock.run_for(1000)
        expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
        expect(cards).to_have_count(count)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile("/videos/.*q=Lantern"))

    end_session(page)
    page.get_by_role("searchbox").fill("Let")
    page.clock.run_for(1000)
    expect(page.locator("#session-banner")).to_contain_text(ENDED)
    expect(page).to_have_url(re.compile("/videos/.*q=Lantern"))
    expect(cards.first).to_be_visible()
    page.wait_for_timeout(2000)  # for what was on its way
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.clock.run_for(60_000)
    assert requests == []
    expect(page.locator("#session-banner")).to_be_visible()

    # a log-in in another tab brings the page back to life
    other = page.context.new_page()
    log_in_by_form(other, stack)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("searchbox").fill("")
    page.clock.run_for(1000)
    expect(page.locator("#session-banner")).to_be_hidden()


def test_an_answer_from_before_the_end_of_a_session_does_not_hide_it(page: Page, stack: Stack):
    log_in(page, stack)
    page.clock.install()
    Creator(stack).order()
    late: list[tuple[Route, APIResponse]] = []
    page.goto("/videos/")
    page.route("**/videos/", lambda route: late.append((route, route.fetch())))
    page.clock.run_for(6_000)
    wait_for(lambda: page.wait_for_timeout(50) or late, 10, "The cards are not polled")
    end_session(page)
    page.get_by_role("searchbox").fill("Let")
    page.clock.run_for(1000)
    banner = page.locator("#session-banner")
    expect(banner).to_contain_text(ENDED)
    for route, response in late:
        assert response.ok
        with page.expect_response(route.request.url):
            route.fulfill(response=response)
    page.wait_for_timeout(300)
    expect(banner).to_be_visible()


def check_private(page: Page) -> None:
    expect(page.locator("input[name=visibility]:checked")).to_have_value("private")
    expect(page.locator("#share-url")).to_have_count(0)


def test_who_may_watch_never_shows_what_is_not_stored(page: Page, stack: Stack):
    video = Creator(stack).order()
    log_in(page, stack)
    page.goto(video)
    unlisted = page.locator("input[name=visibility][value=unlisted]")
    alert = page.locator("#sharing [role=alert]")

    page.context.set_offline(True)
    unlisted.dispatch_event("click")
    expect(alert).to_contain_text("Not saved. This site cannot be reached")
    check_private(page)
    page.context.set_offline(False)
    alert.get_by_role("button", name="Try again").click()
    expect(page.locator("#share-url")).to_be_visible()
    expect(unlisted).to_be_checked()
    expect(alert).to_have_count(0)
    page.locator("input[name=visibility][value=private]").check()
    expect(page.locator("#share-url")).to_have_count(0)

    for status, sentence in (
        (500, "went wrong"),
        (403, "too old"),
        (404, "not exist"),
        (418, "did not work"),
    ):
        with answered(page, "**/visibility/", status):
            unlisted.dispatch_event("click")
            expect(alert).to_contain_text(sentence)
            expect(alert).to_contain_text("Not saved.")
            check_private(page)

    # the token of a log-in in another tab is as good as the page's own
    other = page.context.new_page()
    end_session(page)
    log_in_by_form(other, stack)
    unlisted.check()
    expect(page.locator("#share-url")).to_be_visible()
    page.reload()
    expect(unlisted).to_be_checked()

    # without any token, nothing is saved, and the page says so
    page.context.clear_cookies(name="csrftoken")
    page.locator("input[name=visibility][value=public]").dispatch_event("click")
    expect(alert).to_contain_text("Not saved. This page is too old")
    expect(unlisted).to_be_checked()
    alert.get_by_role("button", name="Load the page again").click()
    expect(unlisted).to_be_checked()
    end_session(page)
    page.locator("input[name=visibility][value=public]").dispatch_event("click")
    expect(alert).to_contain_text(f"Not saved. {ENDED}")
    expect(unlisted).to_be_checked()


def test_an_answer_that_was_lost_is_looked_up(page: Page, stack: Stack):
    video = Creator(stack).order()
    log_in(page, stack)
    page.clock.install()
    page.goto(video)

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/visibility/", lose_answer)
    page.locator("input[name=visibility][value=public]").dispatch_event("click")
    expect(page.locator("#sharing [role=alert]")).to_contain_text("Not saved.")
    page.clock.run_for(5_000)
    expect(page.locator("input[name=visibility]:checked")).to_have_value("public")
    expect(page.locator("#sharing [role=alert]")).to_have_count(0)
    expect(page.locator("#share-url")).to_be_visible()


def is_status(response: Response) -> bool:
    return "/status/" in response.url and response.ok


def test_a_status_page_says_when_it_may_be_old(page: Page, stack: Stack):
    log_in(page, stack)
    page.clock.install()
    alert = page.locator(".detail-main [role=alert]")
    with answered(page, "**/status/**", 502):
        page.goto(Creator(stack).order())
        page.clock.run_for(2_000)
        expect(alert).to_contain_text("may be old")
    with page.expect_response(is_status):
        page.clock.run_for(10_000)  # it polls again
    expect(alert).to_have_count(0)


def test_a_log_in_in_a_second_tab_leads_on(page: Page, stack: Stack, context_pair: list[Page]):
    first, second = context_pair
    for tab in (first, second):
        tab.goto("/accounts/login/?next=/songs/")
    fill_in_log_in(first, stack)
    expect(first).to_have_url(f"{stack.url}/songs/")
    fill_in_log_in(second, stack)
    expect(second).to_have_url(f"{stack.url}/songs/")


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def context_pair(request, page: Page, stack: Stack) -> Iterator[list[Page]]:
    browser = page.context.browser
    assert browser
    context: BrowserContext = browser.new_context(
        base_url=stack.url, java_script_enabled=request.param
    )
    yield [context.new_page(), context.new_page()]
    context.close()


REASONS = {
    403: "too old",
    413: r"refuses files of this size \(\d",
    429: "Wait a few minutes",
    500: "went wrong on our side",
    502: "Look into Songs",
    504: "Look into Songs",
    404: "refused this upload",
}


def test_an_upload_that_fails_says_why(page: Page, stack: Stack):
    log_in(page, stack)
    page.goto("/songs/new/")
    page.locator("input[name=audio]").set_input_files(demo.AUDIO)
    page.locator("input[name=title]").fill("Still here")
    status = page.locator(".upload-status")
    upload = page.get_by_role("main").get_by_role("button", name="Upload")
    for code, sentence in REASONS.items():
        with answered(page, "**/songs/new/", code):
            upload.click()
            expect(status).to_contain_text(re.compile(sentence))
    with answered(page, "**/songs/new/", 403):
        upload.click()
        expect(status).to_contain_text("too old")
    status.get_by_role("link").click()
    expect(page.locator("#draft-notice")).to_be_visible()
    expect(page.locator("input[name=title]")).to_have_value("Still here")
    page.locator("input[name=audio]").set_input_files(demo.AUDIO)
    with answered(page, "**/songs/new/", 0):
        upload.click()
        expect(status).to_contain_text("send it again")
        upload.click()
        expect(status).to_contain_text("may refuse files of this size")
    page.context.set_offline(True)
    upload.click()
    expect(status).to_contain_text("You are offline")
    page.context.set_offline(False)

    end_session(page)
    upload.click()
    expect(status).to_contain_text(ENDED)
    with page.context.expect_page() as new_tab:
        status.get_by_role("link").click()
    fill_in_log_in(new_tab.value, stack)
    expect(new_tab.value).to_have_url(f"{stack.url}/videos/")
    expect(page.locator("input[name=title]")).to_have_value("Still here")
    upload.click()
    page.wait_for_url("**/videos/new/?song=*")


def test_scripts_that_others_import_run_once(page: Page, stack: Stack):
    log_in(page, stack)
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url))
    page.goto("/videos/")
    names = [re.sub(r"(\.[0-9a-f]{12})?\.js$", "", each) for each in scripts if "/js/" in each]
    assert len(names) == len(set(names)) > 8
