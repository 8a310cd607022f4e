"""Orders: one row for each film, and what may be done with it afterwards."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from tests.factories import a_finished_video, a_playable_track, a_track, a_user, a_video
from tests.pipeline.renderers import order
from videos import pipeline
from videos.models import Event, Track, Video
from videos.models.webhook_delivery import WebhookFamily

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
