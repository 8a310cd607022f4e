"""A meter for flashes, as WCAG 2.2 (2.3.1) and ITU-R BT.1702 define them.

A general flash is a pair of opposing changes in relative luminance of at least 0.1 where the darker
state is below 0.8; a red flash a pair of opposing changes in which either state is a saturated red.
More than three in a second are too many where they fill a quarter of the picture at once. The
meter is stricter: it adds up all pixels that flash too often, whether or not they do so together.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from videos.render.paint.yuv import Yuv

STEP = 4  # every fourth pixel of every fourth row is measured: an even number

MAX_FLASHES = 3  # in a second
MAX_AREA = 0.25  # the share of the picture that may flash more often
MIN_CHANGE, BRIGHT = 0.1, 0.8  # in relative luminance
MIN_RED_CHANGE, SATURATED = 20.0, 0.8

# The linear light of each of 4096 values of a channel: steps that are small beside ``MIN_CHANGE``
LEVELS = np.linspace(0, 1, 4096, dtype=np.float32)
LINEAR = np.where(LEVELS <= 0.04045, LEVELS / 12.92, ((LEVELS + 0.055) / 1.055) ** 2.4)


class FlashMeter:
    """Measures, frame by frame, how much of the picture flashes too often."""

    def __init__(self, fps: int, step: int = STEP) -> None:
        self._step = step
        self._general = _ChangeCounter(fps)
        self._red = _ChangeCounter(fps)

    def add_frame(self, planes: Yuv) -> None:
        """Compare a frame with those before it."""
        rgb = _to_linear_rgb(planes, self._step)
        luminance = rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        self._general.add_frame(luminance, MIN_CHANGE, luminance < BRIGHT)
        red = 320 * (rgb[..., 0] - rgb[..., 1] - rgb[..., 2]).clip(0, None)
        is_saturated = rgb[..., 0] >= SATURATED * rgb.sum(axis=2).clip(1e-6, None)
        self._red.add_frame(red, MIN_RED_CHANGE, is_saturated)

    @property
    def area(self) -> float:
        """The share of the picture with more than three general flashes in a second."""
        return self._general.max_share

    @property
    def red_area(self) -> float:
        """The share of the picture with more than three red flashes in a second."""
        return self._red.max_share


class _ChangeCounter:
    """Counts in each pixel the opposing changes of the last second."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._extreme: NDArray[np.float32] | None = None
        self._recent: deque[NDArray[np.bool_]] = deque()
        self.max_share = 0.0

    def add_frame(
        self, values: NDArray[np.float32], min_change: float, counts: NDArray[np.bool_]
    ) -> None:
        """Compare the values with the last extreme; only changes from or to ``counts`` matter."""
        if self._extreme is None:
            self._extreme, self._counts = values.copy(), counts.copy()
            self._direction = np.zeros(values.shape, np.int8)
            self._changes = np.zeros(values.shape, np.uint8)  # of the last second
            return
        change = values - self._extreme
        is_opposing = (np.abs(change) >= min_change) & (np.sign(change) != self._direction)
        is_opposing &= counts | self._counts
        is_new_extreme = (change * self._direction > 0) | is_opposing
        self._direction[is_opposing] = np.sign(change[is_opposing])
        self._extreme[is_new_extreme] = values[is_new_extreme]
        self._counts[is_new_extreme] = counts[is_new_extreme]
        self._recent.append(is_opposing)
        self._changes += is_opposing
        if len(self._recent) > self._fps:
            self._changes -= self._recent.popleft()
        flashes_too_often = np.count_nonzero(self._changes > 2 * MAX_FLASHES)
        self.max_share = max(self.max_share, flashes_too_often / values.size)


def _to_linear_rgb(planes: Yuv, step: int) -> NDArray[np.float32]:
    """Return the linear red, green and blue of some pixels of a frame."""
    chroma_step = max(1, step // 2)  # samples of their own have all planes in one size
    y = (planes.y[::step, ::step].astype(np.float32) - 16) / 219
    u, v = (
        (plane[::chroma_step, ::chroma_step].astype(np.float32) - 128) / 224
        for plane in (planes.u, planes.v)
    )
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    rgb = np.stack([red, green, blue], axis=2).clip(0, 1)
    linear: NDArray[np.float32] = LINEAR[np.rint(rgb * (len(LINEAR) - 1)).astype(np.int16)]
    return linear
