"""The workers that were seen lately."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import a_pulse
from videos.models import WorkerPulse
from videos.models.worker import MAX_DOING_LENGTH

pytestmark = pytest.mark.django_db


def test_a_worker_is_alive_for_half_a_minute_after_it_was_seen():
    recent = a_pulse("render", seconds_ago=29)
    WorkerPulse.objects.create(
        name="old", queue="work", seen_at=timezone.now() - timedelta(seconds=31)
    )
    assert list(WorkerPulse.objects.alive()) == [recent]


def test_each_beat_renews_one_row():
    for _ in range(2):
        WorkerPulse.objects.record_heartbeat("render@here:1", "render")
    assert WorkerPulse.objects.alive().get().queue == "render"


def test_those_gone_for_a_day_are_deleted():
    a_pulse("work", seconds_ago=25 * 3600)
    WorkerPulse.objects.record_heartbeat("render@here:1", "render")
    assert WorkerPulse.objects.get().queue == "render"


def test_a_heartbeat_tells_version_and_work():
    WorkerPulse.objects.record_heartbeat("render@here:1", "render", "1.2.3", "builtin " + "x" * 400)
    pulse = WorkerPulse.objects.get()
    assert pulse.version == "1.2.3"
    assert len(pulse.doing) == MAX_DOING_LENGTH
    if connection.vendor == "postgresql":
        assert abs(pulse.clock_offset) < 1  # one machine
    else:
        assert pulse.clock_offset is None
