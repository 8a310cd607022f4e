"""Codes of a second factor: wrong ones are counted, right ones are not."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from tests.accounts.people import code_of, log_in, set_authenticated_at
from tests.factories import a_user

pytestmark = pytest.mark.django_db
SECRET = "A" * 32
CHALLENGE, AGAIN = "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/"
REFUSED = "Too many failed login attempts"


@pytest.fixture
def ann(settings):
    settings.RATION_CODES = [2, 0, 60]
    user = a_user("ann@example.com")
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    return user


def guess(number: int) -> str:
    client = Client(REMOTE_ADDR=f"192.0.2.{number}")
    log_in(client, "ann@example.com")
    return str(client.post(CHALLENGE, {"code": "000000"}).context["form"].errors)


def test_wrong_codes_are_counted_whoever_tries_them(client, ann):
    for number in range(2):
        assert REFUSED not in guess(number)
    cache.clear()
    assert REFUSED in guess(3)
    log_in(client, ann.email)
    client.post(CHALLENGE, {"code": code_of(SECRET)})
    assert not get_user(client).is_authenticated


def test_right_codes_are_not(ann):
    for _ in range(2):
        cache.clear()  # which remembers the codes that were used
        client = Client()
        log_in(client, ann.email)
        client.post(CHALLENGE, {"code": code_of(SECRET)})
        assert get_user(client) == ann
    assert REFUSED not in guess(1)


def test_codes_that_are_entered_again_are_counted_too(client, ann):
    client.force_login(ann)
    set_authenticated_at(client, 0)
    for _ in range(3):
        response = client.post(AGAIN, {"code": "000000"})
    assert REFUSED in str(response.context["form"].errors)
