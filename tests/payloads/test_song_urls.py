"""The addresses of a song's files for programs."""

import pytest

from tests.factories import a_playable_track, a_track
from videos.payloads import song_urls

pytestmark = pytest.mark.django_db


def test_they_are_absolute_and_play_for_anybody(client, settings):
    settings.SITE_URL = "https://portal.example.com"
    track = a_playable_track()
    for url, kind in (
        (song_urls.audio_url(track), "audio/"),
        (song_urls.cover_url(track), "image/jpeg"),
    ):
        assert url.startswith("https://portal.example.com/")
        response = client.get(url.removeprefix("https://portal.example.com"))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert b"".join(response)
    assert song_urls.audio_url(track).endswith(".wav")


def test_a_file_that_only_the_vendor_has_has_the_vendors_address():
    urls = {"audio_url": "https://a.example/a.mp3", "image_url": "https://a.example/a.jpg"}
    track = a_track(**urls)
    assert song_urls.audio_url(track) == urls["audio_url"]
    assert song_urls.cover_url(track) == urls["image_url"]
    assert song_urls.audio_url(a_track()) == ""


def test_nobody_guesses_one():
    track = a_playable_track()
    token = song_urls.audio_url(track).split("/")[-2]
    assert song_urls.track_id(token) == track.pk
    for wrong in ("", str(track.pk), token[:-1], token.replace(str(track.pk), "99", 1)):
        assert song_urls.track_id(wrong) is None
