"""The line that fills as the song plays, and the knob at its end."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videos.render.layout import Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Palette, Pixels, Yuv, to_yuv
from videos.render.paint.ink import Steps, disc, steps, whitened
from videos.render.paint.parts import Moment

TRACK = 0.24
"""The opacity of the part of the line that is still to come."""

SMOOTH = 4


class TimeLine:
    """Draws the line up to a moment, touching only what has changed since it last did.

    What is behind the knob and what is ahead are two pictures made once; of the knob there is one
    for each of the few ways in which it may stand between pixels.
    """

    changes_in_place = False

    def __init__(self, area: Rect, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for a `stage` of pixels without a line and for `duration` seconds."""
        self.area = area
        self._duration = duration
        self._radius = area.height // 2 - 1
        ground = stage[area.y : area.bottom, area.x : area.right]
        line = _line_mask(area, max(3, area.height // 4))[..., np.newaxis]
        along = np.linspace(0, 1, area.width)[:, np.newaxis]
        first, second = (np.array(colour, np.float32) for colour in palette)
        self._ahead = steps(to_yuv(ground + (255 - ground) * line * TRACK))
        self._behind = steps(to_yuv(ground + (first + (second - first) * along - ground) * line))
        self._knobs: dict[float, tuple[Steps, Steps, Steps]] = {}
        self._drawn: float | None = None

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the line as it is at `moment`."""
        span = self.area.width - 2 * self._radius
        knob = self._radius + round(2 * span * min(1.0, moment.time / self._duration)) / 2
        if knob == self._drawn:
            return
        start, end = (0, self.area.width) if self._drawn is None else self._reach(self._drawn)
        left, right = self._reach(knob)
        start, end = min(start, left), max(end, right)
        part = Yuv(*(self._part(plane, start, end, knob) for plane in range(3)))
        sheet.paste(self.area.x + start, self.area.y, part)
        self._drawn = knob

    def _reach(self, knob: float) -> tuple[int, int]:
        """Return the even columns around a knob: its first, and the one after its last."""
        left = int(knob - self._radius) // 2 * 2
        return left, min(self.area.width, left + 2 * self._radius + 4)

    def _part(self, plane: int, start: int, end: int, knob: float) -> NDArray[np.uint8]:
        """Return a plane's columns from `start` to before `end` with the knob at column `knob`."""
        scale = 2 if plane else 1
        left, right = self._reach(knob)
        begin, width, middle = start // scale, (end - start) // scale, ceil(knob - 0.5) // scale
        part = self._ahead[plane][:, begin : begin + width].copy()
        part[:, : middle - begin] = self._behind[plane][:, begin:middle]
        spot = part[:, left // scale - begin :][:, : (right - left) // scale]
        covering = self._knob(knob - left)[plane][:, : spot.shape[1]]
        spot[:] = whitened(plane, spot, covering)
        return part.astype(np.uint8)

    def _knob(self, middle: float) -> tuple[Steps, Steps, Steps]:
        """Return how much of each pixel a knob covers whose middle is at column `middle`."""
        if middle not in self._knobs:
            radius, height = self._radius, self.area.height
            self._knobs[middle] = disc(radius, middle, height / 2, 2 * radius + 4, height)
        return self._knobs[middle]


def _line_mask(area: Rect, thickness: int) -> Pixels:
    """Return the opacity of a line with round ends through the middle of `area`."""
    mask = Image.new("L", (area.width * SMOOTH, area.height * SMOOTH), 0)
    top = (area.height - thickness) * SMOOTH // 2
    box = (0, top, mask.width - 1, top + thickness * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, thickness * SMOOTH // 2, 255)
    small = mask.resize((area.width, area.height), Image.Resampling.BOX)
    opacity: Pixels = np.asarray(small, np.float32) / 255
    return opacity
