"""The second factor: switched on by its owner, needed at log-in, taken away by operators."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from tests.accounts.people import code_of, force_login, log_in
from tests.factories import a_user, an_operator
from videos.accounts import second_factor

pytestmark = pytest.mark.django_db
ON, OFF, CODES = (
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    ("/accounts/2fa/recovery-codes/"),
)
CHALLENGE = "/accounts/2fa/authenticate/"


def switch_on(client: Client, user) -> str:
    """Switch the second factor of ``user`` on; return its secret."""
    force_login(client, user)
    secret = client.get(ON).context["form"].secret
    assert client.post(ON, {"code": code_of(secret)})["Location"] == CODES
    return secret


@pytest.fixture
def ann():
    return a_user("ann@example.com")


def test_it_is_needed_at_the_next_log_in(client, ann):
    secret = switch_on(client, ann)
    cache.clear()
    other = Client()
    assert log_in(other, ann.email)["Location"] == CHALLENGE
    assert not get_user(other).is_authenticated
    assert other.post(CHALLENGE, {"code": "000000"}).context["form"].errors
    assert other.post(CHALLENGE, {"code": code_of(secret)})["Location"] == "/videos/"
    assert get_user(other) == ann


def test_each_recovery_code_opens_once(client, ann):
    switch_on(client, ann)
    codes = re.findall(r"<code>(\d+)</code>", client.get(CODES).content.decode())
    assert len(codes) == 10
    for status in (302, 200):
        other = Client()
        log_in(other, ann.email)
        assert other.post(CHALLENGE, {"code": codes[0]}).status_code == status


def test_guessing_codes_is_slowed_down(client, ann):
    switch_on(client, ann)
    other = Client()
    log_in(other, ann.email)
    for _ in range(12):
        response = other.post(CHALLENGE, {"code": "000000"})
    assert "Too many failed login attempts" in str(response.context["form"].errors)


def test_the_owner_switches_it_off(client, ann, mailoutbox):
    switch_on(client, ann)
    client.post(OFF)
    assert not Authenticator.objects.exists()
    assert "The second factor was switched off" in mailoutbox[-1].subject


def test_the_qr_code_is_drawn_here(client, ann):
    force_login(client, ann)
    svg = second_factor.SecondFactorAdapter().build_totp_svg("otpauth://totp/x?secret=AAAA")
    assert svg.startswith("<svg")
    assert "style=" not in svg
    image = re.search(r'base64,([^"]+)"', client.get(ON).content.decode())
    assert b"<svg" in base64.b64decode(image[1])


def test_an_operator_who_needs_one_cannot_switch_it_off(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    operator = an_operator()
    switch_on(client, operator)
    client.post(OFF)
    assert Authenticator.objects.filter(type="totp").exists()


def test_no_browser_stores_its_secrets(client, ann):
    force_login(client, ann)
    assert "no-store" in client.get(ON)["Cache-Control"]
    switch_on(client, ann)
    for page in (CODES, f"{CODES}download/"):
        assert "no-store" in client.get(page)["Cache-Control"]


@pytest.mark.parametrize(
    ("is_on", "is_staff", "expected"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_the_setting_is_about_operators(settings, is_on, is_staff, expected):
    settings.STAFF_SECOND_FACTOR = is_on
    assert second_factor.is_required(a_user(is_staff=is_staff)) == expected
