"""Computes how high each bar stands in each frame: a smoothed spectrum of the sound."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]

BANDS = 72  # frequency bands of an analysis: one analysis serves every look and format
WINDOW = 4096  # samples of an FFT: 93 ms at 44.1 kHz, fine enough for bass, short enough for drums
BATCH = 128  # frames that are transformed at once, which bounds the memory
MIN_HERTZ, MAX_HERTZ = 45.0, 15_000.0  # the centres of the first and of the last band
# Decibels by which each octave is lifted, since music falls off towards the top, and up to which
# frequency in hertz.
TILT, TILT_END = 2.3, 9_000.0
RANGE = 44.0  # decibels between a bar of height 0 and a full one
HEADROOM = 0.5  # decibels that the loudest band stays below the top
MIN_CEILING = -50.0  # decibels: the ceiling stays above this, so that silence and hiss stay flat
# The share of the way to its new height that a bar goes in 1/30 s, upwards and downwards.
ATTACK, DECAY = 0.62, 0.16
NEIGHBOUR = 0.13  # how much of each neighbour's height a bar takes on


class Spectrum:
    """Computes levels from a sound that comes in pieces; it buffers only what the next frame needs.

    Frame ``i`` is made from the window centred on sample ``i * rate / fps``, so a bar rises within
    a frame of its sound.
    """

    def __init__(self, rate: int, fps: int, bands: int) -> None:
        """Prepare for ``rate`` samples and ``fps`` frames a second (a divisor of ``rate``).

        Raises ValueError if it is none.
        """
        if rate % fps:
            raise ValueError(f"{rate} samples a second do not divide into {fps} frames.")
        self._hop = rate // fps
        self._window = _make_window()
        self._filters, self._tilt = _make_filters(rate, bands)
        self._buffer = np.zeros(WINDOW // 2, np.float32)
        self._ballistics = _Ballistics(bands, 30 / fps)

    def process(self, samples: NDArray[np.float32]) -> Levels:
        """Take more samples of one channel; return the levels of the frames that are complete.

        The levels are (frames, bands) from 0 to 1; there may be no frames.
        """
        self._buffer = np.concatenate([self._buffer, samples])
        frames = max(0, (len(self._buffer) - WINDOW) // self._hop + 1)
        levels = [self._compute_levels(first, frames) for first in range(0, frames, BATCH)]
        self._buffer = self._buffer[frames * self._hop :]
        return np.concatenate(levels) if levels else self._ballistics.empty()

    def finish(self) -> Levels:
        """Return the levels of the last frames, as if silence followed."""
        return self.process(np.zeros(WINDOW // 2 - 1, np.float32))

    def _compute_levels(self, first: int, frames: int) -> Levels:
        count = min(BATCH, frames - first)
        windows = np.lib.stride_tricks.sliding_window_view(self._buffer, WINDOW)
        windows = windows[first * self._hop :: self._hop][:count]
        waves = np.fft.rfft(windows * self._window, axis=1)[:, : self._filters.bins]
        power = self._filters.apply(waves.real**2 + waves.imag**2)
        return self._ballistics.follow(10 * np.log10(power + 1e-12) + self._tilt)


class _Filters:
    """Sums of bins with weights.

    They are sparse. As a matrix they would be multiplied by BLAS, whose threads, where somebody has
    imported NumPy before this package, take eight times the time and round in another way.
    """

    def __init__(self, weights: NDArray[np.float32]) -> None:
        """Take over the weights, (bins, bands); each band has some bins."""
        bands, self._columns = np.nonzero(weights.T)
        self._weights = weights[self._columns, bands]
        self._starts = np.flatnonzero(np.diff(bands, prepend=-1))
        self.bins = len(weights)

    def apply(self, power: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        """Return the sums for each row of (frames, bins): (frames, bands)."""
        weighted = power[:, self._columns] * self._weights
        return np.add.reduceat(weighted, self._starts, axis=1)


class _Ballistics:
    """The slow gain control and the attack and decay that make levels pleasant to watch."""

    def __init__(self, bands: int, step: float) -> None:
        """Prepare for frames that last ``step`` thirtieths of a second."""
        self._attack, self._decay = 1 - (1 - ATTACK) ** step, 1 - (1 - DECAY) ** step
        self._rise, self._fall = (1 - (1 - share) ** step for share in (0.05, 0.003))
        self._max_fall = 0.02 * step
        self._heights = np.zeros(bands, np.float32)
        self._ceiling: float | None = None

    def empty(self) -> Levels:
        """Return the levels of no frames: (0, bands)."""
        return np.empty((0, len(self._heights)), np.float32)

    def follow(self, decibels: NDArray[np.float32]) -> Levels:
        """Return the heights for (frames, bands) of decibels, in the order of time."""
        ceilings = np.fromiter(self._follow_peaks(decibels.max(axis=1)), np.float32)[:, np.newaxis]
        levels = ((decibels - ceilings) / RANGE + 1).clip(0, 1) ** 2
        padded = np.pad(levels, ((0, 0), (1, 1)), "edge")
        levels += NEIGHBOUR * (padded[:, :-2] + padded[:, 2:] - 2 * levels)
        for heights in levels:
            step = heights - self._heights
            self._heights = self._heights + np.maximum(self._attack * step, self._decay * step)
            heights[:] = self._heights
        return levels

    def _follow_peaks(self, peaks: NDArray[np.float32]) -> Iterator[float]:
        """Yield the ceiling: it follows the loudest band up in a second, and down by no more than
        0.6 dB a second.
        """
        for peak in peaks.tolist():
            ceiling = peak if self._ceiling is None else self._ceiling
            share = self._rise if peak > ceiling else self._fall
            self._ceiling = max(ceiling - self._max_fall, ceiling + share * (peak - ceiling))
            self._ceiling = max(self._ceiling, MIN_CEILING)
            yield self._ceiling + HEADROOM


def regrouping_matrix(count: int) -> NDArray[np.float32]:
    """Return the matrix (BANDS, count) that turns levels into those of ``count`` bands by ``@``.

    Each new band is the mean of the old bands that it spans.
    """
    edges = np.linspace(0, BANDS, count + 1)
    bands = np.arange(BANDS)[:, np.newaxis]
    spans = np.minimum(edges[1:], bands + 1) - np.maximum(edges[:-1], bands)
    matrix: NDArray[np.float32] = (spans.clip(0, None) * count / BANDS).astype(np.float32)
    return matrix


def _make_window() -> NDArray[np.float32]:
    """Return a Hann window under which a full-scale sine has an amplitude of 1: 0 dB."""
    window = np.hanning(WINDOW)
    scaled: NDArray[np.float32] = (window * 2 / window.sum()).astype(np.float32)
    return scaled


def _make_filters(rate: int, bands: int) -> tuple[_Filters, NDArray[np.float32]]:
    """Return triangular filters on a logarithmic scale, and the tilt of each band in decibels.

    A triangle is never narrower than the bins allow. Its weights are scaled between a sum of 1,
    under which the broad upper bands would look dead, and a height of 1, which favours them.
    """
    edges = np.geomspace(MIN_HERTZ, min(MAX_HERTZ, rate * 0.47), bands + 2)
    centres = edges[1:-1]
    min_width = 1.3 * rate / WINDOW
    below = np.maximum(centres - edges[:-2], min_width)
    above = np.maximum(edges[2:] - centres, min_width)
    hertz = np.fft.rfftfreq(WINDOW, 1 / rate)[:, np.newaxis]
    filters = np.minimum((hertz - centres) / below, (centres - hertz) / above) + 1
    filters = filters.clip(0, None)
    filters /= np.sqrt(filters.sum(axis=0))
    used = int(np.flatnonzero(filters.any(axis=1))[-1]) + 1
    tilt = TILT * np.log2(np.minimum(centres, TILT_END) / 1000)
    return _Filters(filters[:used].astype(np.float32)), tilt.astype(np.float32)
