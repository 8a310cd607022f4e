"""Darkens a moving ground behind texts, as far as they need on the lightest frame: a white one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from videos.render.layout import Rect
from videos.render.paint.palette import Rgb
from videos.render.paint.text_contrast import darken_areas
from videos.render.paint.yuv import LUMA_WEIGHTS, OPAQUE, Pixels, Yuv, to_yuv

DEPTH = 0.14  # the share of a colour that a deep shade of it has


class Shade:
    """Leaves each pixel of a picture a share of its light, always the same."""

    def __init__(
        self, size: tuple[int, int], areas: Sequence[tuple[Rect, float]], colour: Rgb
    ) -> None:
        """Prepare for pictures of that size; each area may be as bright as its number, 0 to 255.

        Where the light is taken, a deep shade of the ``colour`` is left: a white picture would be a
        grey one.
        """
        width, height = size
        white = np.full((height, width, 3), 255, np.float32)
        luma = float(np.asarray(colour, np.float32) @ LUMA_WEIGHTS) * DEPTH
        # What is left of a white picture and the deep shade together are as bright as is allowed
        limits = [(area, 255 * (limit - luma) / (255 - luma)) for area, limit in areas]
        darken_areas(white, limits, across=True)
        share: Pixels = (white @ LUMA_WEIGHTS) / 255 * OPAQUE
        deep = to_yuv(np.full((2, 2, 3), colour, np.float32) * DEPTH)
        halved = share.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
        self._planes = [
            _Plane(each, int(base[0, 0]))
            for each, base in zip((share, halved, halved), deep, strict=True)
        ]

    def apply(self, picture: Yuv) -> Yuv:
        """Return a darkened picture."""
        return Yuv(
            *(shade.apply(plane) for shade, plane in zip(self._planes, picture, strict=True))
        )


class _Plane:
    """The shade of one plane: only the rows that lose light are computed, in memory that stays."""

    def __init__(self, share: Pixels, base: int) -> None:
        shares = np.rint(share).astype(np.uint16)
        dark = np.flatnonzero((shares < OPAQUE).any(axis=1))
        self._parts = [
            slice(part[0], part[-1] + 1)
            for part in np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1)
            if len(part)
        ]
        self._shares = [shares[part] for part in self._parts]
        self._rests = [
            np.uint16(base) * (OPAQUE - part) + np.uint16(OPAQUE // 2) for part in self._shares
        ]
        self._scratch = [np.empty_like(part) for part in self._shares]

    def apply(self, plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
        result = plane.copy()
        for rows, share, rest, dark in zip(
            self._parts, self._shares, self._rests, self._scratch, strict=True
        ):
            np.multiply(plane[rows], share, out=dark)
            dark += rest
            dark >>= np.uint16(7)
            result[rows] = dark
        return result
