"""Transitions of a video, and who sees it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories import a_track, a_user, a_video
from videos.models import Event, Video
from videos.statuses import Failure, Stage, VideoStatus, Visibility

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


def test_its_owner_and_nobody_else_reaches_it():
    video, stranger = a_video(), a_user()
    assert list(Video.objects.for_user(video.owner)) == [video]
    assert not Video.objects.for_user(stranger).exists()
    assert not Video.objects.for_user(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("visibility", "status", "seen"),
    [
        (Visibility.PRIVATE, VideoStatus.SUCCESS, False),
        (Visibility.UNLISTED, VideoStatus.SUCCESS, True),
        (Visibility.PUBLIC, VideoStatus.SUCCESS, True),
        (Visibility.PUBLIC, VideoStatus.PENDING, False),
        (Visibility.UNLISTED, VideoStatus.GENERATE_MP4_FAILED, False),
    ],
)
def test_visitors_see_what_is_shared_and_ready(visibility, status, seen):
    video = a_video(visibility=visibility, status=status)
    assert Video.objects.visible_to(AnonymousUser()).exists() is seen
    assert Video.objects.visible_to(a_user()).exists() is seen
    assert Video.objects.visible_to(video.owner).exists()


def test_its_queue_position_counts_the_pending_videos_before_it():
    now = timezone.now()
    videos = [a_video(queue_position_at=now + timedelta(seconds=n)) for n in range(3)]
    a_video(queue_position_at=now - timedelta(seconds=1), status=VideoStatus.SUCCESS)
    ahead = dict(Video.objects.with_queue_position().values_list("pk", "videos_ahead"))
    assert [ahead[video.pk] for video in videos] == [0, 1, 2]


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


def test_slugs_cannot_be_guessed():
    slugs = {a_video().slug for _ in range(3)}
    assert len(slugs) == 3
    assert all(len(slug) >= 22 for slug in slugs)


def test_the_videos_of_different_people_alternate_in_the_renderers_queue():
    hurried, other = a_user(), a_user()
    now = timezone.now()
    positions = []
    for _ in range(3):
        positions.append(Video.objects.next_queue_position(hurried, "builtin"))
        a_video(hurried, provider="builtin", queue_position_at=positions[-1])
    assert [round((position - now).total_seconds()) for position in positions] == [0, 60, 120]
    position = Video.objects.next_queue_position(other, "builtin")
    assert positions[0] < position < positions[1]
    assert Video.objects.next_queue_position(hurried, "kie") < positions[1]
    Video.objects.update(status="SUCCESS")
    assert Video.objects.next_queue_position(hurried, "builtin") < positions[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL scans a table of few rows")
def test_the_latest_public_films_are_found_by_an_index():
    latest = Video.objects.public().order_by("-completed_at", "-pk")[:12]
    plan = latest.explain()
    assert "video_public" in plan
    assert "TEMP B-TREE" not in plan  # nothing is sorted
