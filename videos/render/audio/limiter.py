"""A limiter: computes the gain of each sample that keeps the peaks of a sound below a limit."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from videos.render.audio.file_tables import Table
from videos.render.audio.true_peaks import BLOCK

Gains = NDArray[np.float32]

# Seconds before a peak in which the sound is lowered, and after it in which two thirds of that are
# released.
ATTACK, RELEASE = 0.005, 0.025
CHUNK_BLOCKS = 4096  # blocks that are computed at once, which bounds the memory: six seconds
RAMP = np.linspace(0, 1, BLOCK, endpoint=False, dtype=np.float32)


class Limiter:
    """Computes gains sample by sample: linear from block to block, and nowhere in a block higher
    than its peak allows.
    """

    def __init__(self, peaks: Table, gain: float, limit: float, rate: int) -> None:
        """Prepare for a sound with these ``peaks`` that is multiplied by ``gain`` (a factor), but
        nowhere exceeds ``limit`` (an amplitude). ``rate`` is in hertz.
        """
        self._chunks = _compute_edge_gains(peaks, gain, limit, rate)
        self._edges: Gains = np.empty(0, np.float32)
        self._position = 0  # of the next sample, from the first of the edges

    def next_gains(self, count: int) -> Gains:
        """Return the factors for the next ``count`` samples: (count,)."""
        blocks = -(-(self._position + count) // BLOCK)
        while len(self._edges) <= blocks:
            self._edges = np.concatenate([self._edges, next(self._chunks)])
        edges = self._edges[: blocks + 1]
        ramps: Gains = edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * RAMP
        gains = ramps.ravel()[self._position :][:count]
        used, self._position = divmod(self._position + count, BLOCK)
        self._edges = self._edges[used:]
        return gains


def _compute_edge_gains(peaks: Table, gain: float, limit: float, rate: int) -> Iterator[Gains]:
    """Yield the gains at the edges of the blocks, in chunks; the last gain is repeated forever."""
    attack = max(1, round(ATTACK * rate / BLOCK))
    margin = attack - 1
    released = np.empty(0)
    last_released, last_smoothed = 1.0, 1.0
    for start in range(0, len(peaks), CHUNK_BLOCKS):
        stop = min(start + CHUNK_BLOCKS, len(peaks))
        first = start - margin + len(released)
        amplitudes = _read_padded(peaks, first, stop + margin).astype(np.float32) * gain
        allowed = np.minimum(1, limit / np.maximum(amplitudes, limit))
        lowest = sliding_window_view(allowed, attack).min(axis=1)
        release = _follow_release(last_released, lowest, BLOCK / (RELEASE * rate))
        released = np.concatenate([released, np.fromiter(release, np.float64, len(lowest))])
        smoothed = sliding_window_view(released, attack).mean(axis=1)
        edges = np.minimum(np.append(last_smoothed, smoothed[:-1]), smoothed)
        yield (edges * gain).astype(np.float32)
        last_released, last_smoothed = float(released[-1]), float(smoothed[-1])
        released = released[len(released) - margin :]
    while True:
        yield np.full(CHUNK_BLOCKS, last_smoothed * gain, np.float32)


def _read_padded(peaks: Table, first: int, stop: int) -> NDArray[np.float16]:
    """Return ``peaks`` from ``first`` to before ``stop``; beyond both ends they are repeated."""
    padding = max(0, -first), max(0, stop - len(peaks))
    return np.pad(peaks[max(0, first) : stop], padding, "edge")


def _follow_release(gain: float, limits: Iterable[np.float32], share: float) -> Iterator[float]:
    """Follow the highest gains allowed: down at once, up by a ``share`` of the way each time."""
    for limit in limits:
        gain = min(float(limit), gain + (1 - gain) * share)
        yield gain
