"""A meter for flashes, as WCAG 2.2 (2.3.1) and ITU-R BT.1702 define them.

A general flash is a pair of opposing changes in relative luminance of at least 0.1 where the darker
state is below 0.8; a red flash a pair of opposing changes in which either state is a saturated red.
More than three in a second are too many where they fill a quarter of the picture at once. The
meter is stricter: it adds up all places that flash too often, whether or not they do so together.
"""

import numpy as np
from numpy.typing import NDArray

from videos.render.paint.colour import Yuv

STEP = 4
"""Every fourth pixel of every fourth row is looked at."""

MOST = 3
AREA = 0.25
LEAST, BRIGHT = 0.1, 0.8
LEAST_RED, SATURATED = 20.0, 0.8


class FlashMeter:
    """Looks at one frame after the other and tells how much of the picture flashed too often."""

    def __init__(self, fps: int) -> None:
        self._general = _Changes(fps)
        self._red = _Changes(fps)

    def look(self, planes: Yuv) -> None:
        rgb = _linear(planes)
        luminance = rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        self._general.look(luminance, LEAST, luminance < BRIGHT)
        red = 320 * (rgb[..., 0] - rgb[..., 1] - rgb[..., 2]).clip(0, None)
        saturated = rgb[..., 0] >= SATURATED * rgb.sum(axis=2).clip(1e-6, None)
        self._red.look(red, LEAST_RED, saturated)

    @property
    def area(self) -> float:
        """Return the share of the picture with more than three general flashes in a second."""
        return self._general.worst

    @property
    def red_area(self) -> float:
        """Return the share of the picture with more than three red flashes in a second."""
        return self._red.worst


class _Changes:
    """Counts at each place the opposing changes of the last second."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._extreme: NDArray[np.float32] | None = None
        self._recent: list[NDArray[np.bool_]] = []
        self.worst = 0.0

    def look(self, values: NDArray[np.float32], least: float, counts: NDArray[np.bool_]) -> None:
        if self._extreme is None:
            self._extreme, self._counts = values.copy(), counts.copy()
            self._rising = np.zeros(values.shape, np.int8)
            return
        change = values - self._extreme
        turned = (np.abs(change) >= least) & (np.sign(change) != self._rising)
        turned &= counts | self._counts
        further = (change * self._rising > 0) | turned
        self._rising[turned] = np.sign(change[turned])
        self._extreme[further] = values[further]
        self._counts[further] = counts[further]
        self._recent = [*self._recent[-(self._fps - 1) :], turned]
        often = np.sum(self._recent, axis=0) > 2 * MOST
        self.worst = max(self.worst, float(often.mean()))


def _linear(planes: Yuv) -> NDArray[np.float32]:
    """Return the linear red, green and blue of some pixels of a frame."""
    y = (planes.y[::STEP, ::STEP].astype(np.float32) - 16) / 219
    u, v = (
        (plane[:: STEP // 2, :: STEP // 2].astype(np.float32) - 128) / 224
        for plane in (planes.u, planes.v)
    )
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    rgb = np.stack([red, green, blue], axis=2).clip(0, 1)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
