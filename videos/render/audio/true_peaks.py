"""Measures the true peaks of a sound, also between its samples (ITU-R BS.1770, annex 2)."""

import math
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videos.render.audio.features import EMPTY_PEAKS, PEAK_DTYPE, SILENT_PEAK, PeakArray
from videos.render.audio.file_tables import Table, create_table, iterate_chunks

BLOCK = 64  # samples for which one peak is measured: 1.5 ms, less than a limiter takes to act
OVERSAMPLING = 4
PEAKS_PER_OUTLIER = 1000  # the usual peak leaves out one peak in a thousand, the highest ones


class TruePeakMeter:
    """Measures the peak of each block of one sound, whose frames are all planar floats."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._oversampled_peaks = _BlockPeaks(OVERSAMPLING * BLOCK)
        self._sample_peaks = _BlockPeaks(BLOCK)
        self._peaks = create_table(PEAK_DTYPE)

    def add_frame(self, frame: AudioFrame) -> None:
        """Measure the next frame."""
        if self._resampler is None:
            rate = OVERSAMPLING * frame.sample_rate
            self._resampler = AudioResampler("fltp", frame.layout.name, rate)
        self._sample_peaks.add_samples(frame.to_ndarray())
        for oversampled in self._resampler.resample(frame):
            self._oversampled_peaks.add_samples(oversampled.to_ndarray())
        count = min(len(self._sample_peaks.pending), len(self._oversampled_peaks.pending))
        peaks = np.maximum(self._sample_peaks.take(count), self._oversampled_peaks.take(count))
        self._peaks.append(peaks)

    def finish(self) -> Table:
        """Return the peak of each block as an amplitude, float16; the last block may be short."""
        for oversampled in self._resampler.resample(None) if self._resampler else ():
            self._oversampled_peaks.add_samples(oversampled.to_ndarray())
        for blocks in (self._sample_peaks, self._oversampled_peaks):
            blocks.finish()
        peaks = self._sample_peaks.take(len(self._sample_peaks.pending))
        oversampled_peaks = self._oversampled_peaks.take(len(peaks))
        count = len(oversampled_peaks)
        np.maximum(peaks[:count], oversampled_peaks, out=peaks[:count])
        self._peaks.append(peaks)
        return self._peaks


def find_true_peak(peaks: Table) -> float:
    """Return the highest of ``peaks`` in dBTP."""
    return _to_decibels(_find_highest(peaks, 0))


def find_usual_peak(peaks: Table) -> float:
    """Return the highest of ``peaks`` in dBTP, without the few outliers."""
    return _to_decibels(_find_highest(peaks, len(peaks) // PEAKS_PER_OUTLIER))


def _find_highest(peaks: Table, skipped: int) -> float:
    """Return the highest of ``peaks`` after ``skipped`` higher ones; 0 if there are none."""
    highest = EMPTY_PEAKS
    for chunk in iterate_chunks(peaks):
        highest = np.append(highest, chunk)
        lowest_kept = max(0, len(highest) - skipped - 1)
        highest = np.partition(highest, lowest_kept)[lowest_kept:]
    return float(highest[0]) if len(highest) else 0.0


def _to_decibels(amplitude: float) -> float:
    return max(SILENT_PEAK, 20 * math.log10(amplitude)) if amplitude else SILENT_PEAK


class _BlockPeaks:
    """Measures the peak of each block of ``length`` samples, whatever the size of its inputs.

    ``pending`` are the peaks that are not taken yet.
    """

    def __init__(self, length: int) -> None:
        self.pending = EMPTY_PEAKS
        self._length = length
        self._rest: NDArray[Any] | None = None

    def add_samples(self, samples: NDArray[Any]) -> None:
        """Add more samples: (channels, samples)."""
        if self._rest is not None:
            samples = np.concatenate([self._rest, samples], axis=1)
        complete = samples.shape[1] // self._length * self._length
        self._rest = samples[:, complete:].copy()
        self._add_blocks(samples[:, :complete].reshape(len(samples), -1, self._length))

    def finish(self) -> None:
        """Measure the rest as a block of its own."""
        if self._rest is not None and self._rest.size:
            self._add_blocks(self._rest[:, np.newaxis])

    def take(self, count: int) -> PeakArray:
        """Remove the first pending peaks, at most ``count``, and return them."""
        first, self.pending = self.pending[:count], self.pending[count:]
        return first

    def _add_blocks(self, blocks: NDArray[Any]) -> None:
        """Measure the peaks of blocks: (channels, blocks, samples)."""
        highest, lowest = blocks.max(axis=2).max(axis=0), blocks.min(axis=2).min(axis=0)
        self.pending = np.append(self.pending, np.maximum(highest, -lowest).astype(PEAK_DTYPE))
