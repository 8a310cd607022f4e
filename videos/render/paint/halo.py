"""The light around the cover, which breathes with the bass."""

import numpy as np

from videos.render.layout import Rect
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Palette, Pixels, Yuv, to_yuv
from videos.render.paint.ink import steps
from videos.render.paint.parts import Moment

LEVELS = 24
"""How many brightnesses it has: no step between two can be seen."""

STRONGEST, FAINTEST = 0.85, 0.16
"""Its opacity at the edge of the cover with the strongest beat, and in silence."""


class Halo:
    """Redraws the light when its brightness has changed by a step."""

    changes_in_place = False

    def __init__(self, cover: Rect, reach: int, stage: Pixels, palette: Palette) -> None:
        """Prepare for a light that reaches so many pixels around `cover` on `stage`."""
        area = cover.grown(reach)
        self.area = area
        dark = stage[area.y : area.bottom, area.x : area.right]
        light = _light(area.width, reach, cover.width // 20)[..., np.newaxis] * STRONGEST
        bright = dark + (_colours(area.width, palette) - dark) * light
        self._dark = steps(to_yuv(dark))
        self._gain = [
            plane.astype(np.int16) - before
            for plane, before in zip(to_yuv(bright), self._dark, strict=True)
        ]
        self._drawn: int | None = None

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the light as bright as the beat is strong."""
        least = FAINTEST / STRONGEST
        level = round((least + (1 - least) * moment.beat) * LEVELS)
        if level == self._drawn:
            return
        self._drawn = level
        planes = zip(self._dark, self._gain, strict=True)
        lit = (dark + gain * np.int16(level) // LEVELS for dark, gain in planes)
        patch = Yuv(*(plane.astype(np.uint8) for plane in lit))
        sheet.paste(self.area.x, self.area.y, patch)


def _light(side: int, reach: int, radius: int) -> Pixels:
    """Return the share of the full light at each pixel: none on the cover, most at its edge."""
    along = np.abs(np.arange(side, dtype=np.float32) + 0.5 - side / 2) - (side / 2 - reach - radius)
    down, across = along[:, np.newaxis], along[np.newaxis, :]
    away = np.hypot(down.clip(0, None), across.clip(0, None)) - radius
    light: Pixels = (away + 1).clip(0, 1) * (1 - away / reach).clip(0, 1) ** 2.2
    return light


def _colours(side: int, palette: Palette) -> Pixels:
    """Return the light's colours, from one corner to the other."""
    way = np.linspace(0, 0.5, side, dtype=np.float32)
    share = (way[:, np.newaxis] + way)[..., np.newaxis]
    first, second = (np.array(colour, np.float32) for colour in palette)
    colours: Pixels = first + (second - first) * share
    return colours
