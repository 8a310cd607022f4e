"""Webhooks as the JSON of Suno's family."""

import pytest

from tests.factories import a_failed_video, a_finished_video, a_track, a_video
from videos.payloads import film_urls, outcome, suno
from videos.statuses import Failure, VideoStatus

pytestmark = pytest.mark.django_db


def test_a_film_has_the_vendors_fields():
    video = a_finished_video(track=a_track())
    assert suno.webhook_payload(video) == {
        "code": 200,
        "msg": "success",
        "data": {"task_id": video.pk.hex, "video_url": film_urls.url(video)},
    }


def test_a_failure_says_why_and_has_no_film():
    video = a_failed_video(track=a_track())
    assert suno.webhook_payload(video) == {
        "code": 500,
        "msg": "The renderer broke down.",
        "data": {"task_id": video.pk.hex, "video_url": ""},
    }


def test_a_cancelled_one_says_so():
    video = a_failed_video(failure=Failure.CANCELLED, error_message="")
    assert suno.webhook_payload(video)["msg"] == "The task was cancelled."


def test_a_film_that_only_its_vendor_has_is_still_in_the_making():
    video = a_video(provider="kie", status=VideoStatus.SUCCESS, vendor_url="https://cdn.example/1")
    assert outcome.status(video) == VideoStatus.PENDING
    assert outcome.status(a_finished_video(provider="kie")) == VideoStatus.SUCCESS
