"""The bars of the spectrum and their reflection, rewritten in every frame."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.spectrum import regrouping
from videos.render.layout import BarsPlace
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Palette, Pixels, Yuv, to_yuv
from videos.render.paint.ink import Steps, steps
from videos.render.paint.parts import Moment

STEPS = 16
"""In how many steps a pixel is covered, and a height is told."""

THICKNESS = 0.58
"""The share of the pitch that a bar fills."""

SHINE = 0.32
"""How far a bar turns white towards the top."""

REFLECTION = 0.34
DEPTH = 0.62
"""The strength of the reflection at the ground, and the share of it that a full bar would fill."""


class Bars:
    """Fills bars up to their heights, from two pictures made once: no bars, and all bars full.

    A frame is the first picture plus a share of the difference, where the share of a pixel tells
    how far the bar has risen past it. Everything is in whole sixteenths.
    """

    changes_in_place = True

    def __init__(self, place: BarsPlace, stage: Pixels, palette: Palette) -> None:
        """Prepare for a `stage` of pixels on which no bars stand yet."""
        self.area = place.area
        self._place = place
        self._regrouping = regrouping(place.count)
        area = place.area
        empty = stage[area.y : area.bottom, area.x : area.right]
        opacity = _opacity(place)[..., np.newaxis]
        full = empty + (_colours(place, palette) - empty) * opacity
        self._empty = steps(to_yuv(empty))
        self._gain = [
            plane.astype(np.int16) - before
            for plane, before in zip(to_yuv(full), self._empty, strict=True)
        ]
        self._rows = [_rows(place, scale) for scale in (1, 2)]
        self._caps = [_caps(place, scale) for scale in (1, 2)]

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the bars as high as their bands are loud."""
        least = self._place.pitch * THICKNESS / 2
        heights = np.maximum(moment.levels @ self._regrouping * self._place.rise, least) * STEPS
        fine, coarse = (self._shares(heights, index) for index in (0, 1))
        patch = Yuv(*(self._filled(i, fine if i == 0 else coarse) for i in range(3)))
        sheet.paste(self._place.area.x, self._place.area.y, patch)

    def _shares(self, heights: NDArray[np.float32], index: int) -> Steps:
        """Return how far each pixel of a plane is covered, in steps."""
        caps = self._caps[index]
        tops = np.repeat(heights, len(caps) // len(heights)).astype(np.int16) - caps
        shares: Steps = tops - self._rows[index]
        return np.clip(shares, 0, STEPS, out=shares)

    def _filled(self, plane: int, shares: Steps) -> NDArray[np.uint8]:
        filled = self._gain[plane] * shares
        filled >>= 4
        filled += self._empty[plane]
        return filled.astype(np.uint8)


def _colours(place: BarsPlace, palette: Palette) -> Pixels:
    """Return the bars' colours: from one to the other along them, lighter towards the top."""
    along = np.linspace(0, 1, place.area.width)[:, np.newaxis]
    first, second = (np.array(colour, np.float32) for colour in palette)
    shine = (_heights(place) / place.rise).clip(0, 1)[:, np.newaxis, np.newaxis] * SHINE
    colours: Pixels = (first + (second - first) * along) * (1 - shine) + 255 * shine
    return colours


def _heights(place: BarsPlace) -> Pixels:
    """Return how high each row lies above the ground line; below it, negative."""
    return place.rise - np.arange(place.area.height, dtype=np.float32)


def _opacity(place: BarsPlace) -> Pixels:
    """Return how much of a full bar shows through each pixel, with smooth sides."""
    heights = _heights(place)
    sunk = -heights / (place.area.height - place.rise)
    rows = np.where(heights > 1, 0.96, REFLECTION * (1 - sunk).clip(0, 1) ** 1.5)
    rows[np.abs(heights) < 1.5] = 0
    columns = np.arange(place.area.width) % place.pitch + 0.5
    sides = (place.pitch * THICKNESS / 2 - np.abs(columns - place.pitch / 2) + 0.5).clip(0, 1)
    opacity: Pixels = (rows[:, np.newaxis] * sides).astype(np.float32)
    return opacity


def _rows(place: BarsPlace, scale: int) -> Steps:
    """Return, in steps, the height a bar needs to reach each row; a reflection is compressed."""
    heights = _heights(place)[::scale] - (scale - 1) / 2
    stretch = place.rise / (place.area.height - place.rise) * DEPTH
    needed = np.where(heights > 0, heights - 1, -heights * stretch)
    return (needed * STEPS).clip(0, 30_000).astype(np.int16)[:, np.newaxis]


def _caps(place: BarsPlace, scale: int) -> Steps:
    """Return, in steps, how much lower than its middle the round top of a bar is, by column."""
    radius = place.pitch * THICKNESS / 2
    columns = (np.arange(place.area.width)[::scale] + scale / 2) % place.pitch
    aside = np.minimum(np.abs(columns - place.pitch / 2), radius)
    caps: Steps = ((radius - np.sqrt(radius**2 - aside**2)) * STEPS).astype(np.int16)
    return caps
