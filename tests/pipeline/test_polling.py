"""Following a film at its vendor, by workers, pages and callbacks."""

import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.standin import Dialect
from videos import pipeline
from videos.callbacks import tokens
from videos.models import Circuit, Trouble, Video
from videos.pipeline import polling, vendor_calls
from videos.statuses import Stage, VideoStatus

Failure = Video.Failure


@pytest.fixture
def video(portal) -> Video:
    """Return a video that the vendor is making."""
    return portal.work(portal.order())


def asked(portal) -> int:
    return portal.vendor.count("GET", "mp4/record-info")


def seconds_to(moment) -> float:
    return (moment - timezone.now()).total_seconds()


def test_questions_become_rarer(portal, video):
    pauses = [seconds_to(video.due_at)]
    for _ in range(4):
        video = portal.work(video)
        pauses.append(seconds_to(video.due_at))
    assert [round(pause) for pause in pauses] == [5, 10, 20, 30, 30]


def test_a_film_that_is_there_is_ready_at_once_and_due_for_copying(portal, video):
    portal.vendor.finish()
    video = portal.work(video)
    assert (video.status, video.stage, video.awaits_copy) == ("SUCCESS", Stage.COPYING, True)
    assert video.vendor_url == f"{portal.vendor.url}/files/film.mp4"
    assert video.due_at <= timezone.now()
    assert 13 < (video.expires_at - timezone.now()).total_seconds() / 86400 <= 14
    assert tokens.url(video).split("/")[-2] not in str(video.vendor_record)


def test_a_vendors_failure_is_told_in_its_words(portal, video):
    portal.vendor.fail("The song is too long.")
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR)
    assert "The song is too long." in video.error_message


def test_an_unknown_task_gets_a_minute_of_grace(portal, video):
    portal.vendor.films.clear()
    video = portal.work(video)
    assert not video.is_final
    portal.age(video, seconds=61)
    assert portal.work(video).failure == Failure.VENDOR


def test_half_an_hour_is_the_deadline_and_trying_again_waits_on(portal, video):
    portal.age(video, minutes=31)
    video = portal.work(video)
    assert video.failure == Failure.DEADLINE
    assert pipeline.try_again(video)
    portal.vendor.finish()
    assert portal.work(video).is_ready
    assert portal.orders_sent() == 1  # nothing was paid for twice


def test_a_vendor_that_is_down_fails_nothing(portal, video):
    portal.vendor.breaks("record-info", *["503"] * 30)
    portal.age(video, minutes=45)
    for _ in range(7):
        video = portal.work(video)
    assert (video.status, video.trouble) == (VideoStatus.PENDING, Trouble.DOWN)
    assert Circuit.objects.get(provider="kie").is_open
    portal.vendor._breaks.clear()
    portal.vendor.finish()
    Circuit.objects.update(open_until=timezone.now())
    assert portal.work(video).is_ready


def test_a_vendor_that_stumbles_is_asked_once_and_soon_again(portal, video):
    portal.vendor.breaks("record-info", *["503"] * 2)
    pauses = []
    for number in (1, 2):
        video = portal.work(video)
        assert (asked(portal), video.trouble) == (number, Trouble.DOWN)
        pauses.append(round(seconds_to(video.due_at)))
    assert pauses == [5, 30]
    video = portal.work(video)
    assert video.trouble == ""


def test_a_key_that_was_revoked_meanwhile_fails_no_film(portal, video, settings):
    settings.VENDORS["kie"]["api_key"] = "revoked"
    video = portal.work(video)
    assert (video.status, video.trouble) == (VideoStatus.PENDING, Trouble.REFUSED)


def test_a_film_inside_our_network_is_refused(portal, video):
    portal.vendor.finish(url="https://169.254.169.254/latest/meta-data/film.mp4")
    video = portal.work(video)
    assert (video.status, video.failure) == (VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR)
    assert video.vendor_url == ""


def test_any_number_of_watchers_asks_once_in_three_seconds(portal, video):
    Video.objects.update(asked_at=None)
    began = time.monotonic()
    for _ in range(1000):
        pipeline.refresh(Video.objects.get(pk=video.pk))
    assert 1 <= asked(portal) <= 1 + (time.monotonic() - began) // 3  # on a slow machine, too


def test_a_page_hears_first_and_the_worker_learns_of_it(portal, video):
    portal.vendor.finish()
    claimed = Video.objects.filter(pk=video.pk)
    claimed.update(due_at=timezone.now())
    worker = Video.objects.claim(video.pk)
    pipeline.refresh(Video.objects.get(pk=video.pk))
    assert Video.objects.get(pk=video.pk).is_ready
    assert not worker.put_off(timedelta(seconds=30))
    assert Video.objects.get(pk=video.pk).due_at <= timezone.now()


