"""The demo song's cover: lanterns rise from a river town at night, past a big moon."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from tools.demo_song.picture import lanterns, scenery, town
from tools.demo_song.picture.brush import Pixels, blend, blurred, colour, grid, ramp, screen
from tools.demo_song.picture.strokes import painted

SIZE: Final = 1024
QUALITY: Final = 90
GRAIN: Final = 0.011
SATURATION: Final = 1.12


def scene(size: int) -> Pixels:
    """The composed picture, before it is painted."""
    lights = lanterns.stream()
    above = lanterns.hang(town.town(scenery.hills(scenery.sky(size))), lights)
    night = lanterns.boats(scenery.water(above))
    # Mirrored: videos carry a signature in the lower right, where the two would stand.
    return town.jetty(lanterns.hang(night, [lanterns.RELEASED]))[:, ::-1]


def cover(size: int = SIZE) -> Image.Image:
    """The finished cover, `size` pixels square."""
    drawn = scene(size)
    picture = painted(drawn, _flow(size), seed=3)
    # What is small and clear keeps some of its drawing under the paint.
    contrast = np.abs(drawn - blurred(drawn, 0.012)).max(axis=2)
    picture = blend(picture, drawn, 0.72 * blurred(ramp(contrast, 0.06, 0.30), 0.0012))
    bloom = blurred(np.clip(picture - 0.62, 0, 1) * colour("ffc890"), 0.018)
    return Image.fromarray(_developed(screen(scenery.stars(picture), 0.9 * bloom)))


def _flow(size: int) -> Pixels:
    """Where strokes run in an even surface: round the moon in the sky, level on the water."""
    x, y = grid(size)
    around = np.arctan2(y - scenery.MOON[1], x - (1 - scenery.MOON[0])) + np.pi / 2
    return np.where(y < scenery.WATERLINE, around, 0.0)


def _developed(picture: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Darker corners, film grain, eight bits."""
    x, y = grid(picture.shape[0])
    corner = ramp(np.hypot(x - 0.52, y - 0.5), 0.38, 0.80)
    grey = picture.mean(axis=2, keepdims=True)
    picture = grey + SATURATION * (picture - grey)
    picture = picture * (1 - 0.38 * corner)[..., None]
    random = np.random.default_rng(35)
    grain = blurred(random.standard_normal(x.shape), 0.0006)
    grain *= GRAIN / grain.std()
    shade = picture.mean(axis=2)
    picture = picture + (grain * (0.5 + 2 * shade * (1 - shade)))[..., None]
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def write_cover(path: Path) -> None:
    """Paint the cover into a JPEG file."""
    cover().save(path, quality=QUALITY, optimize=True, progressive=True)
