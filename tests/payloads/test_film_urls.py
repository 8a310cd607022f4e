"""The address of a film for programs."""

import uuid

import pytest
from django.core.signing import Signer

from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_video
from videos.payloads import film_urls, song_urls
from videos.statuses import VideoStatus

pytestmark = pytest.mark.django_db


def path_of(video) -> str:
    return film_urls.url(video).removeprefix("http://testserver")


def test_it_is_absolute_and_ends_in_mp4(settings):
    settings.SITE_URL = "https://portal.example.com"
    url = film_urls.url(a_video())
    assert url.startswith("https://portal.example.com/files/")
    assert url.endswith(".mp4")
    assert "?" not in url


def test_a_plain_program_gets_a_private_film_and_any_part_of_it(client):
    video = a_finished_video(visibility="private")
    whole = client.get(path_of(video))
    body = b"".join(whole)
    assert (whole.status_code, whole["Content-Type"]) == (200, "video/mp4")
    assert body[4:8] == b"ftyp"
    part = client.get(path_of(video), headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part)) == (206, b"ftyp")
    assert client.head(path_of(video))["Content-Length"] == str(len(body))
    assert client.post(path_of(video)).status_code == 405


def test_nobody_guesses_one(client):
    video, other = a_finished_video(), a_finished_video()
    token = path_of(video).removeprefix("/files/").removesuffix(".mp4")
    seal = token.partition(":")[2]
    for wrong in (
        video.pk.hex, str(video.pk), f"{other.pk.hex}:{seal}", f"{video.pk.hex}:", f"{token}x",
        f"{uuid.uuid4().hex}:{seal}", video.slug, "é",
    ):  # fmt: skip
        assert film_urls.video_id(wrong) is None
        assert client.get(f"/files/{wrong}.mp4").status_code == 404, wrong


def test_there_is_none_until_the_film_is_in_our_storage(client):
    for video in (
        a_video(),
        a_failed_video(),
        a_video(provider="kie", status=VideoStatus.SUCCESS, vendor_url="https://cdn.example/1.mp4"),
    ):
        assert client.get(path_of(video)).status_code == 404
    gone = a_finished_video()
    path = path_of(gone)
    gone.delete()
    assert client.get(path).status_code == 404


def test_they_survive_a_secret_key_that_is_lost(settings, monkeypatch):
    monkeypatch.setattr("videos.models.signing_key.cached_keys", {})
    video, track = a_finished_video(), a_playable_track()
    film, song = film_urls.url(video), song_urls.audio_url(track)
    settings.SECRET_KEY = "another-" + "y" * 50
    token = film.partition("/files/")[2].removesuffix(".mp4")
    assert film_urls.video_id(token) == video.pk
    assert film_urls.url(video) == film
    assert song_urls.audio_url(track) == song
    assert song_urls.track_id(song.rsplit("/", 2)[1]) == track.pk


def test_addresses_that_were_given_out_before_still_work():
    """The salts are part of every address: a change of a salt breaks all of them."""
    video = a_video()
    assert film_urls.video_id(Signer(salt="videos.wire.film").sign(video.pk.hex)) == video.pk
    assert song_urls.track_id(Signer(salt="videos.wire.song").sign("7")) == 7
