"""White laid on a picture in YUV, in whole steps."""

import numpy as np
from numpy.typing import NDArray

from videos.render.paint.colour import Yuv

Steps = NDArray[np.int16]
"""A plane, or opacities for one."""

OPAQUE = 128
"""The opacity of ink, by which no difference between two pixels leaves 16 bits."""

WHITE_INK = (235, 128, 128)


def steps(planes: Yuv) -> list[Steps]:
    """Return planes with room to calculate in."""
    return [plane.astype(np.int16) for plane in planes]


def towards_white(planes: list[Steps]) -> list[Steps]:
    """Return what full ink adds to each pixel of `planes`."""
    return [np.int16(ink) - plane for plane, ink in zip(planes, WHITE_INK, strict=True)]


def whitened(plane: int, ground: Steps, alpha: Steps) -> NDArray[np.uint8]:
    """Return pixels of the plane with this number, with `alpha` of white on them."""
    return inked(ground, np.int16(WHITE_INK[plane]) - ground, alpha)


def disc(radius: float, x: float, y: float, width: int, height: int) -> tuple[Steps, Steps, Steps]:
    """Return how much of each pixel a disc around column `x` and row `y` covers, for three planes
    of a picture of that even size.
    """
    columns, rows = np.arange(width) + 0.5, np.arange(height)[:, np.newaxis] + 0.5
    covered = (radius - np.hypot(columns - x, rows - y) + 0.5).clip(0, 1) * OPAQUE
    halved = covered.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    fine, coarse = (np.rint(alpha).astype(np.int16) for alpha in (covered, halved))
    return fine, coarse, coarse


def inked(ground: Steps, gain: Steps, alpha: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return `ground` with `alpha`, up to `OPAQUE`, of its `gain`."""
    mixed = gain * alpha.view(np.int16)
    mixed += OPAQUE // 2
    mixed >>= 7
    mixed += ground
    return mixed.astype(np.uint8)
