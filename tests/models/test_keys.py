"""API keys: which ones authenticate a request, and which do not."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_user
from videos.models import ApiKey

pytestmark = pytest.mark.django_db


def test_keys_have_the_form_of_the_vendors_and_none_is_like_another():
    owner = a_user()
    secrets = {ApiKey.objects.issue(owner, "A")[1] for _ in range(20)}
    assert len(secrets) == 20
    assert all(re.fullmatch(r"ak_[A-Za-z0-9]{32}", secret) for secret in secrets)


@pytest.mark.parametrize(
    "text", ["", "ak_", "ak_" + "x" * 32, "\0", "\ud800", "ak_" + "é" * 32, "x" * 10_000]
)
def test_any_other_text_authenticates_nobody(text):
    ApiKey.objects.issue(a_user(), "A")
    assert ApiKey.objects.authenticate(text) is None


def test_an_expired_key_authenticates_nobody():
    key, secret = ApiKey.objects.issue(a_user(), "A", expires_at=timezone.now())
    assert ApiKey.objects.authenticate(secret) is None
    assert key.is_expired
    assert not key.is_usable


def test_the_key_of_a_deactivated_account_authenticates_nobody():
    _key, secret = ApiKey.objects.issue(a_user(is_active=False), "A")
    assert ApiKey.objects.authenticate(secret) is None


def test_the_last_use_is_written_at_most_once_a_minute(django_assert_num_queries):
    key, secret = ApiKey.objects.issue(a_user(), "A")
    with django_assert_num_queries(2):
        ApiKey.objects.authenticate(secret)
    key.refresh_from_db()
    first = key.last_used_at
    assert timezone.now() - first < timedelta(seconds=5)
    with django_assert_num_queries(1):
        ApiKey.objects.authenticate(secret)
    ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
    ApiKey.objects.authenticate(secret)
    key.refresh_from_db()
    assert key.last_used_at >= first


def test_a_key_is_revoked_once():
    key, _secret = ApiKey.objects.issue(a_user(), "A")
    assert key.revoke()
    assert not key.revoke()
