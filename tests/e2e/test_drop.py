"""A tagged file that is dropped becomes a film, which is posted and made again in another shape."""

import pytest

from tests import tagged_songs
from tests.browsers.tab import Tab
from tests.e2e.dropping import FITS, MAKE, PATH, drop, wait_for_page, wait_for_rows
from tests.e2e.log_ins import log_in_tab
from tests.pairwise import at_night
from tests.stack import Stack, wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.parametrize(
        "tab", ["chromium", *at_night(["firefox", "webkit"])], indirect=True, scope="module"
    ),
]

RENDER_TIMEOUT = 60  # seconds
STATUS = "() => document.querySelector('#video-status')?.dataset.status"
POST_TEXTS = """() => Object.fromEntries(
    [...document.querySelectorAll(".post-kit textarea")].map(each => [each.id, each.value]))"""
POST_FILES = """async () => {
    const form = document.querySelector(".post-pictures");
    const moments = ["at=50", "at=50&wide=1"].map(query => `${form.action}?${query}`);
    const links = [...document.querySelectorAll(".post-files a")].map(each => each.href);
    const files = [];
    for (const address of [...links, ...moments]) {
        const response = await fetch(address);
        files.push([response.status, response.headers.get("Content-Type").split(";")[0]]);
    }
    return files;
}"""
SET_MOMENT = """percent => {
    const slider = document.getElementById("post-moment");
    slider.value = percent;
    slider.dispatchEvent(new Event("input", {bubbles: true}));
}"""
IS_LOADED = "() => document.querySelector('#video-status video').readyState > 0"
SHOWN_SHARE = """() => {
    const player = document.querySelector("#video-status video");
    return player.currentTime / player.duration;
}"""
FILMS = "() => [...document.querySelectorAll('.sibling')].map(each => each.textContent)"
COPY = "[data-copy-target=post-title]"


def test_a_tagged_song_is_dropped_made_posted_and_made_tall(creator: Tab, stack: Stack):
    creator.resize(390, 844)
    creator.open(f"{stack.url}/")
    drop(creator, song_mp3=tagged_songs.mp3())
    (row,) = wait_for_rows(creator, isReading=False, status="Uploaded")
    assert row["title"] == "Night over Town"
    assert row["artist"] == "Test Singer, Second Singer"
    assert row["lyrics"] == tagged_songs.LYRICS
    assert row["cover"]
    assert creator.run(PATH) == "/videos/new/files/"
    assert creator.run(FITS)
    creator.click(MAKE)
    wait_for_page(creator, STATUS, "SUCCESS", RENDER_TIMEOUT, "No film is made")
    heading = creator.run("() => document.querySelector('h1').textContent.trim()")
    assert heading == "Night over Town"
    check_post_kit(creator)
    make_it_tall(creator)


def check_post_kit(tab: Tab) -> None:
    """Copy a text of the open page, and fetch each file that is posted with the film."""
    texts = tab.run(POST_TEXTS)
    assert texts["post-title"] == "Test Singer, Second Singer – Night over Town (Lyric video)"
    assert "Night over town" in texts["post-description"]
    tab.click(COPY)
    label = f"() => document.querySelector('{COPY} span').textContent"
    wait_for_page(tab, label, "Copied", 10, "Nothing is copied")
    wait_for_page(tab, IS_LOADED, True, 20, "The player loads nothing")
    tab.run(SET_MOMENT, 50)  # what is chosen for a poster is seen in the player
    wait_for(lambda: abs(tab.run(SHOWN_SHARE) - 0.5) < 0.1, 20, "It shows another moment")
    pictures, teaser = [200, "image/jpeg"], [200, "video/mp4"]
    captions = [[200, "application/x-subrip"], [200, "text/vtt"]]
    assert tab.run(POST_FILES) == [pictures, teaser, *captions, pictures, pictures]


def make_it_tall(tab: Tab) -> None:
    """Order the film of the open page in 9:16 by one click, and wait until both are there."""
    wide = tab.run(PATH)
    tab.click("button[name=format][value='9:16']")
    wait_for(lambda: tab.run(PATH) != wide, 20, "No page of another film")
    wait_for_page(tab, STATUS, "SUCCESS", RENDER_TIMEOUT, "No tall film is made")
    films = tab.run(FILMS)
    assert ["16:9" in films[0], "9:16" in films[0]].count(True) == 1
    assert sorted("9:16" in film for film in films) == [False, True]
    assert tab.run(FITS)


@pytest.fixture(scope="module")
def creator(tab: Tab, stack: Stack) -> Tab:
    """Return the tab of somebody who has logged in."""
    log_in_tab(tab, stack.url, stack)
    return tab
