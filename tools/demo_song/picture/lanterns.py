"""The lights of the cover: paper lanterns in the air, candles in paper boats on the water."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.demo_song.picture.brush import (
    Pixels,
    blend,
    make_gradient,
    make_noise,
    parse_colour,
    pixel_grid,
    screen,
    smoothstep,
)

_PAPER: Final = (
    (-1.0, "c2481f"),
    (-0.4, "f0822f"),
    (0.25, "ffb84f"),
    (0.8, "fff0b8"),
    (1.0, "ffd27a"),
)


@dataclass(frozen=True)
class Lantern:
    """A lantern: its centre, half its height, its angle (radians), and its brightness (0–1)."""

    x: float
    y: float
    size: float
    lean: float
    light: float


# The lantern that was released last.
RELEASED: Final = Lantern(0.722, 0.722, 0.046, -0.10, 1.0)
# The lanterns in the foreground.
NEAR: Final = (
    Lantern(0.175, 0.215, 0.062, 0.10, 1.0),
    Lantern(0.375, 0.105, 0.043, -0.08, 0.95),
    Lantern(0.885, 0.125, 0.050, -0.12, 0.95),
    Lantern(0.062, 0.395, 0.036, -0.06, 0.9),
    Lantern(0.905, 0.405, 0.034, 0.10, 0.9),
    Lantern(0.470, 0.330, 0.033, 0.07, 0.95),
    Lantern(0.300, 0.375, 0.026, -0.10, 0.9),
)


def place_lanterns() -> list[Lantern]:
    """Return all lanterns in the air, far ones first; they rise from the bridge in an S curve."""
    random = np.random.default_rng(40)
    lanterns: list[Lantern] = []
    for _lantern in range(120):
        progress = random.random() ** 0.85
        middle = 0.52 + 0.25 * np.sin(2.2 * np.pi * progress + 2.75) * progress**0.6
        x = middle + random.normal(0, 0.045 + 0.09 * progress)
        y = 0.585 - 0.60 * progress + random.normal(0, 0.02)
        size = (0.0040 + 0.0165 * progress**1.5) * random.uniform(0.55, 1.35)
        lanterns.append(Lantern(x, y, size, random.normal(0, 0.09), random.uniform(0.65, 1)))
    return sorted([*lanterns, *NEAR], key=lambda lantern: lantern.size)


def paint_lanterns(picture: Pixels, lanterns: list[Lantern]) -> Pixels:
    """Return the picture with lanterns and their glow."""
    x, y = pixel_grid(picture.shape[0])
    for lantern in lanterns:
        reach = 7 * lantern.size
        rows = slice(*_span(lantern.y, reach, picture.shape[0]))
        columns = slice(*_span(lantern.x, reach, picture.shape[0]))
        patch = picture[rows, columns]
        if patch.size:
            picture[rows, columns] = _paint_lantern(
                patch, x[rows, columns], y[rows, columns], lantern
            )
    return picture


def _span(centre: float, reach: float, size: int) -> tuple[int, int]:
    return max(0, int((centre - reach) * size)), max(0, min(size, int((centre + reach) * size) + 1))


def _paint_lantern(patch: Pixels, x: Pixels, y: Pixels, lantern: Lantern) -> Pixels:
    """Return a part of the picture with one lantern, a paper bag that is wider at the top."""
    dx, dy = x - lantern.x, y - lantern.y
    across = (dx * np.cos(lantern.lean) + dy * np.sin(lantern.lean)) / lantern.size
    down = (dy * np.cos(lantern.lean) - dx * np.sin(lantern.lean)) / lantern.size
    away = np.hypot(across, down)
    halo = 0.60 * np.exp(-((away / 1.55) ** 2)) + 0.13 * np.exp(-((away / 3.2) ** 2))
    patch = screen(patch, (lantern.light * halo)[..., None] * parse_colour("ff8f35"))
    shoulder = np.sqrt(np.clip(1 - (np.clip(-0.35 - down, 0, 1) / 0.65) ** 2, 0, 1))
    half = (0.76 - 0.17 * smoothstep(down, -0.6, 1.0)) * shoulder
    edge = 0.001 / lantern.size
    inside = smoothstep(half - np.abs(across), -edge, edge) * smoothstep(
        1 - np.abs(down), -edge, edge
    )
    return blend(patch, _paint_paper(across, down, half, lantern.light), inside)


def _paint_paper(across: Pixels, down: Pixels, half: Pixels, light: float) -> Pixels:
    """Return lit paper: bright near the flame, red at the top, with ribs and creases."""
    turn = across / np.maximum(half, 0.05)
    paper = make_gradient(
        down + 0.12 * (make_noise(2.2 * across + 7, 1.6 * down + 3, 77, 3) - 0.5), _PAPER
    )
    paper = paper * (1 - 0.30 * np.clip(np.abs(turn), 0, 1) ** 2.5)[..., None]
    ribs = np.exp(-((np.abs(np.abs(turn) - 0.42) / 0.05) ** 2)) * 0.10
    flame = np.exp(-((across / 0.26) ** 2) - ((down - 0.72) / 0.34) ** 2)
    paper = screen(paper * (1 - ribs)[..., None], flame[..., None] * parse_colour("fff3c4"))
    mouth = smoothstep(down, 0.9, 0.96)
    return np.asarray((paper * (1 - 0.45 * mouth)[..., None]) * (0.75 + 0.25 * light))


def paint_boats(picture: Pixels) -> Pixels:
    """Return the picture with floating candles, each with its reflection below it."""
    random = np.random.default_rng(12)
    x, y = pixel_grid(picture.shape[0])
    for _boat in range(24):
        depth = random.random() ** 1.4
        down, across = 0.685 + 0.25 * depth, 0.04 + 0.60 * random.random() + 0.06 * depth
        size = 0.0028 + 0.0085 * depth
        dx, dy = (x - across) / size, (y - down) / size
        flame = np.exp(-((dx / 0.55) ** 2) - (dy / 0.9) ** 2) + 0.35 * np.exp(-(dx**2 + dy**2) / 9)
        ripple = 0.5 + 0.5 * np.sin(dy * 2.4 + 2.2 * make_noise(20 * x, 90 * y, 5, 2))
        streak = np.exp(-((dx / (0.8 + 0.05 * dy)) ** 2) - np.clip(dy, 0, 99) / 4) * (dy > 0)
        light = flame + 0.6 * streak * ripple
        picture = screen(picture, light[..., None] * parse_colour("ffa74a"))
        picture = screen(picture, (flame**3)[..., None] * parse_colour("fff0c8"))
    return picture
