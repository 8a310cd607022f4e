"""The background of Wave: the cover fills the picture, dimmed towards the texts and the line."""

import numpy as np
from PIL import Image

from videos.render.layout import Layout
from videos.render.paint.background import make_grain
from videos.render.paint.cover_file import crop_cover
from videos.render.paint.palette import Palette
from videos.render.paint.text_contrast import darken
from videos.render.paint.yuv import Pixels

# The share of the light that is left at the foot, in the middle and at the head of the picture.
FOOT_LIGHT, MIDDLE_LIGHT, HEAD_LIGHT = 0.2, 0.9, 0.5

TINT = 0.1  # how much of the first colour is added where it is darkest


def draw_full_bleed(cover: Image.Image, palette: Palette, layout: Layout) -> Pixels:
    """Return a background from an RGB ``cover`` that is scaled to cover the picture."""
    size = (layout.width, layout.height)
    cropped = crop_cover(cover, *size)
    light = _row_light(layout)[:, np.newaxis]
    tint = np.array(palette.first, np.float32) * TINT
    pixels: Pixels = np.array(cropped, np.float32)
    darken(pixels, light)
    pixels += tint * (1 - light)[..., np.newaxis]
    pixels += make_grain(*size)
    return pixels.clip(0, 255, out=pixels)


def _row_light(layout: Layout) -> Pixels:
    """Return the share of the light left in each row: it falls towards the oscilloscope's line, and
    above a heading that stands at the top.
    """
    y = (np.arange(layout.height, dtype=np.float32) + 0.5) / layout.height
    begin = 0.36
    end = layout.visualiser.area.centre[1] / layout.height
    down = _ease(((y - begin) / (end - begin)).clip(0, 1))
    up = _ease((1 - y / 0.3).clip(0, 1))
    light = MIDDLE_LIGHT * (1 - down) + FOOT_LIGHT * down
    has_heading_at_top = layout.heading.area.y < layout.height / 4
    head_light = 1 - (1 - HEAD_LIGHT) * up if has_heading_at_top else 1
    row_light: Pixels = (light * head_light).astype(np.float32)
    return row_light


def _ease(share: Pixels) -> Pixels:
    return share * share * (3 - 2 * share)
