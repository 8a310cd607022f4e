"""Computes an oscilloscope's line for each frame, steady to look at, and follows the beat."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Waves = NDArray[np.int8]

POINTS = 96  # points of a line, from one end of the picture to the other
# About how many points a second has: a line shows 78 ms, of the sound what is below 600 Hz.
POINTS_PER_SECOND = 1200
# Points to either side within which a line may begin, so that waves stay where they last were.
SEARCH_POINTS = 40
SLOPE_POINTS = 10  # points over which the slope of a wave is measured
# The share of the last line that stays, at 30 frames a second. A line that flows is calmer to
# watch, and takes a third less to store, than one that jumps.
SMOOTHING = 0.86
MIN_PEAK = 0.02  # a sound weaker than this is not amplified any further
FULL_SCALE = 127


class Waveform:
    """Computes lines from a sound that comes in pieces; it buffers only what the next frame needs.

    The line of frame ``i`` shows the sound around sample ``i * rate / fps``. Its middle is the
    point near there where the sound rises most (a trigger), so a note that lasts stands still.
    Loud and quiet songs fill the same height.
    """

    def __init__(self, rate: int, fps: int) -> None:
        """Prepare for ``rate`` samples and ``fps`` frames a second (a divisor of ``rate``)."""
        self._hop = rate // fps
        self._step = max(1, rate // POINTS_PER_SECOND)
        self._reach = (POINTS // 2 + SEARCH_POINTS + SLOPE_POINTS) * self._step
        self._buffer = np.zeros(self._reach, np.float32)
        self._last = np.zeros(POINTS, np.float32)
        self._smoothing = SMOOTHING ** (30 / fps)
        self._peak = MIN_PEAK
        self._fall = 0.985 ** (30 / fps)

    def process(self, samples: NDArray[np.float32]) -> Waves:
        """Take more samples of one channel; return the lines of the frames that are complete.

        The lines are (frames, POINTS) from -127 to 127; there may be no frames.
        """
        self._buffer = np.concatenate([self._buffer, samples])
        frames = max(0, (len(self._buffer) - 2 * self._reach) // self._hop + 1)
        lines = self._compute_lines(frames) if frames else np.empty((0, POINTS), np.int8)
        self._buffer = self._buffer[frames * self._hop :]
        return lines

    def finish(self) -> Waves:
        """Return the lines of the last frames, as if silence followed."""
        return self.process(np.zeros(self._reach - 1, np.float32))

    def _compute_lines(self, frames: int) -> Waves:
        """Return the next ``frames`` lines, of the samples in the buffer."""
        sums = np.pad(self._buffer.cumsum(dtype=np.float64), (1, 0))
        points = np.arange(2 * self._reach // self._step + 1) * self._step
        sums = sums[np.arange(frames)[:, np.newaxis] * self._hop + points]
        cuts = _find_steepest(sums) + np.arange(POINTS + 1)
        lines = (np.diff(sums[np.arange(frames)[:, np.newaxis], cuts]) / self._step).astype(
            np.float32
        )
        lines *= 1 - self._smoothing
        for line in lines:
            line += self._last * self._smoothing
            self._last = line
        peaks = np.fromiter(self._follow_peaks(np.abs(lines).max(axis=1)), np.float32, frames)
        scaled: Waves = np.rint(lines * (FULL_SCALE / peaks)[:, np.newaxis]).astype(np.int8)
        return scaled

    def _follow_peaks(self, heights: NDArray[np.float32]) -> Iterator[float]:
        """Follow the height of the lines: up at once, down slowly."""
        for height in heights.tolist():
            self._peak = max(MIN_PEAK, self._peak * self._fall, height)
            yield self._peak


def _find_steepest(sums: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return from which point each line is cut so that its middle is where the sound rises most.

    ``sums`` are the sums of the sound around each frame, up to each point: (frames, points + 1).
    The result is (frames, 1).
    """
    middle = np.arange(SLOPE_POINTS, SLOPE_POINTS + 2 * SEARCH_POINTS) + POINTS // 2
    rise = sums[:, middle + SLOPE_POINTS] - 2 * sums[:, middle] + sums[:, middle - SLOPE_POINTS]
    firsts: NDArray[np.intp] = rise.argmax(axis=1)[:, np.newaxis] + SLOPE_POINTS
    return firsts


class BeatFollower:
    """Follows how strong the bass is, 0 to 1, as slowly as breath: up within a fifth of a second,
    down within most of a second.
    """

    def __init__(self, fps: int) -> None:
        self._rise, self._fall = 1 - 0.72 ** (30 / fps), 1 - 0.93 ** (30 / fps)
        self._strength = 0.0

    def process(self, levels: NDArray[np.floating]) -> NDArray[np.float16]:
        """Take the levels of more frames, (frames, bands); return their beats: (frames,)."""
        bass = levels[:, : max(1, levels.shape[1] // 8)].mean(axis=1, dtype=np.float32)
        return np.fromiter(self._follow(bass.tolist()), np.float16, len(bass))

    def _follow(self, strengths: list[float]) -> Iterator[float]:
        for strength in strengths:
            share = self._rise if strength > self._strength else self._fall
            self._strength += (strength - self._strength) * share
            yield self._strength
