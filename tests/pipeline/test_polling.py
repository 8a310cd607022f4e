"""Polling of vendors by workers and pages, and after callbacks."""

import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.standin import Dialect
from videos import pipeline
from videos.callbacks import tokens
from videos.models import Circuit, Video
from videos.pipeline import polling, vendor_calls
from videos.statuses import DelayReason, Failure, Stage, VideoStatus


@pytest.fixture
def video(portal) -> Video:
    """Return a video whose order the vendor has accepted."""
    return portal.work(portal.order())


def poll_count(portal) -> int:
    return portal.vendor.count("GET", "mp4/record-info")


def seconds_until(time) -> float:
    return (time - timezone.now()).total_seconds()


def test_the_poll_interval_grows_to_30_seconds(portal, video):
    intervals = [seconds_until(video.due_at)]
    for _ in range(4):
        video = portal.work(video)
        intervals.append(seconds_until(video.due_at))
    assert [round(interval) for interval in intervals] == [5, 10, 20, 30, 30]


def test_a_film_that_is_there_is_ready_at_once_and_due_for_copying(portal, video):
    portal.vendor.finish()
    video = portal.work(video)
    assert (video.status, video.stage, video.is_awaiting_copy) == ("SUCCESS", Stage.COPYING, True)
    assert video.vendor_url == f"{portal.vendor.url}/files/film.mp4"
    assert video.due_at <= timezone.now()
    assert 13 < (video.expires_at - timezone.now()).total_seconds() / 86400 <= 14
    assert tokens.callback_url(video).split("/")[-2] not in str(video.vendor_record)


def test_a_vendors_failure_is_reported_in_its_words(portal, video):
    portal.vendor.fail("The song is too long.")
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR)
    assert "The song is too long." in video.error_message


@pytest.mark.parametrize("unknown", [422, 404])
def test_an_unknown_task_gets_minutes_of_grace_with_backoff(portal, video, unknown):
    portal.vendor.dialect = Dialect(unknown=unknown)
    films = dict(portal.vendor.films)
    portal.vendor.films.clear()
    intervals = []
    for _ in range(4):
        video = portal.work(video)
        intervals.append(round(seconds_until(video.due_at)))
    assert intervals == [10, 20, 30, 30]
    portal.age(video, seconds=100)
    video = portal.work(video)
    assert not video.is_final
    portal.vendor.films |= films
    portal.vendor.finish()
    assert portal.work(video).is_ready


def test_a_task_that_stays_unknown_is_given_up(portal, video):
    portal.vendor.films.clear()
    portal.age(video, seconds=301)
    assert portal.work(video).failure == Failure.VENDOR
    assert portal.orders_sent() == 1


def test_half_an_hour_is_the_deadline_and_trying_again_waits_on(portal, video):
    portal.age(video, minutes=31)
    video = portal.work(video)
    assert video.failure == Failure.DEADLINE
    assert pipeline.retry(video)
    portal.vendor.finish()
    assert portal.work(video).is_ready
    assert portal.orders_sent() == 1  # nothing was paid for twice


def test_a_vendor_that_is_down_fails_nothing(portal, video):
    portal.vendor.breaks("record-info", *["503"] * 30)
    portal.age(video, minutes=45)
    for _ in range(7):
        video = portal.work(video)
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.DOWN)
    assert Circuit.objects.get(provider="kie").is_open
    portal.vendor.failures.clear()
    portal.vendor.finish()
    Circuit.objects.update(open_until=timezone.now())
    assert portal.work(video).is_ready


def test_after_its_first_error_a_vendor_is_polled_again_soon(portal, video):
    portal.vendor.breaks("record-info", *["503"] * 2)
    intervals = []
    for number in (1, 2):
        video = portal.work(video)
        assert (poll_count(portal), video.delay_reason) == (number, DelayReason.DOWN)
        intervals.append(round(seconds_until(video.due_at)))
    assert intervals == [5, 30]
    video = portal.work(video)
    assert video.delay_reason == ""


def test_a_key_that_was_revoked_meanwhile_fails_no_film(portal, video, settings):
    settings.VENDORS["kie"]["api_key"] = "revoked"
    video = portal.work(video)
    assert (video.status, video.delay_reason) == (VideoStatus.PENDING, DelayReason.REFUSED)


def test_a_film_inside_our_network_is_refused(portal, video):
    portal.vendor.finish(url="https://169.254.169.254/latest/meta-data/film.mp4")
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR)
    assert video.vendor_url == ""


