"""A person's keys: made, shown once, listed and revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.people import force_login
from tests.factories import a_user
from videos.models import ApiKey

pytestmark = pytest.mark.django_db
PAGE = "/account/keys/"


@pytest.fixture
def user(client):
    user = a_user()
    force_login(client, user)
    return user


def test_visitors_are_asked_to_log_in(client):
    key, _secret = ApiKey.objects.issue(a_user(), "A")
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")
    assert client.post(PAGE, {"name": "x", "scopes": "read"})["Location"].startswith("/accounts/")
    client.post(f"{PAGE}{key.pk}/revoke/")
    assert ApiKey.objects.usable().get() == key


def test_a_new_key_is_shown_once_and_works(client, user):
    response = client.post(PAGE, {"name": "Bot", "scopes": "read write", "days": ""})
    secret = re.search(r'value="(ak_[A-Za-z0-9]{32})"', response.content.decode())[1]
    assert "no-store" in response["Cache-Control"]
    key = ApiKey.objects.authenticate(secret)
    assert (key.owner, key.name, key.expires_at, key.may_write) == (user, "Bot", None, True)
    body = client.get(PAGE).content.decode()
    assert secret not in body
    assert key.prefix in body
    assert "Bot" in body


def test_a_first_request_is_shown_with_the_new_key(client, user):
    assert "Bearer ak_…" in client.get(PAGE).text
    page = client.post(PAGE, {"name": "Bot", "scopes": "read", "days": ""}).text
    secret = re.search(r'value="(ak_[A-Za-z0-9]{32})"', page)[1]
    assert page.count(f"Bearer {secret}") == 3
    assert "Bearer ak_…" not in page


def test_what_is_stored_is_only_a_hash(client, user):
    _row, secret = ApiKey.objects.issue(user, "Bot")
    stored = str(ApiKey.objects.values().get())
    assert secret not in stored
    assert secret[8:] not in stored


def test_a_key_can_be_for_reading_and_for_a_while(client, user):
    client.post(PAGE, {"name": "Bot", "scopes": "read", "days": "30"})
    key = ApiKey.objects.get()
    assert not key.may_write
    assert abs(key.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "scopes": "read"}, "name"),
        ({"name": "x" * 51, "scopes": "read"}, "name"),
        ({"name": "x", "scopes": "everything"}, "scopes"),
        ({"name": "x", "scopes": "read", "days": "-1"}, "days"),
    ],
)
def test_bad_input_makes_no_key(client, user, data, field):
    response = client.post(PAGE, data)
    assert field in response.context["form"].errors
    assert not ApiKey.objects.exists()


def test_a_revoked_key_opens_nothing(client, user):
    key, secret = ApiKey.objects.issue(user, "Bot")
    assert client.post(f"{PAGE}{key.pk}/revoke/")["Location"] == PAGE
    assert ApiKey.objects.authenticate(secret) is None
    assert "Revoked" in client.get(PAGE).content.decode()


def test_a_stranger_s_key_is_not_found(client, user):
    key, _secret = ApiKey.objects.issue(a_user(), "Theirs")
    assert client.post(f"{PAGE}{key.pk}/revoke/").status_code == 404
    assert client.get(f"{PAGE}{key.pk}/revoke/").status_code == 405
    assert "Theirs" not in client.get(PAGE).content.decode()
    assert ApiKey.objects.usable().get() == key


def test_markup_in_a_name_stays_text(client, user):
    ApiKey.objects.issue(user, "<b>Bot</b>")
    assert "&lt;b&gt;Bot" in client.get(PAGE).content.decode()
