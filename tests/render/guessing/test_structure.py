"""What the bars of a song sound like."""

import numpy as np

from tests.render.guessing.songs import FPS, song
from videos.render.guessing.bars import find_bars
from videos.render.guessing.structure import find_structure

SECTIONS = ((8, 0.1), (8, 0.5), (8, 0.9), (8, 0.5), (8, 0.9))


def structure():
    analysis = song(*SECTIONS)
    bars = find_bars(analysis, FPS)
    return bars, find_structure(analysis, FPS, bars)


def test_something_new_begins_where_sections_do():
    bars, result = structure()
    newest = np.sort(bars.starts[1:][np.argsort(result.novelty[1:])[-4:]])
    assert np.abs(newest - (0.5 + 16 * np.arange(1, 5))).max() < 2.5


def test_sections_that_come_again_are_repeated():
    _, result = structure()
    assert result.repetition[8:].mean() > result.repetition[:7].mean()


def test_it_is_full_where_much_is_heard():
    _, result = structure()
    assert result.fullness[16:24].mean() > result.fullness[:8].mean()
