"""The stars behind the look Orbit: a still, faint sky, always the same for the same title."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.yuv import Pixels

COUNT = 260
MIN_LIGHT, MAX_LIGHT = 14.0, 105.0  # added to the pixels (0 to 255); few stars are bright
RADIUS = 0.0011  # of a small star, as a share of the picture's shorter side


def draw_stars(pixels: Pixels, title: str, text_areas: Sequence[Rect]) -> None:
    """Add the stars of ``title`` to RGB ``pixels``, but none in ``text_areas``."""
    seed = int.from_bytes(blake2b(title.encode("utf-8", "replace"), digest_size=8).digest())
    random = np.random.default_rng(seed)
    height, width, _ = pixels.shape
    for x, y, rank in random.random((COUNT, 3)) * (width, height, 1):
        if any(_contains(area, x, y) for area in text_areas):
            continue
        light = MIN_LIGHT + (MAX_LIGHT - MIN_LIGHT) * rank**9
        radius = RADIUS * min(height, width) * (0.7 + 1.3 * rank**6)
        _add_star(pixels, x, y, light, radius)


def _contains(area: Rect, x: float, y: float) -> bool:
    return area.x <= x < area.right and area.y <= y < area.bottom


def _add_star(pixels: Pixels, x: float, y: float, light: float, radius: float) -> None:
    reach = int(3 * radius) + 1
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    part = pixels[top : int(y) + reach + 1, left : int(x) + reach + 1]
    down = (np.arange(part.shape[0]) + top + 0.5 - y)[:, np.newaxis]
    across = np.arange(part.shape[1]) + left + 0.5 - x
    spot = np.exp(-(down**2 + across**2) / (2 * radius**2)) * light
    part += spot[..., np.newaxis].astype(np.float32)
