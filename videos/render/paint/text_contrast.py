"""Darkens a background behind texts, softly, until their contrast is high enough to read them."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from videos.render.layout import Rect
from videos.render.paint.yuv import LUMA_WEIGHTS, Pixels

REDUCTION = 8  # the shade is computed at an eighth of the picture's size
SAMPLE_STEP = 3  # every third pixel of every third row tells how bright an area is
BRIGHTNESS_PERCENTILE = 98  # of an area: a few brighter specks do not matter
GAMMA = np.float32(2.2)

# The blur of a shade around texts, and of one across the picture, as shares of its shorter side.
BLUR_AROUND, BLUR_ACROSS = 0.075, 0.045

# How much stronger colours become where all light is taken from them: they would turn grey.
SATURATION_GAIN = 0.5

# How much of its green a darkened yellow loses, which would turn olive otherwise.
YELLOW_CORRECTION = 0.34


def darken_areas(pixels: Pixels, areas: Sequence[tuple[Rect, float]], across: bool = False) -> None:
    """Darken RGB ``pixels`` in place until each area is at most as bright as its number, 0 to 255.

    With ``across`` the shade reaches both sides of the picture and is weaker beside the texts.
    """
    height, width, _ = pixels.shape
    blur = (BLUR_ACROSS if across else BLUR_AROUND) * min(height, width) / REDUCTION
    shade = np.ones((height // REDUCTION, width // REDUCTION), np.float32)
    for area, max_brightness in areas:
        part = pixels[area.y : area.bottom : SAMPLE_STEP, area.x : area.right : SAMPLE_STEP]
        if not part.size:
            continue
        share = _light_share(part, max_brightness)
        rows, columns = (
            slice(max(0, int(start / REDUCTION - 2 * blur)), int(end / REDUCTION + 2 * blur) + 1)
            for start, end in ((area.y, area.bottom), (area.x, area.right))
        )
        if across:
            shade[rows] = np.minimum(shade[rows], _shade_row(shade.shape[1], columns, share))
        else:
            shade[rows, columns] = np.minimum(shade[rows, columns], share)
    if shade.min() < 1:
        small = Image.fromarray(_blur(shade, blur))
        darken(pixels, np.asarray(small.resize((width, height), Image.Resampling.BICUBIC)))


def darken(pixels: Pixels, light: Pixels) -> None:
    """Leave RGB ``pixels`` a share of their ``light``, in place: (height, width), or one a row."""
    grey = pixels.mean(axis=2, keepdims=True)
    grey *= SATURATION_GAIN * (1 - light)[..., np.newaxis]
    pixels *= (1 + SATURATION_GAIN * (1 - light))[..., np.newaxis]
    pixels -= grey
    pixels *= light[..., np.newaxis]
    pixels.clip(0, None, out=pixels)
    yellow = np.minimum(pixels[..., 0], pixels[..., 1])
    yellow -= pixels[..., 2]
    yellow *= (1 - light) * np.float32(YELLOW_CORRECTION)
    pixels[..., 1] -= yellow.clip(0, None, out=yellow)


def _light_share(part: Pixels, max_brightness: float) -> float:
    """Return the share of its light that a part may have to be no brighter than that.

    Strong colours are still too bright at the first estimate: it is corrected once.
    """
    brightness = _measure_brightness(part)
    if brightness <= max_brightness:
        return 1.0
    share = max_brightness / brightness
    darkened = part.copy()
    darken(darkened, np.full(part.shape[:2], share, np.float32))
    return share * min(1.0, max_brightness / _measure_brightness(darkened))


def _measure_brightness(pixels: Pixels) -> float:
    """Return how bright a part of a picture looks: the grey (0 to 255) of the same luminance."""
    luminances = (pixels / 255) ** GAMMA @ LUMA_WEIGHTS
    luminance = float(np.percentile(luminances, BRIGHTNESS_PERCENTILE))
    return float(255 * luminance ** (1 / GAMMA))


def _shade_row(width: int, columns: slice, share: float) -> Pixels:
    """Return the light left in a row: ``share`` of it in ``columns``, more towards the sides."""
    at_sides = np.sqrt(share)
    positions = [0, columns.start, columns.stop, width]
    row: Pixels = np.interp(np.arange(width), positions, [at_sides, share, share, at_sides])
    return row.astype(np.float32)


def _blur(shade: Pixels, radius: float) -> Pixels:
    """Blur a map of shares (0 to 1). Pillow blurs 8 bits only: enough for something so soft."""
    levels = Image.fromarray(np.rint(shade * 255).astype(np.uint8))
    soft = levels.filter(ImageFilter.GaussianBlur(radius))
    blurred: Pixels = np.asarray(soft, np.float32) / 255
    return blurred
