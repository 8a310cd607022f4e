"""The preview beside the form on a slow network, in Chromium, Firefox and WebKitGTK."""

import time
from collections.abc import Iterator

import pytest

from tests.browsers.tab import Tab
from tests.e2e.log_ins import log_in_tab
from tests.e2e.test_preview import RECORD, check_nothing_jumped
from tests.slow_network import NEVER, SlowNetwork, slow_network
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

FRAME = "/preview/"
COVER = r"/songs/.*/cover/"
FRAME_DELAY = 1.5  # seconds

CHOOSE = "look => document.querySelector(`input[name=look][value=${look}]`).click()"
VISIBLE = """selector => {
    const element = document.querySelector(selector);
    return Boolean(element?.checkVisibility({visibilityProperty: true}));
}"""
BOX = """() => {
    const box = document.querySelector(".preview").getBoundingClientRect();
    return [box.x, box.y + scrollY, box.width, box.height];
}"""


@pytest.fixture(scope="module")
def portal(stack: Stack) -> Iterator[SlowNetwork]:
    with slow_network(stack.url) as network:
        yield network


@pytest.fixture(scope="module")
def creator(tab: Tab, portal: SlowNetwork, stack: Stack) -> Tab:
    """Return the tab of somebody who has logged in."""
    portal.delays = {}
    log_in_tab(tab, portal.url, stack)
    return tab


def is_visible(tab: Tab, selector: str) -> bool:
    return tab.run(VISIBLE, selector)


def wait_for_visible(tab: Tab, selector: str, *, visible: bool = True) -> None:
    change = "appear" if visible else "go"
    wait_for(lambda: is_visible(tab, selector) == visible, 20, f"{selector} does not {change}")


def image_source(tab: Tab) -> str:
    return tab.run("() => document.querySelector('img.preview-image').src")


def start_recording(tab: Tab) -> None:
    tab.run("() => document.querySelector('[name=author]').focus()")
    time.sleep(0.3)  # that scrolls the page, which is no jump
    tab.run(RECORD)


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_somebody_types(creator: Tab, portal: SlowNetwork, width: int):
    creator.resize(width, 900)
    portal.delays = {COVER: NEVER}
    creator.open(f"{portal.url}/videos/new/")
    creator.run("() => localStorage.clear()")  # what was typed before would be drawn, too
    creator.open(f"{portal.url}/videos/new/")
    wait_for_visible(creator, "img.preview-image")
    portal.delays[FRAME] = FRAME_DELAY
    start_recording(creator)
    before = image_source(creator)
    creator.press("[name=author]", "Anna")
    wait_for_visible(creator, ".preview-drawing")
    assert image_source(creator) == before
    wait_for(lambda: image_source(creator) != before, 20, "No later frame comes")
    wait_for_visible(creator, ".preview-drawing", visible=False)
    wait_for(lambda: creator.run("() => seen.images.length") >= 2, 20, "It is not painted")
    check_nothing_jumped(creator.run("() => seen"))


SHOWN_COVER = """() => {
    const image = document.querySelector(".preview-cover img");
    const isVisible = image.checkVisibility({visibilityProperty: true});
    return image.complete && image.naturalWidth > 0 && isVisible;
}"""


def test_before_the_first_frame_there_is_a_sketch_of_the_look(creator: Tab, portal: SlowNetwork):
    creator.resize(390, 900)
    portal.delays = {COVER: FRAME_DELAY, FRAME: NEVER}
    creator.open(f"{portal.url}/videos/new/")
    wait_for_visible(creator, ".preview-drawing")
    boxes = set()
    for look in ("orbit", "wave", "glow"):
        creator.run(CHOOSE, look)
        assert creator.run("() => document.querySelector('.preview').dataset.look") == look
        assert is_visible(creator, ".preview-sketch")
        assert is_visible(creator, ".preview-title")
        boxes.add(tuple(creator.run(BOX)))
    assert len(boxes) == 1
    wait_for(lambda: creator.run(SHOWN_COVER), 20, "The cover does not come")
    assert tuple(creator.run(BOX)) in boxes


def test_a_cover_that_comes_late_replaces_no_frame(creator: Tab, portal: SlowNetwork):
    creator.resize(1440, 900)
    portal.delays = {COVER: 2 * FRAME_DELAY}
    creator.open(f"{portal.url}/videos/new/")
    wait_for_visible(creator, "img.preview-image")
    start_recording(creator)
    loaded = "() => document.querySelector('.preview-cover img').naturalWidth > 0"
    wait_for(lambda: creator.run(loaded), 20, "The cover does not come")
    creator.press("[name=author]", "Bo")
    wait_for(lambda: creator.run("() => seen.images.length") >= 2, 20, "No later frame comes")
    assert not is_visible(creator, ".preview-sketch")
    check_nothing_jumped(creator.run("() => seen"))


MOMENT = """() => ({
    spoken: document.querySelector("[name=at]").getAttribute("aria-valuetext"),
    shown: document.querySelector(".preview-moment output").value,
    isPlaying: document.querySelector(".preview-listen").getAttribute("aria-pressed") === "true",
    place: document.querySelector("input[name=song]:checked").closest(".song-choice")
        .querySelector("audio").currentTime,
})"""
SET_MOMENT = """percent => {
    const slider = document.querySelector("[name=at]");
    slider.value = percent;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, {bubbles: true}));
}"""


def test_the_moment_is_shown_and_the_song_plays_from_there(creator: Tab, portal: SlowNetwork):
    creator.resize(390, 900)
    portal.delays = {}
    creator.open(f"{portal.url}/videos/new/")
    wait_for_visible(creator, ".preview-moment")
    creator.run(SET_MOMENT, 50)
    moment = creator.run(MOMENT)
    assert (moment["spoken"], moment["shown"]) == ("0:02 of 0:04", "0:02 of 0:04")
    creator.click(".preview-listen")
    wait_for(lambda: creator.run(MOMENT)["place"] > 2.1, 20, lambda: str(creator.run(MOMENT)))
    creator.click(".preview-listen")
    wait_for(lambda: not creator.run(MOMENT)["isPlaying"], 10, "It does not pause")
