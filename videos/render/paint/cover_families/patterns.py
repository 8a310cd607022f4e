"""Covers that are patterns: rays, rings and shapes."""

import numpy as np

from videos.render.paint.cover_families.sheet import Alpha, Sheet

RAYS = (9, 15)  # at least, and fewer than
RINGS = 15
FIRST_RING, RING_STEP = np.float32(0.07), np.float32(0.062)  # their radii, in widths of the sheet
GRID = 4  # shapes in a row


def draw_rays(sheet: Sheet) -> None:
    """Draw rays that burst from a sun behind an eclipse."""
    x, y = sheet.random.uniform((0.35, 0.5), (0.65, 0.72))
    distance = sheet.distance(x, y)
    sheet.pixels[:] = sheet.top
    angle = np.arctan2(sheet.y - np.float32(y), sheet.x - np.float32(x))
    count = int(sheet.random.integers(*RAYS))
    wave = np.sin(angle * count + np.float32(sheet.random.uniform(0, 6.3)))
    edge = (distance * np.float32(sheet.side / count / 2)).clip(0.5, None)
    rays = (wave * edge + np.float32(0.5)).clip(0, 1)
    fall = np.exp(-distance / np.float32(0.75))
    sheet.paint(sheet.horizon, rays * fall)
    sheet.paint(sheet.middle, (1 - rays) * fall * np.float32(0.7))
    radius = np.float32(sheet.random.uniform(0.17, 0.24))
    sheet.paint(sheet.light, sheet.inside(radius - distance))
    sheet.paint(sheet.top * 0.6, sheet.inside(radius * np.float32(0.86) - distance))


def draw_rings(sheet: Sheet) -> None:
    """Draw rings around one point, broken like the grooves of a record, from light to dark."""
    sheet.pixels[:] = sheet.top * 0.6
    x, y = sheet.random.uniform(0.3, 0.7, 2)
    distance = sheet.distance(x, y)
    angle = np.arctan2(sheet.y - np.float32(y), sheet.x - np.float32(x))
    sheet.paint(sheet.middle, np.exp(-((distance / np.float32(0.42)) ** 2)) * np.float32(0.75))
    half_widths, starts, lengths = (
        sheet.random.uniform(low, high, RINGS).astype(np.float32)
        for low, high in ((0.004, 0.021), (0, 6.3), (2.2, 7.5))
    )
    nearest = ((distance - FIRST_RING) / RING_STEP + 0.5).clip(0, RINGS - 1).astype(np.int16)
    radius: Alpha = FIRST_RING + RING_STEP * nearest.astype(np.float32)
    turn = (angle - starts[nearest]) % np.float32(2 * np.pi)
    alpha = sheet.inside(half_widths[nearest] - np.abs(distance - radius))
    alpha *= sheet.inside((lengths[nearest] - turn) * radius)
    shares = np.linspace(0, 1, RINGS, dtype=np.float32)[:, np.newaxis]
    colours = sheet.light + (sheet.horizon - sheet.light) * shares
    sheet.paint(colours[nearest], alpha * (1 - np.float32(0.6 / RINGS) * nearest))
    sheet.paint(sheet.light, sheet.inside(np.float32(0.035) - distance))


def draw_shapes(sheet: Sheet) -> None:
    """Draw a grid of circles, arcs and quarters in the colours of the cover."""
    colours = (sheet.top, sheet.middle, sheet.horizon, sheet.light)
    edges = np.linspace(0, sheet.side, GRID + 1).astype(int)
    for row in range(GRID):
        for column in range(GRID):
            tile = slice(edges[row], edges[row + 1]), slice(edges[column], edges[column + 1])
            ground, ink = sheet.random.permutation(4)[:2]
            height, width = sheet.pixels[tile].shape[:2]
            across = np.linspace(0, 1, width, dtype=np.float32)
            down = np.linspace(0, 1, height, dtype=np.float32)[:, np.newaxis]
            alpha = sheet.inside(_shape_depth(sheet.random, across, down) / np.float32(GRID))
            sheet.pixels[tile] = (
                colours[ground] + (colours[ink] - colours[ground]) * alpha[..., np.newaxis]
            )


def _shape_depth(random: np.random.Generator, across: Alpha, down: Alpha) -> Alpha:
    """Return how deep each pixel of a tile lies in a shape, in widths of the tile."""
    kind, turn = random.integers(0, 4, 2)
    x = across if turn % 2 else 1 - across
    y = down if turn < 2 else 1 - down
    circle = np.float32(0.38) - np.hypot(x - np.float32(0.5), y - np.float32(0.5))
    from_corner = np.hypot(x, y)
    arcs = np.float32(0.09) - np.abs(from_corner % np.float32(0.36) - np.float32(0.2))
    half: Alpha = (x - y) * np.float32(0.7)
    return (circle, np.float32(0.98) - from_corner, arcs, half)[kind]
