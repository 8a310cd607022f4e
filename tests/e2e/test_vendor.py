"""A vendor's film in a real browser: ordered by task id, played before and after our copy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import media_files
from tests.e2e.conftest import collect_console_errors
from tests.e2e.log_ins import log_in
from tests.e2e.test_journey import play
from tests.stack import Creator, Stack, running_stack, wait_for
from tests.standin import StandIn
from videos import demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture(scope="module")
def vendor() -> Iterator[StandIn]:
    with StandIn("kie") as vendor:
        vendor.callback_key = "the-webhook-key"
        vendor.files["cover.jpg"] = Path(demo.COVER).read_bytes()
        vendor.files["film.mp4"] = media_files.mp4(frames=300)
        yield vendor


@pytest.fixture(scope="module")
def stack(vendor: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("portal"), **vendor.environment) as stack:
        yield stack


@pytest.mark.nightly  # tests/journeys/test_vendors.py does the same without a browser
def test_a_vendors_song_becomes_a_film_of_ours(
    page: Page, stack: Stack, vendor: StandIn, console_errors: list[str], browser: Browser
) -> None:
    log_in(page, stack)
    song = vendor.add_song()
    page.goto("/videos/new/")
    expect(page.locator(".provider-list")).to_contain_text("87.5 credits left")
    page.get_by_text("From a vendor").click()
    page.get_by_label("Task id").fill("unknown")
    page.get_by_role("button", name="Find songs").click()
    expect(page.get_by_role("alert")).to_contain_text("no record of this task")
    page.get_by_label("Task id").fill(song.task_id)
    page.get_by_role("button", name="Find songs").click()
    expect(page.locator(".vendor-lookup-results .song-choice")).to_have_count(2)
    page.locator(".vendor-lookup-results input[name=song]").nth(1).check()
    expect(page.locator("input[name=provider][value=kie]")).to_be_checked()
    for step in page.locator(".renderer-only").all():
        expect(step).to_be_hidden()
    page.get_by_role("button", name="Make the video").click()
    expect(page.locator("#video-status")).to_contain_text("kie.ai is making the film")

    vendor.gone.add("film.mp4")  # no copy for now, so that the page has to play the vendor's
    (film,) = vendor.films.values()
    assert film.audio_id == song.audio_ids[1]
    vendor.finish()
    assert vendor.call_back(film, signed=False).status_code == 401
    assert vendor.call_back(film).status_code == 200
    expect(page.locator("#archive-notice")).to_contain_text("13 days", timeout=20_000)
    wait_for(lambda: vendor.count("GET", "film.mp4") > 0, 20, stack.logs)
    vendor.gone.clear()
    page.reload()
    play(page)

    expect(page.locator("#archive-notice")).to_have_count(0, timeout=60_000)
    vendor.gone.add("film.mp4")
    page.reload()
    play(page)
    page.get_by_label(re.compile("Unlisted")).check(force=True)
    expect(page.locator("#share-url")).to_be_visible()
    page.get_by_role("link", name="Share page").click()
    context = browser.new_context(base_url=stack.url)
    visitor = context.new_page()
    collect_console_errors(visitor, console_errors)
    visitor.goto(page.url)
    play(visitor)
    context.close()
    unexpected = [each for each in console_errors if "404" not in each]
    assert unexpected == []


def test_a_long_failure_and_the_details_fit_a_phone(
    page: Page, stack: Stack, vendor: StandIn
) -> None:
    log_in(page, stack)
    page.set_viewport_size({"width": 390, "height": 800})
    video = Creator(stack).order_from(vendor, vendor.add_song())
    wait_for(lambda: any(film.flag == "PENDING" for film in vendor.films.values()), 20, stack.logs)
    page.goto(video)
    vendor.fail("The lyrics hold a word that our policy does not allow. " * 5)
    expect(page.locator(".player-message")).to_contain_text("our policy", timeout=40_000)
    for part in page.locator(".player-message > *").all():
        box, screen = part.bounding_box(), page.locator(".player").bounding_box()
        assert box
        assert screen
        assert screen["y"] <= box["y"]
        assert box["y"] + box["height"] <= screen["y"] + screen["height"]
    for summary in page.locator(".disclosure > summary").all():
        summary.click()
    panel = page.locator("#video-details").bounding_box()
    assert panel
    assert panel["x"] + panel["width"] <= 390
