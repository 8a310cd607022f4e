"""Bringing a sound to the loudness at which streaming services play, without clipping it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from av.audio.frame import AudioFrame

from videos.render.audio.limiter import Limiter
from videos.render.audio.loudness import Measure
from videos.render.audio.row_files import Rows

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
    frames: Iterable[AudioFrame], levelling: Levelling, peaks: Rows
) -> Iterator[AudioFrame]:
    """Yield `frames` of planar floats, all of one kind, at their new level: as many samples.

    `peaks` are those of the same frames, as they come.
    """
    gain = 10 ** (levelling.gain / 20)
    limit = 10 ** ((CEILING - CODING) / 20)
    limiter: Limiter | None = None
    for frame in frames:
        samples, rate = frame.to_ndarray(), frame.sample_rate
        if levelling.is_limited:
            limiter = limiter or Limiter(peaks, gain, limit, rate)
            samples *= limiter.gains(samples.shape[1])
        else:
            samples *= np.float32(gain)
        changed = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)
        changed.sample_rate = rate
        yield changed
