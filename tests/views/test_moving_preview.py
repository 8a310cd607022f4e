"""The moving preview of a video beside its form."""

import re
from html import unescape

import pytest

from tests.factories import a_playable_track, a_user
from videos.models import RateLimitSlot, Video

pytestmark = pytest.mark.django_db
ADDRESS = "/videos/new/preview/moving/"


@pytest.fixture
def track():
    return a_playable_track()


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def query(track, **changes):
    fields = {"song": track.pk, "provider": "builtin", "format": ["1:1"], "look": "glow"}
    return {**fields, "author": "Ann & Bo", "domain_name": "ann.example", **changes}


def test_it_is_made_once_and_plays_in_parts(client, me, track, settings):
    settings.RATION_MOVING_PREVIEWS = [1, 100, 60]
    page = client.get(ADDRESS, query(track))
    assert page.status_code == 200
    player = re.search(r"<video [^>]*>", page.content.decode())[0]
    assert "autoplay" not in player
    address = unescape(re.search(r'src="([^"]+)"', player)[1])
    assert address.startswith("/videos/new/preview/moving.mp4?")
    film = client.get(address, headers={"Range": "bytes=0-11"})
    assert film.status_code == 206
    assert film["Content-Type"] == "video/mp4"
    assert film["Cache-Control"].startswith("private")
    assert b"".join(film.streaming_content)[4:8] == b"ftyp"
    assert client.get(ADDRESS, query(track)).status_code == 200  # what is cached costs nothing
    refused = client.get(ADDRESS, query(track, author="Somebody else"))
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert re.fullmatch(r"That was too much .*\.", refused.content.decode())
    other = client.get(address.replace("Ann", "Eve"))
    assert other.status_code == 429
    assert not Video.objects.exists()
    stranger = a_user()
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert client.get(ADDRESS, query(track)).status_code == 422
    assert not RateLimitSlot.objects.filter(name__endswith=f":{stranger.pk}").exists()


def test_visitors_see_nothing(client, track):
    assert client.get(ADDRESS, query(track)).status_code == 302
    assert client.get("/videos/new/preview/moving.mp4", query(track)).status_code == 302


@pytest.mark.parametrize(
    "change",
    [{"song": ""}, {"format": ["4:3"]}, {"author": "😀" * 51}, {"clip": "times", "clip_to": "9"}],
)
def test_what_cannot_be_ordered_is_told_in_a_sentence(client, me, track, change):
    response = client.get(ADDRESS, query(track, **change))
    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().endswith(".")


def test_a_cover_that_cannot_be_read_is_told_in_a_sentence(client, me, track):
    with track.cover.storage.open(track.cover.name, "wb") as file:
        file.write(b"no picture")
    response = client.get(ADDRESS, query(track))
    assert response.status_code == 422
    assert "cover" in response.content.decode().lower()


def test_a_renderer_that_breaks_is_told_in_a_sentence(client, me, track, tmp_path, monkeypatch):
    monkeypatch.setattr("videos.render.sandbox.child_process.ROOT", tmp_path)
    response = client.get(ADDRESS, query(track))
    assert response.status_code == 503
    assert response.content.decode().startswith("The preview could not be made.")


def test_it_is_only_to_be_read(client, me, track):
    assert client.post(ADDRESS, query(track)).status_code == 405
