"""The circular timeline of the look Orbit: a circle that fills from the top, and its knob."""

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import Pixels, to_yuv

TRACK_ALPHA = 0.2  # of the part of the circle that is still to come
KNOB_MARGIN = 2  # pixels around the knob that are redrawn with it


class CircularTimeline:
    """Draws the circle up to the time of a frame; redraws only what has changed."""

    def __init__(self, area: Rect, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for a circle in the square ``area`` of the RGB stage; seconds of ``duration``."""
        self._area = area
        self._duration = duration
        self._knob_radius = max(5, area.width // 50)
        self._radius = area.width / 2 - self._knob_radius - 1
        ground = stage[area.y : area.bottom, area.x : area.right]
        along = np.arange(area.width, dtype=np.float32) + 0.5 - area.width / 2
        x, y = along[np.newaxis, :], along[:, np.newaxis]
        self._turn = np.arctan2(-x, y)[..., np.newaxis] / np.float32(2 * np.pi) + np.float32(0.5)
        thickness = max(3.0, self._knob_radius * 0.55)
        distance = np.abs(np.hypot(x, y) - self._radius)
        line = (thickness / 2 - distance + 0.5).clip(0, 1)[..., np.newaxis]
        first, second = (np.array(colour, np.float32) for colour in palette)
        colours = second + (first - second) * np.abs(2 * self._turn - 1)
        self._unplayed = ground + (255 - ground) * line * TRACK_ALPHA
        self._played = ground + (colours - ground) * line
        self._drawn_turn: float | None = None

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the circle as it is in this frame."""
        steps = round(4 * np.pi * self._radius)
        turn = round(min(1.0, frame.time / self._duration) * steps) / steps
        if turn == self._drawn_turn:
            return
        part = self._changed_part(self._drawn_turn, turn)
        self._drawn_turn = turn
        patch = to_yuv(self._draw_part(part, turn))
        surface.paste(self._area.x + part.x, self._area.y + part.y, patch)

    def _changed_part(self, before: float | None, now: float) -> Rect:
        """Return what changes inside the square: little if the knob has moved little."""
        side, reach = self._area.width, self._knob_radius + KNOB_MARGIN
        if before is None or abs(now - before) > 1 / 32:
            return Rect(0, 0, side, side)
        ends = [self._knob_position(turn) for turn in (before, now)]
        left, top = (max(0, int(min(each) - reach)) // 2 * 2 for each in zip(*ends, strict=True))
        right, bottom = (
            min(side, int(max(each) + reach) // 2 * 2 + 2) for each in zip(*ends, strict=True)
        )
        return Rect(left, top, right - left, bottom - top)

    def _knob_position(self, turn: float) -> tuple[float, float]:
        angle = 2 * np.pi * turn
        centre = self._area.width / 2
        x, y = centre + self._radius * np.sin(angle), centre - self._radius * np.cos(angle)
        return float(x), float(y)

    def _draw_part(self, part: Rect, turn: float) -> Pixels:
        """Return a part of the square in RGB, with the knob at ``turn`` (0 to 1)."""
        rows, columns = slice(part.y, part.bottom), slice(part.x, part.right)
        is_played = self._turn[rows, columns] < turn
        pixels = np.where(is_played, self._played[rows, columns], self._unplayed[rows, columns])
        x, y = self._knob_position(turn)
        down = (np.arange(part.y, part.bottom) + 0.5 - y)[:, np.newaxis]
        distance = np.hypot(np.arange(part.x, part.right) + 0.5 - x, down)[..., np.newaxis]
        knob = (self._knob_radius - distance + 0.5).clip(0, 1)
        with_knob: Pixels = (pixels + (255 - pixels) * knob).astype(np.float32)
        return with_knob
