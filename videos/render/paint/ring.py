"""The ring of the look Orbit: a circular spectrum, the same on both sides, around the timeline."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.spectrum import regrouping_matrix
from videos.render.layout import Rect, RingBox
from videos.render.paint.canvas import Surface
from videos.render.paint.circular_timeline import CircularTimeline
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import Palette
from videos.render.paint.section_turns import SectionTurns
from videos.render.paint.yuv import Int16Plane, Pixels, Yuv, compute_gains, to_int16, to_yuv

BANDS = 60  # bars on either side: the bass below, the treble above
THICKNESS = 0.56  # the share of the distance from bar to bar that a bar fills at its foot
SHINE = 0.3  # how much white a bar has at its outer end
STEPS = 16  # fixed-point steps of a pixel, for heights and for coverage


class RingGeometry:
    """Where each pixel of a ring lies: its nearest bar, its distance in pixels from the axis of
    that bar, and its height above the foot of the bar. The left side mirrors the right one.
    """

    def __init__(self, box: RingBox, scale: int) -> None:
        """Compute it for a plane that is ``scale`` times as coarse as the picture."""
        side = box.area.width
        half = (np.arange(side // scale // 2, dtype=np.float32) + np.float32(0.5)) * scale
        x, y = half[np.newaxis, :], np.concatenate([-half[::-1], half])[:, np.newaxis]
        radius = np.hypot(x, y)
        turn = np.arctan2(x, -y) * np.float32(BANDS / np.pi)
        bars = turn.astype(np.int16).clip(0, BANDS - 1)
        angle = (turn - bars - np.float32(0.5)) * np.float32(np.pi / BANDS)
        self.bars = _mirror(bars)
        self.from_axis: Pixels = _mirror(radius * np.abs(angle))
        self.heights: Pixels = _mirror(radius - np.float32(box.inner_radius))
        self.half_width = np.float32(np.pi * box.inner_radius / BANDS * THICKNESS / 2)

    def needed_heights(self) -> Int16Plane:
        """Return the height that a bar with its round end needs to reach each pixel, in steps."""
        inside = np.minimum(self.from_axis, self.half_width)
        cap = self.half_width - np.sqrt(self.half_width**2 - inside**2)
        needed: Int16Plane = ((self.heights + cap - np.float32(0.5)) * STEPS).clip(0, 30_000)
        return needed.astype(np.int16)

    def full_alpha(self, max_height: int) -> Pixels:
        """Return the alpha of full bars in each pixel, with smooth sides and feet."""
        foot = np.hypot(self.from_axis, (self.half_width - self.heights).clip(0, None))
        sides = (self.half_width - foot + np.float32(0.5)).clip(0, 1)
        alpha: Pixels = sides * (max_height - self.heights).clip(0, 1) * np.float32(0.97)
        return alpha

    def bar_colours(self, palette: Palette, max_height: int) -> Pixels:
        """Return the colours of full bars: the palette from top to bottom, lighter outwards."""
        along = ((self.bars + np.float32(0.5)) / BANDS)[..., np.newaxis]
        shine = (self.heights / max_height).clip(0, 1)[..., np.newaxis] * np.float32(SHINE)
        colours: Pixels = palette.gradient(along) * (1 - shine) + 255 * shine
        return colours


class BarPixels:
    """The pixels of a plane that bars can cover, sorted by bar, and the height of each."""

    def __init__(self, geometry: RingGeometry, *gains: Int16Plane) -> None:
        """Select the pixels in which any of ``gains`` is not 0."""
        positions = np.flatnonzero(np.logical_or.reduce(gains))
        bars = geometry.bars.ravel()[positions]
        self.positions = positions[np.argsort(bars, kind="stable")]
        self._counts = np.bincount(bars, minlength=BANDS)
        self._needed = geometry.needed_heights().ravel()[self.positions]

    def mask_others(self, plane: NDArray[Any]) -> NDArray[np.bool_]:
        """Return a mask of ``plane``: true where no bar can cover it."""
        others = np.ones(plane.shape, np.bool_)
        others.reshape(-1)[self.positions] = False
        return others

    def compute_coverage(self, heights: Int16Plane) -> Int16Plane:
        """Return how far each pixel is covered by bars of such heights, in steps both."""
        coverage = np.repeat(heights, self._counts)
        coverage -= self._needed
        return np.clip(coverage, 0, STEPS, out=coverage)


class MaskedSurface(Surface):
    """A picture in which patches do not change the pixels that bars can cover."""

    def __init__(self, planes: Yuv, masks: Sequence[NDArray[np.bool_]]) -> None:
        super().__init__(planes)
        self._masks = masks

    def paste(self, x: int, y: int, patch: Yuv) -> None:
        """Write the pixels of ``patch`` that no bar can cover."""
        pairs = zip(self.planes, self._masks, patch, (1, 2, 2), strict=True)
        for plane, mask, part, scale in pairs:
            rows = slice(y // scale, y // scale + part.shape[0])
            columns = slice(x // scale, x // scale + part.shape[1])
            np.copyto(plane[rows, columns], part, where=mask[rows, columns])


class Ring:
    """Draws bars and timeline into a picture of their own, which is pasted on the canvas at once.

    Most pixels under bars stay the same from frame to frame: only the others are filled again.
    """

    changes_in_place = True

    def __init__(
        self,
        box: RingBox,
        timeline: Rect,
        stage: Pixels,
        palette: Palette,
        duration: float,
        *,
        turns: SectionTurns | None = None,
        has_bars: bool = True,
        has_timeline: bool = True,
    ) -> None:
        """Prepare for an RGB ``stage``, the square around the ``timeline``, and seconds of
        ``duration``; bars or timeline may be left out. At each of the ``turns`` the colours of the
        bars change places.
        """
        area = box.area
        self.area = area
        self._max_height = box.outer_radius - box.inner_radius
        self._regrouping = regrouping_matrix(BANDS)
        fine, coarse = RingGeometry(box, 1), RingGeometry(box, 2)
        self._min_height = 2 * fine.half_width
        empty = stage[area.y : area.bottom, area.x : area.right]
        alpha = fine.full_alpha(self._max_height)[..., np.newaxis] * has_bars
        planes = to_yuv(empty)
        dark = to_int16(planes)
        gains, swapped_gains = (
            compute_gains(
                empty + (fine.bar_colours(colours, self._max_height) - empty) * alpha, dark
            )
            for colours in (palette, palette.swap())
        )
        self._bar_pixels = (
            BarPixels(fine, gains[0], swapped_gains[0]),
            BarPixels(coarse, *gains[1:], *swapped_gains[1:]),
        )
        masks = [pixels.mask_others(plane) for pixels, plane in self._with_bar_pixels(planes)]
        self._surface = MaskedSurface(planes, masks)
        self._empty = [each.ravel()[bars.positions] for bars, each in self._with_bar_pixels(dark)]
        self._gains = [
            [each.ravel()[bars.positions] for bars, each in self._with_bar_pixels(planes_of_turn)]
            for planes_of_turn in (gains, swapped_gains)
        ]
        self._turns = turns or SectionTurns()
        self._drawn_turn = 0
        self._coverage = [np.zeros(len(bars.positions), np.int16) for bars in self._bar_pixels]
        inside = Rect(timeline.x - area.x, timeline.y - area.y, timeline.width, timeline.height)
        self._timeline = (
            CircularTimeline(inside, empty, palette, duration) if has_timeline else None
        )

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the ring as it is in this frame."""
        if self._timeline:
            self._timeline.draw(self._surface, frame)
        levels = (frame.levels @ self._regrouping)[::-1]
        heights = np.maximum(levels * self._max_height, self._min_height) * STEPS
        heights = heights.astype(np.int16)
        turn = self._turns.parity(frame.time)
        has_turned, self._drawn_turn = turn != self._drawn_turn, turn
        for number, bars in enumerate(self._bar_pixels):
            coverage = bars.compute_coverage(heights)
            changed = np.flatnonzero(has_turned | (coverage != self._coverage[number]))
            self._coverage[number] = coverage
            positions, changed_coverage = bars.positions[changed], coverage[changed]
            for plane in (1, 2) if number else (0,):
                filled = self._gains[turn][plane][changed] * changed_coverage
                filled >>= 4
                filled += self._empty[plane][changed]
                self._surface.planes[plane].reshape(-1)[positions] = filled.astype(np.uint8)
        surface.paste(self.area.x, self.area.y, self._surface.planes)

    def _with_bar_pixels(
        self, planes: Sequence[NDArray[Any]]
    ) -> Iterator[tuple[BarPixels, NDArray[Any]]]:
        """Yield each plane with its pixels that bars can cover."""
        luma, chroma = self._bar_pixels
        return zip((luma, chroma, chroma), planes, strict=True)


def _mirror(half: NDArray[Any]) -> NDArray[Any]:
    """Return the right side of a picture with its mirror image to the left of it."""
    return np.concatenate([half[:, ::-1], half], axis=1)
