"""How a picture of any shape fills a window: it is cropped a little, or stands on a soft copy."""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from videos.render.paint.cover_file import TOP_CROP
from videos.render.paint.yuv import OPAQUE, Int16Plane, Plane, Yuv, blend

REDUCTION = 16  # the soft copy is made at a sixteenth of the size
BLUR = 0.06  # the radius of its blur, as a share of the window's shorter side
LIGHT = 0.8  # the share of its light that it has
MELTING = 0.09  # the share of a side over which it melts into the copy
BLACK, GREY = 16, 128


class Fit(NamedTuple):
    """The even size to which a picture is scaled, and whether all of it is seen then."""

    width: int
    height: int
    is_whole: bool


def choose_fit(
    picture: tuple[int, int], window: tuple[int, int], min_seen: float, spare: float = 1.0
) -> Fit:
    """Return how a picture of that width and height fills a window.

    If less than ``min_seen``, a share, of it would be seen, it is shown whole. A picture that fills
    the window is at least ``spare`` times as wide or as high, so that it has room to move.
    """
    across, down = (side / own for side, own in zip(window, picture, strict=True))
    scale = max(across, down)
    seen = across * down / scale**2
    if seen < min_seen:
        scale = min(across, down)
        return Fit(_even(picture[0] * scale), _even(picture[1] * scale), is_whole=True)
    scale *= max(1.0, spare * seen)
    width, height = (_even(side * scale) for side in picture)
    return Fit(max(width, window[0]), max(height, window[1]), is_whole=False)


def crop(planes: Yuv, width: int, height: int) -> Yuv:
    """Return as much of a picture as a window of that even size shows; faces stand rather high."""
    tall, wide = planes.y.shape
    x, y = (wide - width) // 4 * 2, round((tall - height) * TOP_CROP / 2) * 2
    return Yuv(
        planes.y[y : y + height, x : x + width],
        *(plane[y // 2 : (y + height) // 2, x // 2 : (x + width) // 2] for plane in planes[1:]),
    )


def lay_on_soft_copy(planes: Yuv, width: int, height: int) -> Yuv:
    """Return a picture in the middle of a window, on a copy of itself that is dark, mirrored and
    out of focus. Those of its sides melt into it beside which there is room.
    """
    tall, wide = planes.y.shape
    x, y = (width - wide) // 4 * 2, (height - tall) // 4 * 2
    alpha = _melting_sides(wide, tall, across=x > 0, down=y > 0)
    halved = alpha.reshape(tall // 2, 2, wide // 2, 2).mean(axis=(1, 3)).astype(np.int16)
    result = []
    for plane, scale in zip(planes, (1, 2, 2), strict=True):
        soft = _soften(plane, width // scale, height // scale)
        grey = BLACK if scale == 1 else GREY
        dark = (soft.astype(np.int16) - grey) * np.int16(round(LIGHT * 64)) // 64 + grey
        rows, columns = plane.shape
        window = (
            slice(y // scale, y // scale + rows),
            slice(x // scale, x // scale + columns),
        )
        ground = dark[window]
        gain = plane.astype(np.int16) - ground
        dark[window] = blend(ground, gain, alpha if scale == 1 else halved)
        result.append(dark.astype(np.uint8))
    return Yuv(*result)


def _melting_sides(width: int, height: int, across: bool, down: bool) -> Int16Plane:
    """Return the alpha of a picture whose left and right, or upper and lower, sides melt."""
    alpha = np.full((height, width), OPAQUE, np.float32)
    for is_melting, side, shape in ((across, width, (1, -1)), (down, height, (-1, 1))):
        if is_melting:
            inside = np.minimum(np.arange(side), np.arange(side)[::-1]) + 0.5
            share = (inside / (side * MELTING)).clip(0, 1)
            alpha *= (share * share * (3 - 2 * share)).reshape(shape)
    return np.rint(alpha).astype(np.int16)


def _soften(plane: Plane, width: int, height: int) -> Plane:
    """Return a plane of that size: the given one in the middle, mirrored beyond its sides, all of
    it out of focus.
    """
    rows, columns = plane.shape
    small = Image.fromarray(plane).resize(
        (max(2, columns // REDUCTION), max(2, rows // REDUCTION)), Image.Resampling.BOX
    )
    size = max(small.width, width // REDUCTION), max(small.height, height // REDUCTION)
    across, down = size[0] - small.width, size[1] - small.height
    room = (down // 2, down - down // 2), (across // 2, across - across // 2)
    mirrored = Image.fromarray(np.pad(np.asarray(small), room, "symmetric"))
    blurred = mirrored.filter(ImageFilter.GaussianBlur(min(size) * BLUR))
    return np.asarray(blurred.resize((width, height), Image.Resampling.BICUBIC))


def _even(number: float) -> int:
    return max(2, round(number / 2) * 2)
