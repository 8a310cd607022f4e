"""The time on its way round: a circle that fills from the top, and the knob at its end."""

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Palette, Pixels, to_yuv
from videos.render.paint.parts import Moment

TRACK = 0.2
"""The opacity of the part of the circle that is still to come."""

GAP = 2
"""Pixels around the knob that are drawn again with it."""


class TimeCircle:
    """Draws the circle up to a moment, touching only what has changed since it last did."""

    def __init__(self, area: Rect, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for a circle inside the square `area` of `stage`, and `duration` seconds."""
        self._area = area
        self._duration = duration
        self._knob = max(5, area.width // 50)
        self._radius = area.width / 2 - self._knob - 1
        ground = stage[area.y : area.bottom, area.x : area.right]
        along = np.arange(area.width, dtype=np.float32) + 0.5 - area.width / 2
        x, y = along[np.newaxis, :], along[:, np.newaxis]
        self._turn = np.arctan2(-x, y)[..., np.newaxis] / np.float32(2 * np.pi) + np.float32(0.5)
        thickness = max(3.0, self._knob * 0.55)
        away = np.abs(np.hypot(x, y) - self._radius)
        line = (thickness / 2 - away + 0.5).clip(0, 1)[..., np.newaxis]
        first, second = (np.array(colour, np.float32) for colour in palette)
        colours = second + (first - second) * np.abs(2 * self._turn - 1)
        self._ahead = ground + (255 - ground) * line * TRACK
        self._behind = ground + (colours - ground) * line
        self._drawn: float | None = None

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the circle as it is at `moment`."""
        steps = round(4 * np.pi * self._radius)
        turn = round(min(1.0, moment.time / self._duration) * steps) / steps
        if turn == self._drawn:
            return
        part = self._between(self._drawn, turn)
        self._drawn = turn
        patch = to_yuv(self._part(part, turn))
        sheet.paste(self._area.x + part.x, self._area.y + part.y, patch)

    def _between(self, before: float | None, now: float) -> Rect:
        """Return what changes inside the square: little if the knob has moved little."""
        side, reach = self._area.width, self._knob + GAP
        if before is None or abs(now - before) > 1 / 32:
            return Rect(0, 0, side, side)
        ends = [self._position(turn) for turn in (before, now)]
        left, top = (
            max(0, int(min(places) - reach)) // 2 * 2 for places in zip(*ends, strict=True)
        )
        right, bottom = (
            min(side, int(max(places) + reach) // 2 * 2 + 2) for places in zip(*ends, strict=True)
        )
        return Rect(left, top, right - left, bottom - top)

    def _position(self, turn: float) -> tuple[float, float]:
        angle = 2 * np.pi * turn
        middle = self._area.width / 2
        x, y = middle + self._radius * np.sin(angle), middle - self._radius * np.cos(angle)
        return float(x), float(y)

    def _part(self, part: Rect, turn: float) -> Pixels:
        """Return a part of the square with the knob at `turn`."""
        rows, columns = slice(part.y, part.bottom), slice(part.x, part.right)
        passed = self._turn[rows, columns] < turn
        pixels = np.where(passed, self._behind[rows, columns], self._ahead[rows, columns])
        x, y = self._position(turn)
        down = (np.arange(part.y, part.bottom) + 0.5 - y)[:, np.newaxis]
        away = np.hypot(np.arange(part.x, part.right) + 0.5 - x, down)[..., np.newaxis]
        knob = (self._knob - away + 0.5).clip(0, 1)
        covered: Pixels = (pixels + (255 - pixels) * knob).astype(np.float32)
        return covered
