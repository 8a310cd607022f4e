"""The line that fills as the song plays, and the knob at its end."""

import numpy as np
from PIL import Image, ImageDraw

from videos.render.colour import Palette, Pixels, to_yuv
from videos.render.layout import Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.part import Moment

TRACK = 0.24
"""The opacity of the part of the line that is still to come."""

SMOOTH = 4


class TimeLine:
    """Draws the line up to a moment, touching only what has changed since it last did."""

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
        self._ahead = ground + (255 - ground) * line * TRACK
        self._behind = ground + (first + (second - first) * along - ground) * line
        self._drawn: float | None = None

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the line as it is at `moment`."""
        span = self.area.width - 2 * self._radius
        knob = self._radius + round(2 * span * min(1.0, moment.time / self._duration)) / 2
        if knob == self._drawn:
            return
        before = 0.0 if self._drawn is None else min(self._drawn, knob)
        after = self.area.width if self._drawn is None else max(self._drawn, knob)
        left = max(0, int(before) - self._radius - 2) // 2 * 2
        right = min(self.area.width, int(after) + self._radius + 4) // 2 * 2
        sheet.paste(self.area.x + left, self.area.y, to_yuv(self._part(left, right, knob)))
        self._drawn = knob

    def _part(self, left: int, right: int, knob: float) -> Pixels:
        """Return the columns from `left` to `right` with the knob at column `knob`."""
        columns = np.arange(left, right)[:, np.newaxis] + 0.5
        part = np.where(columns < knob, self._behind[:, left:right], self._ahead[:, left:right])
        rows = np.arange(self.area.height)[:, np.newaxis, np.newaxis] + 0.5
        away = np.hypot(columns - knob, rows - self.area.height / 2)
        covered: Pixels = part + (255 - part) * (self._radius - away + 0.5).clip(0, 1)
        return covered.astype(np.float32)


def _line_mask(area: Rect, thickness: int) -> Pixels:
    """Return the opacity of a line with round ends through the middle of `area`."""
    mask = Image.new("L", (area.width * SMOOTH, area.height * SMOOTH), 0)
    top = (area.height - thickness) * SMOOTH // 2
    box = (0, top, mask.width - 1, top + thickness * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, thickness * SMOOTH // 2, 255)
    small = mask.resize((area.width, area.height), Image.Resampling.BOX)
    opacity: Pixels = np.asarray(small, np.float32) / 255
    return opacity
