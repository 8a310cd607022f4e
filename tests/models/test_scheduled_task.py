"""What runs by the clock, as rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from videos.models import ScheduledTask
from videos.models.scheduled_task import TICK_INTERVAL, TICK_TIMEOUT

pytestmark = pytest.mark.django_db


def test_a_tick_is_written_every_ten_seconds_at_most(django_assert_num_queries):
    ScheduledTask.objects.record_tick()
    first = ScheduledTask.objects.last_tick().finished_at
    ScheduledTask.objects.record_tick()
    assert ScheduledTask.objects.last_tick().finished_at == first
    ScheduledTask.objects.update(finished_at=first - TICK_INTERVAL)
    with django_assert_num_queries(1):
        ScheduledTask.objects.record_tick()
    assert ScheduledTask.objects.last_tick().finished_at >= first


def test_a_beat_that_stands_still_is_seen():
    assert not ScheduledTask.objects.ticks()
    ScheduledTask.objects.record_tick()
    assert ScheduledTask.objects.ticks()
    ScheduledTask.objects.update(finished_at=timezone.now() - TICK_TIMEOUT)
    assert not ScheduledTask.objects.ticks()


def test_of_two_processes_one_claims_what_is_due():
    claims = [ScheduledTask.objects.claim("mails", timedelta(minutes=1)) for _ in range(2)]
    assert claims == [True, False]


def test_a_long_outcome_is_cut():
    ScheduledTask.objects.claim("mails", timedelta(minutes=1))
    ScheduledTask.objects.record("mails", "x" * 9999)
    assert len(ScheduledTask.objects.get().outcome) == 500
