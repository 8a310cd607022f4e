"""The demo song's cover: lanterns above a river town at night, in front of a big moon."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from tools.demo_song.picture import lanterns, scenery, town
from tools.demo_song.picture.brush import (
    Pixels,
    blend,
    blur,
    parse_colour,
    pixel_grid,
    screen,
    smoothstep,
)
from tools.demo_song.picture.strokes import paint_strokes

SIZE: Final = 1024
QUALITY: Final = 90
GRAIN: Final = 0.011
SATURATION: Final = 1.12


def compose(size: int) -> Pixels:
    """Return the composed picture, before the brush strokes."""
    lights = lanterns.place_lanterns()
    landscape = town.paint_town(scenery.paint_hills(scenery.paint_sky(size)))
    above = lanterns.paint_lanterns(landscape, lights)
    night = lanterns.paint_boats(scenery.paint_water(above))
    released = lanterns.paint_lanterns(night, [lanterns.RELEASED])
    # Mirrored: films have the signature in the lower right, where the two people would be.
    return town.paint_jetty(released)[:, ::-1]


def paint_cover(size: int = SIZE) -> Image.Image:
    """Return the finished cover, ``size`` pixels wide and high."""
    drawing = compose(size)
    picture = paint_strokes(drawing, _stroke_directions(size), seed=3)
    # Small details stay visible under the brush strokes.
    contrast = np.abs(drawing - blur(drawing, 0.012)).max(axis=2)
    picture = blend(picture, drawing, 0.72 * blur(smoothstep(contrast, 0.06, 0.30), 0.0012))
    bloom = blur(np.clip(picture - 0.62, 0, 1) * parse_colour("ffc890"), 0.018)
    return Image.fromarray(_develop(screen(scenery.paint_stars(picture), 0.9 * bloom)))


def _stroke_directions(size: int) -> Pixels:
    """Return the directions (radians) of strokes in even areas: around the moon, level on water."""
    x, y = pixel_grid(size)
    around_moon = np.arctan2(y - scenery.MOON[1], x - (1 - scenery.MOON[0])) + np.pi / 2
    return np.where(y < scenery.WATERLINE, around_moon, 0.0)


def _develop(picture: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the picture with darker corners and film grain, ``(size, size, 3) uint8``."""
    x, y = pixel_grid(picture.shape[0])
    corner = smoothstep(np.hypot(x - 0.52, y - 0.5), 0.38, 0.80)
    grey = picture.mean(axis=2, keepdims=True)
    picture = grey + SATURATION * (picture - grey)
    picture = picture * (1 - 0.38 * corner)[..., None]
    random = np.random.default_rng(35)
    grain = blur(random.standard_normal(x.shape), 0.0006)
    grain *= GRAIN / grain.std()
    shade = picture.mean(axis=2)
    picture = picture + (grain * (0.5 + 2 * shade * (1 - shade)))[..., None]
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def write_cover(path: Path) -> None:
    """Paint the cover and write it as a JPEG."""
    paint_cover().save(path, quality=QUALITY, optimize=True, progressive=True)
