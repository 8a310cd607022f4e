"""The picture beside the form, and several shapes at once, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_journey import log_in
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

DRAWN = 20 * 1000  # milliseconds, on a machine that does much else


def picture(page: Page) -> str:
    return page.locator("img.preview-still").get_attribute("src") or ""


def size(page: Page) -> list[int]:
    return page.evaluate(
        """async () => {
            const still = document.querySelector("img.preview-still");
            await still.decode();
            return [still.naturalWidth, still.naturalHeight];
        }"""
    )


def test_the_picture_follows_what_is_typed_and_chosen(page: Page, stack: Stack, complaints):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-still")).to_be_visible(timeout=DRAWN)
    assert size(page) == [1280, 720]
    before = picture(page)
    page.get_by_label("Author").press_sequentially("Anna Nyström", delay=30)
    wait_for(lambda: picture(page) != before, 20, "The picture does not follow the author")
    page.get_by_label("Wide (16:9)").uncheck()
    page.get_by_label("Tall (9:16)").check()
    wait_for(lambda: size(page) == [720, 1280], 20, "The picture does not follow the shape")
    before = picture(page)
    page.get_by_label("Moment").fill("75")
    wait_for(lambda: picture(page) != before, 20, "The picture does not follow the moment")
    assert not complaints


def test_each_of_several_shapes_can_be_seen(page: Page, stack: Stack, complaints):
    log_in(page, stack)
    page.goto("/videos/new/")
    expect(page.locator("img.preview-still")).to_be_visible(timeout=DRAWN)
    expect(page.locator("input[name=shown]:visible")).to_have_count(0)
    page.get_by_label("Tall (9:16)").check()
    wait_for(lambda: size(page) == [720, 1280], 20, "The shape that was ticked last is not shown")
    page.get_by_label("16:9", exact=True).check(force=True)
    wait_for(lambda: size(page) == [1280, 720], 20, "The other one cannot be looked at")
    page.get_by_label("Wide (16:9)").uncheck()
    wait_for(lambda: size(page) == [720, 1280], 20, "A shape is shown that is not wanted")
    expect(page.get_by_label("9:16", exact=True)).to_be_hidden()
    assert not complaints


def test_several_shapes_become_several_videos(page: Page, stack: Stack, complaints):
    log_in(page, stack)
    page.goto("/videos/")  # whole, before it is counted
    before = page.locator("#cards .card").count()
    page.goto("/videos/new/")
    page.get_by_label("Square (1:1)").check()
    page.get_by_label("Tall (9:16)").check()
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/")
    expect(page.get_by_text("3 videos are being made.")).to_be_visible()
    expect(page.locator("#cards .card")).to_have_count(before + 3)
    assert not complaints
