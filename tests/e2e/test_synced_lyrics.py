"""The lines of lyrics on a page while a song plays, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
LINES = (
    ("Night over town", 0, 5, ""),
    ("Yö yllä kaupungin", 0, 5, ""),
    ("Hear my voice", 5, 8, ""),
    ("From far away", 28, 32, ""),
    ("guessed", 40, 44, "data-guessed"),
)
ITEMS = "".join(
    f'<li class="lyrics-line" data-start="{start}" data-end="{end}" {flag}><span>{text}</span>'
    for text, start, end, flag in LINES
)
WORDS = """<li class="lyrics-line" data-start="50" data-end="54"><span><span
    data-word-start="50">Sing </span><span data-word-start="51.5">along</span></span>"""
PAGE = f"""<!doctype html><meta charset="utf-8"><audio id="player"></audio>
<ol class="lyrics" data-lyrics-player="player">{ITEMS}{WORDS}</ol>
<script type="module" src="/static/js/synced_lyrics.js"></script>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of these lines with our scripts."""
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://lyrics.test/", lambda route: route.fulfill(body=PAGE, content_type="text/html")
    )
    page.route(
        "http://lyrics.test/static/js/*",
        lambda route: route.fulfill(
            path=SCRIPTS / route.request.url.rpartition("/")[2], content_type="text/javascript"
        ),
    )
    page.goto("http://lyrics.test/")
    page.wait_for_selector(".lyrics-line button")
    yield page
    context.close()


def lit_lines(page: Page, time: float) -> list[str]:
    """Return the lines that are lit when the song is at ``time`` seconds."""
    return page.evaluate(
        """(time) => {
          const player = document.getElementById("player");
          Object.defineProperty(player, "currentTime", { value: time, configurable: true });
          player.dispatchEvent(new Event("timeupdate"));
          return [...document.querySelectorAll("[aria-current]")].map((line) => line.innerText);
        }""",
        time,
    )


@pytest.mark.browser
def test_lines_are_lit_while_they_are_sung_and_no_longer(page: Page) -> None:
    assert lit_lines(page, 0) == []
    assert lit_lines(page, 1) == ["Night over town", "Yö yllä kaupungin"]
    assert lit_lines(page, 6) == ["Hear my voice"]
    assert lit_lines(page, 12) == []
    assert lit_lines(page, 29) == ["From far away"]
    assert lit_lines(page, 35) == []
    assert lit_lines(page, 41) == []  # its time is guessed
    assert lit_lines(page, 3) == ["Night over town", "Yö yllä kaupungin"]


@pytest.mark.browser
def test_words_are_lit_one_after_the_other_within_their_line(page: Page) -> None:
    def lit_words(time: float) -> list[str]:
        assert lit_lines(page, time) == (["Sing along"] if 50 <= time < 54 else [])
        return page.locator("[data-sung]").all_inner_texts()

    assert lit_words(49) == []
    assert lit_words(50.5) == ["Sing "]
    assert lit_words(52) == ["Sing ", "along"]
    assert lit_words(50.5) == ["Sing "]
    assert lit_words(55) == []
