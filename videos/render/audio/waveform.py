"""The line of an oscilloscope in each frame: the sound itself, held still for the eye."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Waves = NDArray[np.int8]

POINTS = 96
"""Points of a line, from one end of the picture to the other."""

FINENESS = 1200
"""About how many points a second: a line shows 78 ms, and of the sound what lies below 600 Hz."""

SEARCH = 40
"""How many points to either side a line may begin, so that waves stand where they last stood."""

EDGE = 10
"""Over how many points a wave is asked whether it rises there."""

SMOOTHING = 0.86
"""The share of the last line that stays, at 30 frames a second. A line that flows is calmer to
watch, and takes a third less to store, than one that jumps.
"""

QUIETEST = 0.02
"""A sound weaker than this is not made any larger."""

FULL = 127


class Waveform:
    """Turns a sound that comes in pieces into lines, holding only what the next frame needs.

    The line of frame `i` shows what is heard around sample `i * rate / fps`, from the point near
    it where the sound rises most: so a note that lasts stands still. Loud and quiet songs fill
    the same height.
    """

    def __init__(self, rate: int, fps: int) -> None:
        """Prepare for `rate` samples and `fps` frames a second; the first must be a multiple."""
        self._hop = rate // fps
        self._step = max(1, rate // FINENESS)
        self._reach = (POINTS // 2 + SEARCH + EDGE) * self._step
        self._waiting = np.zeros(self._reach, np.float32)
        self._last = np.zeros(POINTS, np.float32)
        self._kept = SMOOTHING ** (30 / fps)
        self._peak = QUIETEST
        self._fall = 0.985 ** (30 / fps)

    def hear(self, samples: NDArray[np.float32]) -> Waves:
        """Take in more samples, one channel; return the lines of the frames that are complete.

        They come as (frames, POINTS) from -127 to 127; there may be none.
        """
        self._waiting = np.concatenate([self._waiting, samples])
        frames = max(0, (len(self._waiting) - 2 * self._reach) // self._hop + 1)
        lines = self._lines(frames) if frames else np.empty((0, POINTS), np.int8)
        self._waiting = self._waiting[frames * self._hop :]
        return lines

    def finish(self) -> Waves:
        """Return the lines of the last frames, as if silence followed."""
        return self.hear(np.zeros(self._reach - 1, np.float32))

    def _lines(self, frames: int) -> Waves:
        """Return the next lines, of the samples that wait."""
        sums = np.pad(self._waiting.cumsum(dtype=np.float64), (1, 0))
        points = np.arange(2 * self._reach // self._step + 1) * self._step
        sums = sums[np.arange(frames)[:, np.newaxis] * self._hop + points]
        cuts = _steepest(sums) + np.arange(POINTS + 1)
        lines = (np.diff(sums[np.arange(frames)[:, np.newaxis], cuts]) / self._step).astype(
            np.float32
        )
        lines *= 1 - self._kept
        for line in lines:
            line += self._last * self._kept
            self._last = line
        peaks = np.fromiter(self._peaks(np.abs(lines).max(axis=1)), np.float32, frames)
        shown: Waves = np.rint(lines * (FULL / peaks)[:, np.newaxis]).astype(np.int8)
        return shown

    def _peaks(self, heights: NDArray[np.float32]) -> Iterator[float]:
        """Follow the height of the lines: up at once, down slowly."""
        for height in heights.tolist():
            self._peak = max(QUIETEST, self._peak * self._fall, height)
            yield self._peak


def _steepest(sums: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return from where each line must be cut for its middle to be where the sound rises most.

    `sums` are (frames, points + 1): of the sound around each frame, up to each point. What is
    returned is (frames, 1).
    """
    middle = np.arange(EDGE, EDGE + 2 * SEARCH) + POINTS // 2
    rise = sums[:, middle + EDGE] - 2 * sums[:, middle] + sums[:, middle - EDGE]
    firsts: NDArray[np.intp] = rise.argmax(axis=1)[:, np.newaxis] + EDGE
    return firsts


class Beats:
    """Follows how strong the bass is, 0 to 1, as slow as a breath: up within a fifth of a second,
    down in most of one.
    """

    def __init__(self, fps: int) -> None:
        self._rise, self._fall = 1 - 0.72 ** (30 / fps), 1 - 0.93 ** (30 / fps)
        self._strength = 0.0

    def hear(self, levels: NDArray[np.floating]) -> NDArray[np.float16]:
        """Take in the levels of more frames, (frames, bands); return their beats: (frames,)."""
        bass = levels[:, : max(1, levels.shape[1] // 8)].mean(axis=1, dtype=np.float32)
        return np.fromiter(self._followed(bass.tolist()), np.float16, len(bass))

    def _followed(self, strengths: list[float]) -> Iterator[float]:
        for strength in strengths:
            share = self._rise if strength > self._strength else self._fall
            self._strength += (strength - self._strength) * share
            yield self._strength