def test_a_page_does_not_wait_for_a_vendor_that_hangs(portal, video, monkeypatch):
    monkeypatch.setattr("videos.pipeline.vendor_calls.HASTE", 0.3)
    portal.vendor.breaks("record-info", "hang")
    pipeline.refresh(video)
    assert not Video.objects.get(pk=video.pk).is_final
    assert Circuit.objects.get(provider="kie").failures == 0


def test_pages_leave_a_slow_vendor_to_the_workers(portal, video, monkeypatch):
    monkeypatch.setattr("videos.pipeline.vendor_calls.HASTE", 0.3)
    portal.vendor.breaks("record-info", "hang")
    for _ in range(5):
        Video.objects.update(asked_at=None)
        pipeline.refresh(Video.objects.get(pk=video.pk))
    assert asked(portal) == 1
    portal.vendor.finish()
    assert portal.work(video).is_ready


@pytest.mark.parametrize("unknown", [422, 404])
def test_a_task_that_is_not_known_yet_silences_no_page(portal, video, unknown):
    """The vendor answered: other videos of it are asked about all the same."""
    portal.vendor.dialect = Dialect(unknown=unknown)
    films = dict(portal.vendor.films)
    portal.vendor.films.clear()
    pipeline.refresh(video)
    portal.vendor.films |= films
    portal.vendor.finish()
    Video.objects.update(asked_at=None)
    pipeline.refresh(Video.objects.get(pk=video.pk))
    assert Video.objects.get(pk=video.pk).is_ready


def test_an_old_question_does_not_end_what_was_taken_up_again(portal, video):
    portal.age(video, minutes=31)
    page = Video.objects.get(pk=video.pk)
    assert portal.work(video).failure == Failure.DEADLINE
    assert pipeline.try_again(Video.objects.get(pk=video.pk))
    vendor = vendor_calls.named("kie")
    polling.hear(page, vendor, vendor.video(page.vendor_task_id))
    assert Video.objects.get(pk=video.pk).status == VideoStatus.PENDING


def test_a_look_up_that_fails_for_a_moment_loses_no_film(portal, video, monkeypatch):
    real = socket.getaddrinfo

    def look_up(host, *args, **kwargs):
        if host == "cdn.example":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    portal.vendor.finish(url="https://cdn.example/film.mp4")
    video = portal.work(video)
    assert video.awaits_copy
    video = portal.work(video)
    assert (video.status, video.copy_tries) == (VideoStatus.SUCCESS, 1)
    portal.vendor.finish()  # and the vendor tells another address meanwhile
    assert portal.work(video).film


@pytest.mark.parametrize("host", [f"{'a' * 64}.example", "a..example", "xn--\xfc.example"])
def test_a_name_that_is_none_is_refused_by_workers_and_pages(portal, video, host):
    portal.vendor.finish(url=f"https://{host}/film.mp4")
    pipeline.refresh(Video.objects.get(pk=video.pk))
    Video.objects.filter(pk=video.pk, status="PENDING").update(asked_at=None)
    assert Video.objects.get(pk=video.pk).failure == Failure.VENDOR


def token_of(video: Video) -> str:
    return tokens.url(video).split("/")[-2]


def test_a_callback_makes_the_video_due_and_says_nothing_that_is_believed(portal, video):
    payload = portal.vendor.films[video.vendor_task_id].callback("suno")
    payload["data"]["video_url"] = "https://evil.example/film.mp4"
    pipeline.called_back("kie", token_of(video), payload)
    video.refresh_from_db()
    assert video.due_at <= timezone.now()
    assert (video.status, video.vendor_url) == (VideoStatus.PENDING, "")
    assert asked(portal) == 0


@pytest.mark.parametrize("task_id", ["another", "", None])
def test_a_callback_about_another_task_is_no_hint(portal, video, task_id):
    pipeline.called_back("kie", token_of(video), {"data": {"task_id": task_id}})
    video.refresh_from_db()
    assert video.due_at > timezone.now()


def test_a_callback_during_the_order_is_not_forgotten(portal):
    video = portal.order()
    worker = Video.objects.claim(video.pk)
    worker.posting()
    pipeline.called_back("kie", token_of(video), {"data": {"task_id": "soon-known"}})
    assert Video.objects.get(pk=video.pk).due_at > timezone.now()  # the claim holds
    worker.accepted("soon-known")
    worker.put_off(timedelta(seconds=5))
    assert Video.objects.get(pk=video.pk).due_at <= timezone.now()


def test_a_cancelled_video_is_followed_no_more_and_can_be_taken_up_again(portal, video):
    pipeline.cancel(video)
    portal.vendor.finish()
    pipeline.refresh(Video.objects.get(pk=video.pk))
    assert not Video.objects.get(pk=video.pk).is_ready
    assert pipeline.try_again(video)
    assert portal.work(video).is_ready
    assert portal.orders_sent() == 1


def test_a_crun_film_is_followed_too(crun_portal):
    video = crun_portal.work(crun_portal.order())
    crun_portal.vendor.finish()
    assert crun_portal.work(crun_portal.work(video)).film
