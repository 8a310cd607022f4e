"""Each event of a video is a row, a line in the log, and a count."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_delivery, a_video
from videos.models import Counter, DeliveryAttempt, event
from videos.statuses import Failure, VideoStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog, django_capture_on_commit_callbacks):
    """Return a function that does something and returns the events that it writes to the log."""

    def record(action, *args, **kwargs):
        caplog.clear()
        caplog.set_level(logging.INFO, "videos.models.event")
        with django_capture_on_commit_callbacks(execute=True):
            assert action(*args, **kwargs)
        return [each.facts for each in caplog.records if each.name == "videos.models.event"]

    return record


def test_a_film_that_is_rendered_here_tells_its_seconds_and_speed(lines):
    video = a_video(started_at=timezone.now() - timedelta(seconds=20))
    (line,) = lines(video.mark_finished, film="a.mp4", duration=100.0)
    assert line["event"] == "finished"
    assert line["video_id"] == str(video.pk)
    assert line["user_id"] == video.owner_id
    assert line["provider"] == "builtin"
    assert line["seconds"] == pytest.approx(20, abs=1)
    assert line["speed"] == pytest.approx(5, abs=0.5)
    assert Counter.objects.values_of(event.EVENTS) == {"finished,builtin": 1}
    assert Counter.objects.values_of(event.SECONDS) == {"30": 1}
    assert Counter.objects.values_of(event.SPEED) in ({"8": 1}, {"4": 1})


def test_a_failure_tells_its_kind(lines):
    (line,) = lines(a_video().mark_failed, Failure.MEDIA, "It is no song.")
    assert (line["event"], line["failure"]) == ("failed", "media")
    assert "seconds" in line
    assert Counter.objects.values_of(event.FAILURES) == {"media,builtin": 1}


def test_a_vendors_film_is_finished_and_then_archived(lines):
    video = a_video(provider="kie", vendor_task_id="7", submitted_at=timezone.now())
    later = timezone.now() + timedelta(days=14)
    (line,) = lines(video.mark_made, "https://kie.example/a.mp4", later, {})
    assert (line["event"], line["provider"]) == ("finished", "kie")
    (line,) = lines(video.mark_copied, film="a.mp4")
    assert line["event"] == "archived"
    assert Counter.objects.values_of(event.SECONDS) == {}  # it was not rendered here


def test_a_vendors_failure_tells_its_kind(lines):
    video = a_video(provider="kie", vendor_task_id="7", submitted_at=timezone.now())
    status = VideoStatus.GENERATE_MP4_FAILED
    (line,) = lines(video.mark_vendor_failed, status, Failure.VENDOR, "Sorry.")
    assert (line["event"], line["failure"]) == ("failed", "vendor")


def test_a_webhook_tells_how_long_its_receiver_took(lines):
    delivery = a_delivery()
    (line,) = lines(delivery.mark_delivered, DeliveryAttempt(milliseconds=250, status_code=200))
    assert (line["event"], line["seconds"]) == ("delivered", 0.25)
    assert line["user_id"] == delivery.owner_id


def test_what_is_rolled_back_is_neither_logged_nor_counted(caplog):
    a_video().mark_failed(Failure.MEDIA, "It is no song.")  # the test's transaction stays open
    assert Counter.objects.count() == 0
    assert not [each for each in caplog.records if each.name == "videos.models.event"]
