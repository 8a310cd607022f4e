"""The lyrics, scrolling so that the sung line stands still and bright in its place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.colour import Pixels, Yuv, to_yuv
from videos.render.layout import LyricsPlace
from videos.render.lyrics import Line
from videos.render.paint.canvas import Canvas
from videos.render.text import Anchor, Typesetter, Weight

Alpha = NDArray[np.unsignedinteger]
"""Opacities from 0 to 256, so that a product is brought back by a shift of 8 bits."""

LEAD = 0.18
"""Seconds that the picture is ahead of the voice: eyes want to be there first."""

SCROLL = 0.5
"""Seconds that it takes to move on to the next line."""

SUNG, PAST = 1.0, 0.22
NEXT, FADING, FAINTEST = 0.5, 0.07, 0.2
"""Opacities: of the sung line, of those before it, of the next one and how it falls from there."""

MOST_ROWS = 3
MOST_CHARACTERS = 400
NO_WORDS = "♪"
WHITE_INK = (235, 128, 128)


class LyricsWindow:
    """Draws the lines around the sung one; of the others it holds nothing but their text."""

    def __init__(
        self, place: LyricsPlace, lines: Sequence[Line], stage: Pixels, typesetter: Typesetter
    ) -> None:
        """Prepare for a `stage` of pixels without lyrics."""
        self._place = place
        self._lines = sorted(lines, key=lambda line: line.start)
        self._starts = [line.start for line in self._lines]
        area = place.area
        ground = to_yuv(stage[area.y : area.bottom, area.x : area.right])
        self._ground = [plane.astype(np.uint16) for plane in ground]
        self._edges = _edges(area.height, place.size)
        self._typesetter = typesetter
        self._masks: dict[int, NDArray[np.uint8]] = {}
        self._drawn: tuple[int, float] | None = None

    def draw(self, canvas: Canvas, time: float) -> None:
        """Draw the window as it is after `time` seconds, unless it has not changed."""
        sung = bisect_right(self._starts, time + LEAD) - 1
        moved = 1.0 if sung < 0 else _eased((time + LEAD - self._starts[sung]) / SCROLL)
        if (sung, moved) == self._drawn:
            return
        self._drawn = (sung, moved)
        alpha = self._alpha(sung, moved)
        coarse: Alpha = alpha[::2, ::2] + alpha[1::2, ::2] + alpha[::2, 1::2] + alpha[1::2, 1::2]
        coarse >>= 2
        alphas = (alpha, coarse, coarse)
        patch = Yuv(*map(_inked, self._ground, WHITE_INK, alphas))
        canvas.paste(self._place.area.x, self._place.area.y, patch)

    def _alpha(self, sung: int, moved: float) -> Alpha:
        """Return how much white lies on each pixel with `sung` in its place but for the way left.

        Lines are laid at whole rows; the fraction that is left moves all of them at once.
        """
        height, width = self._place.area.height, self._place.area.width
        laid = np.zeros((height + 1, width), np.uint16)
        tops = list(self._tops(sung, moved))
        fraction = tops[0][1] % 1
        self._masks = {index: self._mask(index) for index, _ in tops}
        for index, top in tops:
            mask, row = self._masks[index], int(np.floor(top))
            above, below = max(0, -row), min(len(mask), height + 1 - row)
            if above < below:
                opacity = _opacity(index - sung, moved) * self._inside(top, len(mask))
                part = mask[above:below] * np.uint16(round(opacity * 256)) >> 8
                laid[row + above : row + below] += part
        blend = np.uint16(round((1 - fraction) * 16))
        alpha: Alpha = laid[1:] * blend + laid[:-1] * (16 - blend)
        alpha >>= 4
        alpha *= self._edges
        alpha >>= 8
        return alpha

    def _tops(self, sung: int, moved: float) -> Iterator[tuple[int, float]]:
        """Yield the lines that show and the row of the top of each, from the sung one outwards."""
        current = max(0, sung)
        height, gap = self._place.area.height, round(self._place.size * 0.62)
        top = height * self._place.sung - self._height(current) / 2
        if sung > 0:
            between = (self._height(sung) + self._height(sung - 1)) / 2 + gap
            top += between * (1 - moved)
        yield current, top
        upper, index = top, current
        while index > 0 and upper > 0:
            index -= 1
            upper -= self._height(index) + gap
            yield index, upper
        lower, index = top, current
        while index + 1 < len(self._lines) and lower < height:
            lower += self._height(index) + gap
            index += 1
            yield index, lower

    def _height(self, index: int) -> int:
        return len(self._mask(index))

    def _mask(self, index: int) -> NDArray[np.uint8]:
        """Return a line's ink, 0 to 255, as (rows of text × line height, width)."""
        if index in self._masks:
            return self._masks[index]
        size, width = self._place.size, self._place.area.width
        rows = self._rows(self._lines[index].text[:MOST_CHARACTERS].strip() or NO_WORDS)
        step = round(size * 1.28)
        image = Image.new("L", (width, step * len(rows)), 0)
        for number, row in enumerate(rows):
            anchor, x = self._anchored(row)
            baseline = number * step + round(size * 0.98)
            self._typesetter.draw(image, (x, baseline), row, size, Weight.BOLD, 255, anchor)
        self._masks[index] = np.asarray(image)
        return self._masks[index]

    def _rows(self, text: str) -> list[str]:
        size, width = self._place.size, self._place.area.width
        rows = self._typesetter.wrap(text, size, Weight.BOLD, width)
        if len(rows) > MOST_ROWS:
            rows[MOST_ROWS - 1 :] = [" ".join(rows[MOST_ROWS - 1 :])]
        return [self._typesetter.fit(row, size, Weight.BOLD, width, size)[0] for row in rows]

    def _anchored(self, row: str) -> tuple[Anchor, float]:
        """Return where a row starts: one that is read from the right stands at the right."""
        width = self._place.area.width
        if self._place.anchor == "m":
            return "m", width / 2
        return ("r", float(width)) if self._typesetter.is_rtl(row) else ("l", 0.0)

    def _inside(self, top: float, height: int) -> float:
        """Return 1 for a line that is wholly inside, less the further it sticks out."""
        out = max(0.0, -top, top + height - self._place.area.height)
        return max(0.0, 1 - out / (self._place.size * 0.9))


def _opacity(distance: int, moved: float) -> float:
    """Return the opacity of the line `distance` after the sung one, which has come `moved` far."""
    return _resting(distance + 1) * (1 - moved) + _resting(distance) * moved


def _resting(distance: int) -> float:
    if distance == 0:
        return SUNG
    return PAST if distance < 0 else max(FAINTEST, NEXT - FADING * (distance - 1))


def _eased(share: float) -> float:
    """Return a share of a way, slow at both ends."""
    share = min(1.0, max(0.0, share))
    return share * share * share * (share * (share * 6 - 15) + 10)


def _edges(height: int, size: int) -> Alpha:
    """Return the opacity of each row of the window: it melts away above and below."""
    rows = np.arange(height) + 0.5
    inward = (np.minimum(rows, height - rows) / (size * 1.3)).clip(0, 1)
    edges: Alpha = np.rint(256 * inward**1.5).astype(np.uint16)[:, np.newaxis]
    return edges


def _inked(ground: NDArray[np.uint16], ink: int, alpha: Alpha) -> NDArray[np.uint8]:
    mixed = ground * (256 - alpha) + np.uint16(ink) * alpha
    return ((mixed + 128) >> 8).astype(np.uint8)
