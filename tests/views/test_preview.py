"""The preview of a video beside its form."""

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from django.db.models import F
from PIL import Image

from tests.factories import a_playable_track, a_user
from videos.media import analysis_cache
from videos.models import RateLimitSlot, Video
from videos.providers.registry import builtin
from videos.render.audio.analysis import make_placeholder_analysis

pytestmark = pytest.mark.django_db
ADDRESS = "/videos/new/preview/"


@pytest.fixture(autouse=True)
def stills(settings, tmp_path) -> Iterator[None]:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    yield
    builtin().stills.close()


@pytest.fixture
def track():
    return a_playable_track()


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def query(track, **changes):
    fields = {"song": track.pk, "provider": "builtin", "format": ["16:9"], "look": "glow"}
    return {**fields, "author": "Ann", "domain_name": "ann.example", **changes}


def picture(response) -> np.ndarray:
    body = response.content.decode()
    match = re.search(r'<img [^>]*src="data:image/jpeg;base64,([^"]+)"', body)
    assert match, body
    with Image.open(io.BytesIO(base64.b64decode(match[1]))) as image:
        assert image.format == "JPEG"
        return np.asarray(image, np.int16)


def test_visitors_see_nothing(client, track):
    assert client.get(ADDRESS, query(track)).status_code == 302


def test_it_shows_the_film_as_it_would_be(client, me, track):
    response = client.get(ADDRESS, query(track))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert picture(response).shape == (720, 1280, 3)
    assert not Video.objects.exists()
    tall = client.get(ADDRESS, query(track, format=["9:16", "1:1"]))
    assert picture(tall).shape == (1280, 720, 3)
    square = client.get(ADDRESS, query(track, format=["9:16", "1:1"], shown="1:1"))
    assert picture(square).shape == (720, 720, 3)
    unselected = client.get(ADDRESS, query(track, format=["9:16", "1:1"], shown="16:9"))
    assert picture(unselected).shape == (1280, 720, 3)


@pytest.mark.parametrize(
    "change", [{"author": "Somebody else"}, {"domain_name": "else.example"}, {"at": "90"}]
)
def test_it_changes_with_what_is_typed(client, me, change):
    track = a_playable_track(me, duration=60.0)
    before = picture(client.get(ADDRESS, query(track)))
    after = picture(client.get(ADDRESS, query(track, **change)))
    assert np.abs(before - after).max() > 40


def test_bars_follow_the_analysis_of_the_song(client, me):
    track = a_playable_track(me, audio_digest="ab" * 16, duration=2.0)
    unknown = picture(client.get(ADDRESS, query(track)))
    placeholder = make_placeholder_analysis(2.0, 30)
    silent = replace(placeholder, features=np.zeros_like(placeholder.features))
    analysis_cache.analysis_cache().store_analysis(track.audio_digest, 30, silent)
    flat = picture(client.get(ADDRESS, query(track)))
    assert np.abs(unknown - flat).max() > 40


def test_a_song_of_somebody_else_is_not_shown(client, me):
    response = client.get(ADDRESS, query(a_playable_track(a_user())))
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    "change",
    [
        {"song": ""},
        {"format": []},
        {"format": ["4:3"]},
        {"look": "plain"},
        {"author": "😀" * 51},
        {"at": "101"},
        {"at": "x"},
        {"provider": "nobody"},
    ],
)
def test_what_cannot_be_ordered_leaves_the_last_picture(client, me, track, change):
    assert client.get(ADDRESS, query(track, **change)).status_code == 204


def test_nobody_knows_how_a_vendors_film_looks(client, vendor):
    track = a_playable_track()
    track.music_task.operation_type = "generate"
    track.music_task.provider = vendor.vendor
    track.music_task.save(update_fields=["operation_type", "provider"])
    client.force_login(track.music_task.owner)
    response = client.get(ADDRESS, query(track, provider=vendor.vendor))
    assert (response.status_code, response.content) == (200, b"")


def test_a_renderer_that_breaks_breaks_no_page(client, me, track, tmp_path, monkeypatch):
    monkeypatch.setattr("videos.render.sandbox.child_process.ROOT", tmp_path)
    assert client.get(ADDRESS, query(track)).status_code == 503


def test_nobody_may_ask_without_end(client, me, track, settings):
    settings.RATION_PREVIEWS = [2, 100, 60]
    answers = [client.get(ADDRESS, query(track)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    RateLimitSlot.objects.update(taken_at=F("taken_at") - 60)
    assert client.get(ADDRESS, query(track)).status_code == 200
    other = a_playable_track(a_user())
    client.force_login(other.music_task.owner)
    assert client.get(ADDRESS, query(other)).status_code == 200


def test_it_is_only_to_be_read(client, me, track):
    assert client.post(ADDRESS, query(track)).status_code == 405


def test_the_form_asks_for_it_as_things_are_typed(client, me, track):
    body = client.get("/videos/new/").content.decode()
    asking = re.search(r'<div class="preview-frame"[^>]*>', body)[0]
    assert f'hx-get="{ADDRESS}"' in asking
    assert "delay:300ms" in asking
    assert 'hx-sync="this:queue last"' in asking
    assert "csrf" not in asking
