"""Generates a cover for a song that has none: a landscape, always the same for the same title."""

from hashlib import blake2b

import numpy as np
from PIL import Image

from videos.render.paint.palette import Rgb
from videos.render.paint.yuv import Pixels

# The top, the middle and the horizon of a sky, and its sun.
SKIES: tuple[tuple[Rgb, Rgb, Rgb, Rgb], ...] = (
    ((24, 18, 62), (142, 46, 122), (255, 138, 92), (255, 226, 178)),
    ((8, 26, 58), (22, 96, 138), (92, 196, 186), (236, 250, 214)),
    ((34, 12, 48), (128, 28, 92), (240, 86, 110), (255, 206, 168)),
    ((10, 18, 44), (52, 58, 150), (150, 118, 224), (252, 204, 232)),
    ((16, 34, 40), (34, 104, 92), (160, 190, 104), (252, 238, 176)),
    ((28, 14, 30), (112, 34, 44), (232, 112, 58), (255, 218, 140)),
    ((12, 16, 36), (28, 70, 128), (106, 160, 222), (246, 232, 222)),
)
RIDGES = 5
MAX_SIDE = 896  # pixels that are drawn, in a tenth of a second; a larger cover is enlarged


def generate_cover(title: str, side: int) -> Image.Image:
    """Return the cover of ``title``, RGB, ``side`` pixels wide."""
    seed = int.from_bytes(blake2b(title.encode("utf-8", "replace"), digest_size=8).digest())
    random = np.random.default_rng(seed)
    drawn_side = min(2 * side, MAX_SIDE)  # at twice the size edges come out smoothest
    x = np.linspace(0, 1, drawn_side, dtype=np.float32)
    y = x[:, np.newaxis]
    top, middle, horizon, light = np.array(SKIES[seed % len(SKIES)], np.float32)
    pixels = np.repeat(_sky_colours(y, top, middle, horizon), drawn_side, axis=1)
    _draw_sun(pixels, x, y, light, random)
    for ridge in range(RIDGES):
        depth = (ridge + 1) / RIDGES
        near = middle * 0.8 if depth < 0.5 else top * 0.55
        far, share = (horizon, 2 * depth) if depth < 0.5 else (middle * 0.8, 2 * depth - 1)
        _draw_ridge(pixels, x, y, depth, far + (near - far) * share, random)
    pixels += random.standard_normal(pixels.shape[:2], np.float32)[..., np.newaxis] * 3
    picture = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _sky_colours(y: Pixels, top: Pixels, middle: Pixels, horizon: Pixels) -> Pixels:
    """Return a column of colours that runs through the three from the top to the horizon."""
    down = (y / 0.68).clip(0, 1)[..., np.newaxis]
    upper, lower = (down * 2).clip(0, 1), (down * 2 - 1).clip(0, 1)
    column: Pixels = top + (middle - top) * upper + (horizon - middle) * lower
    return column


def _draw_sun(
    pixels: Pixels, x: Pixels, y: Pixels, light: Pixels, random: np.random.Generator
) -> None:
    """Draw a sun and the glow around it."""
    centre_x, centre_y = random.uniform((0.32, 0.36), (0.68, 0.5)).astype(np.float32)
    radius = np.float32(random.uniform(0.11, 0.16))
    distance = np.hypot(x - centre_x, y - centre_y)
    disc = ((radius - distance) * (len(pixels) / 2)).clip(0, 1)
    glow = np.exp(-((distance / np.float32(0.34)) ** 2)) * np.float32(0.45)
    pixels += (light - pixels) * np.maximum(disc, glow)[..., np.newaxis]


def _draw_ridge(
    pixels: Pixels, x: Pixels, y: Pixels, depth: float, colour: Pixels, random: np.random.Generator
) -> None:
    """Draw one chain of hills over ``pixels``; the nearest (``depth`` 1) is lowest and darkest."""
    crest = np.full_like(x, 0.5 + 0.4 * depth)
    for octave in range(4):
        waves, phase = random.uniform((1.1, 0), (2.1, 1)) * (2**octave, 1)
        crest += np.sin(2 * np.pi * (waves * x + phase)).astype(np.float32) * 0.042 / 1.9**octave
    first = int(crest.min() * len(pixels))  # nothing changes above the highest hill
    part, below = pixels[first:], y[first:] - crest
    inside = (below * (len(pixels) / 2)).clip(0, 1)[..., np.newaxis]
    mist = (1 - below / np.float32(0.22)).clip(0, 1)[..., np.newaxis] * (1 - depth) * 26
    part += (colour + mist - part) * inside
