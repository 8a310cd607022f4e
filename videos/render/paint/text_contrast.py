"""Darkening a background behind words, softly, by as much as they need and no more."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from videos.render.layout import Rect
from videos.render.paint.colour import BT709, Pixels

REDUCTION = 8
SOFT, ACROSS = 0.075, 0.045
"""How far a shade runs out around words, and one that goes across, as shares of the picture's
shorter side.
"""

STEP = 3
"""Every third pixel of every third row tells how light an area is."""

GAMMA = np.float32(2.2)

RICHER = 0.5
"""How much stronger colours become where all light is taken from them: they would turn grey."""

AMBER = 0.34
"""How much of its green a darkened yellow loses, which would turn olive otherwise."""

BRIGHT = 98
"""The percentile of a place that counts as its brightness: of specks none is missed much."""


def legible(pixels: Pixels, areas: Sequence[tuple[Rect, float]], across: bool = False) -> None:
    """Darken RGB `pixels` until each area is at most as light as is said of it, 0 to 255.

    A shade that goes `across` reaches both sides of the picture, thinning out behind the words.
    """
    height, width, _ = pixels.shape
    soft = (ACROSS if across else SOFT) * min(height, width) / REDUCTION
    shade = np.ones((height // REDUCTION, width // REDUCTION), np.float32)
    for area, most in areas:
        part = pixels[area.y : area.bottom : STEP, area.x : area.right : STEP]
        if not part.size:
            continue
        share = _share(part, most)
        rows, columns = (
            slice(max(0, int(start / REDUCTION - 2 * soft)), int(end / REDUCTION + 2 * soft) + 1)
            for start, end in ((area.y, area.bottom), (area.x, area.right))
        )
        if across:
            shade[rows] = np.minimum(shade[rows], _thinning(shade.shape[1], columns, share))
        else:
            shade[rows, columns] = np.minimum(shade[rows, columns], share)
    if shade.min() < 1:
        small = Image.fromarray(_blurred(shade, soft))
        darken(pixels, np.asarray(small.resize((width, height), Image.Resampling.BICUBIC)))


def darken(pixels: Pixels, light: Pixels) -> None:
    """Leave RGB `pixels` a share of their light, as (height, width) or one for each row."""
    grey = pixels.mean(axis=2, keepdims=True)
    grey *= RICHER * (1 - light)[..., np.newaxis]
    pixels *= (1 + RICHER * (1 - light))[..., np.newaxis]
    pixels -= grey
    pixels *= light[..., np.newaxis]
    pixels.clip(0, None, out=pixels)
    yellow = np.minimum(pixels[..., 0], pixels[..., 1])
    yellow -= pixels[..., 2]
    yellow *= (1 - light) * np.float32(AMBER)
    pixels[..., 1] -= yellow.clip(0, None, out=yellow)


def _share(part: Pixels, most: float) -> float:
    """Return how much light a part may keep: strong colours less than their own says at first."""
    bright = _brightness(part)
    if bright <= most:
        return 1.0
    share = most / bright
    darkened = part.copy()
    darken(darkened, np.full(part.shape[:2], share, np.float32))
    return share * min(1.0, most / _brightness(darkened))


def _brightness(pixels: Pixels) -> float:
    """Return how light a part of a picture is for the eye, as the grey (0 to 255) that is alike."""
    luminance = float(np.percentile((pixels / 255) ** GAMMA @ BT709, BRIGHT))
    return float(255 * luminance ** (1 / GAMMA))


def _thinning(width: int, columns: slice, share: float) -> Pixels:
    """Return the light left in a row: `share` of it in `columns`, more towards the sides."""
    side = np.sqrt(share)
    at = [0, columns.start, columns.stop, width]
    thinning: Pixels = np.interp(np.arange(width), at, [side, share, share, side])
    return thinning.astype(np.float32)


def _blurred(shade: Pixels, radius: float) -> Pixels:
    """Blur a map of shares; Pillow blurs 8 bits only, which are enough for what is this soft."""
    levels = Image.fromarray(np.rint(shade * 255).astype(np.uint8))
    soft = levels.filter(ImageFilter.GaussianBlur(radius))
    blurred: Pixels = np.asarray(soft, np.float32) / 255
    return blurred
