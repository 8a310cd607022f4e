"""The bars of a song."""

import numpy as np
import pytest

from tests.render.guessing.songs import BAR_SECONDS, FPS, song
from videos.render.audio.features import FRAME_DTYPE, Analysis
from videos.render.guessing.bars import find_bars


def test_bars_begin_on_the_heavy_beat_and_last_as_long_as_they_are_played():
    bars = find_bars(song((24, 0.4), lead=0.7), FPS)
    assert bars.seconds == pytest.approx(BAR_SECONDS, rel=0.002)
    offsets = (bars.starts - 0.7 + BAR_SECONDS / 2) % BAR_SECONDS - BAR_SECONDS / 2
    assert np.abs(offsets).max() < 0.12


@pytest.mark.parametrize("frames", [0, 30, 900])
def test_a_song_without_a_beat_has_no_bars(frames):
    silence = Analysis(np.zeros(frames, FRAME_DTYPE), frames / FPS, 48000, "stereo")
    assert find_bars(silence, FPS) is None
