"""What the lyrics editor hears of a song."""

from dataclasses import replace

import numpy as np
import pytest

from tests.factories import a_playable_track, a_track
from tests.render.guessing.songs import FPS, song
from videos.media.analysis_cache import analysis_cache

pytestmark = pytest.mark.django_db
DIGEST = "heard-here"


@pytest.fixture
def track(client):
    sound = song((8, 0.1), (8, 0.6))
    with_peaks = replace(sound, peaks=np.full(1000, 0.5, np.float16))
    analysis_cache().store_analysis(DIGEST, FPS, with_peaks)
    track = a_playable_track(lyrics="one\ntwo", duration=32.5, audio_digest=DIGEST)
    client.force_login(track.music_task.owner)
    return track


def test_the_wave_is_bytes(client, track):
    answer = client.get(f"/songs/{track.pk}/wave/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    assert len(answer.content) == 50 * 32.5


def test_a_song_that_is_not_analysed_yet_is_asked_for_again(client, track):
    type(track).objects.update(audio_digest="")
    answer = client.get(f"/songs/{track.pk}/wave/")
    assert (answer.status_code, answer["Retry-After"]) == (202, "2")


def test_a_song_without_sound_has_no_wave(client, track):
    silent = a_track(track.music_task.owner)
    assert client.get(f"/songs/{silent.pk}/wave/").status_code == 404


def test_the_guess_comes_as_the_editor_reads_it(client, track):
    answer = client.get(f"/songs/{track.pk}/lyrics/guess/")
    assert [(each["text"], each["guessed"]) for each in answer.json()["lines"]] == [
        ("one", True),
        ("two", True),
    ]
    type(track).objects.update(lyrics="[00:01.00]one")
    assert client.get(f"/songs/{track.pk}/lyrics/guess/").status_code == 204
