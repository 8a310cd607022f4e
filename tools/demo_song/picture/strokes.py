"""Repainting a picture in brush strokes: broad ones first, finer ones where there is detail."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from tools.demo_song.picture.brush import Pixels, Point, blur

OVERSAMPLING: Final = 2
Fill = int | tuple[int, ...]
RELIEF: Final = 0.05
CONTRAST: Final = 0.16


@dataclass(frozen=True)
class Brush:
    """A brush: its width and stroke length (fractions of the side), and how densely it covers.

    It is used where the picture has at least ``detail`` (0–1).
    """

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


def paint_strokes(picture: Pixels, flow: Pixels, seed: int) -> Pixels:
    """Return the picture in strokes along its shapes, or along ``flow`` (radians) in even areas."""
    canvas = _Canvas(picture, flow, seed)
    for brush in BRUSHES:
        # Strokes finer than a pixel are invisible.
        if brush.width * canvas.size >= 1:
            canvas.cover(brush)
    paint, height = canvas.result()
    # Light comes from the upper left and makes the relief of the paint visible.
    ridge = np.roll(height, (1, 1), (0, 1)) - np.roll(height, (-1, -1), (0, 1))
    return np.clip(paint * (1 + RELIEF * np.clip(-4 * ridge, -1, 1))[..., None], 0, 1)


class _Canvas:
    """The canvas, the relief of the paint on it, and the picture to be copied."""

    def __init__(self, picture: Pixels, flow: Pixels, seed: int) -> None:
        self.picture = picture
        self.size = picture.shape[0]
        self.random = np.random.default_rng(seed)
        self.angle, self.detail = _find_directions(picture, flow)
        side = self.size * OVERSAMPLING
        background = Image.fromarray(_to_bytes(blur(picture, 0.02)))
        self.canvas = background.resize((side, side))
        self.relief = Image.new("L", (side, side), 128)

    def cover(self, brush: Brush) -> None:
        """Paint the whole canvas with one brush."""
        count = round(brush.cover / (brush.width * brush.length))
        colours = blur(self.picture, brush.width * 0.35)
        positions = self.random.random((count, 2))
        shades = self.random.normal(1, 0.035, (count, 1))
        tints = shades + self.random.normal(0, 0.012, (count, 3))
        deviations = self.random.normal(0, 0.12, count)
        heights = np.clip(128 + 1570 * (shades[:, 0] - 1), 0, 255).astype(int)
        for position, tint, deviation, height in zip(
            positions, tints, deviations, heights, strict=True
        ):
            column, row = (position * self.size).astype(int)
            detail = self.detail[row, column]
            if detail >= brush.detail:
                length = brush.length * (1 - 0.6 * detail)
                path = _trace_stroke(position, length, self.angle, deviation, colours)
                paint = np.clip(colours[row, column] * tint * 255, 0, 255).astype(int)
                self._draw_stroke(path, brush.width, (tuple(paint.tolist()), int(height)))

    def _draw_stroke(self, path: list[Point], width: float, fills: tuple[Fill, Fill]) -> None:
        """Draw a line with round ends: its colour on the canvas, its height on the relief."""
        scale = self.size * OVERSAMPLING
        points, radius = [(x * scale, y * scale) for x, y in path], width * scale / 2
        for image, fill in zip((self.canvas, self.relief), fills, strict=True):
            draw = ImageDraw.Draw(image)
            if len(points) > 1:
                draw.line(points, fill=fill, width=max(1, round(2 * radius)), joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)

    def result(self) -> tuple[Pixels, Pixels]:
        """Return the paint and its height at the size of the picture."""
        small = (self.size, self.size)
        paint = np.asarray(self.canvas.resize(small, Image.Resampling.BOX)) / 255
        return paint, np.asarray(self.relief.resize(small, Image.Resampling.BOX)) / 255


def _to_bytes(picture: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def _find_directions(picture: Pixels, flow: Pixels) -> tuple[Pixels, Pixels]:
    """Return the direction (radians) along the shapes, and the amount of detail (0–1), by pixel."""
    down, across = np.gradient(blur(picture.mean(axis=2), 0.003))
    strength = blur(np.hypot(down, across), 0.006) * picture.shape[0]
    # Directions are averaged as double angles, so that opposite directions are equal.
    along = 2 * (np.arctan2(down, across) + np.pi / 2)
    weight = np.hypot(down, across) * picture.shape[0]
    east = blur(weight * np.cos(along), 0.008) + 0.5 * np.cos(2 * flow)
    south = blur(weight * np.sin(along), 0.008) + 0.5 * np.sin(2 * flow)
    return np.arctan2(south, east) / 2, strength / (strength + 4.0)


def _trace_stroke(
    position: Pixels, length: float, angle: Pixels, deviation: float, colours: Pixels
) -> list[Point]:
    """Return the points of a stroke that follows the directions from ``position``.

    It ends where the picture has another colour.
    """
    size = angle.shape[0]
    (x, y), (column, row) = position, (position * size).astype(int)
    start_colour = colours[row, column]
    points = [(x, y)]
    for _step in range(4):
        heading = angle[row, column] + deviation
        x, y = x + np.cos(heading) * length / 4, y + np.sin(heading) * length / 4
        column, row = np.clip((int(x * size), int(y * size)), 0, size - 1)
        if np.abs(colours[row, column] - start_colour).max() > CONTRAST:
            break
        points.append((x, y))
    return points
