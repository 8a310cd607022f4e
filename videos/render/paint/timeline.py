"""The timeline of the look Glow: a progress bar that fills as the song plays, and its knob."""

from math import ceil

import numpy as np
from PIL import Image, ImageDraw

from videos.render.layout import Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import Palette
from videos.render.paint.yuv import (
    Int16Plane,
    Pixels,
    Plane,
    Yuv,
    blend_white,
    compute_disc_alpha,
    to_int16,
    to_yuv,
)

TRACK_ALPHA = 0.24  # of the part of the line that is still to come
SUPERSAMPLING = 4


class Timeline:
    """Draws the line up to the time of a frame; redraws only what has changed.

    The played and the unplayed line are two pictures made once. The knob can stand on whole and on
    half columns: its masks are cached.
    """

    changes_in_place = False

    def __init__(self, area: Rect, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for an RGB ``stage`` without a line and for ``duration`` seconds."""
        self.area = area
        self._duration = duration
        self._radius = area.height // 2 - 1
        ground = stage[area.y : area.bottom, area.x : area.right]
        line = _line_alpha(area, max(3, area.height // 4))[..., np.newaxis]
        colours = palette.gradient(np.linspace(0, 1, area.width)[:, np.newaxis])
        self._unplayed = to_int16(to_yuv(ground + (255 - ground) * line * TRACK_ALPHA))
        self._played = to_int16(to_yuv(ground + (colours - ground) * line))
        self._knob_masks: dict[float, tuple[Int16Plane, Int16Plane, Int16Plane]] = {}
        self._drawn_knob: float | None = None

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the line as it is in this frame."""
        span = self.area.width - 2 * self._radius
        knob = self._radius + round(2 * span * min(1.0, frame.time / self._duration)) / 2
        if knob == self._drawn_knob:
            return
        drawn = self._drawn_knob
        start, end = (0, self.area.width) if drawn is None else self._knob_columns(drawn)
        left, right = self._knob_columns(knob)
        start, end = min(start, left), max(end, right)
        patch = Yuv(*(self._draw_columns(plane, start, end, knob) for plane in range(3)))
        surface.paste(self.area.x + start, self.area.y, patch)
        self._drawn_knob = knob

    def _knob_columns(self, knob: float) -> tuple[int, int]:
        """Return the even columns around a knob: its first, and the one after its last."""
        left = int(knob - self._radius) // 2 * 2
        return left, min(self.area.width, left + 2 * self._radius + 4)

    def _draw_columns(self, plane: int, start: int, end: int, knob: float) -> Plane:
        """Return the columns ``start`` to ``end`` of a plane, with the knob at column ``knob``."""
        scale = 2 if plane else 1
        left, right = self._knob_columns(knob)
        begin, width, middle = start // scale, (end - start) // scale, ceil(knob - 0.5) // scale
        columns = self._unplayed[plane][:, begin : begin + width].copy()
        columns[:, : middle - begin] = self._played[plane][:, begin:middle]
        spot = columns[:, left // scale - begin :][:, : (right - left) // scale]
        mask = self._knob_mask(knob - left)[plane][:, : spot.shape[1]]
        spot[:] = blend_white(plane, spot, mask)
        return columns.astype(np.uint8)

    def _knob_mask(self, middle: float) -> tuple[Int16Plane, Int16Plane, Int16Plane]:
        """Return the alpha of a knob whose middle is at column ``middle``, for each plane."""
        if middle not in self._knob_masks:
            radius, height = self._radius, self.area.height
            self._knob_masks[middle] = compute_disc_alpha(
                radius, middle, height / 2, 2 * radius + 4, height
            )
        return self._knob_masks[middle]


def _line_alpha(area: Rect, thickness: int) -> Pixels:
    """Return the alpha (0 to 1) of a line with round ends through the middle of ``area``."""
    mask = Image.new("L", (area.width * SUPERSAMPLING, area.height * SUPERSAMPLING), 0)
    top = (area.height - thickness) * SUPERSAMPLING // 2
    box = (0, top, mask.width - 1, top + thickness * SUPERSAMPLING - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, thickness * SUPERSAMPLING // 2, 255)
    small = mask.resize((area.width, area.height), Image.Resampling.BOX)
    alpha: Pixels = np.asarray(small, np.float32) / 255
    return alpha
