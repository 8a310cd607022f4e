"""The town of the cover: houses, a bridge, a jetty, and the two people who release the lantern."""

from typing import Final

import numpy as np

from tools.demo_song.picture.brush import (
    Pixels,
    Stencil,
    blend,
    blur,
    parse_colour,
    pixel_grid,
    screen,
    smoothstep,
)
from tools.demo_song.picture.scenery import WATERLINE

# The rows of houses: left and right end, height at either end, seed, colour of the walls.
_FAR: Final = ((0.20, 0.50, 0.13, 0.055, 3), (0.66, 1.02, 0.06, 0.14, 5))
_NEAR: Final = ((-0.02, 0.34, 0.235, 0.085, 11), (0.80, 1.04, 0.085, 0.20, 14))
_WINDOW: Final = "ffc46b"


def paint_town(picture: Pixels) -> Pixels:
    """Return the picture with a far row of houses, the bridge, and a near row of houses."""
    for rows, code in ((_FAR, "31456f"), (_NEAR, "101c3c")):
        walls, lights = Stencil(picture.shape[0]), Stencil(picture.shape[0])
        for left, right, high, low, seed in rows:
            _draw_street(walls, lights, (left, right), (high, low), np.random.default_rng(seed))
        if rows is _FAR:
            _draw_tower(walls, lights, 0.265)
        picture = _paint_walls(picture, walls.mask, lights.mask, code)
        if rows is _FAR:
            picture = paint_bridge(picture)
    return picture


def _paint_walls(picture: Pixels, walls: Pixels, lights: Pixels, code: str) -> Pixels:
    """Return the picture with walls, lighter in the haze at their bottom, and glowing windows."""
    _x, y = pixel_grid(picture.shape[0])
    body = parse_colour(code) + smoothstep(y, 0.5, WATERLINE)[..., None] * 0.05 * parse_colour(
        "ffb27a"
    )
    picture = blend(picture, np.broadcast_to(body, picture.shape), walls)
    picture = screen(picture, (1.5 * blur(lights, 0.012))[..., None] * parse_colour("ff8a3c"))
    return blend(picture, np.broadcast_to(parse_colour(_WINDOW), picture.shape), 0.92 * lights)


def _draw_street(
    walls: Stencil,
    lights: Stencil,
    ends: tuple[float, float],
    heights: tuple[float, float],
    random: np.random.Generator,
) -> None:
    """Draw a row of gabled houses between two ends, with heights between those of the ends."""
    x = ends[0]
    while x < ends[1]:
        progress = (x - ends[0]) / (ends[1] - ends[0])
        height = (heights[0] + (heights[1] - heights[0]) * progress) * random.uniform(0.72, 1.08)
        width = (0.028 + 0.24 * height) * random.uniform(0.8, 1.2)
        _draw_house(walls, lights, x, width, height, random)
        x += width * random.uniform(0.86, 1.0)


def _draw_house(
    walls: Stencil,
    lights: Stencil,
    left: float,
    width: float,
    height: float,
    random: np.random.Generator,
) -> None:
    """Draw a house: wall, gable, chimney, and windows, some of them lit."""
    right, ground = left + width, WATERLINE + 0.004
    eaves = ground - height * random.uniform(0.6, 0.72)
    top = ground - height
    lean = left + width * random.uniform(0.42, 0.58)
    walls.box(left, eaves, right, ground)
    over = 0.07 * width
    walls.polygon([(left - over, eaves + 0.004), (lean, top), (right + over, eaves + 0.004)])
    chimney = left + width * random.choice((0.24, 0.72))
    walls.box(chimney, top + 0.1 * height, chimney + 0.11 * width, eaves)
    _draw_windows(lights, (left, eaves, right, ground), random)
    if random.random() < 0.6:
        lights.ellipse((lean, (top + eaves) / 2 + 0.01), 0.0042, 0.0052, 220)


def _draw_windows(
    lights: Stencil, wall: tuple[float, float, float, float], random: np.random.Generator
) -> None:
    """Draw the lit windows of a wall (left, top, right, bottom)."""
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


def _draw_tower(walls: Stencil, lights: Stencil, x: float) -> None:
    """Draw a clock tower with a spire."""
    walls.box(x - 0.019, 0.50, x + 0.019, WATERLINE)
    walls.box(x - 0.0235, 0.494, x + 0.0235, 0.503)
    walls.polygon([(x - 0.0225, 0.496), (x, 0.395), (x + 0.0225, 0.496)])
    walls.line([(x, 0.40), (x, 0.378)], 0.0022)
    lights.ellipse((x, 0.525), 0.0105, 0.0105, 235)


