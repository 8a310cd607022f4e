"""Bringing a sound to the loudness at which streaming services play, without clipping it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from av.audio.frame import AudioFrame
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from videos.render.loudness import Measure
from videos.render.peaks import BLOCK, Heights

Gains = NDArray[np.float32]

TARGET = -14.0
"""LUFS, as most streaming services play."""

CEILING = -1.0
"""The true peak in dBTP that a film may have."""

CODING = 1.0
"""Decibels that AAC may add to a peak: the limiter stays so far below the ceiling."""

MOST_GAIN = 30.0
"""Decibels that a sound is lifted at most: what is quieter than that is hiss rather than music."""

MOST_LIMITED = 10.0
"""Decibels that peaks are held down at most: a song with more is left quieter than the target."""

MADE_UP = 0.1
"""Decibels more for each by which peaks are held down: music loses about as much loudness by it."""

ATTACK, RELEASE = 0.005, 0.025
"""Seconds before a peak in which the limiter lowers the sound, and after it in which it lets go
of two thirds of that.
"""

ALONG = np.arange(BLOCK, dtype=np.float32) / BLOCK

NEAR = 0.5
"""LU from the target at which a sound is as good as there."""


class Levelling(NamedTuple):
    """The decibels by which a sound is lifted, and whether its peaks are then held down."""

    gain: float
    is_limited: bool

    @property
    def changes(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.gain) or self.is_limited


AS_IT_IS = Levelling(0.0, False)


def levelling_of(measure: Measure) -> Levelling:
    """Return what brings a sound that was measured to the target.

    How far it may be limited is asked of its usual peak: a single pop decides nothing.
    """
    if measure.integrated is None:
        return AS_IT_IS
    gain = min(MOST_GAIN, TARGET - measure.integrated)
    highest = CEILING - CODING
    if measure.true_peak + gain <= highest:
        return Levelling(gain, is_limited=False)
    over = max(0.0, measure.usual_peak + gain - highest)
    return Levelling(gain + min(MADE_UP * over, MOST_LIMITED - over), is_limited=True)


def is_there(measure: Measure) -> bool:
    """Whether a sound is as good as at the target already."""
    if measure.integrated is None:
        return True
    return abs(measure.integrated - TARGET) <= NEAR and measure.true_peak <= CEILING


def levelled(
    frames: Iterable[AudioFrame], levelling: Levelling, peaks: Heights
) -> Iterator[AudioFrame]:
    """Yield `frames` of planar floats, all of one kind, at their new level: as many samples.

    `peaks` are those of the same frames, as they come.
    """
    gain = 10 ** (levelling.gain / 20)
    gains: Gains | None = None
    at = 0
    for frame in frames:
        samples, rate = frame.to_ndarray(), frame.sample_rate
        if levelling.is_limited:
            gains = _gains(peaks, gain, rate) if gains is None else gains
            samples *= _between(gains, at, samples.shape[1])
        else:
            samples *= np.float32(gain)
        at += samples.shape[1]
        changed = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)
        changed.sample_rate = rate
        yield changed


def _gains(peaks: Heights, gain: float, rate: int) -> Gains:
    """Return by what samples at the edges of blocks are to be multiplied: (blocks + 1,).

    In between it goes in a straight line, and nowhere in a block is it more than its peak bears.
    """
    limit = 10 ** ((CEILING - CODING) / 20)
    borne = np.minimum(1, limit / np.maximum(peaks.astype(np.float32) * gain, limit))
    attack = max(1, round(ATTACK * rate / BLOCK))
    soon = sliding_window_view(np.pad(borne, attack - 1, "edge"), attack).min(axis=1)
    released = np.fromiter(_released(soon, BLOCK / (RELEASE * rate)), np.float64, len(soon))
    eased = sliding_window_view(released, attack).mean(axis=1)
    inner = np.minimum(eased[:-1], eased[1:])
    edges: Gains = (np.concatenate([eased[:1], inner, eased[-1:]]) * gain).astype(np.float32)
    return edges


def _released(most: Iterable[np.float32], share: float) -> Iterator[float]:
    """Follow what is borne at most: down at once, and up again by a share of the way each time."""
    now = 1.0
    for borne in most:
        now = min(float(borne), now + (1 - now) * share)
        yield now


def _between(gains: Gains, start: int, count: int) -> Gains:
    """Return the gains of `count` samples from `start` on."""
    first, last = start // BLOCK, -(-(start + count) // BLOCK)
    edges = gains[np.arange(first, last + 1).clip(max=len(gains) - 1)]
    ramps: Gains = edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * ALONG
    return ramps.ravel()[start - first * BLOCK :][:count]
