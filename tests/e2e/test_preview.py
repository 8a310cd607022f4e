"""The preview beside the form, and orders of several formats, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.log_ins import log_in
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PREVIEW_TIMEOUT = 20 * 1000  # milliseconds, enough for a busy machine


def image_source(page: Page) -> str:
    return page.locator("img.preview-image").get_attribute("src") or ""


def image_size(page: Page) -> list[int]:
    return page.evaluate(
        """async () => {
            const image = document.querySelector("img.preview-image");
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        }"""
    )


def test_the_picture_follows_what_is_typed_and_chosen(page: Page, stack: Stack, console_errors):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-image")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    assert image_size(page) == [1280, 720]
    before = image_source(page)
    page.get_by_label("Author").press_sequentially("Anna Nyström", delay=30)
    wait_for(lambda: image_source(page) != before, 20, "The picture does not follow the author")
    page.get_by_label("Wide (16:9)").uncheck()
    page.get_by_label("Tall (9:16)").check()
    wait_for(lambda: image_size(page) == [720, 1280], 20, "The picture does not follow the shape")
    before = image_source(page)
    page.get_by_label("Moment").fill("75")
    wait_for(lambda: image_source(page) != before, 20, "The picture does not follow the moment")
    assert not console_errors


def test_each_of_several_shapes_can_be_seen(page: Page, stack: Stack, console_errors):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-image")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    expect(page.locator("input[name=shown]:visible")).to_have_count(0)
    page.get_by_label("Tall (9:16)").check()
    wait_for(
        lambda: image_size(page) == [720, 1280], 20, "The shape that was ticked last is not shown"
    )
    page.get_by_label("16:9", exact=True).check(force=True)
    wait_for(lambda: image_size(page) == [1280, 720], 20, "The other one cannot be looked at")
    page.get_by_label("Wide (16:9)").uncheck()
    wait_for(lambda: image_size(page) == [720, 1280], 20, "A shape that is not chosen is shown")
    expect(page.get_by_label("9:16", exact=True)).to_be_hidden()
    assert not console_errors


def test_several_shapes_become_several_videos(page: Page, stack: Stack, console_errors):
    log_in(page, stack)
    page.goto("/videos/new/")
    page.get_by_label("Square (1:1)").check()
    page.get_by_label("Tall (9:16)").check()
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/")
    expect(page.get_by_role("status").filter(has_text="3 videos")).to_be_visible()
    expect(page.get_by_text("2 more films of this song")).to_be_visible()  # one stack
    assert not console_errors


RECORD = """() => {
    const parts = [".preview", "#preview-position", ".video-form-side [type=submit]"];
    window.seen = {boxes: [], images: [], gaps: 0, shift: 0};
    if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) seen.shift += entry.value;
        }).observe({type: "layout-shift"});
    }
    const record = () => {
        const boxes = JSON.stringify(parts.map((part) => {
            const box = document.querySelector(part).getBoundingClientRect();
            return [box.x, box.y, box.width, box.height].map(Math.round);
        }));
        if (!seen.boxes.includes(boxes)) seen.boxes.push(boxes);
        const image = document.querySelector(".preview-frame img");
        const source = image?.complete && image.naturalWidth ? image.src : "";
        if (!source) seen.gaps += 1;
        else if (!seen.images.includes(source)) seen.images.push(source);
        requestAnimationFrame(record);
    };
    record();
}"""


def check_nothing_jumped(seen: dict[str, Any], *, has_note: bool = False) -> None:
    assert len(seen["boxes"]) == 1, seen["boxes"]
    assert seen["gaps"] == 0  # the last frame stays until the next one is there
    assert has_note or seen["shift"] == 0  # a note over the picture counts as a shift of its own
    assert all(image.startswith("data:image/jpeg;base64,") for image in seen["images"])


def test_what_keeps_a_frame_away_is_said_and_the_last_one_stays(page: Page, stack: Stack):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-image")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    note = page.locator(".preview-note")
    page.get_by_label("Author").focus()  # scrolls the page, which is no jump
    page.wait_for_timeout(300)
    page.evaluate(RECORD)
    page.route("**/preview/*", lambda route: route.fulfill(status=503, body=""))
    page.get_by_label("Author").fill("Anna")
    expect(note).to_contain_text("could not be drawn")
    page.unroute("**/preview/*")
    before = image_source(page)
    note.get_by_role("button", name="Try again").click()
    wait_for(lambda: image_source(page) != before, 20, "No frame comes")
    expect(note).to_be_hidden()
    page.get_by_label("Author").fill("A" * 51)
    expect(note).to_contain_text("before your last change")
    page.get_by_label("Author").fill("Bo")
    expect(note).to_be_hidden(timeout=PREVIEW_TIMEOUT)
    check_nothing_jumped(page.evaluate("seen"), has_note=True)


def test_it_moves_with_its_sound_when_somebody_asks_for_it(page: Page, stack: Stack):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-image")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    expect(page.locator("video.preview-video")).to_have_count(0)
    page.get_by_role("button", name="See it move").click()
    expect(page.locator("video.preview-video")).to_be_visible(timeout=PREVIEW_TIMEOUT)
    position = "() => document.querySelector('video.preview-video')?.currentTime ?? 0"
    wait_for(lambda: page.evaluate(position) > 0, 20, "It does not play")
    page.get_by_label("Author").fill("Bo")
    expect(page.locator("video.preview-video")).to_have_count(0)
    expect(page.get_by_role("button", name="See it move")).to_be_visible()
    page.get_by_label("Author").fill("A" * 51)
    page.get_by_role("button", name="See it move").click()
    expect(page.locator(".preview-motion-note")).to_contain_text("Author: ")
