"""Orders to a vendor: taken once, never forgotten, and what follows each error."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.pairwise import one_in
from tests.standin import Dialect
from videos import pipeline
from videos.callbacks import tokens
from videos.models import Event, Video
from videos.statuses import DelayReason, Failure, Stage, VideoStatus


def test_an_order_is_accepted_and_its_id_is_stored(portal):
    video = portal.work(portal.order())
    film = portal.vendor.films[video.vendor_task_id]
    assert (film.author, film.domain_name) == ("Ada", "example.com")
    assert film.callback_url == tokens.callback_url(video)
    assert (video.status, video.stage, video.unconfirmed_submissions) == (
        VideoStatus.PENDING,
        Stage.WAITING,
        0,
    )
    assert timezone.now() < video.due_at < timezone.now() + timedelta(seconds=6)
    assert video.events.filter(kind=Event.Kind.SUBMITTED, detail=video.vendor_task_id).exists()


def test_a_lost_answer_is_repeated_once_and_the_film_adopted(portal):
    portal.vendor.lose_response("mp4/generate")
    video = portal.work(portal.order())
    assert (video.vendor_task_id, video.unconfirmed_submissions, video.delay_reason) == (
        "",
        1,
        DelayReason.DOWN,
    )
    video = portal.work(video)
    assert portal.orders_sent() == 2
    assert list(portal.vendor.films) == [video.vendor_task_id]
    assert video.events.filter(kind=Event.Kind.ADOPTED).exists()


def test_a_worker_that_died_after_the_order_left_is_followed_by_one_repeat(portal):
    video = portal.order()
    claimed = Video.objects.claim(video.pk)
    claimed.mark_submitting()  # the order is sent, and the worker dies
    video = portal.work(video)
    assert video.vendor_task_id
    assert portal.orders_sent() == 1


@pytest.mark.parametrize("data", [None, {}, {"taskId": ""}])
def test_a_success_without_an_id_is_repeated_once_and_adopted(portal, data):
    answer = portal.vendor.answer

    def without_an_id(call):
        status, body = answer(call)
        portal.vendor.answer = answer
        return status, body | {"data": data}

    video = portal.order()
    portal.vendor.answer = without_an_id
    video = portal.work(video)
    assert (video.status, video.unconfirmed_submissions) == (VideoStatus.PENDING, 1)
    video = portal.work(video)
    assert list(portal.vendor.films) == [video.vendor_task_id]


@pytest.mark.parametrize("code", [409, 422])
def test_what_exists_is_adopted_under_either_code(portal, code):
    portal.vendor.dialect = Dialect(exists=code)
    portal.vendor.lose_response("mp4/generate")
    assert portal.work(portal.work(portal.order())).vendor_task_id in portal.vendor.films


def test_two_lost_answers_are_the_end_and_the_creator_can_enter_the_id(portal):
    portal.vendor.dialect = Dialect(exists_with_id=False)
    portal.vendor.lose_response("mp4/generate", times=2)
    video = portal.work(portal.work(portal.order()))
    assert (video.status, video.failure) == (VideoStatus.CREATE_TASK_FAILED, Failure.UNKNOWN)
    assert "twice" in video.error_message
    assert not portal.work(video).vendor_task_id
    assert portal.orders_sent() == 2
    (task_id,) = portal.vendor.films
    assert pipeline.adopt_vendor_task(video, task_id)
    portal.vendor.finish()
    assert portal.work(video).is_ready


LOST = ["reset", "empty 500", "html 502", "503", "html", "truncated", "cut JSON", "null"]


@pytest.mark.parametrize("kind", one_in(3, LOST))
def test_an_order_whose_repeat_is_billed_is_never_repeated(crun_portal, kind):
    crun_portal.vendor.lose_response("job/CreateTask", kind=kind)
    video = crun_portal.work(crun_portal.order())
    assert (video.status, video.failure) == (VideoStatus.CREATE_TASK_FAILED, Failure.UNKNOWN)
    assert "would be billed again" in video.error_message
    assert not crun_portal.work(video).vendor_task_id
    assert crun_portal.orders_sent() == 1
    (task_id,) = crun_portal.vendor.films
    assert pipeline.adopt_vendor_task(video, task_id)
    crun_portal.vendor.finish()
    assert crun_portal.work(crun_portal.work(video)).film
    assert crun_portal.orders_sent() == 1


@pytest.mark.parametrize("is_set_up", [True, False])
def test_a_worker_that_died_after_such_an_order_left_is_followed_by_none(
    crun_portal, settings, is_set_up
):
    video = crun_portal.order()
    Video.objects.claim(video.pk).mark_submitting()  # the order is sent, and the worker dies
    if not is_set_up:
        settings.VENDORS = {}
    assert crun_portal.work(video).failure == Failure.UNKNOWN
    assert crun_portal.orders_sent() == 0


@pytest.mark.parametrize("kind", ["throttled", "maintenance"])
def test_such_an_order_that_was_certainly_not_taken_is_sent_again(crun_portal, kind):
    crun_portal.vendor.breaks("job/CreateTask", kind)
    video = crun_portal.work(crun_portal.order())
    assert video.status == VideoStatus.PENDING
    assert crun_portal.work(video).vendor_task_id
    assert len(crun_portal.vendor.films) == 1


def test_such_an_order_that_reached_nobody_is_sent_again(crun_portal, settings):
    video = crun_portal.order()
    vendors = settings.VENDORS
    settings.VENDORS = {"crun": vendors["crun"] | {"base_url": "http://127.0.0.1:9"}}
    video = crun_portal.work(video)
    assert (video.status, video.unconfirmed_submissions, video.delay_reason) == (
        VideoStatus.PENDING,
        0,
        DelayReason.DOWN,
    )
    settings.VENDORS = vendors
    assert crun_portal.work(video).vendor_task_id
    assert crun_portal.orders_sent() == 1


def test_what_exists_without_an_id_fails_with_instructions(portal):
    portal.vendor.dialect = Dialect(exists_with_id=False)
    portal.vendor.lose_response("mp4/generate")
    video = portal.work(portal.work(portal.order()))
    assert video.failure == Failure.EXISTS
    assert "enter the task's id here" in video.error_message


def test_what_exists_without_an_id_may_be_known_to_us(portal):
    portal.vendor.dialect = Dialect(exists_with_id=False)
    track = portal.track()
    first = portal.work(portal.order(track))
    pipeline.cancel(first)
    second = portal.work(portal.order(track))
    assert second != first
    assert second.vendor_task_id == first.vendor_task_id
    other = portal.track()
    portal.vendor.lose_response("mp4/generate")
    assert portal.work(portal.work(portal.order(other))).failure == Failure.EXISTS


@pytest.mark.parametrize(
    ("error", "failure", "word"),
    [
        ("credits", Failure.CREDITS, "credits"),
        ("authentication", Failure.ACCOUNT, "key"),
        ("disabled", Failure.REFUSED, "another provider"),
        ("invalid", Failure.REFUSED, "author is too long"),
    ],
)
def test_an_error_that_a_person_has_to_mend_fails_at_once_with_its_own_sentence(
    portal, error, failure, word
):
    portal.vendor.breaks("mp4/generate", error)
    video = portal.work(portal.order())
    assert (video.status, video.failure) == (VideoStatus.CREATE_TASK_FAILED, failure)
    assert word in video.error_message
    assert "kie.ai" in video.error_message
    assert portal.orders_sent() == 1
    assert pipeline.retry(video)
    assert portal.work(video).vendor_task_id


@pytest.mark.parametrize(
    ("kind", "delay_reason", "min_backoff"),
    [("throttled", "throttled", 10), ("maintenance", "maintenance", 30), ("503", "down", 30)],
)
def test_a_temporary_error_is_retried_with_backoff(portal, kind, delay_reason, min_backoff):
    portal.vendor.breaks("mp4/generate", kind, kind, kind)
    video = portal.order()
    for _ in range(3):
        video = portal.work(video)
        assert (video.status, video.delay_reason, video.unconfirmed_submissions) == (
            VideoStatus.PENDING,
            delay_reason,
            0,
        )
        assert video.due_at > timezone.now() + timedelta(seconds=min_backoff - 1)
    video = portal.work(video)
    assert video.vendor_task_id
    assert video.delay_reason == ""
    assert video.events.filter(kind=Event.Kind.DELAYED).count() == 1


def test_a_vendor_that_accepts_nothing_for_a_day_is_given_up(portal):
    portal.vendor.breaks("mp4/generate", "maintenance")
    video = portal.order()
    portal.age(video, hours=25)
    assert portal.work(video).failure == Failure.DEADLINE


def test_a_second_order_of_a_song_leads_to_the_first(portal):
    track = portal.track()
    first = portal.order(track)
    assert portal.order(track) == first
    assert Video.objects.count() == 1


def test_a_song_whose_video_failed_can_be_ordered_again(portal):
    track = portal.track()
    first = portal.order(track)
    pipeline.cancel(first)
    second = portal.order(track)
    assert second != first
    assert not pipeline.retry(first)  # there is another one now


def test_a_vendor_that_is_no_longer_configured_fails_the_video(portal, settings):
    video = portal.order()
    settings.VENDORS = {}
    assert portal.work(video).failure == Failure.ACCOUNT


def test_a_failed_video_goes_on_with_the_renderer_on_the_same_page(portal):
    portal.vendor.breaks("mp4/generate", "credits")
    video = portal.work(portal.order())
    assert [each.key for each in pipeline.providers_for(video.track)] == ["kie", "builtin"]
    assert pipeline.retry(video, "builtin")
    video.refresh_from_db()
    assert (video.provider, video.status) == ("builtin", VideoStatus.PENDING)
    kinds = list(video.events.values_list("kind", flat=True))
    assert kinds[-1] == Event.Kind.SWITCHED
    video = portal.work(video)
    assert video.is_ready
    assert video.film
    assert video.track.audio
    assert video.track.cover


def test_a_video_that_is_cancelled_while_it_is_submitted_keeps_its_vendor_task(portal):
    video = portal.order()
    portal.vendor.on_order = lambda: pipeline.cancel(Video.objects.get(pk=video.pk))
    cancelled = portal.work(video)
    assert cancelled.failure == Failure.CANCELLED
    assert cancelled.vendor_task_id in portal.vendor.films
    assert pipeline.retry(cancelled)
    portal.vendor.finish()
    assert portal.work(cancelled).is_ready
    assert portal.orders_sent() == 1


@pytest.mark.django_db(transaction=True)
def test_an_id_that_came_while_the_database_was_away_is_stored(portal, monkeypatch):
    monkeypatch.setattr("videos.pipeline.claim.RECONNECT_INTERVAL", 0.01)
    queries_lost = 0

    def lose(execute, *args):
        nonlocal queries_lost
        if queries_lost and portal.orders_sent():
            queries_lost -= 1
            raise OperationalError("connection refused")
        return execute(*args)

    video, queries_lost = portal.order(), 3
    with connection.execute_wrapper(lose):
        video = portal.work(video)
    assert list(portal.vendor.films) == [video.vendor_task_id]
    assert (video.failure, video.crashed_claims) == (Failure.NONE, 0)


@pytest.mark.django_db(transaction=True)
def test_an_order_is_sent_also_where_the_circuit_cannot_be_read(portal):
    def lose(execute, sql, *args):
        if "videos_circuit" in sql and not portal.orders_sent():
            raise OperationalError("couldn't get a connection after 10.00 sec")
        return execute(sql, *args)

    video = portal.order()
    with connection.execute_wrapper(lose):
        video = portal.work(video)
    assert list(portal.vendor.films) == [video.vendor_task_id]
    assert (video.failure, video.unconfirmed_submissions) == (Failure.NONE, 0)
