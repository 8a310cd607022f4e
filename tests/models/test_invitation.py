"""Invitations: for one person each, stored as hashes only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import an_operator
from videos.models import Invitation

pytestmark = pytest.mark.django_db


def test_only_a_hash_is_stored():
    row, token = Invitation.objects.issue(an_operator())
    assert token not in str(Invitation.objects.values().get())
    assert Invitation.objects.find(token) == row


def test_two_people_use_one_link_once():
    row, token = Invitation.objects.issue(None)
    same = Invitation.objects.find(token)
    assert row.use()
    assert not same.use()
    assert Invitation.objects.find(token) is None


def test_an_expired_one_is_not_usable():
    row, token = Invitation.objects.issue(None)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Invitation.objects.find(token) is None
    assert not row.use()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 10_000])
def test_any_other_text_is_no_invitation(token):
    Invitation.objects.issue(None)
    assert Invitation.objects.find(token) is None
