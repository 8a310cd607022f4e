"""What lies behind everything: the cover out of focus, darkened until white text reads on it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from videos.render.paint.colour import BT709, Palette, Pixels
from videos.render.paint.legibility import AMBER

REDUCTION = 8
BLUR = 0.085
"""The radius of the blur as a share of the shorter side."""

CROP = 0.05
"""How much is cut from each edge of the cover, where frames and borders are."""

BRIGHTEST = 92.0
"""The lightness (0 to 255) to which the bright parts are brought, however light the cover is."""

SATURATION = 2.0

DUOTONE = 0.08
"""How far every colour is brought towards the mean one."""


class Light(NamedTuple):
    """A light behind everything: where it stands, in shares of width and height, how far it
    reaches (a share of the height, squared) and how strong it is.
    """

    x: float
    y: float
    reach: float
    strength: float


LIGHTS = (Light(0.86, 0.1, 0.16, 0.15), Light(0.12, 0.72, 0.16, 0.15))

GRAIN, TILE = 1.1, 384
"""Static noise in steps of 8 bits: it hides banding and costs only the first frame."""


def background(
    cover: Image.Image,
    palette: Palette,
    width: int,
    height: int,
    brightest: float = BRIGHTEST,
    lights: Sequence[Light] = LIGHTS,
) -> Pixels:
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
    pixels = _ambered(pixels + _lights(palette, lights, *small))
    pixels *= min(1.15, brightest / max(1.0, float(np.percentile(pixels @ BT709, 97))))
    pixels *= _vignette(*small)
    large = _enlarged(pixels, width, height)
    large += grain(width, height)
    return large.clip(0, 255, out=large)


def _enlarged(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scale up without rounding to 8 bits, whose steps would show as bands."""
    channels = (Image.fromarray(pixels[..., channel].astype(np.float32)) for channel in range(3))
    large = [each.resize((width, height), Image.Resampling.BICUBIC) for each in channels]
    return np.stack([np.asarray(each) for each in large], axis=2)


def grain(width: int, height: int) -> Pixels:
    """Return the static noise of a picture of that size, to be added to it.

    It repeats in tiles, too large and too faint for that to be seen.
    """
    noise = np.random.default_rng(1).standard_normal((TILE, TILE, 1), np.float32)
    tiles = np.tile(noise * np.float32(GRAIN), (-(-height // TILE), -(-width // TILE), 1))
    return tiles[:height, :width]


def _lights(palette: Palette, lights: Sequence[Light], width: int, height: int) -> Pixels:
    """Return faint lights in the cover's colours, which give even a black one some depth."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : width / height : width * 1j]
    shine = np.zeros((height, width, 3), np.float32)
    for colour, light in zip(palette, lights, strict=True):
        away = (x - light.x * width / height) ** 2 + (y - light.y) ** 2
        share = np.exp(-away / light.reach)[..., np.newaxis] * light.strength
        shine += share * np.array(colour, np.float32)
    return shine


def _tint(pixels: Pixels) -> Pixels:
    """Return the mean colour, strengthened and of lightness 1."""
    mean = pixels.mean(axis=(0, 1))
    tint = (mean + (mean - mean.mean()) * 0.5).clip(6, None)
    scaled: Pixels = tint / max(1.0, float(tint @ BT709))
    return scaled


def _saturated(pixels: Pixels) -> Pixels:
    grey = pixels.mean(axis=2, keepdims=True)
    stronger: Pixels = (grey + (pixels - grey) * np.float32(SATURATION)).clip(0, None)
    return stronger


def _ambered(pixels: Pixels) -> Pixels:
    yellow = (pixels[..., :2].min(axis=2) - pixels[..., 2]).clip(0, None)
    pixels[..., 1] -= yellow * np.float32(AMBER)
    return pixels


def _vignette(width: int, height: int) -> Pixels:
    """Return factors that darken the corners and the foot, where bars and watermark stand."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    corners = 1 - 0.42 * ((x - 0.5) ** 2 * 1.5 + (y - 0.46) ** 2 * 1.9).clip(0, 1)
    foot = 1 - 0.42 * ((y - 0.6) / 0.4).clip(0, 1) ** 1.2
    factors: Pixels = (corners * foot)[..., np.newaxis].astype(np.float32)
    return factors
