"""What a file says of itself, for the form of an upload."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import media_files, tagged_songs
from tests.factories import a_playable_track

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return a_playable_track(lyrics="[00:00.10]first\n[00:00.50]second")


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def file_tags(client, data: bytes, part: int = 4 * 1024 * 1024):
    parts = {"head": SimpleUploadedFile("head", data[:part])}
    if len(data) > part:
        parts["tail"] = SimpleUploadedFile("tail", data[-part:])
    return client.post("/songs/new/tags/", {"size": len(data), **parts})


def test_the_page_can_ask_what_a_file_says(client, me):
    answer = file_tags(client, tagged_songs.mp3()).json()
    cover = answer.pop("cover")
    assert cover.startswith("data:image/jpeg;base64,")
    assert answer == {
        "title": "Night over Town",
        "artist": "Test Singer, Second Singer",
        "tags": "Folk, Waltz",
        "lyrics": tagged_songs.LYRICS,
    }
    scratch = Path(django_settings.SCRATCH_DIR)
    assert list(scratch.iterdir()) == []


def test_the_start_and_the_end_of_a_file_are_enough(client, me):
    data = media_files.sound(".m4a", "aac", "At the end", 20.0)
    assert data.rfind(b"moov") > len(data) / 2
    assert file_tags(client, data, 40_000).json()["title"] == "At the end"
    start = tagged_songs.mp3() + bytes(50_000)
    assert file_tags(client, start, len(start) - 40_000).json()["title"] == "Night over Town"


@pytest.mark.parametrize(
    "data", [b"no song", media_files.wav(), b"ID3\x04\x00\xff\x7f\x7f\x7f\x7fTIT2"]
)
def test_a_file_that_says_nothing_fills_nothing(client, me, data):
    assert file_tags(client, data).status_code == 204


def test_parts_that_do_not_fit_are_not_read(client, me, settings):
    head = SimpleUploadedFile("head", tagged_songs.mp3())
    for fields in ({"size": 100}, {"size": ""}, {"size": "x"}, {}):
        head.seek(0)
        assert client.post("/songs/new/tags/", {**fields, "head": head}).status_code == 204
    assert client.post("/songs/new/tags/", {"size": 9}).status_code == 204
    assert client.get("/songs/new/tags/").status_code == 405


def test_strangers_learn_no_tags(client, db):
    assert file_tags(client, tagged_songs.mp3()).status_code == 302
