"""The form of an upload fills itself from the chosen file; its artist signs the video."""

import pytest
from playwright.sync_api import Page, expect

from tests import tagged_songs
from tests.e2e.log_ins import log_in
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def choose(page: Page, data: bytes) -> None:
    file = {"name": "song.mp3", "mimeType": "audio/mpeg", "buffer": data}
    with page.expect_response("**/songs/new/tags/"):
        page.locator("input[name=audio]").set_input_files(file)


def test_what_the_file_says_is_shown_marked_and_may_be_changed(
    page: Page, stack: Stack, console_errors: list[str]
) -> None:
    log_in(page, stack)
    page.goto("/songs/new/")
    page.locator("input[name=tags]").fill("typed")
    choose(page, tagged_songs.mp3())
    title, artist = page.locator("input[name=title]"), page.locator("input[name=artist]")
    expect(title).to_have_value("Night over Town")
    expect(artist).to_have_value("Test Singer, Second Singer")
    expect(page.locator("input[name=tags]")).to_have_value("typed")
    expect(page.locator("textarea[name=lyrics]")).to_have_value(tagged_songs.LYRICS)
    expect(page.locator(".from-file")).to_have_count(4)  # title, artist, lyrics, cover
    expect(page.locator("img.embedded-image")).to_be_visible()
    artist.fill("Somebody Else")
    expect(page.locator(".from-file")).to_have_count(3)
    page.locator("textarea[name=lyrics]").fill("")
    page.get_by_role("main").get_by_role("button", name="Upload").click()
    page.wait_for_url("**/videos/new/?song=*")
    expect(page.locator("input[name=author]")).to_have_value("Somebody Else")
    page.goto("/songs/")
    page.get_by_role("link", name="Night over Town").first.click()
    expect(page.locator("textarea[name=lyrics]")).to_have_value("")  # emptied, not filled again
    assert console_errors == []


def test_another_file_replaces_what_the_first_one_filled(page: Page, stack: Stack) -> None:
    log_in(page, stack)
    page.goto("/songs/new/")
    choose(page, tagged_songs.mp3())
    title = page.locator("input[name=title]")
    expect(title).to_have_value("Night over Town")
    page.locator("input[name=artist]").fill("Typed")
    choose(page, tagged_songs.mp3(title=None, artist=None, cover=None))
    expect(title).to_have_value("")
    expect(page.locator("input[name=artist]")).to_have_value("Typed")
    expect(page.locator("img.embedded-image")).to_have_count(0)
