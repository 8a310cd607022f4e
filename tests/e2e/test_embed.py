"""The player in a frame of another site, in every browser; and the dialog that gives its code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Request

from tests.browsers.tab import PlaywrightTab, Tab
from tests.other_site import other_site, write_blog
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MAX_BYTES = 60_000  # of a page that stands in others

# WebKitGTK has no decoders on most machines, and stands still at a film
with_films = pytest.mark.parametrize("tab", ["chromium", "firefox"], indirect=True)

STATE = """() => {
    const film = document.querySelector("video");
    return [film.readyState > 0, film.currentTime, film.textTracks[0].mode];
}"""


PLAY = "film => { film.muted = true; return film.play(); }"


@pytest.fixture(scope="module")
def blog(share_page: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a plain HTML file with the player."""
    folder: Path = tmp_path_factory.mktemp("site")
    write_blog(folder, f"{share_page}embed/?t=20&lyrics=1")
    with other_site(folder) as address:
        yield address


@pytest.fixture(scope="module")
def vendors_film(portal: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the share page of a film that only its vendor has, which is another site."""
    path = portal.seed("add_film").strip()
    with other_site(settings.BASE_DIR / "static" / "film", "127.0.0.3") as vendor:
        portal.execute(
            "UPDATE videos_video SET provider = 'kie', film = '', vendor_url = ? WHERE slug = ?",
            f"{vendor}lanterns.mp4",
            path.split("/")[2],
        )
        yield portal.url + path


@with_films
def test_another_sites_page_shows_the_player(tab: PlaywrightTab, blog: str):
    tab.open(blog)
    player = tab.page.frame_locator("iframe").locator("video")
    player.wait_for()  # a browser that refuses the frame shows a page of its own there
    wait_for(lambda: player.evaluate("film => film.readyState") > 0, 20, "No film in the frame")
    assert player.evaluate("film => film.currentTime") == 20


@with_films
def test_a_film_that_only_its_vendor_has_plays_from_there(
    tab: PlaywrightTab, vendors_film: str, tmp_path: Path
):
    tab.open(vendors_film)
    assert "The film plays from kie.ai" in tab.page.locator(".share-vendor").inner_text()
    write_blog(tmp_path, f"{vendors_film}embed/")
    with other_site(tmp_path) as blog:
        on_page = tab.page.locator("video")
        on_page.evaluate(PLAY)
        wait_for(lambda: on_page.evaluate("film => film.currentTime") > 0.2, 20, "It stands still")
        tab.open(blog)
        in_frame = tab.page.frame_locator("iframe").locator("video")
        in_frame.evaluate(PLAY)
        wait_for(lambda: in_frame.evaluate("film => film.currentTime") > 0.2, 20, "No film there")


@with_films
def test_the_player_starts_where_the_link_says_with_captions_off(tab: Tab, share_page: str):
    tab.open(f"{share_page}embed/?t=20&lyrics=1")
    wait_for(lambda: tab.run(STATE)[0], 20, "The film has no metadata")
    wait_for(lambda: tab.run(STATE)[1] == 20, 10, lambda: str(tab.run(STATE)))
    assert tab.run(STATE)[2] == "disabled"
    assert tab.run("() => document.querySelectorAll('.lyrics-line button').length") > 3
    assert tab.run("() => document.documentElement.scrollWidth <= innerWidth")


@with_films
def test_keys_play_the_film_wherever_the_focus_is(tab: Tab, share_page: str):
    tab.open(f"{share_page}#t=1m")
    state = "() => { const v = document.querySelector('video'); return [v.currentTime, v.muted]; }"
    wait_for(lambda: tab.run(state)[0] == 60, 20, lambda: str(tab.run(state)))
    press = """(...keys) => keys.forEach((key) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
    tab.run(press, "ArrowRight", "ArrowRight", "ArrowLeft", "m")
    wait_for(lambda: tab.run(state) == [65, True], 10, lambda: str(tab.run(state)))
    captions = "() => document.querySelector('video').textTracks[0].mode"
    tab.run(press, "c")
    assert tab.run(captions) == "showing"
    cues = "() => document.querySelector('video').textTracks[0].cues?.length ?? 0"
    wait_for(lambda: tab.run(cues) > 3, 10, "The captions do not load")
    tab.run(press, "C", "?")
    assert tab.run(captions) == "disabled"
    assert tab.run("() => document.getElementById('keys-dialog').matches(':popover-open')")
    tab.run("() => document.getElementById('keys-enabled').click()")
    tab.run(press, "m")
    assert tab.run(state)[1] is True
    tab.run("() => document.getElementById('keys-enabled').click()")


@with_films
def test_the_dialog_writes_the_moment_and_the_size_into_link_and_code(tab: Tab, share_page: str):
    tab.open(f"{share_page}?t=20")
    moment = "() => document.querySelector('video').currentTime"
    wait_for(lambda: tab.run(moment) == 20, 20, "The film does not start there")
    tab.click(".share-text [popovertarget=share-dialog]")
    values = "() => ['share-link', 'embed-code'].map((id) => document.getElementById(id).value)"
    link, code = tab.run(values)
    assert link == share_page
    assert f'src="{share_page}embed/"' in code
    assert 'width="640" height="360"' in code
    tab.click("#share-at-time")
    choose = """() => {
        const size = document.getElementById("embed-size");
        size.selectedIndex = 0;
        size.dispatchEvent(new Event("change"));
    }"""
    tab.run(choose)
    link, code = tab.run(values)
    assert link == f"{share_page}?t=20"
    assert f'src="{share_page}embed/?t=20"' in code
    assert 'width="480" height="270"' in code


def test_the_player_is_light_before_its_film(
    page: Page, share_page: str, console_errors: list[str]
):
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: size_of(request)}))
    page.goto(f"{share_page}embed/?lyrics=1&theme=dark")
    page.wait_for_load_state("networkidle")
    files = {url: size for url, size in sizes.items() if "/video.mp4" not in url}
    assert any(url.endswith("synced_lyrics.js") for url in files)
    assert 0 < sum(files.values()) < MAX_BYTES, files
    with page.expect_response("**/view/embed/") as answer:  # whoever plays it is counted
        page.evaluate("document.getElementById('player').play().catch(() => {})")
    assert answer.value.status == 204
    assert not console_errors


def size_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
