"""The wave of a song."""

from dataclasses import replace

import numpy as np
import pytest

from tests.factories import a_playable_track
from tests.render.guessing.songs import FPS, song
from videos.media.analysis_cache import analysis_cache
from videos.media.song_wave import WAVE_RATE, compute_wave, song_wave


def analysis(peaks):
    return replace(song((2, 0.5)), duration=4.0, peaks=np.array(peaks, np.float16))


def test_it_has_a_byte_for_each_fiftieth_of_a_second_where_the_sound_is():
    peaks = np.zeros(2000)
    peaks[500:600] = 0.5  # of 4 s: from 1.0 to 1.2 s
    wave = compute_wave(analysis(peaks))
    assert len(wave) == 4 * WAVE_RATE
    assert [wave[at] for at in (49, 50, 59, 60)] == [0, 255, 255, 0]


def test_one_click_does_not_flatten_the_rest():
    peaks = np.full(20_000, 0.25)
    peaks[1000] = 1.0
    assert min(compute_wave(analysis(peaks))) == 255


def test_silence_is_flat():
    assert set(compute_wave(analysis(np.zeros(100)))) == {0}


@pytest.mark.django_db
def test_a_song_has_one_once_it_is_analysed():
    track = a_playable_track(audio_digest="waved")
    assert song_wave(track) is None
    analysis_cache().store_analysis("waved", FPS, analysis([0.5]))
    assert len(song_wave(track)) == 4 * WAVE_RATE
