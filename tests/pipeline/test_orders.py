"""Orders: one row for each film, and what may be done with it afterwards."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from tests.factories import (
    a_failed_video,
    a_finished_video,
    a_playable_track,
    a_track,
    a_user,
    a_video,
)
from tests.pipeline.renderers import order
from videos import pipeline
from videos.models import Event, Track, Video
from videos.models.webhook_delivery import WebhookFamily
from videos.statuses import Failure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("not_stopping")]


def test_a_repeated_form_returns_the_first_video():
    track, token = a_track(), uuid.uuid4()
    assert order(track=track, form_token=token) == order(track=track, form_token=token)
    assert Video.objects.get().events.get().kind == Event.Kind.ORDERED


def test_an_order_stores_the_webhook_address_of_its_client():
    video = order(webhook_url="https://client.example/hook?of=1", webhook_family="suno")
    video.refresh_from_db()
    assert video.webhook_url == "https://client.example/hook?of=1"
    assert video.webhook_family == WebhookFamily.SUNO
    assert (order().webhook_url, order().webhook_family) == ("", "")


def test_trying_again_makes_the_film_on_the_same_row(renderer):
    video = order(track=a_track())
    pipeline.advance(str(video.pk))
    assert not pipeline.retry(a_video())
    video.refresh_from_db()
    assert pipeline.retry(video)
    assert Video.objects.due().filter(pk=video.pk).exists()


def test_removing_a_video_removes_its_files(django_capture_on_commit_callbacks):
    video = a_finished_video()
    film, poster = video.film.name, video.poster.name
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.delete_video(video)
    assert not Video.objects.exists()
    assert not default_storage.exists(film)
    assert not default_storage.exists(poster)


def test_a_song_with_videos_is_not_removed(django_capture_on_commit_callbacks):
    video = a_finished_video(track=a_playable_track())
    track, audio = video.track, video.track.audio.name
    with (
        pytest.raises(ProtectedError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        pipeline.delete_song(track)
    assert default_storage.exists(audio)
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.delete_video(video)
        pipeline.delete_song(track)
    assert not Track.objects.exists()
    assert not default_storage.exists(audio)


def test_an_order_wakes_a_worker_at_once(django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr("videos.queue.send_wakeup", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        order()
    assert sent == ["render"]


def test_a_user_owns_what_is_ordered():
    owner = a_user()
    assert order(track=a_track(owner=owner)).owner == owner


MAY_EXIST = {
    "unclear": {"failure": Failure.UNKNOWN, "unconfirmed_submissions": 1},
    "cancelled on its way": {"failure": Failure.CANCELLED, "unconfirmed_submissions": 1},
    "cancelled when taken": {"failure": Failure.CANCELLED, "vendor_task_id": "t-1"},
    "late": {"failure": Failure.DEADLINE, "vendor_task_id": "t-1"},
    "moved away": {"provider": "builtin", "former_orders": {"crun": "t-1"}},
    "moved away, unclear": {"provider": "kie", "former_orders": {"crun": ""}},
}
IS_OVER = {
    "refused": {"failure": Failure.REFUSED, "unconfirmed_submissions": 1},
    "out of credits": {"failure": Failure.CREDITS, "unconfirmed_submissions": 1},
    "cancelled before": {"failure": Failure.CANCELLED},
    "failed there": {"failure": Failure.VENDOR, "vendor_task_id": "t-1"},
    "lost there": {"failure": Failure.LOST, "vendor_task_id": "t-1"},
    "another vendor's": {"provider": "builtin", "former_orders": {"kie": ""}},
}


def same_song(track: Track) -> Track:
    """Return the song of ``track`` as its owner has it a second time, by another vendor."""
    other = a_track(track.music_task.owner, audio_id=track.audio_id)
    other.music_task.task_id, other.music_task.provider = track.music_task.task_id, "crun"
    other.music_task.save()
    return other


@pytest.mark.parametrize("fields", MAY_EXIST.values(), ids=MAY_EXIST)
def test_an_order_that_a_vendor_may_have_is_not_billed_again_by_another(fields):
    first = a_failed_video(**{"provider": "crun"} | fields)
    assert order(track=first.track, provider="crun") == first
    assert order(track=first.track, provider="crun", form_token=uuid.uuid4()) == first
    assert order(track=same_song(first.track), provider="crun") == first
    assert order(track=first.track, provider="sunoapi") != first  # it refuses repeats
    stranger = a_track(audio_id=first.track.audio_id)
    assert order(track=stranger, provider="crun") != first


@pytest.mark.parametrize("fields", IS_OVER.values(), ids=IS_OVER)
def test_an_order_that_its_vendor_has_not_is_no_obstacle(fields):
    first = a_failed_video(**{"provider": "crun"} | fields)
    second = order(track=first.track, provider="crun")
    assert second != first
    assert order(track=same_song(first.track), provider="crun") == second


@pytest.mark.parametrize("fields", MAY_EXIST.values(), ids=MAY_EXIST)
def test_its_owner_decides_on_that_video_and_on_no_other(fields):
    first = a_failed_video(**{"provider": "crun"} | fields)
    others = [
        a_failed_video(first.owner, first.track, provider="builtin"),
        a_failed_video(first.owner, first.track, provider="crun", failure=Failure.REFUSED),
    ]
    assert not any(pipeline.retry(each, "crun") for each in others)
    assert pipeline.retry(first, "crun")


def test_two_orders_that_may_exist_do_not_block_each_other():
    unclear = {"provider": "crun", "failure": Failure.UNKNOWN}
    first = a_failed_video(**unclear)
    second = a_failed_video(first.owner, first.track, **unclear)
    assert pipeline.retry(first)
    assert not pipeline.retry(second)  # the first is being made now
    assert not pipeline.adopt_vendor_task(second, "t-1")
    assert order(track=first.track, provider="crun") == first
