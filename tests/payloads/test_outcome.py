"""The outcome of a video for programs."""

import uuid

from videos.models import Video
from videos.payloads import outcome
from videos.statuses import Failure, VideoStatus


def test_its_id_is_32_digits():
    pk = uuid.uuid4()
    assert outcome.task_id(Video(pk=pk)) == pk.hex


def test_a_film_that_only_its_vendor_has_is_still_pending():
    at_vendor = Video(status=VideoStatus.SUCCESS, vendor_url="https://a.example/f.mp4")
    assert outcome.status(at_vendor) == VideoStatus.PENDING
    here = Video(status=VideoStatus.SUCCESS, film="films/a.mp4")
    assert outcome.status(here) == VideoStatus.SUCCESS


def test_a_failure_always_has_a_sentence():
    assert outcome.failure_message(Video(failure=Failure.CANCELLED)) == "The task was cancelled."
    assert outcome.failure_message(Video(error_message="No lyrics.")) == "No lyrics."
    assert outcome.failure_message(Video()) == "The film could not be made."
