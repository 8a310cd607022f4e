"""Requests to reset a password as rows."""

import pytest

from videos.models import PasswordResetRequest

pytestmark = pytest.mark.django_db


def test_one_is_due_at_once_and_claimed_by_one_worker():
    row = PasswordResetRequest.objects.enqueue("Ann@Example.com")
    assert row.email == "ann@example.com"
    assert PasswordResetRequest.objects.claim(row.pk)
    assert PasswordResetRequest.objects.claim(row.pk) is None
