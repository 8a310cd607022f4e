"""The moment of the preview: its time in the song, and the song from there, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PAGE = """<!doctype html><meta charset="utf-8"><form class="video-form">
<div class="song-choice"><input type="radio" name="song" data-duration="125" checked>
<audio></audio></div>
<input type="radio" name="clip" value="" checked><input type="radio" name="clip" value="30">
<input type="radio" name="clip" value="times"><input name="clip_from"><input name="clip_to">
<input type="range" name="at" min="0" max="100" value="40">
<p class="preview-moment" hidden data-at="{time} of {length}" data-at-hook="{time} of the hook">
<output></output>
<button type="button" data-listen="Listen" data-pause="Pause"><span></span></button>
</p></form><script type="module" src="/static/js/moment.js"></script>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://moment.test/", lambda route: route.fulfill(body=PAGE, content_type="text/html")
    )
    script = (ROOT / "static" / "js" / "moment.js").read_text()
    page.route(
        "http://moment.test/static/js/*",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto("http://moment.test/")
    page.wait_for_selector(".preview-moment:not([hidden])")
    yield page
    context.close()


def shown(page: Page) -> str:
    text = page.locator("output").inner_text()
    assert page.locator("[name=at]").get_attribute("aria-valuetext") == text
    return text


@pytest.mark.browser
def test_the_time_is_shown_and_told_and_follows_the_part_that_the_film_shows(page: Page) -> None:
    assert shown(page) == "0:50 of 2:05"
    page.locator("[name=at]").fill("80")
    assert shown(page) == "1:40 of 2:05"
    page.locator("[name=clip][value='30']").check()
    assert shown(page) == "0:24 of the hook"
    assert not page.locator("button").is_visible()  # only the server knows where the hook is
    page.locator("[name=clip][value=times]").check()
    page.locator("[name=clip_from]").fill("0:30")
    page.locator("[name=clip_to]").fill("0:50,5")
    assert shown(page) == "0:46 of 0:50"


@pytest.mark.browser
def test_the_song_plays_from_the_moment(page: Page) -> None:
    place = page.evaluate(
        """() => {
          const player = document.querySelector("audio");
          Object.defineProperty(player, "readyState", { value: 4 });
          Object.defineProperty(player, "currentTime", { writable: true });
          player.play = async () => {};
          document.querySelector("button").click();
          return player.currentTime;
        }"""
    )
    assert place == 50
