"""Lyrics beside the film, as files: for those who may see its page."""

import pytest

from tests.factories import a_finished_video, a_playable_track, a_video
from videos.models import Video

pytestmark = pytest.mark.django_db
LRC = "[00:00.10]Night over town\n[00:00.50]Hear my voice"
FILES = {
    "vtt": ("text/vtt; charset=utf-8", "WEBVTT\n"),
    "srt": ("application/x-subrip; charset=utf-8", "1\n00:00:00,100 -->"),
    "lrc": ("text/plain; charset=utf-8", "[00:00.10]Night over town\n"),
}


@pytest.fixture
def video() -> Video:
    track = a_playable_track(lyrics=LRC, title="Ночь")
    return a_finished_video(track.music_task.owner, track, visibility="unlisted", author="Ann")


@pytest.mark.parametrize("suffix", FILES)
def test_each_format_is_sent_with_its_type_and_name(client, video, suffix):
    response = client.get(f"/v/{video.slug}/lyrics.{suffix}")
    content_type, start = FILES[suffix]
    assert response["Content-Type"] == content_type
    assert response.text.startswith(start)
    assert "Hear my voice" in response.text
    assert response["Content-Disposition"].startswith(f'attachment; filename="Ann.{suffix}"')
    assert response["Cache-Control"] == "private, no-cache"


def test_they_follow_the_offset_of_the_song(client, video):
    video.track.lyrics_offset = 900
    video.track.save(update_fields=["lyrics_offset"])
    assert "00:00:01.000 --> " in client.get(f"/v/{video.slug}/lyrics.vtt").text


def test_those_of_a_clip_are_cut_and_shifted_as_its_film_is(client, video):
    video.clip_start, video.duration = 0.4, 0.5
    video.save(update_fields=["clip_start", "duration"])
    text = client.get(f"/v/{video.slug}/lyrics.vtt").text
    assert "00:00:00.100 --> 00:00:00.500" in text
    assert "Night over town" not in text


def test_an_unchanged_file_is_not_sent_again(client, video):
    address = f"/v/{video.slug}/lyrics.vtt"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("suffix", FILES)
def test_without_lyrics_or_a_film_there_is_no_file(client, suffix):
    video = a_finished_video(visibility="public")
    assert client.get(f"/v/{video.slug}/lyrics.{suffix}").status_code == 404
    unfinished = a_video(track=a_playable_track(lyrics=LRC))
    client.force_login(unfinished.owner)
    assert client.get(f"/v/{unfinished.slug}/lyrics.{suffix}").status_code == 404


def test_other_formats_are_not_there(client, video):
    assert client.get(f"/v/{video.slug}/lyrics.txt").status_code == 404
