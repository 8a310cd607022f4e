"""API keys in the admin."""

import re

import pytest

from tests.factories import a_user, an_operator
from videos.models import ApiKey

pytestmark = pytest.mark.django_db
KEYS = "/admin/videos/apikey/"


@pytest.fixture
def operator(client):
    user = an_operator("op@example.com")
    client.force_login(user)
    return user


def test_others_do_not_come_in(client):
    client.force_login(a_user())
    assert client.get(KEYS).status_code == 302


def test_an_operator_makes_a_key_and_sees_it_once(client, operator):
    owner = a_user("ann@example.com")
    data = {"owner": owner.pk, "name": "Bot", "scopes": "read write"}
    response = client.post(f"{KEYS}add/", data)
    secret = re.search(r"ak_[A-Za-z0-9]{32}", response.content.decode())[0]
    assert "no-store" in response["Cache-Control"]
    assert ApiKey.objects.authenticate(secret).owner == owner
    assert secret not in str(response.cookies)
    for page in (KEYS, f"{KEYS}{ApiKey.objects.get().pk}/change/"):
        assert secret not in client.get(page).content.decode()


def test_a_key_is_corrected_but_never_given_away(client, operator):
    key, _secret = ApiKey.objects.issue(a_user(), "Bot")
    data = {"owner": operator.pk, "name": "Robot", "scopes": "read"}
    client.post(f"{KEYS}{key.pk}/change/", data)
    before, key = key, ApiKey.objects.get()
    assert (key.name, key.scopes, key.owner) == ("Robot", "read", before.owner)
    assert key.digest == before.digest


def test_keys_are_found_and_revoked(client, operator):
    key, secret = ApiKey.objects.issue(a_user("ann@example.com"), "Bot")
    ApiKey.objects.issue(a_user(), "Other")
    assert list(client.get(KEYS, {"q": "ann"}).context["cl"].queryset) == [key]
    client.post(KEYS, {"action": "revoke", "_selected_action": [key.pk]})
    assert ApiKey.objects.authenticate(secret) is None
    assert "read" in client.get(KEYS).content.decode()
