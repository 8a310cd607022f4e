"""What lies behind everything: the cover out of focus, darkened until white text reads on it."""

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from videos.render.colour import BT709, Pixels

REDUCTION = 8
BLUR = 0.085
"""The radius of the blur as a share of the shorter side."""

CROP = 0.05
"""How much is cut from each edge of the cover, where frames and borders are."""

BRIGHTEST = 104.0
"""The lightness (0 to 255) to which the bright parts are brought, however light the cover is."""

SATURATION = 1.22

GRAIN = 1.1
"""Static noise in steps of 8 bits: it hides banding and costs only the first frame."""


def background(cover: Image.Image, width: int, height: int) -> Pixels:
    """Return a background of that size in pixels for an RGB `cover`."""
    small = (max(8, width // REDUCTION), max(8, height // REDUCTION))
    blurred = ImageOps.fit(cover, small, Image.Resampling.BOX, bleed=CROP).filter(
        ImageFilter.GaussianBlur(min(small) * BLUR)
    )
    pixels = np.asarray(blurred.resize((width, height), Image.Resampling.BICUBIC), np.float32)
    lightness = (pixels @ BT709)[..., np.newaxis]
    pixels = _saturated((pixels + lightness * _tint(pixels)) / 2)
    pixels *= min(1.15, BRIGHTEST / max(1.0, float(np.percentile(lightness, 97))))
    pixels *= _vignette(width, height)
    grain = np.random.default_rng(1).normal(0, GRAIN, (height, width, 1))
    return (pixels + grain).clip(0, 255).astype(np.float32)


def _tint(pixels: Pixels) -> Pixels:
    """Return the mean colour, strengthened and of lightness 1.

    Mixed in, it keeps the darkened yellow of a cover from turning olive.
    """
    mean = pixels.mean(axis=(0, 1))
    tint = (mean + (mean - mean.mean()) * 0.5).clip(6, None)
    scaled: Pixels = tint / max(1.0, float(tint @ BT709))
    return scaled


def _saturated(pixels: Pixels) -> Pixels:
    grey = pixels.mean(axis=2, keepdims=True)
    stronger: Pixels = (grey + (pixels - grey) * np.float32(SATURATION)).clip(0, None)
    return stronger


def _vignette(width: int, height: int) -> Pixels:
    """Return factors that darken the corners and the foot, where bars and watermark stand."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    corners = 1 - 0.42 * ((x - 0.5) ** 2 * 1.5 + (y - 0.46) ** 2 * 1.9).clip(0, 1)
    foot = 1 - 0.42 * ((y - 0.6) / 0.4).clip(0, 1) ** 1.2
    factors: Pixels = (corners * foot)[..., np.newaxis].astype(np.float32)
    return factors
