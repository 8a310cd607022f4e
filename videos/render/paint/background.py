"""What lies behind everything: the cover out of focus, darkened until white text reads on it."""

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from videos.render.colour import BT709, Palette, Pixels

REDUCTION = 8
BLUR = 0.085
"""The radius of the blur as a share of the shorter side."""

CROP = 0.05
"""How much is cut from each edge of the cover, where frames and borders are."""

BRIGHTEST = 104.0
"""The lightness (0 to 255) to which the bright parts are brought, however light the cover is."""

SATURATION = 1.4

DUOTONE = 0.3
"""How far every colour is brought towards the mean one."""

LIGHTS = ((0.86, 0.1), (0.12, 0.72))
SPREAD, GLOW = 0.16, 0.13
"""Where the two lights stand (shares of width and height), how far they reach and how strong."""

GRAIN = 1.1
"""Static noise in steps of 8 bits: it hides banding and costs only the first frame."""


def background(cover: Image.Image, palette: Palette, width: int, height: int) -> Pixels:
    """Return a background of that size for an RGB `cover` and its colours.

    All of it is soft, so it is made small and enlarged; only the grain is as fine as the picture.
    """
    small = (max(8, width // REDUCTION), max(8, height // REDUCTION))
    blurred = ImageOps.fit(cover, small, Image.Resampling.BOX, bleed=CROP).filter(
        ImageFilter.GaussianBlur(min(small) * BLUR)
    )
    pixels: Pixels = np.asarray(blurred, np.float32)
    lightness = (pixels @ BT709)[..., np.newaxis]
    pixels = _saturated(pixels + (lightness * _tint(pixels) - pixels) * DUOTONE)
    pixels = pixels + _lights(palette, *small)
    pixels *= min(1.15, BRIGHTEST / max(1.0, float(np.percentile(pixels @ BT709, 97))))
    pixels *= _vignette(*small)
    return (_enlarged(pixels, width, height) + _grain(width, height)).clip(0, 255)


def _enlarged(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scale up without rounding to 8 bits, whose steps would show as bands."""
    channels = (Image.fromarray(pixels[..., channel].astype(np.float32)) for channel in range(3))
    large = [each.resize((width, height), Image.Resampling.BICUBIC) for each in channels]
    return np.stack([np.asarray(each) for each in large], axis=2)


def _grain(width: int, height: int) -> Pixels:
    noise = np.random.default_rng(1).standard_normal((height, width, 1), np.float32)
    return noise * np.float32(GRAIN)


def _lights(palette: Palette, width: int, height: int) -> Pixels:
    """Return two faint lights in the cover's colours, which give even a black one some depth."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    lights = np.zeros((height, width, 3), np.float32)
    for colour, (centre_x, centre_y) in zip(palette, LIGHTS, strict=True):
        away = (x - centre_x) ** 2 + (y - centre_y) ** 2
        lights += np.exp(-away / SPREAD)[..., np.newaxis] * np.array(colour, np.float32) * GLOW
    return lights


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
