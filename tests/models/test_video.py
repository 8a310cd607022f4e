"""Transitions of a video, and who sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import a_track, a_user, a_video
from videos.models import Event, Video
from videos.statuses import Failure, Stage, VideoStatus

pytestmark = pytest.mark.django_db


def claimed(**fields: object) -> Video:
    video = Video.objects.claim(a_video(**fields).pk)
    assert video is not None
    return video


def kinds(video: Video) -> list[str]:
    return list(video.events.values_list("kind", flat=True))


def test_a_finished_video_has_its_film_and_is_never_due_again():
    video = claimed()
    assert video.mark_started()
    assert video.record_progress(Stage.DRAWING, 0.5, 3.0)
    assert video.mark_finished(film="films/a.mp4", poster="films/a.jpg", duration=61.0)
    video.refresh_from_db()
    assert video.status == VideoStatus.SUCCESS
    assert (video.percent, video.due_at, video.crashed_claims, video.seconds_left) == (
        100,
        None,
        0,
        None,
    )
    assert video.completed_at is not None
    assert kinds(video) == [Event.Kind.STARTED, Event.Kind.FINISHED]


def test_a_failed_video_says_why():
    video = claimed()
    assert video.mark_failed(Failure.MEDIA, "This file has no sound in it.")
    video.refresh_from_db()
    assert video.status == VideoStatus.GENERATE_MP4_FAILED
    assert video.error_message == "This file has no sound in it."
    assert video.due_at is None
    assert video.events.get().detail == "This file has no sound in it."


def test_cancelling_fences_off_the_worker_that_has_claimed_it():
    video = claimed()
    assert Video.objects.get(pk=video.pk).cancel()
    assert not video.record_progress(Stage.DRAWING, 0.5, None)
    assert not video.mark_finished(film="films/a.mp4")
    video.refresh_from_db()
    assert (video.failure, video.is_final, video.due_at) == (Failure.CANCELLED, True, None)


def test_a_final_video_cannot_be_cancelled():
    video = claimed()
    video.mark_finished(film="films/a.mp4")
    assert not video.cancel()
    video.refresh_from_db()
    assert video.is_ready


def test_trying_again_starts_afresh_on_the_same_row():
    video = claimed()
    video.mark_failed(Failure.WORKER_LOST, "It broke.")
    assert video.retry()
    video.refresh_from_db()
    assert (video.status, video.error_message, video.failure) == (VideoStatus.PENDING, "", "")
    assert (video.crashed_claims, video.fraction) == (0, 0)
    assert Video.objects.claim(video.pk) is not None


def test_a_video_in_the_making_or_ready_is_not_tried_again():
    video = claimed()
    assert not video.retry()
    video.mark_finished(film="films/a.mp4")
    assert not video.retry()


def test_a_second_claim_is_in_the_history():
    video = claimed()
    video.mark_started()
    Video.objects.filter(pk=video.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    second = Video.objects.claim(video.pk)
    assert second is not None
    second.mark_started()
    assert kinds(second) == [Event.Kind.STARTED, Event.Kind.WORKER_LOST]


@pytest.mark.parametrize("text", ["🎵" * 50, "歌" * 50, "a" * 50])
def test_fifty_characters_fit(text):
    video = a_video(author=text, domain_name=text)
    video.refresh_from_db()
    assert video.author == text


@pytest.mark.parametrize("field", ["author", "domain_name"])
def test_the_database_refuses_fifty_one(field):
    with pytest.raises(Exception, match=r"_fits|too long"), transaction.atomic():
        a_video(**{field: "歌" * 51})


def test_a_form_makes_one_video():
    video = a_video(form_token="8f14e45f-ceea-467a-9575-6d0f3b1c2a11")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_video(owner=video.owner, track=video.track, form_token=video.form_token)
    a_video(owner=a_user(), track=a_track(), form_token=video.form_token)
    a_video(owner=video.owner, track=video.track, form_token=None)
    a_video(owner=video.owner, track=video.track, form_token=None)
