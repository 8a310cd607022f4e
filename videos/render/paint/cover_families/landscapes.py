"""Covers that are places: hills, the sea, the skyline of a city, and northern lights."""

import numpy as np

from videos.render.paint.cover_families.sheet import Sheet
from videos.render.paint.yuv import Pixels

RIDGES = 5
STARS = 260
CURTAINS = 3  # of northern lights
ROWS_OF_HOUSES = 3


def draw_hills(sheet: Sheet) -> None:
    """Draw chains of hills before a sun."""
    sheet.fill_sky(0.68)
    centre_x, centre_y = sheet.random.uniform((0.32, 0.36), (0.68, 0.5))
    _draw_sun(sheet, centre_x, centre_y, sheet.random.uniform(0.11, 0.16))
    for ridge in range(RIDGES):
        _draw_ridge(sheet, (ridge + 1) / RIDGES)


def draw_sea(sheet: Sheet) -> None:
    """Draw a sun that sets in the sea, and its path of light on the waves."""
    sheet.fill_sky(0.56)
    centre_x = sheet.random.uniform(0.3, 0.7)
    _draw_sun(sheet, centre_x, sheet.random.uniform(0.42, 0.52), sheet.random.uniform(0.13, 0.19))
    first = int(0.56 * sheet.side)
    depth = ((sheet.y[first:] - 0.56) / 0.44).clip(0, 1)
    water = sheet.middle * 0.75 + (sheet.top * 0.6 - sheet.middle * 0.75) * depth[..., np.newaxis]
    sheet.pixels[first:] = np.broadcast_to(water, sheet.pixels[first:].shape)
    waves = np.zeros((len(depth), sheet.side), np.float32)
    for _ in range(5):
        rows, columns, phase = sheet.random.uniform((26, 2, 0), (60, 9, 6.3)).astype(np.float32)
        stretched = rows * depth**0.55
        waves += np.sin(stretched * np.float32(2.2) + columns * sheet.x + phase)
    path = np.exp(-(((sheet.x - np.float32(centre_x)) / (0.07 + 0.26 * depth)) ** 2))
    glints = (((waves - 0.6) * 2).clip(0, 1) * path * (0.95 - 0.45 * depth)).astype(np.float32)
    sheet.paint(sheet.light, glints, first)
    sheet.paint(sheet.horizon, ((waves - 1.4) * 1.2).clip(0, 1) * np.float32(0.22), first)


def draw_skyline(sheet: Sheet) -> None:
    """Draw rows of houses with lit windows before a large moon."""
    sheet.fill_sky(0.9)
    moon_x, moon_y = sheet.random.uniform((0.25, 0.26), (0.75, 0.42))
    _draw_sun(sheet, moon_x, moon_y, 0.2)
    for row in range(ROWS_OF_HOUSES):
        _draw_houses(sheet, (row + 1) / ROWS_OF_HOUSES)


def draw_northern_lights(sheet: Sheet) -> None:
    """Draw curtains of light over a dark ridge, under stars."""
    down = sheet.y[..., np.newaxis]
    sheet.pixels[:] = sheet.top * 0.45 + (sheet.top * 1.1 - sheet.top * 0.45) * down
    rows, columns = sheet.random.integers(0, sheet.side, (2, STARS))
    sheet.pixels[rows, columns] += sheet.random.uniform(60, 190, (STARS, 1)).astype(np.float32)
    for colour in (sheet.middle, sheet.horizon, sheet.light)[:CURTAINS]:
        foot = np.full_like(sheet.x, sheet.random.uniform(0.44, 0.66))
        for octave in range(3):
            waves, phase = sheet.random.uniform((0.5, 0), (1.3, 6.3)) * (2**octave, 1)
            foot += np.sin(2 * np.pi * waves * sheet.x + phase).astype(np.float32) / 13 / 2**octave
        above = foot - sheet.y
        folds = sheet.random.uniform(14, 30)
        folded = 0.68 + 0.32 * np.sin(folds * (sheet.x + foot)).astype(np.float32)
        height = np.float32(sheet.random.uniform(0.24, 0.42))
        light = np.where(above > 0, np.exp(-above / height), np.exp(above / np.float32(0.03)))
        sheet.paint(colour, (light * folded * np.float32(0.75)).clip(0, 1))
    for depth in (0.75, 1.0):
        _draw_ridge(sheet, depth, darkness=0.25)


def _draw_sun(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Draw a sun and the glow around it."""
    distance = sheet.distance(x, y)
    disc = sheet.inside(np.float32(radius) - distance)
    glow = np.exp(-((distance / np.float32(0.34)) ** 2)) * np.float32(0.45)
    sheet.paint(sheet.light, np.maximum(disc, glow))


def _draw_ridge(sheet: Sheet, depth: float, darkness: float = 1.0) -> None:
    """Draw one chain of hills; the nearest (``depth`` 1) is lowest and darkest."""
    near = sheet.middle * 0.8 if depth < 0.5 else sheet.top * 0.55
    far, share = (sheet.horizon, 2 * depth) if depth < 0.5 else (sheet.middle * 0.8, 2 * depth - 1)
    colour: Pixels = (far + (near - far) * share) * darkness
    crest = np.full_like(sheet.x, 0.5 + 0.4 * depth)
    for octave in range(4):
        waves, phase = sheet.random.uniform((1.1, 0), (2.1, 1)) * (2**octave, 1)
        crest += (
            np.sin(2 * np.pi * (waves * sheet.x + phase)).astype(np.float32) * 0.042 / 1.9**octave
        )
    first = int(crest.min() * sheet.side)  # nothing changes above the highest hill
    below = sheet.y[first:] - crest
    mist = (1 - below / np.float32(0.22)).clip(0, 1)[..., np.newaxis] * (1 - depth) * 26 * darkness
    sheet.paint(colour + mist, sheet.inside(below), first)


def _draw_houses(sheet: Sheet, depth: float) -> None:
    """Draw a row of houses; the nearest (``depth`` 1) is lowest, widest and darkest."""
    colour = sheet.middle * (1 - depth) * 0.9 + sheet.top * (0.35 + 0.25 * depth)
    left = -sheet.random.uniform(0, 0.06)
    while left < 1:
        width = sheet.random.uniform(0.05, 0.1) * (0.7 + 0.6 * depth)
        roof = 0.3 + 0.34 * depth + sheet.random.uniform(0, 0.26) * (1.15 - 0.5 * depth)
        columns = slice(
            max(0, round(left * sheet.side)), max(0, round((left + width) * sheet.side))
        )
        house = sheet.pixels[round(roof * sheet.side) :, columns]
        house[:] = colour
        _light_windows(sheet, house, depth)
        left += width + sheet.random.uniform(0, 0.012)


def _light_windows(sheet: Sheet, house: Pixels, depth: float) -> None:
    """Light some of the windows of a house, in place."""
    size = max(2, round(sheet.side * (0.006 + 0.006 * depth)))
    step = 2 * size
    for top in range(step, len(house) - step, step + size // 2):
        for left in range(size, house.shape[1] - size, step):
            if sheet.random.random() < 0.32:
                share = np.float32(sheet.random.uniform(0.35, 0.95))
                window = house[top : top + size + size // 3, left : left + size]
                window += (sheet.light - window) * share
