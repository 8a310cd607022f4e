"""Repaints a picture in brush strokes, broad ones first, finer ones where there is more to see."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from tools.demo_song.picture.brush import Pixels, Point, blurred

CANVAS: Final = 2
Fill = int | tuple[int, ...]
RELIEF: Final = 0.05
CONTRAST: Final = 0.16


@dataclass(frozen=True)
class Brush:
    """A brush's width and stroke length (fractions of the side), how densely it covers, and how
    much must be going on in a place (0–1) before it is taken to it."""

    width: float
    length: float
    cover: float
    detail: float


BRUSHES: Final = (
    Brush(0.026, 0.11, 3.2, 0.0),
    Brush(0.012, 0.060, 3.6, 0.0),
    Brush(0.006, 0.030, 2.4, 0.08),
    Brush(0.003, 0.014, 2.0, 0.28),
    Brush(0.0018, 0.007, 1.6, 0.50),
)


def painted(picture: Pixels, flow: Pixels, seed: int) -> Pixels:
    """The picture in strokes that follow its shapes and, where it has none, `flow` (radians)."""
    easel = _Easel(picture, flow, seed)
    for brush in BRUSHES:
        # Strokes finer than a pixel could not be seen.
        if brush.width * easel.size >= 1:
            easel.cover(brush)
    paint, height = easel.result()
    # Light from the upper left catches the ridges of the paint.
    ridge = np.roll(height, (1, 1), (0, 1)) - np.roll(height, (-1, -1), (0, 1))
    return np.clip(paint * (1 + RELIEF * np.clip(-4 * ridge, -1, 1))[..., None], 0, 1)


class _Easel:
    """A canvas, the relief of the paint on it, and the picture that is copied onto it."""

    def __init__(self, picture: Pixels, flow: Pixels, seed: int) -> None:
        self.picture = picture
        self.size = picture.shape[0]
        self.random = np.random.default_rng(seed)
        self.angle, self.detail = _directions(picture, flow)
        side = self.size * CANVAS
        ground = Image.fromarray(_bytes(blurred(picture, 0.02)))
        self.canvas = ground.resize((side, side))
        self.relief = Image.new("L", (side, side), 128)

    def cover(self, brush: Brush) -> None:
        """Go over the canvas with one brush."""
        count = round(brush.cover / (brush.width * brush.length))
        colours = blurred(self.picture, brush.width * 0.35)
        places = self.random.random((count, 2))
        shades = self.random.normal(1, 0.035, (count, 1))
        tints = shades + self.random.normal(0, 0.012, (count, 3))
        turns = self.random.normal(0, 0.12, count)
        bumps = np.clip(128 + 1570 * (shades[:, 0] - 1), 0, 255).astype(int)
        for place, tint, turn, bump in zip(places, tints, turns, bumps, strict=True):
            column, row = (place * self.size).astype(int)
            detail = self.detail[row, column]
            if detail >= brush.detail:
                length = brush.length * (1 - 0.6 * detail)
                path = _path(place, length, self.angle, turn, colours)
                paint = np.clip(colours[row, column] * tint * 255, 0, 255).astype(int)
                self._stroke(path, brush.width, (tuple(paint.tolist()), int(bump)))

    def _stroke(self, path: list[Point], width: float, fills: tuple[Fill, Fill]) -> None:
        """A line with round ends, on the canvas in its colour and on the relief in its height."""
        scale = self.size * CANVAS
        points, radius = [(x * scale, y * scale) for x, y in path], width * scale / 2
        for image, fill in zip((self.canvas, self.relief), fills, strict=True):
            draw = ImageDraw.Draw(image)
            if len(points) > 1:
                draw.line(points, fill=fill, width=max(1, round(2 * radius)), joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)

    def result(self) -> tuple[Pixels, Pixels]:
        """The paint and its height at the picture's own size."""
        small = (self.size, self.size)
        paint = np.asarray(self.canvas.resize(small, Image.Resampling.BOX)) / 255
        return paint, np.asarray(self.relief.resize(small, Image.Resampling.BOX)) / 255


def _bytes(picture: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def _directions(picture: Pixels, flow: Pixels) -> tuple[Pixels, Pixels]:
    """The direction along the shapes at each pixel, and how much is going on there (0–1)."""
    down, across = np.gradient(blurred(picture.mean(axis=2), 0.003))
    strength = blurred(np.hypot(down, across), 0.006) * picture.shape[0]
    # Directions are averaged as double angles, for which up and down are the same.
    along = 2 * (np.arctan2(down, across) + np.pi / 2)
    weight = np.hypot(down, across) * picture.shape[0]
    east = blurred(weight * np.cos(along), 0.008) + 0.5 * np.cos(2 * flow)
    south = blurred(weight * np.sin(along), 0.008) + 0.5 * np.sin(2 * flow)
    return np.arctan2(south, east) / 2, strength / (strength + 4.0)


def _path(place: Pixels, length: float, angle: Pixels, turn: float, colours: Pixels) -> list[Point]:
    """The points of a stroke from a place on, bent as the directions around it bend; it ends
    where the picture has another colour."""
    size = angle.shape[0]
    (x, y), (column, row) = place, (place * size).astype(int)
    own = colours[row, column]
    points = [(x, y)]
    for _step in range(4):
        heading = angle[row, column] + turn
        x, y = x + np.cos(heading) * length / 4, y + np.sin(heading) * length / 4
        column, row = np.clip((int(x * size), int(y * size)), 0, size - 1)
        if np.abs(colours[row, column] - own).max() > CONTRAST:
            break
        points.append((x, y))
    return points
