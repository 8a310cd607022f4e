"""Quotas of one person, on the site and over the API."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests import media_files
from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_user, a_video
from videos import pipeline
from videos.models import MusicTask, Video

FORM = {
    "provider": "builtin", "format": "16:9", "look": "glow", "resolution": "720", "fps": "30",
    "sound": "normalised",
}  # fmt: skip


def order(track, author="Ada") -> Video:
    request = pipeline.OrderRequest(track=track, provider="builtin", author=author, domain_name="")
    return pipeline.order(track.music_task.owner, request)[0]


@pytest.mark.django_db
def test_finished_and_failed_videos_do_not_count(settings):
    settings.MAX_UNFINISHED_VIDEOS = 2
    track = a_playable_track()
    owner = track.music_task.owner
    a_finished_video(owner, track)
    a_failed_video(owner, track)
    a_video(a_user())
    assert pipeline.videos_left(owner) == 2
    first = order(track)
    order(track)
    with pytest.raises(pipeline.QuotaReached, match="2 videos"):
        order(track)
    pipeline.cancel(first)
    assert order(track).pk


@pytest.mark.django_db(transaction=True)
def test_many_orders_at_once_are_no_more_than_are_allowed(settings):
    settings.MAX_UNFINISHED_VIDEOS = 5
    track = a_playable_track()

    def try_to_order(number: int) -> bool:
        try:
            return bool(order(track, f"A{number}"))
        except pipeline.QuotaReached:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(try_to_order, range(16)))
    assert results.count(True) == 5 == Video.objects.count()


@pytest.mark.django_db
def test_the_form_says_so_and_loses_nothing(client, settings):
    settings.MAX_UNFINISHED_VIDEOS = 1
    track = a_playable_track()
    client.force_login(track.music_task.owner)
    data = {**FORM, "song": track.pk, "author": "Ada"}
    assert client.post("/videos/new/", data).status_code == 302
    response = client.post("/videos/new/", data)
    body = response.content.decode()
    assert response.status_code == 200
    assert "no more at a time are allowed" in body
    assert 'value="Ada"' in body
    assert Video.objects.count() == 1


@pytest.mark.django_db
def test_an_upload_above_the_storage_is_refused_in_a_sentence(client, settings):
    user = a_user()
    client.force_login(user)

    def upload():
        return client.post("/songs/new/", {"audio": SimpleUploadedFile("a.wav", media_files.wav())})

    settings.MAX_STORAGE_BYTES = 20_000
    assert upload().status_code == 302
    assert "delete some first" in upload().content.decode()
    assert MusicTask.objects.count() == 1
    settings.MAX_STORAGE_BYTES = 0
    assert upload().status_code == 302


@pytest.mark.django_db
def test_films_count_as_songs_do(settings):
    track = a_playable_track()
    video = a_finished_video(track.music_task.owner, track)
    settings.MAX_STORAGE_BYTES = video.size
    assert pipeline.videos_left(video.owner) == 0
    with pytest.raises(pipeline.QuotaReached):
        order(track)
    settings.MAX_STORAGE_BYTES = video.size + 1
    assert pipeline.videos_left(video.owner) > 0
    assert order(track).pk


@pytest.mark.django_db
def test_storage_that_is_nearly_full_is_told_before_it_is(settings, client):
    video = a_finished_video(size=80 * 2**20)
    client.force_login(video.owner)
    for most, is_warned in ((100, True), (200, False), (0, False)):
        settings.MAX_STORAGE_BYTES = most * 2**20
        assert bool(pipeline.storage_warning(video.owner)) is is_warned
        audio = SimpleUploadedFile("a.wav", media_files.wav(0.1))
        page = client.post("/songs/new/", {"audio": audio}, follow=True).text
        assert ("fill 80 of the 100 MB" in page) is is_warned
    settings.MAX_STORAGE_BYTES = 100 * 2**20
    assert "of 100.0\xa0MB that you have" in " ".join(client.get("/account/data/").text.split(" "))
