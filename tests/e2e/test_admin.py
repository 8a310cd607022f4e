"""The Django admin in a real browser: it works under the strict Content Security Policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.log_ins import fill_in_log_in, log_in
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.processes]


# The film of the demo is long enough to be cancelled
@pytest.fixture(scope="module")
def stack(portal: Stack) -> Stack:
    portal.account = "demo@example.com"
    return portal


MODELS = ["user", "musictask", "track", "video", "workerpulse"]


def log_in_as_operator(page: Page, stack: Stack) -> None:
    page.goto("/admin/")
    fill_in_log_in(page, stack, "admin@example.com")
    expect(page).to_have_url(f"{stack.url}/admin/")


def order_video(page: Page, stack: Stack) -> str:
    log_in(page, stack)
    page.goto("/videos/new/")
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/*-*/")
    pk = page.url.split("/")[-2]
    page.context.clear_cookies()
    return pk


def test_an_operator_helps_a_video_along_without_a_complaint(
    page: Page, stack: Stack, console_errors: list[str]
):
    pk = order_video(page, stack)
    log_in_as_operator(page, stack)
    for model in MODELS:
        page.goto(f"/admin/videos/{model}/")
        expect(page.locator("#result_list tbody tr").first).to_be_visible()
        page.locator("#result_list tbody th a").first.click()
        expect(page.locator("#content h1")).to_be_visible()
    page.goto(f"/admin/videos/video/?q={pk[:13].replace('-', '')}")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("cancel")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    expect(page.locator(".messagelist")).to_contain_text("1 video was cancelled")
    page.goto(f"/admin/videos/video/{pk}/change/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".messagelist")).to_contain_text("1 video is made again")
    page.get_by_role("link", name="Delete").click()
    page.locator("form input[type=submit]").last.click()
    expect(page.locator(".messagelist")).to_contain_text("deleted successfully")
    page.goto("/admin/videos/user/add/")
    page.goto("/admin/account/emailaddress/")
    assert not console_errors
