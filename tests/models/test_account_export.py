"""Copies of data as rows: rationed, expiring."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_user
from videos.models import AccountExport

pytestmark = pytest.mark.django_db
State = AccountExport.State


def an_export(**fields: object) -> AccountExport:
    return AccountExport.objects.create(owner=a_user(), **fields)


def test_one_person_s_orders_do_not_count_for_another():
    first, second = a_user(), a_user()
    assert AccountExport.objects.order(first)
    assert AccountExport.objects.order(second)


@pytest.mark.parametrize(
    ("state", "hours_left", "expected"),
    [(State.READY, 1, True), (State.READY, -1, False), (State.FAILED, None, False)],
)
def test_it_can_be_downloaded_until_it_expires(state, hours_left, expected):
    expires_at = hours_left and timezone.now() + timedelta(hours=hours_left)
    row = an_export(state=state, expires_at=expires_at)
    assert row.is_ready == expected
    assert AccountExport.objects.ready().exists() == expected


def test_it_is_kept_as_long_as_the_setting_says(settings):
    settings.EXPORT_RETENTION_DAYS = 3
    row = an_export()
    assert row.mark_ready("exports/x.zip", 7)
    left = row.expires_at - timezone.now()
    assert timedelta(days=2.9) < left < timedelta(days=3.1)
    assert row.due_at is None


def test_a_long_error_is_cut():
    row = an_export()
    assert row.mark_failed("x" * 1000)
    row.refresh_from_db()
    assert len(row.error_message) == 300
