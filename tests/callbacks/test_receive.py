"""What a callback may cause, and where its task id is found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_video
from videos.callbacks import extract_task_id, receive_callback, tokens
from videos.models import Video
from videos.statuses import VideoStatus

TASK = "3f1c0d5e8a7b4c2d9e6f0a1b2c3d4e5f"


@pytest.fixture
def video(db) -> Video:
    """Return a video that is not due, with a task at its vendor."""
    later = timezone.now() + timedelta(seconds=30)
    return a_video(provider="kie", vendor_task_id=TASK, due_at=later, submitted_at=timezone.now())


def is_due(video: Video) -> bool:
    video.refresh_from_db()
    return video.due_at is not None and video.due_at <= timezone.now()


def test_a_callback_makes_the_video_due_and_nothing_in_it_is_believed(
    video, django_capture_on_commit_callbacks
):
    payload = {"data": {"task_id": TASK, "video_url": "https://evil.example/film.mp4"}}
    with django_capture_on_commit_callbacks() as messages:
        receive_callback("kie", tokens.make_token(video), payload)
    assert len(messages) == 1  # a worker is woken
    assert is_due(video)
    assert video.callback_received
    assert (video.status, video.vendor_url) == (VideoStatus.PENDING, "")
    assert video.polled_at is None


@pytest.mark.parametrize("task_id", ["another", "", None])
def test_a_callback_about_another_task_is_ignored(video, task_id):
    receive_callback("kie", tokens.make_token(video), {"data": {"task_id": task_id}})
    assert not is_due(video)


@pytest.mark.django_db
def test_a_callback_during_the_order_is_not_forgotten():
    video = a_video(provider="kie")
    worker = Video.objects.claim(video.pk)
    worker.mark_submitting()
    receive_callback("kie", tokens.make_token(video), {"data": {"task_id": "soon-known"}})
    assert not is_due(video)  # the claim holds
    worker.mark_accepted("soon-known")
    worker.reschedule(timedelta(seconds=5))
    assert is_due(video)


def test_a_callback_of_another_vendor_is_ignored(video):
    receive_callback("apikley", tokens.make_token(video), {"data": {"task_id": TASK}})
    assert not is_due(video)


def test_a_callback_about_a_final_video_is_ignored(video, django_capture_on_commit_callbacks):
    video.cancel()
    with django_capture_on_commit_callbacks() as messages:
        receive_callback("kie", tokens.make_token(video), {"data": {"task_id": TASK}})
    assert not messages
    assert not is_due(video)


@pytest.mark.parametrize(
    "payload",
    [
        {"data": {"task_id": "x"}},
        {"data": {"taskId": "x"}},
        {"taskId": "x"},
        {"task_id": "x", "status": "success"},
        {"code": 200, "data": {"task_id": "x", "video_url": None}},
    ],
)
def test_the_id_is_extracted_wherever_it_is(payload):
    assert extract_task_id(payload) == "x"


@pytest.mark.parametrize("payload", [None, [], "x", 1, {}, {"data": []}, {"data": {"task_id": {}}}])
def test_a_payload_without_an_id_has_none(payload):
    assert extract_task_id(payload) == ""
