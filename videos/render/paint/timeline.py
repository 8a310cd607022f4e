"""The line that fills as the song plays, the knob at its end and the clocks below."""

import numpy as np
from PIL import Image, ImageDraw

from videos.render.colour import WHITE, Palette, Pixels, Rgb, to_yuv
from videos.render.layout import Rect, TimePlace
from videos.render.paint.canvas import Canvas
from videos.render.text import Typesetter, Weight

QUIET: Rgb = (226, 222, 230)
TRACK = 0.24
"""The opacity of the part of the line that is still to come."""

SMOOTH = 4


def clock(seconds: float) -> str:
    """Return a time as people read it: 3:07, or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def draw_total(
    stage: Image.Image, place: TimePlace, duration: float, typesetter: Typesetter
) -> None:
    """Write the length of the song at the right end of the line."""
    at = (place.total.right, _baseline(place.total, place.size))
    typesetter.draw(stage, at, clock(duration), place.size, Weight.MEDIUM, QUIET, "r")


class TimeLine:
    """Draws the line up to a moment, touching only what has changed since it last did."""

    def __init__(self, place: TimePlace, stage: Pixels, palette: Palette, duration: float) -> None:
        """Prepare for a `stage` of pixels without a line and for `duration` seconds."""
        self._area = area = place.line
        self._duration = duration
        self._radius = area.height // 2 - 1
        ground = stage[area.y : area.bottom, area.x : area.right]
        line = _line_mask(area, max(3, area.height // 4))[..., np.newaxis]
        along = np.linspace(0, 1, area.width)[:, np.newaxis]
        first, second = (np.array(colour, np.float32) for colour in palette)
        self._ahead = ground + (255 - ground) * line * TRACK
        self._behind = ground + (first + (second - first) * along - ground) * line
        self._drawn: float | None = None

    def draw(self, canvas: Canvas, time: float) -> None:
        """Draw the line as it is after `time` seconds."""
        span = self._area.width - 2 * self._radius
        knob = self._radius + round(2 * span * min(1.0, time / self._duration)) / 2
        if knob == self._drawn:
            return
        before = 0.0 if self._drawn is None else min(self._drawn, knob)
        after = self._area.width if self._drawn is None else max(self._drawn, knob)
        left = max(0, int(before) - self._radius - 2) // 2 * 2
        right = min(self._area.width, int(after) + self._radius + 4) // 2 * 2
        canvas.paste(self._area.x + left, self._area.y, to_yuv(self._part(left, right, knob)))
        self._drawn = knob

    def _part(self, left: int, right: int, knob: float) -> Pixels:
        """Return the columns from `left` to `right` with the knob at column `knob`."""
        columns = np.arange(left, right)[:, np.newaxis] + 0.5
        part = np.where(columns < knob, self._behind[:, left:right], self._ahead[:, left:right])
        rows = np.arange(self._area.height)[:, np.newaxis, np.newaxis] + 0.5
        away = np.hypot(columns - knob, rows - self._area.height / 2)
        covered: Pixels = part + (255 - part) * (self._radius - away + 0.5).clip(0, 1)
        return covered.astype(np.float32)


class Clock:
    """Writes how much of the song has played, once a second."""

    def __init__(self, place: TimePlace, stage: Image.Image, typesetter: Typesetter) -> None:
        """Prepare for the RGB `stage` on which nothing stands in the clock's place."""
        area = place.elapsed
        self._place = place
        self._ground = stage.crop((area.x, area.y, area.right, area.bottom))
        self._typesetter = typesetter
        self._drawn = ""

    def draw(self, canvas: Canvas, time: float) -> None:
        """Write `time`, in seconds."""
        text = clock(time)
        if text == self._drawn:
            return
        patch = self._ground.copy()
        at = (0, _baseline(self._place.elapsed, self._place.size) - self._place.elapsed.y)
        self._typesetter.draw(patch, at, text, self._place.size, Weight.MEDIUM, WHITE)
        area = self._place.elapsed
        canvas.paste(area.x, area.y, to_yuv(np.asarray(patch, np.float32)))
        self._drawn = text


def _baseline(area: Rect, size: int) -> int:
    return area.middle[1] + round(size * 0.36)


def _line_mask(area: Rect, thickness: int) -> Pixels:
    """Return the opacity of a line with round ends through the middle of `area`."""
    mask = Image.new("L", (area.width * SMOOTH, area.height * SMOOTH), 0)
    top = (area.height - thickness) * SMOOTH // 2
    box = (0, top, mask.width - 1, top + thickness * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, thickness * SMOOTH // 2, 255)
    small = mask.resize((area.width, area.height), Image.Resampling.BOX)
    opacity: Pixels = np.asarray(small, np.float32) / 255
    return opacity
