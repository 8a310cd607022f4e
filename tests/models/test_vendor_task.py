"""The part of a video that a vendor makes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_failed_video, a_video
from videos.models import Event, Video
from videos.models.vendor_task import MIN_POLL_INTERVAL, cleared_vendor_columns
from videos.statuses import DelayReason, Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db


def claimed(**fields: object) -> Video:
    video = Video.objects.claim(a_video(provider="kie", **fields).pk)
    assert video is not None
    return video


def at_vendor() -> Video:
    video = claimed()
    assert video.mark_submitting()
    assert video.mark_accepted("t-1")
    return video


def kinds(video: Video) -> list[str]:
    return [event.kind for event in video.events.all()]


def test_an_order_is_counted_before_it_is_sent_and_cleared_when_it_is_taken():
    video = claimed()
    video.mark_submitting()
    assert (video.unconfirmed_submissions, video.stage) == (1, Stage.SUBMITTING)
    assert not video.is_at_vendor
    video.mark_accepted("t-1", adopted=True)
    assert (video.unconfirmed_submissions, video.stage) == (0, Stage.WAITING)
    assert video.is_at_vendor
    assert kinds(video) == [Event.Kind.ADOPTED]


def test_one_caller_may_poll_every_three_seconds():
    video = at_vendor()
    other = Video.objects.get(pk=video.pk)
    assert video.acquire_poll()
    assert not video.acquire_poll()
    assert not other.acquire_poll()
    Video.objects.update(polled_at=timezone.now() - MIN_POLL_INTERVAL)
    assert Video.objects.get(pk=video.pk).acquire_poll()


def test_a_callback_makes_it_due_at_once_also_while_it_is_rescheduled():
    video = at_vendor()
    assert video.record_callback()
    assert video.reschedule(timedelta(minutes=9))
    video.refresh_from_db()
    assert video.due_at <= timezone.now()


def test_a_delay_is_in_the_history_once():
    video = at_vendor()
    for _ in range(2):
        assert video.reschedule(timedelta(seconds=9), DelayReason.DOWN, "No answer.")
    assert kinds(video).count(Event.Kind.DELAYED) == 1


def test_a_film_at_the_vendor_fences_the_worker_off_and_is_to_be_copied():
    video = at_vendor()
    page = Video.objects.get(pk=video.pk)
    assert page.mark_made("https://a.example/f.mp4", timezone.now(), {"a": 1})
    assert (page.status, page.stage) == (VideoStatus.SUCCESS, Stage.COPYING)
    assert not video.mark_made("https://a.example/other.mp4", timezone.now(), None)
    assert not video.reschedule(timedelta(seconds=1))
    assert Video.objects.get(pk=video.pk).vendor_url == "https://a.example/f.mp4"


def test_a_vendors_failure_ends_it_with_its_sentence():
    video = at_vendor()
    assert video.mark_vendor_failed(
        VideoStatus.GENERATE_MP4_FAILED, Failure.VENDOR, "No lyrics.", {"b": 2}
    )
    assert (video.failure, video.error_message, video.due_at) == ("vendor", "No lyrics.", None)
    assert Event.Kind.FAILED in kinds(video)


def test_an_id_that_comes_late_is_stored_only_where_there_is_none():
    video = claimed()
    video.record_late_acceptance("t-9")
    video.record_late_acceptance("t-10")
    video.refresh_from_db()
    assert video.vendor_task_id == "t-9"


def test_a_new_start_knows_nothing_of_the_vendor():
    video = at_vendor()
    Video.objects.filter(pk=video.pk).update(**cleared_vendor_columns())
    video.refresh_from_db()
    assert not video.is_at_vendor
    assert (video.submitted_at, video.vendor_url, video.poll_count) == (None, "", 0)


OVER = (Failure.VENDOR, Failure.REFUSED, Failure.LOST)
NEW = ("", 0)  # the task that is followed, and the orders without a clear answer
RETRIES = [
    # at one vendor: a task that did not fail there is followed, anything else is sent
    *(("kie", failure, "t-1", 0, {}, "kie", "", NEW, {}) for failure in OVER),
    ("kie", Failure.DEADLINE, "t-1", 0, {}, "kie", "", ("t-1", 0), {}),
    ("kie", Failure.CANCELLED, "t-1", 0, {}, "kie", "", ("t-1", 0), {}),
    ("crun", Failure.UNKNOWN, "", 1, {}, "crun", "", NEW, {}),  # by decision, after a warning
    ("crun", Failure.UNKNOWN, "", 1, {}, "crun", "t-9", ("t-9", 0), {}),
    ("crun", Failure.CANCELLED, "", 1, {}, "crun", "", ("", 1), {}),
    ("crun", Failure.CANCELLED, "", 1, {}, "crun", "t-9", ("t-9", 0), {}),
    # away: what may exist is remembered
    *(("kie", failure, "t-1", 0, {}, "builtin", "", NEW, {}) for failure in OVER),
    ("kie", Failure.DEADLINE, "t-1", 0, {}, "builtin", "", NEW, {"kie": "t-1"}),
    ("kie", Failure.EXISTS, "", 1, {}, "crun", "", NEW, {"kie": ""}),
    ("crun", Failure.UNKNOWN, "", 1, {}, "kie", "", NEW, {"crun": ""}),
    ("crun", Failure.CANCELLED, "", 1, {}, "kie", "", NEW, {"crun": ""}),
    ("crun", Failure.CANCELLED, "", 0, {}, "kie", "", NEW, {}),
    ("crun", Failure.CREDITS, "", 1, {}, "kie", "", NEW, {}),
    # back: it is followed, or counts as an order without a clear answer
    ("builtin", Failure.RENDER, "", 0, {"kie": "t-1"}, "kie", "", ("t-1", 0), {}),
    ("builtin", Failure.RENDER, "", 0, {"kie": ""}, "kie", "", ("", 1), {}),
    ("builtin", Failure.RENDER, "", 0, {"crun": ""}, "crun", "", ("", 1), {}),
    ("builtin", Failure.RENDER, "", 0, {"crun": ""}, "kie", "", NEW, {"crun": ""}),
    # with an id that the owner entered, which answers the open question
    ("builtin", Failure.RENDER, "", 0, {"crun": ""}, "crun", "t-9", ("t-9", 0), {}),
    ("builtin", Failure.RENDER, "", 0, {"kie": "t-1"}, "kie", "t-9", ("t-9", 0), {}),
    ("crun", Failure.UNKNOWN, "", 1, {"kie": ""}, "kie", "t-9", ("t-9", 0), {"crun": ""}),
]


def failed(provider: str, failure: str, task_id: str = "", unconfirmed: int = 0, **more) -> Video:
    return a_failed_video(
        provider=provider,
        failure=failure,
        vendor_task_id=task_id,
        unconfirmed_submissions=unconfirmed,
        **more,
    )


@pytest.mark.parametrize(
    ("provider", "failure", "task_id", "unconfirmed", "former", "to", "entered", "order", "left"),
    RETRIES,
)
def test_a_retry_forgets_no_order_that_may_exist(
    provider, failure, task_id, unconfirmed, former, to, entered, order, left
):
    video = failed(provider, failure, task_id, unconfirmed, former_orders=former)
    assert video.retry(to, entered)
    video.refresh_from_db()
    assert (video.provider, video.status, video.failure) == (to, VideoStatus.PENDING, "")
    assert (video.vendor_task_id, video.unconfirmed_submissions) == order
    assert video.former_orders == left
    assert bool(video.submitted_at) == bool(video.vendor_task_id)


@pytest.mark.parametrize("record", [None, {"state": "failed"}])
@pytest.mark.parametrize("unconfirmed", [0, 1])
@pytest.mark.parametrize("task_id", ["", "t-1"])
@pytest.mark.parametrize("failure", [each for each in Failure if each])
def test_what_a_retry_remembers_is_what_queries_find(failure, task_id, unconfirmed, record):
    video = failed("crun", failure, task_id, unconfirmed, vendor_record=record)
    may_exist = Video.objects.may_be_ordered_at("crun").exists()
    assert not Video.objects.may_be_ordered_at("kie").exists()
    assert video.retry("builtin")
    video.refresh_from_db()
    assert ("crun" in video.former_orders) == may_exist
    assert Video.objects.may_be_ordered_at("crun").exists() == may_exist
