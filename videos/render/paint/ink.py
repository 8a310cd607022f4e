"""White laid on a picture in YUV, in whole steps."""

import numpy as np
from numpy.typing import NDArray

from videos.render.colour import Yuv

Steps = NDArray[np.int16]

OPAQUE = 128
"""The opacity of ink, by which no difference between two pixels leaves 16 bits."""

WHITE_INK = (235, 128, 128)


def steps(planes: Yuv) -> list[Steps]:
    """Return planes with room to calculate in."""
    return [plane.astype(np.int16) for plane in planes]


def towards_white(planes: list[Steps]) -> list[Steps]:
    """Return what full ink adds to each pixel of `planes`."""
    return [np.int16(ink) - plane for plane, ink in zip(planes, WHITE_INK, strict=True)]


def inked(ground: Steps, gain: Steps, alpha: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return `ground` with `alpha`, up to `OPAQUE`, of its `gain`."""
    mixed = gain * alpha.view(np.int16)
    mixed += OPAQUE // 2
    mixed >>= 7
    mixed += ground
    return mixed.astype(np.uint8)
