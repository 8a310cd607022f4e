"""Guesses of when untimed lines are sung."""

import numpy as np
import pytest

from tests.render.guessing.songs import FPS, song
from videos.render.audio.features import FRAME_DTYPE, Analysis
from videos.render.guessing import guess_lines
from videos.render.lyrics import parse

VERSE = "\n".join(f"Here we go along the road number {n}" for n in range(4))
CHORUS = "\n".join(["Stay with me until the light is gone"] * 2)
TEXT = f"[Verse]\n{VERSE}\n[Chorus]\n{CHORUS}\n[Verse]\n{VERSE}\n[Chorus]\n{CHORUS}"
INTRO_BARS = 8


@pytest.fixture(scope="module")
def analysis():
    sections = ((INTRO_BARS, 0.05), (8, 0.5), (4, 0.9), (8, 0.5), (4, 0.9))
    return song(*sections)


def true_starts():
    bars = np.cumsum([INTRO_BARS, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
    return 0.5 + 2 * bars


def test_lines_are_where_the_sections_are_and_not_spread_evenly(analysis):
    lines = guess_lines(analysis, FPS, TEXT)
    errors = np.abs([line.start for line in lines] - true_starts())
    spread = np.abs([line.start for line in parse(TEXT, analysis.duration)] - true_starts())
    assert np.median(errors) < 1
    assert np.median(errors) < np.median(spread)


def test_no_guess_is_called_sung_and_all_words_are_there(analysis):
    lines = guess_lines(analysis, FPS, TEXT)
    plain = parse(TEXT, analysis.duration)
    assert all(line.is_guessed for line in lines)
    assert [(line.text, line.section) for line in lines] == [
        (line.text, line.section) for line in plain
    ]


def test_times_in_the_text_are_not_heeded(analysis):
    timed = "\n".join(f"[~00:{n:02}.000]line {n}" for n in range(4))
    lines = guess_lines(analysis, FPS, timed)
    assert [line.text for line in lines] == [f"line {n}" for n in range(4)]
    assert lines[1].start - lines[0].start != 1


@pytest.mark.parametrize("text", ["", "\n\n".join(f"line {n}" for n in range(200))])
def test_what_fits_no_bars_is_not_guessed(analysis, text):
    assert guess_lines(analysis, FPS, text) is None


def test_a_song_without_a_beat_is_not_guessed():
    silence = Analysis(np.zeros(900, FRAME_DTYPE), 30.0, 48000, "stereo")
    assert guess_lines(silence, FPS, TEXT) is None
