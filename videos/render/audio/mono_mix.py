"""Mixes the channels of a song to the one from which its pictures are made."""

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

Samples = NDArray[np.float32]

MONO_LIMIT = 4.0  # samples are clipped here for the pictures: 12 dB above full scale
# The energy of the mean of two channels, as a share of the mean of their energies: one half if they
# have nothing in common, a third at least in ordinary songs. Below the first share they begin to
# cancel each other out; below the second one nothing is left of what is heard.
CANCELLING, CANCELLED = 0.1, 0.02
BLOCK = 4096  # samples for which this is measured, as many as the bars are made from
MIN_ENERGY = 1e-9  # of a sample on average: what is weaker is silence


def mix_to_mono(frame: AudioFrame) -> Samples:
    """Return the mean of the channels of a frame of planar floats: (samples,)."""
    return _clip(frame.to_ndarray().mean(axis=0, dtype=np.float32))


class MonoMixer:
    """Mixes the frames of one song.

    The mean of the channels is mixed, but where they cancel each other out, as a channel and its
    inverse do, the first channel takes its place: the pictures move with what is heard.
    """

    def __init__(self) -> None:
        self._share: float | None = None  # of the first channel at the end of the last block

    def process(self, frame: AudioFrame) -> Samples:
        """Return the mix of the next frame of planar floats: (samples,)."""
        channels: Samples = np.asarray(frame.to_ndarray(), np.float32)
        mean: Samples = channels.mean(axis=0, dtype=np.float32)
        if len(channels) > 1:
            for start in range(0, len(mean), BLOCK):
                end = start + BLOCK
                self._mix_block(channels[:, start:end], mean[start:end])
        return _clip(mean)

    def _mix_block(self, channels: Samples, mean: Samples) -> None:
        """Mix into the ``mean`` of a block what it needs of the first channel."""
        share = self._find_share(channels, mean)
        if share is None:  # silence
            return
        before = share if self._share is None else self._share
        self._share = share
        if before or share:
            shares = np.linspace(before, share, len(mean), dtype=np.float32)
            mean += shares * (channels[0] - mean)

    @staticmethod
    def _find_share(channels: Samples, mean: Samples) -> float | None:
        """Return how much of the first channel a block needs, 0 to 1; None for silence."""
        energy = float(np.square(channels).mean(dtype=np.float64))
        if not energy > MIN_ENERGY:
            return None
        left = float(np.square(mean).mean(dtype=np.float64)) / energy
        return min(1.0, max(0.0, (CANCELLING - left) / (CANCELLING - CANCELLED)))


def _clip(samples: Samples) -> Samples:
    return samples.clip(-MONO_LIMIT, MONO_LIMIT, out=samples)
