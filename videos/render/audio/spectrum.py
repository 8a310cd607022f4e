"""How high each bar stands in each frame: a spectrum of the sound, calmed for the eye."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]

BANDS = 72
"""Bands that a song is heard in: one analysis serves every look and format."""

WINDOW = 4096
"""Samples seen at once: 93 ms at 44.1 kHz, fine enough for bass notes, short enough for drums."""

BLOCK = 128
"""Frames transformed at once, which bounds the memory."""

LOWEST, HIGHEST = 45.0, 15_000.0
"""The middle of the first and the last band in hertz."""

TILT, TILT_END = 2.3, 9_000.0
"""Decibels that an octave is lifted, since music falls off towards the top, and up to where."""

RANGE = 44.0
"""Decibels between a bar that lies flat and one that stands full."""

HEADROOM = 0.5
"""Decibels that the loudest band keeps free below the top."""

QUIETEST_CEILING = -50.0
"""The ceiling never follows the music below this, so that silence and hiss stay flat."""

ATTACK, DECAY = 0.62, 0.16
"""The share of the way to its new height that a bar goes in 1/30 s, upwards and downwards."""

NEIGHBOUR = 0.13
"""How much of each neighbour a bar takes on."""


class Spectrum:
    """Turns a sound that comes in pieces into levels, holding only what the next frame needs.

    Frame `i` is made from the window centred on sample `i * rate / fps`, so a bar rises within a
    frame of what it hears.
    """

    def __init__(self, rate: int, fps: int, bands: int) -> None:
        """Prepare for `rate` samples and `fps` frames a second; the first must be a multiple."""
        if rate % fps:
            raise ValueError(f"{rate} samples a second do not divide into {fps} frames.")
        self._hop = rate // fps
        self._window = _window()
        self._filters, self._tilt = _filters(rate, bands)
        self._waiting = np.zeros(WINDOW // 2, np.float32)
        self._ballistics = _Ballistics(bands, 30 / fps)

    def hear(self, samples: NDArray[np.float32]) -> Levels:
        """Take in more samples, one channel; return the levels of the frames that are complete.

        They come as (frames, bands) from 0 to 1; there may be none.
        """
        self._waiting = np.concatenate([self._waiting, samples])
        frames = max(0, (len(self._waiting) - WINDOW) // self._hop + 1)
        levels = [self._levels(first, frames) for first in range(0, frames, BLOCK)]
        self._waiting = self._waiting[frames * self._hop :]
        return np.concatenate(levels) if levels else self._ballistics.none()

    def finish(self) -> Levels:
        """Return the levels of the last frames, as if silence followed."""
        return self.hear(np.zeros(WINDOW // 2 - 1, np.float32))

    def _levels(self, first: int, frames: int) -> Levels:
        count = min(BLOCK, frames - first)
        seen = np.lib.stride_tricks.sliding_window_view(self._waiting, WINDOW)
        seen = seen[first * self._hop :: self._hop][:count]
        waves = np.fft.rfft(seen * self._window, axis=1)[:, : len(self._filters)]
        power = (waves.real**2 + waves.imag**2) @ self._filters
        return self._ballistics.follow(10 * np.log10(power + 1e-12) + self._tilt)


class _Ballistics:
    """The slow gain and the quick, unequal smoothing that make levels pleasant to watch."""

    def __init__(self, bands: int, pace: float) -> None:
        """Prepare for frames that last `pace` thirtieths of a second."""
        self._attack, self._decay = 1 - (1 - ATTACK) ** pace, 1 - (1 - DECAY) ** pace
        self._rise, self._fall = (1 - (1 - share) ** pace for share in (0.05, 0.003))
        self._most_fall = 0.02 * pace
        self._heights = np.zeros(bands, np.float32)
        self._ceiling: float | None = None

    def none(self) -> Levels:
        """Return the levels of no frame at all."""
        return np.empty((0, len(self._heights)), np.float32)

    def follow(self, decibels: NDArray[np.float32]) -> Levels:
        """Return the heights for (frames, bands) of decibels, both in the order of time."""
        ceilings = np.fromiter(self._ceilings(decibels.max(axis=1)), np.float32)[:, np.newaxis]
        wanted = ((decibels - ceilings) / RANGE + 1).clip(0, 1) ** 2
        padded = np.pad(wanted, ((0, 0), (1, 1)), "edge")
        wanted += NEIGHBOUR * (padded[:, :-2] + padded[:, 2:] - 2 * wanted)
        for heights in wanted:
            step = heights - self._heights
            self._heights = self._heights + np.maximum(self._attack * step, self._decay * step)
            heights[:] = self._heights
        return wanted

    def _ceilings(self, peaks: NDArray[np.float32]) -> Iterator[float]:
        """Follow the loudest band: up in a second, down by no more than 0.6 dB a second."""
        for peak in peaks.tolist():
            ceiling = peak if self._ceiling is None else self._ceiling
            share = self._rise if peak > ceiling else self._fall
            self._ceiling = max(ceiling - self._most_fall, ceiling + share * (peak - ceiling))
            self._ceiling = max(self._ceiling, QUIETEST_CEILING)
            yield self._ceiling + HEADROOM


def regrouping(count: int) -> NDArray[np.float32]:
    """Return what turns levels into those of `count` bands by `@`: (BANDS, count).

    A new band is the mean of what it spans of the old ones.
    """
    edges = np.linspace(0, BANDS, count + 1)
    bands = np.arange(BANDS)[:, np.newaxis]
    spans = np.minimum(edges[1:], bands + 1) - np.maximum(edges[:-1], bands)
    shares: NDArray[np.float32] = (spans.clip(0, None) * count / BANDS).astype(np.float32)
    return shares


def _window() -> NDArray[np.float32]:
    """Return a Hann window under which a full-scale sine has an amplitude of 1: 0 dB."""
    window = np.hanning(WINDOW)
    scaled: NDArray[np.float32] = (window * 2 / window.sum()).astype(np.float32)
    return scaled


def _filters(rate: int, bands: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return triangles on a scale of octaves as (bins, bands), and the tilt of each in decibels.

    A triangle is never narrower than the bins allow. Its weights are scaled between a sum of 1,
    under which the broad upper bands would look dead, and a height of 1, which favours them.
    """
    edges = np.geomspace(LOWEST, min(HIGHEST, rate * 0.47), bands + 2)
    middle = edges[1:-1]
    least = 1.3 * rate / WINDOW
    below = np.maximum(middle - edges[:-2], least)
    above = np.maximum(edges[2:] - middle, least)
    hertz = np.fft.rfftfreq(WINDOW, 1 / rate)[:, np.newaxis]
    filters = np.minimum((hertz - middle) / below, (middle - hertz) / above) + 1
    filters = filters.clip(0, None)
    filters /= np.sqrt(filters.sum(axis=0))
    used = int(np.flatnonzero(filters.any(axis=1))[-1]) + 1
    tilt = TILT * np.log2(np.minimum(middle, TILT_END) / 1000)
    return filters[:used].astype(np.float32), tilt.astype(np.float32)
