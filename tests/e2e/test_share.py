"""The share page in a real browser: the lit line can be seen, the link copied, a password given."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import collect_console_errors
from tests.e2e.log_ins import log_in
from tests.pairwise import one_in
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SCREENS = {"phone": (390, 844), "lying": (844, 390), "laptop": (1280, 720), "desk": (1440, 900)}

# The film is inside the window, and the middle of the lit line is on top of everything
IN_SIGHT = """() => {
    const film = document.querySelector("video").getBoundingClientRect();
    const line = document.querySelector("[aria-current]");
    if (!line) return "no line is lit";
    const box = line.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const header = document.querySelector(".site-header").offsetHeight;
    const isFilmSeen = film.top >= header - 1 && film.bottom <= innerHeight + 1;
    if (!isFilmSeen) return `film at ${film.top}-${film.bottom}`;
    if (!line.contains(top)) return `line at ${box.top}-${box.bottom}`;
    return "";
}"""
SEEK = """async (line) => {
    const film = document.querySelector("video");
    const lines = [...document.querySelectorAll(".lyrics-line")];
    film.muted = true;
    film.currentTime = Number(lines.at(line).dataset.start) + 0.2;
    await film.play();
}"""


@pytest.fixture
def visitor(browser: Browser, share_page: str, console_errors: list[str]) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    collect_console_errors(page, console_errors)
    page.goto(share_page)
    yield page
    context.close()
    assert not console_errors


def expect_in_sight(page: Page, screen: str) -> None:
    reasons: list[str] = []

    def is_in_sight() -> bool:
        reasons.append(page.evaluate(IN_SIGHT))
        return not reasons[-1]

    wait_for(is_in_sight, 10, lambda: f"{screen}: {reasons[-1]}")


@pytest.mark.parametrize("format", one_in(2, ["16:9", "1:1", "9:16"]))
def test_the_film_and_the_line_that_is_sung_stay_in_sight(visitor: Page, format: str):
    visitor.evaluate("format => document.querySelector('.share').dataset.format = format", format)
    for screen, (width, height) in SCREENS.items():
        visitor.set_viewport_size({"width": width, "height": height})
        for line in (0, 4, -2, 2):
            visitor.evaluate(SEEK, line)
            expect_in_sight(visitor, f"{screen}, line {line}")
        assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen

        # a tap on the last line, far below, after a scroll by hand
        visitor.mouse.move(width / 2, height - 40)
        visitor.mouse.wheel(0, 5000)
        visitor.locator(".lyrics-line button").last.click()
        expect_in_sight(visitor, f"{screen}, tap")
        wait_for(
            lambda: not visitor.evaluate("document.querySelector('video').paused"), 5, "Paused"
        )


def test_a_scroll_by_hand_rests_the_page_for_a_while(visitor: Page):
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.evaluate(SEEK, 8)
    expect_in_sight(visitor, "before")
    visitor.mouse.move(200, 700)
    visitor.mouse.wheel(0, -3000)
    visitor.evaluate(SEEK, 9)
    visitor.wait_for_timeout(1500)
    assert visitor.evaluate("scrollY") == 0
    expect_in_sight(visitor, "after")


WITHOUT_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})"


def test_the_link_is_copied_without_a_clipboard_api(visitor: Page, share_page: str):
    visitor.context.add_init_script(WITHOUT_CLIPBOARD)  # as over http on a local network
    visitor.reload()
    button = visitor.get_by_role("button", name="Copy link")
    button.click()
    expect(visitor.get_by_role("button", name="Copied")).to_be_visible()
    visitor.evaluate(
        "document.querySelector('main').append(document.createElement('textarea'));"
        "document.querySelector('main > textarea').focus()"
    )
    visitor.keyboard.press("Control+V")
    assert visitor.locator("main > textarea").input_value() == share_page

    visitor.reload()
    visitor.evaluate("document.execCommand = () => false")
    visitor.get_by_role("button", name="Copy link").click()
    expect(visitor.locator(".copy-text")).to_be_visible()
    selected = "document.activeElement.value.slice(0, document.activeElement.selectionEnd)"
    assert visitor.evaluate(selected) == share_page


def test_a_password_and_an_end_are_set_and_hold(
    browser: Browser, visitor: Page, portal: Stack, share_page: str, monkeypatch
):
    monkeypatch.setattr(portal, "account", "demo@example.com")
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    log_in(page, portal)
    page.goto(share_page)
    page.get_by_role("link", name="Manage").click()
    page.locator("input[name=visibility][value=password]").check()
    password = page.locator("#video-password").input_value()
    page.get_by_role("button", name="In a day").click()
    audience = page.locator("#audience")
    expect(audience).to_contain_text("the link and the password can watch it now. It ends:")
    expect(page.locator("#video-password")).to_have_value(password)  # still to be copied
    expect(page.get_by_role("button", name="Copy link and password")).to_be_visible()
    expect(page.locator("#end-moment")).not_to_have_value("")
    moment = page.locator("#end-moment").input_value()
    page.locator("#end-moment").press("Enter")  # the same moment, in the zone of this browser
    expect(page.locator("#end-moment")).to_have_value(moment)

    visitor.goto(f"{share_page}?t=1")
    assert visitor.locator("video").count() == 0
    visitor.get_by_label("Password").fill("wrong password")
    visitor.get_by_role("button", name="Open the video").click()
    expect(visitor.get_by_text("This is not the password of this video.")).to_be_visible()
    visitor.get_by_label("Password").fill(f" {password} ")
    visitor.get_by_role("button", name="Open the video").click()
    expect(visitor.locator("video")).to_be_visible()
    assert visitor.url == f"{share_page}?t=1"
    wait_for(lambda: visitor.evaluate("document.querySelector('video').readyState") > 1, 10, "Film")

    page.locator("#own-password").fill("another one")
    page.locator("#own-password").press("Enter")
    expect(page.locator("#video-password")).to_have_value("another one")
    visitor.reload()
    expect(visitor.get_by_label("Password")).to_be_visible()
    page.locator("input[name=visibility][value=unlisted]").check()
    expect(audience).to_contain_text("Everybody with the link can watch it now.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
