"""The true peaks of a sound, those between its samples included (ITU-R BS.1770, annex 2)."""

import math
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videos.render.audio.row_files import Rows, new_rows, pieces

Heights = NDArray[np.float16]
PEAK = np.dtype(np.float16)

BLOCK = 64
"""Samples that one peak is told for: 1.5 ms, less than a limiter takes to act."""

OVERSAMPLING = 4

NO_PEAK = -120.0
"""What stands for the peak of digital silence in dBTP."""

NO_PEAKS: Heights = np.empty(0, PEAK)
"""Those of no sound at all."""

STANDING_OUT = 1000
"""One of so many peaks may stand out without being usual."""


class Peaks:
    """Notes the peak of each block of one sound, whose frames are planar floats of one kind."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._between = _Blocks(OVERSAMPLING * BLOCK)
        self._samples = _Blocks(BLOCK)
        self._heights = new_rows(PEAK)

    def hear(self, frame: AudioFrame) -> None:
        """Take in the next frame."""
        if self._resampler is None:
            rate = OVERSAMPLING * frame.sample_rate
            self._resampler = AudioResampler("fltp", frame.layout.name, rate)
        self._samples.take(frame.to_ndarray())
        for finer in self._resampler.resample(frame):
            self._between.take(finer.to_ndarray())
        both = min(len(self._samples.found), len(self._between.found))
        self._heights.append(np.maximum(self._samples.first(both), self._between.first(both)))

    def finish(self) -> Rows:
        """Return the peak of each block, as an amplitude, float16; the last may be short."""
        for finer in self._resampler.resample(None) if self._resampler else ():
            self._between.take(finer.to_ndarray())
        for blocks in (self._samples, self._between):
            blocks.finish()
        heights = self._samples.first(len(self._samples.found))
        between = self._between.first(len(heights))
        np.maximum(heights[: len(between)], between, out=heights[: len(between)])
        self._heights.append(heights)
        return self._heights


def true_peak(peaks: Rows) -> float:
    """Return the highest of `peaks` in dBTP."""
    return _decibels(_highest(peaks, 0))


def usual_peak(peaks: Rows) -> float:
    """Return the highest of `peaks` in dBTP but for those few that stand out."""
    return _decibels(_highest(peaks, len(peaks) // STANDING_OUT))


def _highest(peaks: Rows, place: int) -> float:
    """Return the highest of `peaks` after so many higher ones; 0 if there is none."""
    highest = NO_PEAKS
    for piece in pieces(peaks):
        highest = np.append(highest, piece)
        lower = max(0, len(highest) - place - 1)
        highest = np.partition(highest, lower)[lower:]
    return float(highest[0]) if len(highest) else 0.0


def _decibels(amplitude: float) -> float:
    return max(NO_PEAK, 20 * math.log10(amplitude)) if amplitude else NO_PEAK


class _Blocks:
    """Finds the peak of each block of so many samples, however they come in.

    `found` are those that nobody has taken yet.
    """

    def __init__(self, length: int) -> None:
        self.found = NO_PEAKS
        self._length = length
        self._rest: NDArray[Any] | None = None

    def take(self, samples: NDArray[Any]) -> None:
        """Take in more samples: (channels, samples)."""
        if self._rest is not None:
            samples = np.concatenate([self._rest, samples], axis=1)
        whole = samples.shape[1] // self._length * self._length
        self._rest = samples[:, whole:].copy()
        self._find(samples[:, :whole].reshape(len(samples), -1, self._length))

    def finish(self) -> None:
        """Take the rest as a block of its own."""
        if self._rest is not None and self._rest.size:
            self._find(self._rest[:, np.newaxis])

    def first(self, count: int) -> Heights:
        """Take out and return the first peaks that were found, at most so many."""
        first, self.found = self.found[:count], self.found[count:]
        return first

    def _find(self, blocks: NDArray[Any]) -> None:
        """Note the peaks of blocks: (channels, blocks, samples)."""
        highest, lowest = blocks.max(axis=2).max(axis=0), blocks.min(axis=2).min(axis=0)
        self.found = np.append(self.found, np.maximum(highest, -lowest).astype(PEAK))
