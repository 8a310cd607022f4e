"""The preview beside the form, and orders of several formats, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_journey import log_in
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
    page.goto("/videos/")  # loaded completely before the cards are counted
    before = page.locator("#cards .card").count()
    page.goto("/videos/new/")
    page.get_by_label("Square (1:1)").check()
    page.get_by_label("Tall (9:16)").check()
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/")
    expect(page.get_by_text("3 videos are being made.")).to_be_visible()
    expect(page.locator("#cards .card")).to_have_count(before + 3)
    assert not console_errors
