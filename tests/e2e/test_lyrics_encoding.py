"""Choosing how a lyrics file reads, with and without JavaScript."""

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import media_files
from tests.e2e.log_ins import log_in
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]

VERSE = "naš svet"


def send(page: Page, *, choose: bool = True) -> None:
    if choose:
        song = {"name": "song.wav", "mimeType": "audio/wav", "buffer": media_files.wav(0.5)}
        words = {"name": "a.txt", "mimeType": "text/plain", "buffer": VERSE.encode("iso8859-2")}
        page.locator("input[name=audio]").set_input_files(song)
        page.locator("input[name=lyrics_file]").set_input_files(words)
    page.get_by_role("main").get_by_role("button", name="Upload").click()


def check_stored(page: Page) -> None:
    page.wait_for_url("**/videos/new/?song=*")
    page.goto(f"/songs/{page.url.partition('song=')[2]}/")
    expect(page.locator("textarea[name=lyrics]")).to_have_value(VERSE)


def test_the_files_stay_chosen_while_one_chooses_how_they_read(
    page: Page, stack: Stack, console_errors: list[str]
) -> None:
    log_in(page, stack)
    page.goto("/songs/new/")
    send(page)
    choice = page.get_by_role("radio", name="iso-8859-2")
    expect(choice).to_be_visible()
    expect(page.get_by_text("Choose what looks right.")).to_be_visible()
    if folder := os.environ.get("SCREENSHOTS"):
        take_screenshots(page, folder)
    choice.check()
    send(page, choose=False)
    check_stored(page)
    assert console_errors == []


def test_another_lyrics_file_has_an_encoding_of_its_own(page: Page, stack: Stack) -> None:
    log_in(page, stack)
    page.goto("/songs/new/")
    send(page)
    page.get_by_role("radio", name="iso-8859-2").check()
    words = {"name": "b.txt", "mimeType": "text/plain", "buffer": "слова".encode("cp1251")}
    page.locator("input[name=lyrics_file]").set_input_files(words)
    expect(page.locator("[data-encoding-choice]")).to_have_count(0)


def test_it_is_chosen_without_javascript(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(base_url=stack.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, stack)
    page.goto("/songs/new/")
    send(page)
    page.get_by_role("radio", name="iso-8859-2").check()
    send(page)
    check_stored(page)
    context.close()


def take_screenshots(page: Page, folder: str) -> None:
    for scheme in ("light", "dark"):
        for width in (390, 1440):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/encoding-{scheme}-{width}.png", full_page=True)
