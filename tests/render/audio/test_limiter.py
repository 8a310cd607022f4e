import tracemalloc

import numpy as np
import pytest

from videos.render.audio import limiter
from videos.render.audio.features import PeakArray
from videos.render.audio.limiter import Limiter
from videos.render.audio.true_peaks import BLOCK

RATE, GAIN, LIMIT = 44100, 1.7, 0.8


def make_peaks(count: int) -> PeakArray:
    return (np.random.default_rng(count).random(count) ** 4 * 1.2).astype(np.float16)


@pytest.mark.parametrize("blocks", [1, 2, 3, 6, 7, 8, 500])
@pytest.mark.parametrize("rate", [8000, RATE, 96000])
def test_how_many_blocks_are_looked_at_together_changes_nothing(monkeypatch, blocks, rate):
    at_once = Limiter(make_peaks(blocks), GAIN, LIMIT, rate).next_gains(blocks * BLOCK)
    monkeypatch.setattr(limiter, "CHUNK_BLOCKS", 7)
    for size in (1, 63, 64, 1000):
        in_pieces = Limiter(make_peaks(blocks), GAIN, LIMIT, rate)
        count = min(blocks * BLOCK, 40 * size)
        gains = [in_pieces.next_gains(min(size, count - at)) for at in range(0, count, size)]
        assert np.array_equal(np.concatenate(gains), at_once[:count])


def test_no_block_has_more_than_its_peak_bears():
    peaks = make_peaks(5000)
    gains = Limiter(peaks, GAIN, LIMIT, RATE).next_gains(5000 * BLOCK).reshape(-1, BLOCK)
    assert (gains.max(axis=1) * peaks <= LIMIT + 1e-3).all()
    assert gains.max() <= GAIN


def test_sound_that_goes_on_after_the_last_peak_keeps_its_gain():
    gains = Limiter(make_peaks(10), GAIN, LIMIT, RATE).next_gains(100_000)
    assert len(gains) == 100_000
    assert (gains[10 * BLOCK :] == gains[-1]).all()


def test_an_hour_takes_no_more_memory_than_a_minute():
    peaks = make_peaks(3600 * RATE // BLOCK)
    tracemalloc.start()
    try:
        hour = Limiter(peaks, GAIN, LIMIT, RATE)
        for _ in range(60):
            hour.next_gains(RATE)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert highest < 3_000_000
