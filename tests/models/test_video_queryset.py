"""Many videos: who sees which, and in which order they are made."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from tests.factories import a_track, a_user, a_video
from videos.models import Video
from videos.statuses import VideoStatus, Visibility

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("seconds", "seen"), [(-1, False), (60, True)])
def test_what_has_ended_is_its_owners_again(seconds, seen):
    until = timezone.now() + timedelta(seconds=seconds)
    video = a_video(visibility="public", status="SUCCESS", shared_until=until)
    for videos in (Video.objects.visible_to(AnonymousUser()), Video.objects.public()):
        assert videos.exists() is seen
    assert Video.objects.openable_by(a_user()).exists() is seen
    assert Video.objects.visible_to(video.owner).exists()


def test_what_has_a_password_can_be_opened_and_is_in_no_list():
    a_video(visibility="password", status="SUCCESS")
    assert Video.objects.openable_by(AnonymousUser()).exists()
    assert not Video.objects.visible_to(AnonymousUser()).exists()
    assert not Video.objects.public().exists()


def test_its_queue_position_counts_the_pending_videos_before_it():
    now = timezone.now()
    videos = [a_video(queue_position_at=now + timedelta(seconds=n)) for n in range(3)]
    a_video(queue_position_at=now - timedelta(seconds=1), status=VideoStatus.SUCCESS)
    ahead = dict(Video.objects.with_queue_position().values_list("pk", "videos_ahead"))
    assert [ahead[video.pk] for video in videos] == [0, 1, 2]


def test_the_videos_of_different_people_alternate_in_the_renderers_queue():
    hurried, other = a_user(), a_user()
    now = timezone.now()
    positions = []
    for _ in range(3):
        positions.append(Video.objects.next_queue_position(hurried, "builtin"))
        a_video(hurried, provider="builtin", queue_position_at=positions[-1])
    seconds = [round((position - now).total_seconds()) for position in positions]
    assert seconds == [0, 305, 610]  # five times the 61 seconds of the song
    position = Video.objects.next_queue_position(other, "builtin")
    assert positions[0] < position < positions[1]
    assert Video.objects.next_queue_position(hurried, "kie") < positions[1]
    Video.objects.update(status="SUCCESS")
    assert Video.objects.next_queue_position(hurried, "builtin") > positions[2]
    Video.objects.update(status="GENERATE_MP4_FAILED")
    assert Video.objects.next_queue_position(hurried, "builtin") < positions[1]


@pytest.mark.parametrize(("seconds", "spacing"), [(None, 30), (2, 30), (900, 4500)])
def test_the_longer_a_film_the_later_comes_the_next_of_its_owner(seconds, spacing):
    video = a_video(track=a_track(duration=seconds), provider="builtin")
    position = Video.objects.next_queue_position(video.owner, "builtin")
    distance = position - video.queue_position_at
    assert distance.total_seconds() == pytest.approx(spacing)


@pytest.mark.parametrize(
    ("film", "spacing"),
    [
        ({"clip": "15"}, 75),
        ({"clip": "0:10-0:30"}, 100),
        ({"clip": "60"}, 300),
        ({"clip": "canvas"}, 30),
        ({"clip": "15", "resolution": 2160}, 675),
        ({"fps": 60}, 4500 * 2),
    ],
)
def test_a_film_counts_as_the_work_that_it_is(film, spacing):
    video = a_video(track=a_track(duration=900.0), provider="builtin", **film)
    position = Video.objects.next_queue_position(video.owner, "builtin")
    distance = position - video.queue_position_at
    assert distance.total_seconds() == pytest.approx(spacing)


@pytest.mark.parametrize("part", ["first page", "further page", "sitemap"])
def test_the_public_films_are_read_by_one_index_and_nothing_is_sorted(part):
    """However many there are: a table of few rows would be scanned, so that is made dear."""
    now = timezone.now()
    latest = Video.objects.public().order_by("-completed_at", "-pk")[:12]
    if part == "further page":
        earlier = Video.objects.public().filter(completed_at__lte=now)
        latest = earlier.order_by("-completed_at", "-pk")[:12]
    elif part == "sitemap":
        latest = Video.objects.public().filter(completed_at__gte=now).order_by("completed_at")[:12]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = latest.explain()
    assert "video_public" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort Key" not in plan


def test_the_task_of_a_video_that_was_moved_away_is_one_that_we_know():
    video = a_video(provider="builtin", former_orders={"kie": "t-1", "crun": ""})
    same = a_track(audio_id=video.track.audio_id)
    same.music_task.task_id = video.track.music_task.task_id
    same.music_task.save()
    assert Video.objects.vendor_task_id_of(same, "kie") == "t-1"
    assert Video.objects.vendor_task_id_of(same, "crun") == ""
    assert Video.objects.vendor_task_id_of(a_track(), "kie") == ""
    a_video(track=video.track, provider="kie", status="SUCCESS", vendor_task_id="t-2")
    assert Video.objects.vendor_task_id_of(same, "kie") == "t-2"
