"""How much of the song has played, in figures, and how long it is."""

from math import ceil

import numpy as np
from PIL import Image

from videos.render.layout import Rect, TimePlace
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import WHITE, Rgb, to_yuv
from videos.render.paint.parts import Moment
from videos.render.text import Anchor, Typesetter, Weight

QUIET: Rgb = (226, 222, 230)
FAINT: Rgb = (150, 148, 154)

APART, STROKE = 0.36, 0.4
"""The room beside the stroke between clocks, and its width, in sizes of their letters."""

START: Anchor = "l"
END: Anchor = "r"


def clock(seconds: float) -> str:
    """Return a time as people read it: 3:07, or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Clock:
    """Writes how much of the song has played, once a second."""

    changes_in_place = False

    def __init__(
        self, place: TimePlace, stage: Image.Image, duration: float, typesetter: Typesetter
    ) -> None:
        """Prepare for the RGB `stage` on which nothing stands in the clock's place."""
        self._place = place
        self._meeting = _meeting(place, duration, typesetter)
        area = place.elapsed
        if place.together == "r":
            area = area._replace(x=ceil(self._meeting / 2) * 2 - area.width)
        self.area = area
        self._ground = stage.crop((area.x, area.y, area.right, area.bottom))
        self._typesetter = typesetter
        self._drawn = ""

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Write the time of `moment`."""
        text = clock(moment.time)
        if text == self._drawn:
            return
        patch = self._ground.copy()
        area, size = self.area, self._place.size
        anchor: Anchor = "r" if self._place.together else "l"
        x = self._meeting - area.x - size * APART if self._place.together else 0
        at = (x, _baseline(area, size) - area.y)
        self._typesetter.draw(patch, at, text, size, Weight.MEDIUM, WHITE, anchor)
        sheet.paste(area.x, area.y, to_yuv(np.asarray(patch, np.float32)))
        self._drawn = text


def draw_total(
    stage: Image.Image, place: TimePlace, duration: float, typesetter: Typesetter
) -> None:
    """Write the length of the song at the right end of its line, or after a stroke."""
    text, x, anchor = clock(duration), float(place.total.right), END
    y = _baseline(place.total, place.size)
    if place.together:
        x, anchor = _meeting(place, duration, typesetter), START
        typesetter.draw(stage, (x, y), "/", place.size, Weight.MEDIUM, FAINT, anchor)
        x += place.size * (APART + STROKE)
    typesetter.draw(stage, (x, y), text, place.size, Weight.MEDIUM, QUIET, anchor)


def _meeting(place: TimePlace, duration: float, typesetter: Typesetter) -> float:
    """Return the column of the stroke between clocks that stand together."""
    if place.together == "m":
        return place.elapsed.right
    width = typesetter.width(clock(duration), place.size, Weight.MEDIUM)
    if place.together == "r":
        return place.total.right - width - place.size * (APART + STROKE)
    return place.elapsed.x + width + place.size * APART


def _baseline(area: Rect, size: int) -> int:
    return area.middle[1] + round(size * 0.36)
