"""The background of Wave: the cover fills the picture, dimmed towards the texts and the line."""

import numpy as np
from PIL import Image, ImageFilter

from videos.render.layout import Layout, Rect
from videos.render.paint.background import enlarge, make_grain
from videos.render.paint.cover_file import crop_cover
from videos.render.paint.palette import Palette, tone
from videos.render.paint.text_contrast import darken
from videos.render.paint.yuv import LUMA_WEIGHTS, Pixels

# The share of the light that is left at the line, in the middle and at the head of the picture, and
# at its foot where that is far below the texts.
LINE_LIGHT, MIDDLE_LIGHT, HEAD_LIGHT, FREE_FOOT_LIGHT = 0.2, 0.9, 0.5, 0.6

MAX_MEAN_BRIGHTNESS = 150.0  # (0 to 255) of the cover: beside a brighter one texts are a smear

TINT = 0.1  # how much of the first colour is added where it is darkest

# A cover that is bright and busy behind the texts, because it has words of its own, is out of focus
# there. How busy it is: how far its luma is, on average, from that of the same picture out of
# focus, times the square of its brightness as a share of BRIGHT, since a dark cover is hardly
# darkened and may stay sharp. From CALM on it is softened, from BUSY on wholly.
CALM, BUSY, BRIGHT = 34.0, 42.0, 100.0
REDUCTION = 8  # what is out of focus is made at an eighth of the size
BLUR = 0.05  # the radius of the blur, as a share of the picture's shorter side
SOFT_EDGE = 0.09  # the share of the picture's height over which the focus is lost


def draw_full_bleed(cover: Image.Image, palette: Palette, layout: Layout) -> Pixels:
    """Return a background from an RGB ``cover`` that is scaled to cover the picture."""
    size = (layout.width, layout.height)
    cropped = crop_cover(cover, *size)
    light = _row_light(layout)[:, np.newaxis]
    tint = np.array(palette.first, np.float32) * TINT
    pixels: Pixels = np.array(cropped, np.float32)
    pixels *= min(1.0, MAX_MEAN_BRIGHTNESS / max(1.0, float((pixels @ LUMA_WEIGHTS).mean())))
    pixels = tone(pixels, palette)
    _soften_behind_texts(pixels, layout)
    darken(pixels, light)
    pixels += tint * (1 - light)[..., np.newaxis]
    pixels += make_grain(*size)
    return pixels.clip(0, 255, out=pixels)


def _soften_behind_texts(pixels: Pixels, layout: Layout) -> None:
    """Put what is behind texts and line, and below them, out of focus, in place, as far as the
    cover is busy there.
    """
    height, width, _ = pixels.shape
    sharp = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    small = sharp.reduce(REDUCTION)
    radius = min(small.size) * BLUR
    blurred = np.asarray(small.filter(ImageFilter.GaussianBlur(radius)), np.float32)
    soft = enlarge(blurred, width, height)
    top, bottom = _text_rows(layout)
    difference = (pixels[top:bottom:2, ::2] - soft[top:bottom:2, ::2]) @ LUMA_WEIGHTS
    brightness = float((soft[top:bottom:2, ::2] @ LUMA_WEIGHTS).mean())
    busyness = float(np.abs(difference).mean()) * (brightness / BRIGHT) ** 2
    busy = (busyness - CALM) / (BUSY - CALM)
    if busy <= 0:
        return
    edge = SOFT_EDGE * height
    rows = np.arange(height, dtype=np.float32)
    inside = ((rows - top + edge) / edge).clip(0, 1)
    soft -= pixels
    soft *= (_ease(inside) * np.float32(min(1.0, busy)))[:, np.newaxis, np.newaxis]
    pixels += soft


def _text_rows(layout: Layout) -> tuple[int, int]:
    """Return the first row of the line and of the texts above it, and the one after the last."""
    areas: list[Rect] = [layout.visualiser.area, layout.watermark, layout.heading.area]
    areas += [layout.lyrics.area] if layout.lyrics else []
    below = [area for area in areas if not _is_at_top(area, layout)]
    return min(area.y for area in below), max(area.bottom for area in below)


def _is_at_top(area: Rect, layout: Layout) -> bool:
    return area.y < layout.height // 5


def _row_light(layout: Layout) -> Pixels:
    """Return the share of the light left in each row: it falls towards the oscilloscope's line, and
    above a heading that stands at the top; it comes back where the picture goes on below the texts.
    """
    y = (np.arange(layout.height, dtype=np.float32) + 0.5) / layout.height
    begin = 0.36
    end = layout.visualiser.area.centre[1] / layout.height
    down = _ease(((y - begin) / (end - begin)).clip(0, 1))
    up = _ease((1 - y / 0.3).clip(0, 1))
    light = MIDDLE_LIGHT * (1 - down) + LINE_LIGHT * down
    foot = layout.watermark.bottom / layout.height
    if foot < 0.8:
        light += (FREE_FOOT_LIGHT - LINE_LIGHT) * _ease(((y - foot) / (1 - foot)).clip(0, 1))
    head_light = 1 - (1 - HEAD_LIGHT) * up if _is_at_top(layout.heading.area, layout) else 1
    row_light: Pixels = (light * head_light).astype(np.float32)
    return row_light


def _ease(share: Pixels) -> Pixels:
    return share * share * (3 - 2 * share)
