"""Ways to log in in a browser: by a session that is there already, and by the form."""

from playwright.sync_api import Page, expect

from tests.browsers.tab import Tab
from tests.stack import Stack

SET_SESSION = "key => { document.cookie = `sessionid=${key}; path=/`; }"


def log_in(page: Page, stack: Stack) -> None:
    """Open the library as somebody who has logged in before.

    The form is for tests that look at it: it and its password take a second of a processor.
    """
    cookie = {"name": "sessionid", "value": stack.session_key, "url": stack.url}
    page.context.add_cookies([cookie])
    page.goto("/videos/")
    expect(page).to_have_url(f"{stack.url}/videos/")


def log_in_tab(tab: Tab, address: str, stack: Stack) -> None:
    """Do the same in any browser, where ``address`` may be that of a network before the portal."""
    tab.open(f"{address}/healthz")
    tab.run(SET_SESSION, stack.session_key)
    tab.open(f"{address}/videos/")
    assert tab.run("() => location.pathname") == "/videos/"


def log_in_by_form(page: Page, stack: Stack) -> None:
    page.goto("/accounts/login/")
    fill_in_log_in(page, stack)
    expect(page).to_have_url(f"{stack.url}/videos/")


def fill_in_log_in(page: Page, stack: Stack, email: str = "") -> None:
    page.get_by_label("Email").fill(email or stack.account)
    page.get_by_label("Password").fill(stack.password_of(email or stack.account))
    page.get_by_role("main").get_by_role("button", name="Log in").click()
