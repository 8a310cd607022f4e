"""A sky of faint stars: always the same for the same title, and drawn once."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.colour import Pixels

STARS = 260
FAINTEST, BRIGHTEST = 14.0, 105.0
"""Their light, added to what is there (0 to 255); few are bright."""

SIZE = 0.0011
"""The radius of a star, as a share of the picture's shorter side, before it is made larger."""


def draw_stars(pixels: Pixels, title: str, words: Sequence[Rect]) -> None:
    """Add the stars of `title` to RGB `pixels`, but none among `words`."""
    seed = int.from_bytes(blake2b(title.encode("utf-8", "replace"), digest_size=8).digest())
    random = np.random.default_rng(seed)
    rows, columns, _ = pixels.shape
    for x, y, rank in random.random((STARS, 3)) * (columns, rows, 1):
        if any(_holds(area, x, y) for area in words):
            continue
        light = FAINTEST + (BRIGHTEST - FAINTEST) * rank**9
        radius = SIZE * min(rows, columns) * (0.7 + 1.3 * rank**6)
        _add(pixels, x, y, light, radius)


def _holds(area: Rect, x: float, y: float) -> bool:
    return area.x <= x < area.right and area.y <= y < area.bottom


def _add(pixels: Pixels, x: float, y: float, light: float, radius: float) -> None:
    reach = int(3 * radius) + 1
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    part = pixels[top : int(y) + reach + 1, left : int(x) + reach + 1]
    down = (np.arange(part.shape[0]) + top + 0.5 - y)[:, np.newaxis]
    across = np.arange(part.shape[1]) + left + 0.5 - x
    spot = np.exp(-(down**2 + across**2) / (2 * radius**2)) * light
    part += spot[..., np.newaxis].astype(np.float32)
