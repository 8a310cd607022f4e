"""Darkening a background behind words, softly, by as much as they need and no more."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from videos.render.colour import BT709, Pixels
from videos.render.layout import Rect

REDUCTION = 8
SOFT = 0.035
"""How far a shade usually runs out."""

BRIGHT = 98
"""The percentile of a place that counts as its brightness: of specks none is missed much."""


def legible(
    pixels: Pixels,
    areas: Sequence[tuple[Rect, float]],
    soft: float = SOFT,
    from_edge: bool = False,
) -> None:
    """Darken RGB `pixels` until each area is at most as light as is said of it, 0 to 255.

    The shades run out `soft` around the areas, a share of the picture's shorter side, or come
    from its left edge.
    """
    height, width, _ = pixels.shape
    soft = soft * min(height, width) / REDUCTION
    shade = np.ones((height // REDUCTION, width // REDUCTION), np.float32)
    for area, most in areas:
        part = pixels[area.y : area.bottom : 2, area.x : area.right : 2]
        if not part.size:
            continue
        share = most / max(most, float(np.percentile(part @ BT709, BRIGHT)))
        rows, columns = (
            slice(max(0, int(start / REDUCTION - 2 * soft)), int(end / REDUCTION + 2 * soft) + 1)
            for start, end in ((area.y, area.bottom), (area.x, area.right))
        )
        columns = slice(0, columns.stop) if from_edge else columns
        shade[rows, columns] = np.minimum(shade[rows, columns], share)
    if shade.min() == 1:
        return
    blurred = _blurred(shade, soft)
    large = Image.fromarray(blurred).resize((width, height), Image.Resampling.BICUBIC)
    pixels *= np.asarray(large)[..., np.newaxis]


def _blurred(shade: Pixels, radius: float) -> Pixels:
    """Blur a map of shares; Pillow blurs 8 bits only, which are enough for what is this soft."""
    levels = Image.fromarray(np.rint(shade * 255).astype(np.uint8))
    soft = levels.filter(ImageFilter.GaussianBlur(radius))
    blurred: Pixels = np.asarray(soft, np.float32) / 255
    return blurred