def paint_bridge(picture: Pixels) -> Pixels:
    """Return the picture with a distant stone bridge of three arches and lamps."""
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
    return _paint_walls(picture, stone.mask, lights.mask, "1c2d55")


def paint_jetty(picture: Pixels) -> Pixels:
    """Return the picture with the jetty and two people in the foreground, lit from the left."""
    silhouette = Stencil(picture.shape[0])
    silhouette.polygon([(0.65, 0.901), (1.0, 0.887), (1.0, 0.918), (0.65, 0.914)])
    for x in (0.665, 0.75, 0.84, 0.945):
        silhouette.box(x, 0.873 if x in (0.665, 0.945) else 0.90, x + 0.013, 1.0)
    _draw_adult(silhouette, 0.850, 0.899)
    _draw_child(silhouette, 0.772, 0.901)
    _draw_reeds(silhouette)
    mask = silhouette.mask
    shift = max(1, round(0.0032 * picture.shape[0]))
    rim = np.clip(mask - np.roll(mask, (shift // 2, shift), (0, 1)), 0, 1)
    column, row = pixel_grid(picture.shape[0])
    near = np.exp(-(((column - 0.705) / 0.16) ** 2) - ((row - 0.78) / 0.16) ** 2)
    picture = blend(picture, np.broadcast_to(parse_colour("070b1f"), picture.shape), mask)
    return screen(picture, (rim * near)[..., None] * parse_colour("ffb25e"))


def _draw_adult(silhouette: Stencil, x: float, ground: float) -> None:
    """Draw a woman in a long coat, with her hair in a bun."""
    silhouette.ellipse((x, ground - 0.163), 0.0135, 0.0165)
    silhouette.ellipse((x + 0.0135, ground - 0.172), 0.0075, 0.0075)
    silhouette.polygon([
        (x - 0.006, ground - 0.152), (x + 0.008, ground - 0.152), (x + 0.024, ground - 0.138),
        (x + 0.026, ground - 0.100), (x + 0.036, ground - 0.034), (x - 0.026, ground - 0.034),
        (x - 0.016, ground - 0.100), (x - 0.020, ground - 0.136),
    ])  # fmt: skip
    silhouette.line(
        [(x - 0.012, ground - 0.130), (x - 0.034, ground - 0.112), (x - 0.052, ground - 0.126)],
        0.0105,
    )
    silhouette.line([(x - 0.010, ground - 0.036), (x - 0.011, ground)], 0.011)
    silhouette.line([(x + 0.013, ground - 0.036), (x + 0.014, ground)], 0.011)


def _draw_child(silhouette: Stencil, x: float, ground: float) -> None:
    """Draw a child with both arms up."""
    silhouette.ellipse((x - 0.002, ground - 0.100), 0.0125, 0.0140)
    silhouette.polygon([
        (x - 0.006, ground - 0.090), (x + 0.006, ground - 0.090), (x + 0.014, ground - 0.078),
        (x + 0.021, ground - 0.030), (x - 0.019, ground - 0.030), (x - 0.014, ground - 0.078),
    ])  # fmt: skip
    silhouette.line(
        [(x - 0.010, ground - 0.078), (x - 0.026, ground - 0.104), (x - 0.034, ground - 0.130)],
        0.0100,
    )
    silhouette.line(
        [(x + 0.008, ground - 0.079), (x - 0.008, ground - 0.112), (x - 0.018, ground - 0.134)],
        0.0100,
    )
    silhouette.line([(x - 0.008, ground - 0.032), (x - 0.009, ground)], 0.0085)
    silhouette.line([(x + 0.008, ground - 0.032), (x + 0.008, ground)], 0.0085)


def _draw_reeds(silhouette: Stencil) -> None:
    """Draw reeds in the lower left corner."""
    random = np.random.default_rng(8)
    for _blade in range(46):
        x = random.random() ** 1.7 * 0.30 - 0.01
        tall = (0.05 + 0.16 * random.random()) * (1 - 1.9 * max(0.0, x))
        bend = random.normal(0.018, 0.02)
        points = [(x, 1.01), (x + bend * 0.3, 1 - 0.55 * tall), (x + bend, 1 - tall)]
        silhouette.line(points, random.uniform(0.0025, 0.0048))
        if random.random() < 0.25:
            silhouette.ellipse(points[2], 0.0045, 0.016)
