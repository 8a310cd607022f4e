"""The true peaks of a sound, those between its samples included (ITU-R BS.1770, annex 2)."""

import math
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

Heights = NDArray[np.float16]

BLOCK = 64
"""Samples that one peak is told for: 1.5 ms, less than a limiter takes to act."""

OVERSAMPLING = 4

NO_PEAK = -120.0
"""What stands for the peak of digital silence in dBTP."""

NO_PEAKS: Heights = np.empty(0, np.float16)
"""Those of no sound at all."""


class Peaks:
    """Notes the peak of each block of one sound, whose frames are planar floats of one kind."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._between = _Blocks(OVERSAMPLING * BLOCK)
        self._samples = _Blocks(BLOCK)

    def hear(self, frame: AudioFrame) -> None:
        """Take in the next frame."""
        if self._resampler is None:
            rate = OVERSAMPLING * frame.sample_rate
            self._resampler = AudioResampler("fltp", frame.layout.name, rate)
        self._samples.take(frame.to_ndarray())
        for finer in self._resampler.resample(frame):
            self._between.take(finer.to_ndarray())

    def finish(self) -> Heights:
        """Return the peak of each block, as an amplitude; the last may be short: (blocks,)."""
        for finer in self._resampler.resample(None) if self._resampler else ():
            self._between.take(finer.to_ndarray())
        samples, between = self._samples.finish(), self._between.finish()
        shared = min(len(samples), len(between))
        np.maximum(samples[:shared], between[:shared], out=samples[:shared])
        return samples


def usual(peaks: Heights) -> Heights:
    """Return `peaks` without those few, a thousandth, that stand out."""
    few = len(peaks) // 1000
    return np.partition(peaks, len(peaks) - few - 1)[: len(peaks) - few] if few else peaks


def decibels(peaks: Heights) -> float:
    """Return the highest of `peaks` in dBTP."""
    highest = float(peaks.max(initial=0))
    return max(NO_PEAK, 20 * math.log10(highest)) if highest else NO_PEAK


class _Blocks:
    """Finds the peak of each block of so many samples, however they come in."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._rest: NDArray[Any] | None = None
        self._found: list[Heights] = []

    def take(self, samples: NDArray[Any]) -> None:
        """Take in more samples: (channels, samples)."""
        if self._rest is not None:
            samples = np.concatenate([self._rest, samples], axis=1)
        whole = samples.shape[1] // self._length * self._length
        self._rest = samples[:, whole:].copy()
        self._find(samples[:, :whole].reshape(len(samples), -1, self._length))

    def finish(self) -> Heights:
        """Return what was found, the rest as a block of its own."""
        if self._rest is not None and self._rest.size:
            self._find(self._rest[:, np.newaxis])
        return np.concatenate(self._found) if self._found else NO_PEAKS

    def _find(self, blocks: NDArray[Any]) -> None:
        """Note the peaks of blocks: (channels, blocks, samples)."""
        highest, lowest = blocks.max(axis=2).max(axis=0), blocks.min(axis=2).min(axis=0)
        self._found.append(np.maximum(highest, -lowest).astype(np.float16))
