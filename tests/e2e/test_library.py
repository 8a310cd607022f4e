"""The library of somebody with many films: "Load more" keeps the place, also on the way back."""

import pytest
from playwright.sync_api import Page, expect

from tests.stack import COLLECTOR, Stack
from videos.keyset import PAGE_SIZE

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_load_more_keeps_the_place_also_after_back(page: Page, portal: Stack):
    cookie = {"name": "sessionid", "value": portal.session_of(COLLECTOR), "url": portal.url}
    page.context.add_cookies([cookie])
    page.goto("/videos/")
    cards = page.locator("#cards .card-title a")
    more = page.get_by_role("link", name="Load more")
    expect(cards).to_have_count(PAGE_SIZE)
    more.click()
    expect(cards).to_have_count(2 * PAGE_SIZE)
    more.click()
    expect(cards).to_have_count(3 * PAGE_SIZE)
    expect(more).to_be_hidden()

    chosen = cards.nth(2 * PAGE_SIZE + 5)
    title = chosen.text_content()
    chosen.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 1000
    chosen.click()
    expect(page).not_to_have_url(f"{portal.url}/videos/?pages=3")
    page.go_back()
    expect(cards).to_have_count(3 * PAGE_SIZE)
    expect(page.get_by_role("link", name=title, exact=True)).to_be_in_viewport()
    assert page.evaluate("scrollY") == pytest.approx(place, abs=200)
