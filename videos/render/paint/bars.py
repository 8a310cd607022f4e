"""The bars of the spectrum in the look Glow, their colours and heights (Orbit: ``ring.py``)."""

import numpy as np
from numpy.typing import NDArray

from videos.render.audio.spectrum import regrouping_matrix
from videos.render.layout import BarsBox
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.palette import Palette
from videos.render.paint.section_turns import SectionTurns
from videos.render.paint.yuv import Int16Plane, Pixels, Yuv, compute_gains, to_int16, to_yuv

STEPS = 16  # fixed-point steps of a pixel, for heights and for coverage
THICKNESS = 0.58  # the share of the pitch that a bar fills
SHINE = 0.32  # how much white a bar has at its top

REFLECTION_ALPHA = 0.34  # of the reflection at the ground line
REFLECTION_DEPTH = 0.62  # the share of its space that the reflection of a full bar fills


class Bars:
    """Fills the bars up to their heights, from pictures made once: no bars, and full bars.

    A frame is the first picture plus a share of the difference to the other. A pixel's share is
    how far its bar has risen past it, in sixteenths.
    """

    changes_in_place = True

    def __init__(
        self,
        box: BarsBox,
        stage: Pixels,
        palette: Palette,
        *,
        turns: SectionTurns | None = None,
        are_calm: bool = False,
    ) -> None:
        """Prepare for a ``stage`` in RGB on which no bars stand yet.

        At each of the ``turns`` the colours change places. Bars that ``are_calm`` follow the calm
        levels, half as often.
        """
        self.area = box.area
        self._are_calm = are_calm
        self._drawn_levels: NDArray[np.float32] | None = None
        self._box = box
        self._regrouping = regrouping_matrix(box.count)
        area = box.area
        empty = stage[area.y : area.bottom, area.x : area.right]
        alpha = _full_alpha(box)[..., np.newaxis]
        self._empty = to_int16(to_yuv(empty))
        self._turns = turns or SectionTurns()
        self._gains_of_turns = [
            compute_gains(empty + (_bar_colours(box, colours) - empty) * alpha, self._empty)
            for colours in (palette, palette.swap())
        ]
        self._gains = self._gains_of_turns[0]
        self._needed = [_needed_heights(box, scale) for scale in (1, 2)]
        self._caps = [_cap_drops(box, scale) for scale in (1, 2)]

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw each bar as high as its band is loud."""
        levels = frame.calm_levels if self._are_calm else frame.levels
        before = self._drawn_levels
        if self._are_calm and before is not None and np.array_equal(levels, before):
            return
        self._drawn_levels = levels
        self._gains = self._gains_of_turns[self._turns.parity(frame.time)]
        min_height = self._box.pitch * THICKNESS / 2
        heights = levels @ self._regrouping * self._box.max_height
        heights = np.maximum(heights, min_height) * STEPS
        luma_coverage, chroma_coverage = (self._coverage(heights, index) for index in (0, 1))
        patch = Yuv(
            *(self._fill(plane, chroma_coverage if plane else luma_coverage) for plane in range(3))
        )
        surface.paste(self.area.x, self.area.y, patch)

    def _coverage(self, heights: NDArray[np.float32], index: int) -> Int16Plane:
        """Return how far each pixel of luma (0) or chroma (1) is covered, 0 to ``STEPS``."""
        caps = self._caps[index]
        tops = np.repeat(heights, len(caps) // len(heights)).astype(np.int16) - caps
        coverage: Int16Plane = tops - self._needed[index]
        return np.clip(coverage, 0, STEPS, out=coverage)

    def _fill(self, plane: int, coverage: Int16Plane) -> NDArray[np.uint8]:
        filled = self._gains[plane] * coverage
        filled >>= 4
        filled += self._empty[plane]
        return filled.astype(np.uint8)


def _bar_colours(box: BarsBox, palette: Palette) -> Pixels:
    """Return the colours of full bars: the palette from left to right, lighter towards the top."""
    along = np.linspace(0, 1, box.area.width)[:, np.newaxis]
    shine = (_row_heights(box) / box.max_height).clip(0, 1)[:, np.newaxis, np.newaxis] * SHINE
    colours: Pixels = palette.gradient(along) * (1 - shine) + 255 * shine
    return colours


def _row_heights(box: BarsBox) -> Pixels:
    """Return how high each row is above the ground line; below it, negative."""
    return box.max_height - np.arange(box.area.height, dtype=np.float32)


def _full_alpha(box: BarsBox) -> Pixels:
    """Return the alpha of full bars and their reflections in each pixel, with smooth sides."""
    heights = _row_heights(box)
    depths = -heights / (box.area.height - box.max_height)
    rows = np.where(heights > 1, 0.96, REFLECTION_ALPHA * (1 - depths).clip(0, 1) ** 1.5)
    rows[np.abs(heights) < 1.5] = 0
    columns = np.arange(box.area.width) % box.pitch + 0.5
    sides = (box.pitch * THICKNESS / 2 - np.abs(columns - box.pitch / 2) + 0.5).clip(0, 1)
    alpha: Pixels = (rows[:, np.newaxis] * sides).astype(np.float32)
    return alpha


def _needed_heights(box: BarsBox, scale: int) -> Int16Plane:
    """Return the height that a bar needs to reach each row, in steps; the reflection is compressed.

    ``scale`` is 1 for luma and 2 for chroma.
    """
    heights = _row_heights(box)[::scale] - (scale - 1) / 2
    stretch = box.max_height / (box.area.height - box.max_height) * REFLECTION_DEPTH
    needed = np.where(heights > 0, heights - 1, -heights * stretch)
    return (needed * STEPS).clip(0, 30_000).astype(np.int16)[:, np.newaxis]


def _cap_drops(box: BarsBox, scale: int) -> Int16Plane:
    """Return by column how much lower than its middle the round top of a bar is, in steps."""
    radius = box.pitch * THICKNESS / 2
    columns = (np.arange(box.area.width)[::scale] + scale / 2) % box.pitch
    from_middle = np.minimum(np.abs(columns - box.pitch / 2), radius)
    drops: Int16Plane = ((radius - np.sqrt(radius**2 - from_middle**2)) * STEPS).astype(np.int16)
    return drops
