"""Holding peaks down: by what each sample of a sound is to be multiplied, told as it is played."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from videos.render.audio.row_files import Rows
from videos.render.audio.true_peaks import BLOCK

Gains = NDArray[np.float32]

ATTACK, RELEASE = 0.005, 0.025
"""Seconds before a peak in which the sound is lowered, and after it in which two thirds of that
are let go.
"""

PIECE = 4096
"""Blocks of a sound that are looked at together, which bounds the memory: six seconds."""

ALONG = np.linspace(0, 1, BLOCK, endpoint=False, dtype=np.float32)


class Limiter:
    """Tells what brings a sound to a level, sample by sample, in a straight line from block to
    block, and nowhere in a block more than its peak bears.
    """

    def __init__(self, peaks: Rows, gain: float, limit: float, rate: int) -> None:
        """Prepare for a sound with such `peaks` that is to be multiplied by `gain`, but nowhere to
        more than `limit`.
        """
        self._pieces = _edges(peaks, gain, limit, rate)
        self._edges: Gains = np.empty(0, np.float32)
        self._at = 0
        """The next sample, from the first edge that is kept."""

    def gains(self, count: int) -> Gains:
        """Return what the next so many samples are to be multiplied by: (count,)."""
        blocks = -(-(self._at + count) // BLOCK)
        while len(self._edges) <= blocks:
            self._edges = np.concatenate([self._edges, next(self._pieces)])
        edges = self._edges[: blocks + 1]
        ramps: Gains = edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * ALONG
        gains = ramps.ravel()[self._at :][:count]
        past, self._at = divmod(self._at + count, BLOCK)
        self._edges = self._edges[past:]
        return gains


def _edges(peaks: Rows, gain: float, limit: float, rate: int) -> Iterator[Gains]:
    """Yield the gains at the edges of the blocks, in pieces, and after the last one its own."""
    attack = max(1, round(ATTACK * rate / BLOCK))
    margin = attack - 1
    followed = np.empty(0)
    released, before = 1.0, 1.0
    for start in range(0, len(peaks), PIECE):
        stop = min(start + PIECE, len(peaks))
        first = start - margin + len(followed)
        near = _near(peaks, first, stop + margin).astype(np.float32) * gain
        borne = np.minimum(1, limit / np.maximum(near, limit))
        soon = sliding_window_view(borne, attack).min(axis=1)
        follow = _released(released, soon, BLOCK / (RELEASE * rate))
        followed = np.concatenate([followed, np.fromiter(follow, np.float64, len(soon))])
        eased = sliding_window_view(followed, attack).mean(axis=1)
        edges = np.minimum(np.append(before, eased[:-1]), eased)
        yield (edges * gain).astype(np.float32)
        released, before = float(followed[-1]), float(eased[-1])
        followed = followed[len(followed) - margin :]
    while True:
        yield np.full(PIECE, before * gain, np.float32)


def _near(peaks: Rows, first: int, stop: int) -> NDArray[np.float16]:
    """Return `peaks` from one to before another; beyond both ends they stay as they are there."""
    beyond = max(0, -first), max(0, stop - len(peaks))
    return np.pad(peaks[max(0, first) : stop], beyond, "edge")


def _released(now: float, most: Iterable[np.float32], share: float) -> Iterator[float]:
    """Follow what is borne at most: down at once, and up again by a share of the way each time."""
    for borne in most:
        now = min(float(borne), now + (1 - now) * share)
        yield now
