"""Scores of the moments of a song, and its onsets."""

import numpy as np
import pytest

from videos.render.audio.features import FRAME_DTYPE, Analysis
from videos.render.audio.spectrum import BANDS
from videos.render.clips.sound_hook import MAX_CELLS, SoundScores, find_onset

FPS = 30


def analysis_of(levels: np.ndarray) -> Analysis:
    features = np.zeros(len(levels), FRAME_DTYPE)
    features["levels"] = levels
    return Analysis(features, len(levels) / FPS, 44100, "stereo")


def test_the_loud_and_repeated_part_scores_best() -> None:
    random = np.random.default_rng(5)
    chorus = random.uniform(0.4, 1.0, (300, BANDS))
    verses = [random.uniform(0.0, 0.3, (300, BANDS)) for _ in range(3)]
    analysis = analysis_of(np.concatenate([verses[0], chorus, verses[1], chorus, verses[2]]))
    scores = SoundScores(analysis, FPS)
    assert scores.best_start(10.0) in (10.0, 30.0)
    assert scores.mean(10, 20) > scores.mean(0, 10) + 0.3
    scores.favour(0, 10, 2.0)
    assert scores.best_start(10.0) == 0.0


def test_a_song_of_hours_has_no_more_cells_than_one_of_minutes() -> None:
    hour = SoundScores(analysis_of(np.zeros((36_000 * 3, BANDS), np.float16)), FPS)
    assert len(hour.scores) <= MAX_CELLS


@pytest.mark.parametrize("frame", [40, 55])
def test_an_onset_is_found_where_the_levels_rise(frame: int) -> None:
    levels = np.zeros((90, BANDS))
    levels[frame:] = 0.8
    assert find_onset(analysis_of(levels), FPS, 1.0, 2.0) == pytest.approx(frame / FPS, abs=0.05)


def test_steady_sound_has_no_onset() -> None:
    assert find_onset(analysis_of(np.full((90, BANDS), 0.5)), FPS, 1.0, 2.0) is None
    assert find_onset(analysis_of(np.zeros((2, BANDS))), FPS, 0.0, 0.05) is None
