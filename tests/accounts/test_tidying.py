"""Rows of accounts go when their time is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_user
from videos import accounts
from videos.models import AccountDeletion, AccountEvent, Invitation, Report, Review

pytestmark = pytest.mark.django_db
OLD = timedelta(days=400)


def test_old_rows_go_and_young_ones_stay():
    user, old = a_user(), timezone.now() - OLD
    for at in (old, timezone.now()):
        AccountEvent.objects.create(user=user, kind="new_device", at=at)
        AccountDeletion.objects.create(account_id=1, state="done", created_at=at)
        Invitation.objects.create(digest=str(at), expires_at=at)
    AccountDeletion.objects.create(account_id=2, state="failed", created_at=old)
    review = Review.objects.open_for(a_finished_video())
    review.reports.create(reason="spam", network="x")
    accounts.tidy()
    assert Report.objects.get().network == "x"
    Review.objects.update(decision="dismissed", decided_at=old)
    accounts.tidy()
    assert Report.objects.get().network == ""
    assert AccountEvent.objects.count() == 1
    assert AccountDeletion.objects.count() == 2
    assert Invitation.objects.count() == 1
