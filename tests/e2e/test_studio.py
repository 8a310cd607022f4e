"""What a creator does around films: drafts, stacks, several at once, changes, and the API."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.log_ins import log_in
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]
RENDER_TIMEOUT = 90_000  # milliseconds for two films of a short song, on a busy machine
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def choose_orbit_in_two_shapes(page: Page) -> None:
    page.goto("/videos/new/")
    page.locator("input[name=look][value=orbit]").check()
    page.locator("input[name=format][value='9:16']").check()


def test_a_creator_s_studio(page: Page, stack: Stack, console_errors: list[str]):
    log_in(page, stack)
    page.set_viewport_size(WIDE)

    # what was chosen survives a closed tab, until one starts afresh or orders it
    choose_orbit_in_two_shapes(page)
    tab = page.context.new_page()
    tab.goto("/videos/new/")
    expect(tab.get_by_text("We brought back what you had chosen.")).to_be_visible()
    expect(tab.locator("input[name=look][value=orbit]")).to_be_checked()
    tab.get_by_role("button", name="Start afresh").click()
    expect(tab.locator("#video-draft")).to_be_hidden()
    expect(tab.locator("input[name=look][value=glow]")).to_be_checked()
    tab.close()
    choose_orbit_in_two_shapes(page)
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/")

    # the films of the song are a stack, and the page tells when they are ready
    expect(page).to_have_title(re.compile("being made"))
    expect(page.locator(".making")).to_have_count(0, timeout=RENDER_TIMEOUT)
    expect(page).not_to_have_title(re.compile("being made"))
    stacks = page.locator(".card-stack")
    expect(stacks).to_have_count(1)
    page.goto("/videos/new/")
    expect(page.locator("#video-draft")).to_be_hidden()

    # both at once, on a phone: into the trash and back
    page.set_viewport_size(NARROW)
    page.goto("/videos/")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.get_by_text("1 more film of this song").click()
    for box in page.locator("#results .select-box input").all():
        box.check()
    expect(page.locator(".bulk-count")).to_have_text("2 selected")
    page.locator("#bulk").get_by_role("button", name="Delete").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".undo-delete")).to_contain_text("2 videos are in the trash")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("2 videos are back.")
    page.wait_for_load_state()  # with the scripts that follow the filters

    # counts change with what they count
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Shape").select_option("9:16")
    expect(page.locator(".result-count")).to_contain_text("1 of 2 videos")
    expect(page.locator(".storage")).to_contain_text("stored")

    # a film can be changed under its link
    page.locator(".card-title a").click()
    expect(page.locator(".film-facts")).to_contain_text("Orbit 9:16")
    page.get_by_role("link", name="Change it, keep the link").click()
    expect(page.get_by_text("takes over the link")).to_be_visible()
    expect(page.locator("input[name=look][value=orbit]")).to_be_checked()
    expect(page.locator("input[name=format][value='9:16']")).to_be_checked()

    # the API, with a key of one's own
    page.goto("/account/keys/")
    page.get_by_label("Name").fill("Studio")
    page.get_by_role("button", name="Make the key").click()
    key = page.locator("#new-key").input_value()
    expect(page.get_by_label("curl")).to_have_value(re.compile(key))
    page.goto("/api/docs")
    operation = page.locator("#list-videos")
    operation.locator("summary").click()
    send = operation.get_by_role("button", name="Send")
    send.click()
    expect(operation.locator(".api-status")).to_contain_text("Enter your API key")
    page.get_by_label("API key").fill(key)
    send.click()
    expect(operation.locator(".api-status")).to_contain_text("200")
    expect(operation.locator(".api-answer")).to_contain_text('"taskId"')
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})").find(key) == -1
    assert console_errors == []
