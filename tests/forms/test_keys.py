"""The form of a new API key."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_user
from videos.forms.keys import KeyForm
from videos.models import ApiKey

pytestmark = pytest.mark.django_db


def issue(**fields: str) -> ApiKey:
    form = KeyForm({"name": "Test", "scopes": "read write", "days": "", **fields})
    assert form.is_valid(), form.errors
    return form.issue(a_user())[0]


def test_a_key_lasts_as_long_as_was_chosen():
    assert issue().expires_at is None
    expires_at = issue(days="30").expires_at
    assert expires_at is not None
    assert abs(expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)


def test_a_key_may_do_what_was_chosen():
    assert issue(scopes="read").scopes == ApiKey.Scopes("read")
    assert issue(name=" My program\n").name == "My program"


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "x" * 51}, {"scopes": "admin"}, {"days": "31"}]
)
def test_anything_else_is_refused(fields):
    form = KeyForm({"name": "Test", "scopes": "read", "days": "", **fields})
    assert not form.is_valid()
    assert list(form.errors) == list(fields)