def test_any_number_of_open_pages_polls_once_in_three_seconds(portal, video):
    Video.objects.update(polled_at=None)
    started = time.monotonic()
    for _ in range(1000):
        pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    assert (
        1 <= poll_count(portal) <= 1 + (time.monotonic() - started) // 3
    )  # on a slow machine, too


def test_a_page_writes_the_outcome_and_fences_off_the_worker(portal, video):
    portal.vendor.finish()
    claimed = Video.objects.filter(pk=video.pk)
    claimed.update(due_at=timezone.now())
    worker = Video.objects.claim(video.pk)
    pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    assert Video.objects.get(pk=video.pk).is_ready
    assert not worker.reschedule(timedelta(seconds=30))
    assert Video.objects.get(pk=video.pk).due_at <= timezone.now()


def test_a_page_does_not_wait_for_a_vendor_that_hangs(portal, video, monkeypatch):
    monkeypatch.setattr("videos.pipeline.vendor_calls.PAGE_TIMEOUT", 0.3)
    portal.vendor.breaks("record-info", "hang")
    pipeline.refresh_from_vendor(video)
    assert not Video.objects.get(pk=video.pk).is_final
    assert Circuit.objects.get(provider="kie").failures == 0


def test_pages_leave_a_slow_vendor_to_the_workers(portal, video, monkeypatch):
    monkeypatch.setattr("videos.pipeline.vendor_calls.PAGE_TIMEOUT", 0.3)
    portal.vendor.breaks("record-info", "hang")
    for _ in range(5):
        Video.objects.update(polled_at=None)
        pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    assert poll_count(portal) == 1
    portal.vendor.finish()
    assert portal.work(video).is_ready


@pytest.mark.parametrize("unknown", [422, 404])
def test_a_task_that_is_not_known_yet_does_not_stop_pages_from_polling(portal, video, unknown):
    """The vendor has answered, so its other videos are still polled."""
    portal.vendor.dialect = Dialect(unknown=unknown)
    films = dict(portal.vendor.films)
    portal.vendor.films.clear()
    pipeline.refresh_from_vendor(video)
    portal.vendor.films |= films
    portal.vendor.finish()
    Video.objects.update(polled_at=None)
    pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_a_record_that_was_read_before_a_retry_is_not_applied(portal, video):
    portal.age(video, minutes=31)
    page = Video.objects.get(pk=video.pk)
    assert portal.work(video).failure == Failure.DEADLINE
    assert pipeline.retry(Video.objects.get(pk=video.pk))
    vendor = vendor_calls.get_vendor("kie")
    polling.apply_record(page, vendor, vendor.video(page.vendor_task_id))
    assert Video.objects.get(pk=video.pk).status == VideoStatus.PENDING


def test_a_look_up_that_fails_for_a_moment_loses_no_film(portal, video, monkeypatch):
    getaddrinfo = socket.getaddrinfo

    def look_up(host, *args, **kwargs):
        if host == "cdn.example":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    portal.vendor.finish(url="https://cdn.example/film.mp4")
    video = portal.work(video)
    assert video.is_awaiting_copy
    video = portal.work(video)
    assert (video.status, video.copy_failures) == (VideoStatus.SUCCESS, 1)
    portal.vendor.finish()  # meanwhile the vendor has another address of the film
    assert portal.work(video).film


@pytest.mark.parametrize("host", [f"{'a' * 64}.example", "a..example", "xn--\xfc.example"])
def test_a_name_that_is_none_is_refused_by_workers_and_pages(portal, video, host):
    portal.vendor.finish(url=f"https://{host}/film.mp4")
    pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    Video.objects.filter(pk=video.pk, status="PENDING").update(polled_at=None)
    assert Video.objects.get(pk=video.pk).failure == Failure.VENDOR


def test_a_cancelled_video_is_not_polled_and_can_be_retried(portal, video):
    pipeline.cancel(video)
    portal.vendor.finish()
    pipeline.refresh_from_vendor(Video.objects.get(pk=video.pk))
    assert not Video.objects.get(pk=video.pk).is_ready
    assert pipeline.retry(video)
    assert portal.work(video).is_ready
    assert portal.orders_sent() == 1


def test_a_crun_film_is_polled_and_copied_too(crun_portal):
    video = crun_portal.work(crun_portal.order())
    crun_portal.vendor.finish()
    assert crun_portal.work(crun_portal.work(video)).film
