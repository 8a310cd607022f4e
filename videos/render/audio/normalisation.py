"""Brings a sound to the loudness at which streaming services play, without clipping."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from av.audio.frame import AudioFrame

from videos.render.audio.features import LoudnessMeasurement
from videos.render.audio.file_tables import Table
from videos.render.audio.limiter import Limiter

TARGET = -14.0  # LUFS, as most streaming services play
TOLERANCE = 0.5  # LU from the target within which a sound needs no change
TRUE_PEAK_CEILING = -1.0  # dBTP that a film may have
# Decibels that AAC may add to a peak: the limiter stays this far below the ceiling.
CODEC_HEADROOM = 1.0
# Decibels that a sound is lifted at most: what is quieter than that is hiss rather than music.
MAX_GAIN = 30.0
# Decibels that peaks are limited at most: a song with more is left quieter than the target.
MAX_LIMITING = 10.0
# Make-up gain in decibels for each decibel of limiting, which costs music about that much loudness.
MAKEUP_GAIN = 0.1


class Normalisation(NamedTuple):
    """The gain of a sound in decibels, and whether its peaks are limited after that."""

    gain: float
    is_limited: bool

    @property
    def changes(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.gain) or self.is_limited


UNCHANGED = Normalisation(0.0, False)


def plan_normalisation(loudness: LoudnessMeasurement) -> Normalisation:
    """Return what brings a sound of this ``loudness`` to the target.

    The usual peak decides how far it may be limited, so that a single pop decides nothing.
    """
    if loudness.integrated is None:
        return UNCHANGED
    gain = min(MAX_GAIN, TARGET - loudness.integrated)
    highest = TRUE_PEAK_CEILING - CODEC_HEADROOM
    if loudness.true_peak + gain <= highest:
        return Normalisation(gain, is_limited=False)
    excess = max(0.0, loudness.usual_peak + gain - highest)
    return Normalisation(gain + min(MAKEUP_GAIN * excess, MAX_LIMITING - excess), is_limited=True)


def is_at_target(loudness: LoudnessMeasurement) -> bool:
    """Whether a sound is close enough to the target already."""
    if loudness.integrated is None:
        return True
    is_near = abs(loudness.integrated - TARGET) <= TOLERANCE
    return is_near and loudness.true_peak <= TRUE_PEAK_CEILING


def normalise_frames(
    frames: Iterable[AudioFrame], normalisation: Normalisation, peaks: Table
) -> Iterator[AudioFrame]:
    """Yield ``frames`` of planar floats, all of one format, at their new level.

    The number of samples stays the same. ``peaks`` are those of the same frames before the change.
    """
    gain = 10 ** (normalisation.gain / 20)
    limit = 10 ** ((TRUE_PEAK_CEILING - CODEC_HEADROOM) / 20)
    limiter: Limiter | None = None
    for frame in frames:
        samples, rate = frame.to_ndarray(), frame.sample_rate
        if normalisation.is_limited:
            limiter = limiter or Limiter(peaks, gain, limit, rate)
            samples *= limiter.next_gains(samples.shape[1])
        else:
            samples *= np.float32(gain)
        changed = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)
        changed.sample_rate = rate
        yield changed
