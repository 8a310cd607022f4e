"""A cover for a song that has none: a landscape in which the title decides everything."""

from hashlib import blake2b

import numpy as np
from PIL import Image

from videos.render.colour import Pixels, Rgb

SKIES: tuple[tuple[Rgb, Rgb, Rgb, Rgb], ...] = (
    ((24, 18, 62), (142, 46, 122), (255, 138, 92), (255, 226, 178)),
    ((8, 26, 58), (22, 96, 138), (92, 196, 186), (236, 250, 214)),
    ((34, 12, 48), (128, 28, 92), (240, 86, 110), (255, 206, 168)),
    ((10, 18, 44), (52, 58, 150), (150, 118, 224), (252, 204, 232)),
    ((16, 34, 40), (34, 104, 92), (160, 190, 104), (252, 238, 176)),
    ((28, 14, 30), (112, 34, 44), (232, 112, 58), (255, 218, 140)),
    ((12, 16, 36), (28, 70, 128), (106, 160, 222), (246, 232, 222)),
)
"""Top, middle and horizon of a sky, and its sun."""

RIDGES = 5


def drawn_cover(title: str, side: int) -> Image.Image:
    """Return the cover of `title`, RGB, `side` pixels wide: always the same for the same title."""
    seed = int.from_bytes(blake2b(title.encode("utf-8", "replace"), digest_size=8).digest())
    random = np.random.default_rng(seed)
    large = 2 * side  # drawn at twice the size, so that edges come out smooth
    y, x = np.ogrid[0 : 1 : large * 1j, 0 : 1 : large * 1j]
    top, middle, horizon, light = np.array(SKIES[seed % len(SKIES)], np.float32)
    pixels = _sky(y, top, middle, horizon) + np.zeros((large, large, 3), np.float32)
    sun_x, sun_y = random.uniform(0.32, 0.68), random.uniform(0.36, 0.5)
    away = np.hypot(x - sun_x, y - sun_y)
    glow = np.exp(-((away / 0.34) ** 2))[..., np.newaxis] * 0.45
    pixels += (light - pixels) * glow
    radius = random.uniform(0.11, 0.16)
    disc = ((radius - away) * large / 2).clip(0, 1)[..., np.newaxis]
    pixels += (light - pixels) * disc
    for ridge in range(RIDGES):
        depth = (ridge + 1) / RIDGES
        pixels = _with_ridge(pixels, x, y, depth, horizon + (top * 0.55 - horizon) * depth, random)
    pixels += random.normal(0, 3, pixels.shape[:2])[..., np.newaxis]
    picture = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _sky(y: Pixels, top: Pixels, middle: Pixels, horizon: Pixels) -> Pixels:
    """Return a column of colours that runs through the three from above to the horizon."""
    down = (y / 0.68).clip(0, 1)[..., np.newaxis]
    upper, lower = (down * 2).clip(0, 1), (down * 2 - 1).clip(0, 1)
    column: Pixels = top + (middle - top) * upper + (horizon - middle) * lower
    return column


def _with_ridge(
    pixels: Pixels, x: Pixels, y: Pixels, depth: float, colour: Pixels, random: np.random.Generator
) -> Pixels:
    """Lay one chain of hills over `pixels`: the nearer (`depth` to 1), the lower and the darker."""
    crest = 0.5 + 0.4 * depth
    for octave in range(4):
        waves = random.uniform(1.1, 2.1) * 2**octave
        crest = crest + np.sin(2 * np.pi * (waves * x + random.uniform())) * 0.042 / 1.9**octave
    inside = ((y - crest) * len(pixels) / 2).clip(0, 1)[..., np.newaxis]
    mist = (1 - (y - crest) / 0.22).clip(0, 1)[..., np.newaxis] * (1 - depth) * 26
    blended: Pixels = pixels + (colour + mist - pixels) * inside
    return blended
