"""Deletions of accounts as rows: claimed once, recorded without a name."""

import pytest
from django.utils import timezone

from tests.factories import a_user
from videos.models import AccountDeletion, User

pytestmark = pytest.mark.django_db


def test_ordering_one_switches_the_account_off_and_ends_its_sessions():
    user = a_user()
    before = user.get_session_auth_hash()
    row = AccountDeletion.objects.order(user)
    stored = User.objects.get()
    assert not stored.is_active
    assert stored.get_session_auth_hash() != before
    assert (row.account_id, row.state) == (user.pk, "waiting")
    assert AccountDeletion.objects.claim(row.pk)
    assert AccountDeletion.objects.claim(row.pk) is None


def test_the_record_outlives_the_account_and_does_not_name_it():
    user = a_user("ann@example.com")
    AccountDeletion.objects.order(user)
    user.delete()
    row = AccountDeletion.objects.get()
    assert row.mark_done()
    assert "ann" not in str(AccountDeletion.objects.values().get())


def test_only_a_failed_one_is_tried_again():
    row = AccountDeletion.objects.order(a_user())
    assert not row.retry()
    assert row.mark_failed("It broke.")
    assert row.retry()
    row.refresh_from_db()
    assert row.due_at <= timezone.now()
