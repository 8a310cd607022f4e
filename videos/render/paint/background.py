"""The background of Glow and Orbit: the cover out of focus, dark enough for white text."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from videos.render.paint.palette import Palette, tone
from videos.render.paint.text_contrast import YELLOW_CORRECTION
from videos.render.paint.yuv import LUMA_WEIGHTS, Pixels

REDUCTION = 8  # all but the grain is soft: it is made at an eighth of the size and enlarged
BLUR = 0.085  # the radius of the blur, as a share of the shorter side
CROP = 0.05  # the share of the cover cut from each edge, where frames and borders are
MAX_BRIGHTNESS = 92.0  # (0 to 255) of the bright parts, however bright the cover is
SATURATION = 2.0
DUOTONE = 0.08  # how far every colour is moved towards the mean colour

GRAIN, GRAIN_TILE = 1.1, 384  # static noise that hides banding: its strength (of 255), pixels


class Light(NamedTuple):
    """A soft light: its position in shares of width and height, its reach (a share of the height,
    squared) and its strength, 0 to 1.
    """

    x: float
    y: float
    reach: float
    strength: float


LIGHTS = (Light(0.86, 0.1, 0.16, 0.15), Light(0.12, 0.72, 0.16, 0.15))


def draw_background(
    cover: Image.Image,
    palette: Palette,
    width: int,
    height: int,
    max_brightness: float = MAX_BRIGHTNESS,
    lights: Sequence[Light] = LIGHTS,
) -> Pixels:
    """Return a background of that size for an RGB ``cover`` and its palette."""
    small = (max(8, width // REDUCTION), max(8, height // REDUCTION))
    blurred = ImageOps.fit(cover, small, Image.Resampling.BOX, bleed=CROP).filter(
        ImageFilter.GaussianBlur(min(small) * BLUR)
    )
    pixels = tone(np.asarray(blurred, np.float32), palette)
    luma = (pixels @ LUMA_WEIGHTS)[..., np.newaxis]
    pixels = _saturate(pixels + (luma * _mean_tint(pixels) - pixels) * DUOTONE)
    pixels = _correct_yellow(pixels + _light_colours(palette, lights, *small))
    brightness = float(np.percentile(pixels @ LUMA_WEIGHTS, 97))
    pixels *= min(1.15, max_brightness / max(1.0, brightness))
    pixels *= _vignette(*small)
    large = enlarge(pixels, width, height)
    large += make_grain(width, height)
    return large.clip(0, 255, out=large)


def enlarge(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scale up without rounding to 8 bits, whose steps would show as bands."""
    channels = (Image.fromarray(pixels[..., channel].astype(np.float32)) for channel in range(3))
    large = [each.resize((width, height), Image.Resampling.BICUBIC) for each in channels]
    return np.stack([np.asarray(each) for each in large], axis=2)


def make_grain(width: int, height: int) -> Pixels:
    """Return static noise of that size, (height, width, 1), to be added to a picture.

    It repeats in tiles that are too large and too faint to be seen, and costs only the first frame.
    """
    random = np.random.default_rng(1)
    noise = random.standard_normal((GRAIN_TILE, GRAIN_TILE, 1), np.float32)
    repeats = (-(-height // GRAIN_TILE), -(-width // GRAIN_TILE), 1)
    return np.tile(noise * np.float32(GRAIN), repeats)[:height, :width]


def _light_colours(palette: Palette, lights: Sequence[Light], width: int, height: int) -> Pixels:
    """Return faint lights in the palette's colours, which give even a black cover some depth."""
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : width / height : width * 1j]
    total = np.zeros((height, width, 3), np.float32)
    for colour, light in zip(palette, lights, strict=True):
        squared_distance = (x - light.x * width / height) ** 2 + (y - light.y) ** 2
        share = np.exp(-squared_distance / light.reach)[..., np.newaxis] * light.strength
        total += share * np.array(colour, np.float32)
    return total


def _mean_tint(pixels: Pixels) -> Pixels:
    """Return the mean colour, more saturated and of luma 1."""
    mean = pixels.mean(axis=(0, 1))
    tint = (mean + (mean - mean.mean()) * 0.5).clip(6, None)
    scaled: Pixels = tint / max(1.0, float(tint @ LUMA_WEIGHTS))
    return scaled


def _saturate(pixels: Pixels) -> Pixels:
    grey = pixels.mean(axis=2, keepdims=True)
    saturated: Pixels = (grey + (pixels - grey) * np.float32(SATURATION)).clip(0, None)
    return saturated


def _correct_yellow(pixels: Pixels) -> Pixels:
    """Take green from yellow, in place: darkened, it would turn olive."""
    yellow = (pixels[..., :2].min(axis=2) - pixels[..., 2]).clip(0, None)
    pixels[..., 1] -= yellow * np.float32(YELLOW_CORRECTION)
    return pixels


def _vignette(width: int, height: int) -> Pixels:
    """Return factors that darken the corners and the foot, where bars and watermark stand.

    In a tall picture those stand higher, and the foot below them keeps its light.
    """
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    corners = 1 - 0.42 * ((x - 0.5) ** 2 * 1.5 + (y - 0.46) ** 2 * 1.9).clip(0, 1)
    if width < height:
        foot = 1 - 0.4 * np.exp(-(((y - 0.71) / 0.13) ** 2))
    else:
        foot = 1 - 0.42 * ((y - 0.6) / 0.4).clip(0, 1) ** 1.2
    factors: Pixels = (corners * foot)[..., np.newaxis].astype(np.float32)
    return factors
