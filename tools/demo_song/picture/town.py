"""What people built and do in the cover's night: houses, a bridge, a jetty, and two who let go."""

from typing import Final

import numpy as np

from tools.demo_song.picture.brush import (
    Pixels,
    Stencil,
    blend,
    blurred,
    colour,
    grid,
    ramp,
    screen,
)
from tools.demo_song.picture.scenery import WATERLINE

# The rows of houses: left and right end, height at either end, seed, colour of the walls.
_FAR: Final = ((0.20, 0.50, 0.13, 0.055, 3), (0.66, 1.02, 0.06, 0.14, 5))
_NEAR: Final = ((-0.02, 0.34, 0.235, 0.085, 11), (0.80, 1.04, 0.085, 0.20, 14))
_WINDOW: Final = "ffc46b"


def town(picture: Pixels) -> Pixels:
    """Both banks: a far row of houses in the haze, the bridge, and a near row, windows lit."""
    for rows, code in ((_FAR, "31456f"), (_NEAR, "101c3c")):
        walls, lights = Stencil(picture.shape[0]), Stencil(picture.shape[0])
        for left, right, high, low, seed in rows:
            _street(walls, lights, (left, right), (high, low), np.random.default_rng(seed))
        if rows is _FAR:
            _tower(walls, lights, 0.265)
        picture = _lit(picture, walls.mask, lights.mask, code)
        if rows is _FAR:
            picture = bridge(picture)
    return picture


def _lit(picture: Pixels, walls: Pixels, lights: Pixels, code: str) -> Pixels:
    """Walls, a little lighter where the moon's haze reaches their feet, and the glow of windows."""
    _x, y = grid(picture.shape[0])
    body = colour(code) + ramp(y, 0.5, WATERLINE)[..., None] * 0.05 * colour("ffb27a")
    picture = blend(picture, np.broadcast_to(body, picture.shape), walls)
    picture = screen(picture, (1.5 * blurred(lights, 0.012))[..., None] * colour("ff8a3c"))
    return blend(picture, np.broadcast_to(colour(_WINDOW), picture.shape), 0.92 * lights)


def _street(
    walls: Stencil,
    lights: Stencil,
    ends: tuple[float, float],
    heights: tuple[float, float],
    random: np.random.Generator,
) -> None:
    """A row of gabled houses from one end to the other, as high as the ends say on the way."""
    x = ends[0]
    while x < ends[1]:
        way = (x - ends[0]) / (ends[1] - ends[0])
        height = (heights[0] + (heights[1] - heights[0]) * way) * random.uniform(0.72, 1.08)
        width = (0.028 + 0.24 * height) * random.uniform(0.8, 1.2)
        _house(walls, lights, x, width, height, random)
        x += width * random.uniform(0.86, 1.0)


def _house(
    walls: Stencil,
    lights: Stencil,
    left: float,
    width: float,
    height: float,
    random: np.random.Generator,
) -> None:
    """One house: wall, gable, chimney, and windows, of which some are lit."""
    right, ground = left + width, WATERLINE + 0.004
    eaves = ground - height * random.uniform(0.6, 0.72)
    top = ground - height
    lean = left + width * random.uniform(0.42, 0.58)
    walls.box(left, eaves, right, ground)
    over = 0.07 * width
    walls.polygon([(left - over, eaves + 0.004), (lean, top), (right + over, eaves + 0.004)])
    chimney = left + width * random.choice((0.24, 0.72))
    walls.box(chimney, top + 0.1 * height, chimney + 0.11 * width, eaves)
    _windows(lights, (left, eaves, right, ground), random)
    if random.random() < 0.6:
        lights.ellipse((lean, (top + eaves) / 2 + 0.01), 0.0042, 0.0052, 220)


def _windows(
    lights: Stencil, wall: tuple[float, float, float, float], random: np.random.Generator
) -> None:
    """The lit ones among a wall's windows (left, top, right, bottom)."""
    left, top, right, bottom = wall
    columns, rows = max(2, round((right - left) / 0.022)), max(2, round((bottom - top) / 0.027))
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.42:
                x = left + (right - left) * (column + 0.5) / columns
                y = top + (bottom - top) * (row + 0.45) / rows
                lights.box(
                    x - 0.0036, y - 0.006, x + 0.0036, y + 0.006, int(random.integers(110, 255))
                )


def _tower(walls: Stencil, lights: Stencil, x: float) -> None:
    """A clock tower with a spire."""
    walls.box(x - 0.019, 0.50, x + 0.019, WATERLINE)
    walls.box(x - 0.0235, 0.494, x + 0.0235, 0.503)
    walls.polygon([(x - 0.0225, 0.496), (x, 0.395), (x + 0.0225, 0.496)])
    walls.line([(x, 0.40), (x, 0.378)], 0.0022)
    lights.ellipse((x, 0.525), 0.0105, 0.0105, 235)


