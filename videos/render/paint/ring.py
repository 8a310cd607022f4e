"""The spectrum as bars around a disc, both sides alike, and the time on its way round inside."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from videos.render.colour import Palette, Pixels, to_yuv
from videos.render.layout import Rect, RingPlace
from videos.render.paint.canvas import Sheet
from videos.render.paint.circle import TimeCircle
from videos.render.paint.part import Moment
from videos.render.spectrum import regrouping

Steps = NDArray[np.int16]

BANDS = 60
"""Bars on either side: the bass below, the treble above."""

THICKNESS = 0.56
"""The share of the way from bar to bar that a bar fills at its foot."""

SHINE = 0.3
"""How far a bar turns white outwards."""

STEPS = 16
"""In how many steps a pixel is covered, and a height is told."""


class Geometry:
    """Where each pixel of a ring lies: which bar it is nearest to, how far beside the axis of that
    and how far above its foot. Both sides are alike, so only one is reckoned.
    """

    def __init__(self, place: RingPlace, scale: int) -> None:
        """Reckon for a plane `scale` times as coarse as the picture."""
        side = place.area.width
        half = (np.arange(side // scale // 2, dtype=np.float32) + np.float32(0.5)) * scale
        x, y = half[np.newaxis, :], np.concatenate([-half[::-1], half])[:, np.newaxis]
        radius = np.hypot(x, y)
        turn = np.arctan2(x, -y) * np.float32(BANDS / np.pi)
        bars = turn.astype(np.int16).clip(0, BANDS - 1)
        aside = (turn - bars - np.float32(0.5)) * np.float32(np.pi / BANDS)
        self.bars = _both(bars)
        self.beside: Pixels = _both(radius * np.abs(aside))
        self.above: Pixels = _both(radius - np.float32(place.inner))
        self.half = np.float32(np.pi * place.inner / BANDS * THICKNESS / 2)

    def needed(self) -> Steps:
        """Return how high a bar must be to reach each pixel with its round end, in steps."""
        inside = np.minimum(self.beside, self.half)
        cap = self.half - np.sqrt(self.half**2 - inside**2)
        needed: Steps = ((self.above + cap - np.float32(0.5)) * STEPS).clip(0, 30_000)
        return needed.astype(np.int16)

    def opacity(self, rise: int) -> Pixels:
        """Return how much of a full bar shows through each pixel, with smooth sides and feet."""
        foot = np.hypot(self.beside, (self.half - self.above).clip(0, None))
        sides = (self.half - foot + np.float32(0.5)).clip(0, 1)
        opacity: Pixels = sides * (rise - self.above).clip(0, 1) * np.float32(0.97)
        return opacity

    def colours(self, palette: Palette, rise: int) -> Pixels:
        """Return the bars' colours: from one above to the other below, lighter outwards."""
        share = ((self.bars + np.float32(0.5)) / BANDS)[..., np.newaxis]
        shine = (self.above / rise).clip(0, 1)[..., np.newaxis] * np.float32(SHINE)
        first, second = (np.array(colour, np.float32) for colour in palette)
        colours: Pixels = (first + (second - first) * share) * (1 - shine) + 255 * shine
        return colours


class Spots:
    """The pixels of a plane that bars can cover, bar by bar, and how high they lie."""

    def __init__(self, geometry: Geometry, *gains: Steps) -> None:
        """Find the pixels in which any of `gains` is something."""
        where = np.flatnonzero(np.logical_or.reduce(gains))
        bars = geometry.bars.ravel()[where]
        self.where = where[np.argsort(bars, kind="stable")]
        self._counts = np.bincount(bars, minlength=BANDS)
        self._needed = geometry.needed().ravel()[self.where]

    def shares(self, heights: Steps) -> Steps:
        """Return how far each is covered by bars of such heights, all in steps."""
        shares = np.repeat(heights, self._counts)
        shares -= self._needed
        return np.clip(shares, 0, STEPS, out=shares)


class Ring:
    """Draws bars and time into a picture of their own, which goes onto the canvas as one."""

    def __init__(
        self, place: RingPlace, line: Rect, stage: Pixels, palette: Palette, duration: float
    ) -> None:
        """Prepare for a `stage` of pixels, a time line around the square `line`, and seconds."""
        area = place.area
        self.area = area
        self._rise = place.outer - place.inner
        self._regrouping = regrouping(BANDS)
        fine, coarse = Geometry(place, 1), Geometry(place, 2)
        self._least = 2 * fine.half
        empty = stage[area.y : area.bottom, area.x : area.right]
        opacity = fine.opacity(self._rise)[..., np.newaxis]
        full = empty + (fine.colours(palette, self._rise) - empty) * opacity
        self._sheet = Sheet(to_yuv(empty))
        before = [plane.astype(np.int16) for plane in self._sheet.planes]
        gains = [plane - dark for plane, dark in zip(to_yuv(full), before, strict=True)]
        luma, chroma = Spots(fine, gains[0]), Spots(coarse, *gains[1:])
        self._spots = (luma, chroma, chroma)
        pairs = list(zip(self._spots, before, gains, strict=True))
        self._empty = [dark.ravel()[spots.where] for spots, dark, _ in pairs]
        self._gains = [gain.ravel()[spots.where] for spots, _, gain in pairs]
        inside = Rect(line.x - area.x, line.y - area.y, line.width, line.height)
        self._circle = TimeCircle(inside, empty, palette, duration)

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the ring as it is at `moment`: the circle first, whose square reaches under bars."""
        self._circle.draw(self._sheet, moment)
        levels = (moment.levels @ self._regrouping)[::-1]
        heights = (np.maximum(levels * self._rise, self._least) * STEPS).astype(np.int16)
        shares = [spots.shares(heights) for spots in self._spots[:2]]
        parts = zip(self._sheet.planes, self._spots, self._empty, self._gains, strict=True)
        for plane, spots, empty, gain in parts:
            filled = gain * (shares[0] if spots is self._spots[0] else shares[1])
            filled >>= 4
            filled += empty
            plane.reshape(-1)[spots.where] = filled.astype(np.uint8)
        sheet.paste(self.area.x, self.area.y, self._sheet.planes)


def _both(half: NDArray[Any]) -> NDArray[Any]:
    """Return a right side with its mirror image to the left of it."""
    return np.concatenate([half[:, ::-1], half], axis=1)
