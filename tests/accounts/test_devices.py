"""The owner hears of a log-in from a browser that is new."""

import pytest
from django.test import Client

from tests.accounts.people import log_in, sign_up
from tests.factories import a_user
from videos.accounts import devices
from videos.models import AccountEvent

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def ann():
    user = a_user("ann@example.com")
    log_in(Client(), user.email)  # the first log-in of all
    return user


def test_a_new_browser_is_mailed_once(ann, mailoutbox):
    mailoutbox.clear()
    client = Client(headers={"User-Agent": FIREFOX})
    for _ in range(2):
        log_in(client, ann.email)
        client.post("/accounts/logout/")
    (mail,) = mailoutbox
    assert "A log-in from a new browser: Firefox, Linux" in mail.body
    assert "127.0.0.1" in mail.body
    assert AccountEvent.objects.get().detail == "Firefox, Linux"  # and no IP address


def test_the_first_log_in_is_no_news(client, mailoutbox):
    sign_up(client, "new@example.com")
    assert not AccountEvent.objects.exists()
    assert [mail.subject for mail in mailoutbox] == ["[Suno Portal] Confirm your e-mail address"]


def test_a_browser_of_two_people_is_known_to_both(ann, mailoutbox):
    bob = a_user("bob@example.com")
    client = Client()
    for user in (ann, bob, ann, bob):
        log_in(client, user.email)
        client.post("/accounts/logout/")
    assert AccountEvent.objects.filter(kind="new_device").count() == 1  # of Ann's first one


def test_browsers_are_new_again_once_the_sessions_were_ended(ann, client):
    log_in(client, ann.email)
    ann.refresh_from_db()
    ann.end_sessions()
    log_in(client, ann.email)
    assert AccountEvent.objects.filter(kind="new_device").count() == 2


@pytest.mark.parametrize("cookie", ["", "x", "W10:1abc:forged"])
def test_a_forged_cookie_recognises_nobody(ann, rf, cookie):
    request = rf.get("/")
    request.COOKIES[devices.COOKIE] = cookie
    assert not devices.is_recognised(request, ann)


def test_the_cookie_names_nobody_and_is_safe(ann, client):
    response = log_in(client, ann.email)
    cookie = response.cookies[devices.COOKIE]
    assert "ann" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