def bridge(picture: Pixels) -> Pixels:
    """A stone bridge of three arches in the distance, with lamps along it."""
    stone, lights = Stencil(picture.shape[0]), Stencil(picture.shape[0])
    left, right, crown = 0.30, 0.86, 0.607
    deck = [
        (x, crown + 0.034 * ((x - 0.58) / 0.28) ** 2) for x in np.linspace(left, right, 40).tolist()
    ]
    stone.polygon([*deck, (right, WATERLINE + 0.004), (left, WATERLINE + 0.004)])
    for centre, half, tall in ((0.425, 0.056, 0.034), (0.58, 0.072, 0.044), (0.735, 0.056, 0.034)):
        stone.ellipse((centre, WATERLINE + 0.004), half, tall, 0)
    for x, y in deck[3:-2:5]:
        stone.line([(x, y), (x, y - 0.019)], 0.0022)
        lights.ellipse((x, y - 0.022), 0.0042, 0.0048)
    return _lit(picture, stone.mask, lights.mask, "1c2d55")


def jetty(picture: Pixels) -> Pixels:
    """The jetty in the foreground with the two who let the lantern go, lit by it from the left."""
    dark = Stencil(picture.shape[0])
    dark.polygon([(0.65, 0.901), (1.0, 0.887), (1.0, 0.918), (0.65, 0.914)])
    for x in (0.665, 0.75, 0.84, 0.945):
        dark.box(x, 0.873 if x in (0.665, 0.945) else 0.90, x + 0.013, 1.0)
    _adult(dark, 0.850, 0.899)
    _child(dark, 0.772, 0.901)
    _reeds(dark)
    mask = dark.mask
    shift = max(1, round(0.0032 * picture.shape[0]))
    rim = np.clip(mask - np.roll(mask, (shift // 2, shift), (0, 1)), 0, 1)
    column, row = grid(picture.shape[0])
    near = np.exp(-(((column - 0.705) / 0.16) ** 2) - ((row - 0.78) / 0.16) ** 2)
    picture = blend(picture, np.broadcast_to(colour("070b1f"), picture.shape), mask)
    return screen(picture, (rim * near)[..., None] * colour("ffb25e"))


def _adult(dark: Stencil, x: float, ground: float) -> None:
    """A woman in a long coat, her hair in a bun, one hand on her heart's side."""
    dark.ellipse((x, ground - 0.163), 0.0135, 0.0165)
    dark.ellipse((x + 0.0135, ground - 0.172), 0.0075, 0.0075)
    dark.polygon([
        (x - 0.006, ground - 0.152), (x + 0.008, ground - 0.152), (x + 0.024, ground - 0.138),
        (x + 0.026, ground - 0.100), (x + 0.036, ground - 0.034), (x - 0.026, ground - 0.034),
        (x - 0.016, ground - 0.100), (x - 0.020, ground - 0.136),
    ])  # fmt: skip
    dark.line(
        [(x - 0.012, ground - 0.130), (x - 0.034, ground - 0.112), (x - 0.052, ground - 0.126)],
        0.0105,
    )
    dark.line([(x - 0.010, ground - 0.036), (x - 0.011, ground)], 0.011)
    dark.line([(x + 0.013, ground - 0.036), (x + 0.014, ground)], 0.011)


def _child(dark: Stencil, x: float, ground: float) -> None:
    """A child on tiptoe, both arms up after the lantern."""
    dark.ellipse((x - 0.002, ground - 0.100), 0.0125, 0.0140)
    dark.polygon([
        (x - 0.006, ground - 0.090), (x + 0.006, ground - 0.090), (x + 0.014, ground - 0.078),
        (x + 0.021, ground - 0.030), (x - 0.019, ground - 0.030), (x - 0.014, ground - 0.078),
    ])  # fmt: skip
    dark.line(
        [(x - 0.010, ground - 0.078), (x - 0.026, ground - 0.104), (x - 0.034, ground - 0.130)],
        0.0100,
    )
    dark.line(
        [(x + 0.008, ground - 0.079), (x - 0.008, ground - 0.112), (x - 0.018, ground - 0.134)],
        0.0100,
    )
    dark.line([(x - 0.008, ground - 0.032), (x - 0.009, ground)], 0.0085)
    dark.line([(x + 0.008, ground - 0.032), (x + 0.008, ground)], 0.0085)


def _reeds(dark: Stencil) -> None:
    """Reeds in the lower left corner, so that the eye stays in the picture."""
    random = np.random.default_rng(8)
    for _blade in range(46):
        x = random.random() ** 1.7 * 0.30 - 0.01
        tall = (0.05 + 0.16 * random.random()) * (1 - 1.9 * max(0.0, x))
        bend = random.normal(0.018, 0.02)
        points = [(x, 1.01), (x + bend * 0.3, 1 - 0.55 * tall), (x + bend, 1 - tall)]
        dark.line(points, random.uniform(0.0025, 0.0048))
        if random.random() < 0.25:
            dark.ellipse(points[2], 0.0045, 0.016)
