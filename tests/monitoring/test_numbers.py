"""The numbers of the portal for operators."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import (
    a_delivery,
    a_failed_video,
    a_finished_video,
    a_mail,
    a_pulse,
    a_track,
    a_user,
    a_video,
)
from videos.models import Circuit, Review, Video
from videos.monitoring import numbers
from videos.statuses import DelayReason, Failure, VideoStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def ago():
    now = timezone.now()
    return lambda **units: now - timedelta(**units)


def test_what_is_in_the_making_is_grouped(ago):
    a_video(queued_at=ago(hours=2))
    a_video(queued_at=ago(hours=3), crashed_claims=2)
    a_video(provider="kie", delay_reason=DelayReason.DOWN)
    a_finished_video()
    groups = {each.provider: each for each in numbers.pending_groups()}
    assert (groups["builtin"].count, groups["builtin"].crashed) == (2, 1)
    assert groups["builtin"].oldest == ago(hours=3)
    assert groups["kie"].delay_reason == "down"


def test_a_vendors_row_that_no_worker_claims_is_late_and_a_queue_is_not(ago):
    a_video(provider="kie", due_at=ago(minutes=5))
    a_video(provider="kie", due_at=ago(minutes=1))
    a_video(due_at=ago(hours=5))  # waits for the renderer
    assert numbers.backlog().overdue == numbers.Waiting(1, ago(minutes=5))


def test_failures_are_grouped_by_reason_and_cancelled_ones_are_none(ago):
    for _ in range(2):
        a_failed_video(completed_at=ago(hours=1))
    a_failed_video(completed_at=ago(hours=2), failure=Failure.MEDIA, error_message="No song.")
    a_failed_video(completed_at=ago(hours=2), failure=Failure.CANCELLED)
    a_failed_video(completed_at=ago(days=2))
    first, second = numbers.failures_since(ago(days=1))
    assert (first.failure, first.count, first.latest) == ("render", 2, ago(hours=1))
    assert (second.failure, second.example) == ("media", "No song.")


def test_films_of_the_last_hour_and_day_are_counted(ago):
    for hours in (0.5, 3, 30):
        a_finished_video(completed_at=ago(hours=hours))
    assert numbers.finished() == (1, 2)


def test_films_that_a_vendor_deletes_this_week_are_counted(ago):
    values = {"provider": "kie", "status": VideoStatus.SUCCESS, "due_at": None}
    a_video(**values, expires_at=ago(days=-3))
    a_video(**values, expires_at=ago(days=-9))
    assert numbers.backlog().expiring == numbers.Waiting(1, ago(days=-3))


def test_webhooks_and_mails_that_wait_are_counted(ago):
    delivery = a_delivery(attempt_count=1)
    a_delivery(due_at=None, state="delivered")
    mail = a_mail()
    assert numbers.backlog().deliveries == numbers.Waiting(1, delivery.created_at, failing=1)
    assert numbers.backlog().mails == numbers.Waiting(1, mail.created_at, failing=0)


def test_reported_videos_that_nobody_decided_are_counted(ago):
    video = a_finished_video()
    Review.objects.create(video=video, decision="dismissed")
    Review.objects.create(video=video, opened_at=ago(hours=2), hidden_at=ago(hours=1))
    assert numbers.backlog().reviews == numbers.Waiting(1, ago(hours=2), failing=1)


def test_only_vendors_that_are_set_up_are_listed(settings):
    settings.VENDORS = {
        "kie": {"api_key": "k"},
        "crun": {"api_key": ""},
        "apikley": {"api_key": "a"},
    }
    Circuit.objects.record_credits("kie", 12)
    Circuit.objects.record_credits("crun", 12)
    assert [(each.provider, each.credits) for each in numbers.circuits()] == [
        ("kie", 12),
        ("apikley", None),
    ]


def test_workers_are_counted_for_each_of_their_queues():
    a_pulse("deliver,work")
    a_pulse("render", seconds_ago=300)
    assert numbers.workers_by_queue(numbers.workers()) == {"deliver": 1, "work": 1}


def test_the_storage_of_people_is_measured_and_remembered():
    ada, bob = a_user("ada@example.com"), a_user("bob@example.com")
    a_video(ada, size=100)
    a_video(ada, a_track(ada, size=50), size=7)
    a_track(bob, size=30)
    assert numbers.stored() is None
    numbers.measure_storage()
    storage = numbers.stored()
    assert storage.total == 187
    assert storage.people == [(ada.pk, "ada@example.com", 157), (bob.pk, "bob@example.com", 30)]


def test_the_disk_has_room():
    disk = numbers.disk()
    assert 0 < disk.free <= disk.total


def test_no_number_reads_every_video():
    """Each goes by an index: the planner of the database says so."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    for rows in (
        Video.objects.pending(),
        Video.objects.filter(due_at__lt=now),
        Video.objects.filter(completed_at__gte=now, status__in=numbers.FAILED),
        Video.objects.expiring(numbers.EXPIRY_WINDOW),
    ):
        plan = rows.order_by().explain()
        assert "Seq Scan" not in plan
        assert "SCAN" not in plan.replace("Scan", ""), plan
