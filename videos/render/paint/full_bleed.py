"""The cover as the whole picture, dimmed towards where words and sound stand."""

import numpy as np
from PIL import Image

from videos.render.layout import Layout
from videos.render.paint.background import grain
from videos.render.paint.colour import Palette, Pixels
from videos.render.paint.legibility import darken

FOOT, HEAD = 0.2, 0.5
"""How much light is left at the foot and at the head of the picture."""

ABOVE = 0.42
"""The share of what is cut off that is cut off above: faces are rather there than below."""

MIDDLE = 0.9
TINT = 0.1
"""How much of the first colour shines through where it is darkest."""


def full_bleed(cover: Image.Image, palette: Palette, layout: Layout) -> Pixels:
    """Return a square RGB `cover`, as wide as the picture's longer side, cut to its size."""
    size = (layout.width, layout.height)
    left, top = (cover.width - size[0]) // 2, round((cover.height - size[1]) * ABOVE)
    art = cover.crop((left, top, left + size[0], top + size[1]))
    light = _light(layout)[:, np.newaxis]
    tint = np.array(palette.first, np.float32) * TINT
    pixels: Pixels = np.array(art, np.float32)
    darken(pixels, light)
    pixels += tint * (1 - light)[..., np.newaxis]
    pixels += grain(*size)
    return pixels.clip(0, 255, out=pixels)


def _light(layout: Layout) -> Pixels:
    """Return how much light is left in each row: it goes towards the sound, and above a heading
    that stands at the top.
    """
    y = (np.arange(layout.height, dtype=np.float32) + 0.5) / layout.height
    begin = 0.36
    sound = layout.heard.area.middle[1] / layout.height
    down = _eased(((y - begin) / (sound - begin)).clip(0, 1))
    up = _eased((1 - y / 0.3).clip(0, 1))
    light = MIDDLE * (1 - down) + FOOT * down
    headed = layout.heading.area.y < layout.height / 4
    lights: Pixels = (light * (1 - (1 - HEAD) * up if headed else 1)).astype(np.float32)
    return lights


def _eased(share: Pixels) -> Pixels:
    return share * share * (3 - 2 * share)
