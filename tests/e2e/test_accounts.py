"""Accounts in real browsers, with a real mail server: take-overs, a second factor, the way out."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accounts.people import code_of
from tests.e2e.conftest import collect_console_errors
from tests.mail_server import MailServer
from tests.stack import Stack, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]

EVE_PASSWORD, PASSWORD = "password of eve 12", "violet tractor 41 moons"
MAIL_TIMEOUT = 30  # seconds


@pytest.fixture
def contexts(browser: Browser, stack: Stack) -> Iterator[list[BrowserContext]]:
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture
def open_browser(browser: Browser, stack: Stack, contexts, console_errors):
    """Return a function that opens a browser of another person."""

    def open_page(**options: object) -> Page:
        context = browser.new_context(base_url=stack.url, **options)
        contexts.append(context)
        page = context.new_page()
        collect_console_errors(page, console_errors)
        return page

    return open_page


def mailed_link(server: MailServer, recipient: str, part: str, before: int = 0) -> str:
    """Wait for a mail to ``recipient`` with such a link, and return its path.

    The first ``before`` mails are not looked at.
    """

    def find() -> str:
        for mail in reversed(server.mails[before:]):
            text = str(mail.get_content()).replace("\r", "")
            paths = re.findall(r"https?://[^\s/]+(/\S+)", text)
            links = [path for path in paths if part in path]
            if mail["To"] == recipient and links:
                return links[0]
        return ""

    return wait_for(find, MAIL_TIMEOUT, f"No mail to {recipient}")


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign up")
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def log_in(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Log in")


def set_password(page: Page, password: str) -> None:
    page.get_by_label("New Password", exact=True).fill(password)
    page.get_by_label("New Password (again)").fill(password)
    press(page, "Set the password")
    expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()


def join(page: Page, server: MailServer, email: str) -> None:
    """Sign up and confirm the address in the same browser, which logs it in."""
    before = len(server.mails)
    sign_up(page, email, PASSWORD)
    page.goto(mailed_link(server, email, "/confirm-email/", before))
    press(page, "Yes, confirm it")
    expect(page).to_have_url(re.compile("/videos/$"))


def test_whoever_registers_the_address_of_another_is_evicted_when_it_is_confirmed(
    open_browser, mail_server
):
    eve, ann, email = open_browser(), open_browser(), "ann@example.com"
    sign_up(eve, email, EVE_PASSWORD)
    log_in(eve, email, EVE_PASSWORD)
    expect(eve.get_by_role("heading", name="Look into your mail")).to_be_visible()
    ann.goto(mailed_link(mail_server, email, "/confirm-email/"))
    expect(ann.get_by_text(email)).to_be_visible()
    press(ann, "Yes, confirm it")
    expect(ann.get_by_text("Now choose a password.")).to_be_visible()
    set_password(ann, PASSWORD)
    log_in(ann, email, PASSWORD)
    expect(ann).to_have_url(re.compile("/videos/$"))
    log_in(eve, email, EVE_PASSWORD)
    expect(eve.get_by_text("are not correct")).to_be_visible()
    ann.goto("/account/security/")
    expect(ann.get_by_text("Your address was confirmed")).to_be_visible()


def test_whoever_registers_the_address_of_another_is_evicted_by_a_reset(open_browser, mail_server):
    eve, bob, email = open_browser(), open_browser(), "bob@example.com"
    sign_up(eve, email, EVE_PASSWORD)
    sign_up(bob, email, PASSWORD)  # looks the same to Bob
    assert mailed_link(mail_server, email, "/accounts/password/reset/") == (
        "/accounts/password/reset/"
    )
    bob.goto("/accounts/password/reset/")
    bob.get_by_label("Email").fill(email)
    press(bob, "Send the link")
    bob.goto(mailed_link(mail_server, email, "/reset/key/"))
    set_password(bob, PASSWORD)
    log_in(bob, email, PASSWORD)
    expect(bob).to_have_url(re.compile("/videos/$"))
    log_in(eve, email, EVE_PASSWORD)
    expect(eve.get_by_text("are not correct")).to_be_visible()


def test_a_second_address_is_no_back_way_into_the_account_of_its_owner(open_browser, mail_server):
    eve, fay, email = open_browser(), open_browser(), "fay@example.com"
    join(eve, mail_server, "eve@example.com")
    eve.goto("/accounts/email/")
    eve.get_by_label("Email").last.fill(email)
    press(eve, "Add")
    link = mailed_link(mail_server, email, "/confirm-email/")
    fay.goto(link)
    press(fay, "Yes, confirm it")
    expect(fay.get_by_text("Log in first")).to_be_visible()
    join(fay, mail_server, email)
    fay.goto("/account/security/")
    expect(fay.get_by_role("main").get_by_text(email).first).to_be_visible()
    eve.goto("/accounts/email/")
    expect(eve.get_by_text(email)).to_have_count(0)


def test_a_second_factor_is_switched_on_and_needed(open_browser, mail_server, console_errors):
    page, email = open_browser(), "gus@example.com"
    join(page, mail_server, email)
    page.goto("/account/security/")
    page.get_by_role("link", name="Switch on").click()
    image = page.get_by_alt_text("QR code for the app")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") > 100
    secret = page.locator("#totp-secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    press(page, "Switch on")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    other = open_browser()
    log_in(other, email, PASSWORD)
    expect(other.get_by_role("heading", name="Second factor")).to_be_visible()
    other.get_by_label("Code").fill(codes[0])
    press(other, "Log in")
    expect(other).to_have_url(re.compile("/videos/$"))
    wait_for(
        lambda: any("new browser" in str(mail["Subject"]) for mail in mail_server.mails),
        MAIL_TIMEOUT,
        "No mail about the new browser",
    )
    assert not console_errors


def test_all_of_it_is_taken_along_and_deleted_without_javascript(
    open_browser, mail_server, stack, tmp_path
):
    page, email = open_browser(java_script_enabled=False, accept_downloads=True), "hal@example.com"
    join(page, mail_server, email)
    page.goto("/songs/")
    press(page, "Try it with our song")
    page.goto("/account/data/")
    press(page, "Make a copy")
    mailed_link(mail_server, email, "/account/data/")
    page.goto("/account/data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    download.value.save_as(tmp_path / "copy.zip")
    with ZipFile(tmp_path / "copy.zip") as archive:
        names = archive.namelist()
        assert email in archive.read("data/account.json").decode()
    assert any(name.startswith("songs/") and "/audio." in name for name in names)
    page.goto("/account/data/")
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Yes, delete all of it for good").check()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Delete the account")
    expect(page.get_by_text("all that belongs to it is being deleted")).to_be_visible()
    log_in(page, email, PASSWORD)
    expect(page).not_to_have_url(re.compile("/videos/$"))
    folder = stack.folder / "media" / "exports"
    wait_for(lambda: not list(folder.glob("*.zip")), 30, "The copy is still there")


def test_the_old_password_is_asked_for_before_a_key_is_made(open_browser, mail_server, stack):
    page, email = open_browser(), "ida@example.com"
    join(page, mail_server, email)
    page.goto("/account/keys/")
    page.get_by_label("Name").fill("Bot")
    press(page, "Make the key")
    expect(page.locator("#new-key")).to_be_visible()
    stack.manage(
        "shell", "-v0", "-c",
        "from django.contrib.sessions.models import Session\n"
        "from importlib import import_module\n"
        "from django.conf import settings\n"
        "store = import_module(settings.SESSION_ENGINE).SessionStore\n"
        "for row in Session.objects.all():\n"
        "    session = store(row.session_key)\n"
        "    session['authenticated_at'] = 0\n"
        "    session.save()\n",
    )  # fmt: skip
    page.goto("/account/keys/")
    page.get_by_label("Name").fill("Second bot")
    press(page, "Make the key")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    expect(page.locator("#new-key")).to_be_visible()
    expect(page.get_by_text("Second bot").first).to_be_visible()
