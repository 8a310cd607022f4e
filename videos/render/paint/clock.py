"""The clocks: the elapsed time, written once a second, and the total time of the song."""

from math import ceil

import numpy as np
from PIL import Image

from videos.render.layout import Rect, TimeBox
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import WHITE, Rgb
from videos.render.paint.yuv import to_yuv
from videos.render.text import Anchor, Typesetter, Weight

TOTAL_COLOUR: Rgb = (226, 222, 230)
SLASH_COLOUR: Rgb = (150, 148, 154)

SLASH_MARGIN, SLASH_WIDTH = 0.36, 0.4  # between joined clocks, in font sizes

LEFT: Anchor = "l"
RIGHT: Anchor = "r"


def format_time(seconds: float) -> str:
    """Return a time as people read it: 3:07, or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Clock:
    """Writes the elapsed time, once a second."""

    changes_in_place = False

    def __init__(
        self, box: TimeBox, stage: Image.Image, duration: float, typesetter: Typesetter
    ) -> None:
        """Prepare for an RGB ``stage`` on which the clock's area is empty."""
        self._box = box
        self._slash_x = _slash_column(box, duration, typesetter)
        area = box.elapsed
        if box.joined == "r":
            area = area._replace(x=ceil(self._slash_x / 2) * 2 - area.width)
        self.area = area
        self._ground = stage.crop((area.x, area.y, area.right, area.bottom))
        self._typesetter = typesetter
        self._drawn_text = ""

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Write the time of this frame."""
        text = format_time(frame.time)
        if text == self._drawn_text:
            return
        patch = self._ground.copy()
        area, size = self.area, self._box.font_size
        anchor = RIGHT if self._box.joined else LEFT
        x = self._slash_x - area.x - size * SLASH_MARGIN if self._box.joined else 0
        origin = (x, _baseline(area, size) - area.y)
        self._typesetter.draw(patch, origin, text, size, Weight.MEDIUM, WHITE, anchor)
        surface.paste(area.x, area.y, to_yuv(np.asarray(patch, np.float32)))
        self._drawn_text = text


def draw_total_time(
    stage: Image.Image, box: TimeBox, duration: float, typesetter: Typesetter
) -> None:
    """Write the length of the song at the right end of the timeline, or after a slash."""
    text, size, y = format_time(duration), box.font_size, _baseline(box.total, box.font_size)
    x, anchor = float(box.total.right), RIGHT
    if box.joined:
        x, anchor = _slash_column(box, duration, typesetter), LEFT
        typesetter.draw(stage, (x, y), "/", size, Weight.MEDIUM, SLASH_COLOUR, anchor)
        x += size * (SLASH_MARGIN + SLASH_WIDTH)
    typesetter.draw(stage, (x, y), text, size, Weight.MEDIUM, TOTAL_COLOUR, anchor)


def _slash_column(box: TimeBox, duration: float, typesetter: Typesetter) -> float:
    """Return the column of the slash between joined clocks."""
    if box.joined == "m":
        return box.elapsed.right
    width = typesetter.width(format_time(duration), box.font_size, Weight.MEDIUM)
    if box.joined == "r":
        return box.total.right - width - box.font_size * (SLASH_MARGIN + SLASH_WIDTH)
    return box.elapsed.x + width + box.font_size * SLASH_MARGIN


def _baseline(area: Rect, font_size: int) -> int:
    return area.centre[1] + round(font_size * 0.36)
