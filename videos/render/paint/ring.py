"""The spectrum as bars around a disc, both sides alike, and the time on its way round inside."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.spectrum import regrouping
from videos.render.layout import Rect, RingPlace
from videos.render.paint.canvas import Sheet
from videos.render.paint.circle import TimeCircle
from videos.render.paint.colour import Palette, Pixels, Yuv, to_yuv
from videos.render.paint.ink import Steps, steps
from videos.render.paint.parts import Moment

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

    def free(self, plane: NDArray[Any]) -> NDArray[np.bool_]:
        """Return which pixels of `plane` no bar can cover."""
        free = np.ones(plane.shape, np.bool_)
        free.reshape(-1)[self.where] = False
        return free

    def shares(self, heights: Steps) -> Steps:
        """Return how far each is covered by bars of such heights, all in steps."""
        shares = np.repeat(heights, self._counts)
        shares -= self._needed
        return np.clip(shares, 0, STEPS, out=shares)


class Under(Sheet):
    """A picture of which bars cover a part, where nothing else is pasted."""

    def __init__(self, planes: Yuv, free: Sequence[NDArray[np.bool_]]) -> None:
        super().__init__(planes)
        self._free = free

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write what of `patch` no bar can cover."""
        for plane, free, part, scale in zip(self.planes, self._free, patch, (1, 2, 2), strict=True):
            rows = slice(y // scale, y // scale + part.shape[0])
            columns = slice(x // scale, x // scale + part.shape[1])
            np.copyto(plane[rows, columns], part, where=free[rows, columns])


class Ring:
    """Draws bars and time into a picture of their own, which goes onto the canvas as one.

    Most pixels under bars are as they were in the frame before: only the others are filled anew.
    """

    changes_in_place = True

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
        planes = to_yuv(empty)
        before = steps(planes)
        gains = [plane - dark for plane, dark in zip(to_yuv(full), before, strict=True)]
        self._spots = (Spots(fine, gains[0]), Spots(coarse, *gains[1:]))
        self._sheet = Under(planes, [spots.free(plane) for spots, plane in self._with(planes)])
        self._empty = [dark.ravel()[spots.where] for spots, dark in self._with(before)]
        self._gains = [gain.ravel()[spots.where] for spots, gain in self._with(gains)]
        self._shares = [np.zeros(len(spots.where), np.int16) for spots in self._spots]
        inside = Rect(line.x - area.x, line.y - area.y, line.width, line.height)
        self._circle = TimeCircle(inside, empty, palette, duration)

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the ring as it is at `moment`."""
        self._circle.draw(self._sheet, moment)
        levels = (moment.levels @ self._regrouping)[::-1]
        heights = (np.maximum(levels * self._rise, self._least) * STEPS).astype(np.int16)
        for number, spots in enumerate(self._spots):
            shares = spots.shares(heights)
            changed = np.flatnonzero(shares != self._shares[number])
            self._shares[number] = shares
            where, covered = spots.where[changed], shares[changed]
            for plane in (1, 2) if number else (0,):
                filled = self._gains[plane][changed] * covered
                filled >>= 4
                filled += self._empty[plane][changed]
                self._sheet.planes[plane].reshape(-1)[where] = filled.astype(np.uint8)
        sheet.paste(self.area.x, self.area.y, self._sheet.planes)

    def _with(self, planes: Sequence[NDArray[Any]]) -> Iterator[tuple[Spots, NDArray[Any]]]:
        """Yield each plane with the pixels of its own that bars can cover."""
        luma, chroma = self._spots
        return zip((luma, chroma, chroma), planes, strict=True)


def _both(half: NDArray[Any]) -> NDArray[Any]:
    """Return a right side with its mirror image to the left of it."""
    return np.concatenate([half[:, ::-1], half], axis=1)
