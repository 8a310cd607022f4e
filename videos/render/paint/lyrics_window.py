"""The lyrics, scrolling so that the sung line stands still and bright in its place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from videos.render.layout import LyricsPlace
from videos.render.lyrics import Line
from videos.render.paint.canvas import Sheet
from videos.render.paint.colour import Pixels, Yuv, to_yuv
from videos.render.paint.ink import inked, steps, towards_white
from videos.render.paint.lyric_ink import Ink, set_line
from videos.render.paint.parts import Moment
from videos.render.text import Typesetter

Alpha = NDArray[np.uint16]
"""Opacities from 0 to 256, so that a product is brought back by a shift of 8 bits."""

LEAD = 0.18
"""Seconds that the picture is ahead of the voice: eyes want to be there first."""

SCROLL = 0.5
"""Seconds that it takes to move on to the next line."""

PROMPT = 0.8
"""The share of the time until the line after it that it takes at most."""

SUNG, PAST = 1.0, 0.22
NEXT, FADING, FAINTEST = 0.58, 0.08, 0.2
"""Opacities: of the sung line, of those before it, of the next one and how it falls from there."""

EDGE = 0.7
"""Over what height lines melt away above and below, in sizes of the letters."""

CUT = 0.3
"""How much of a line may stick out before all of it is gone, in sizes of the letters: letters that
are cut through look like a mistake.
"""

UNSUNG = 0.66
"""The opacity of the words of the sung line whose turn has not come."""

WORD_LEAD, LIGHTING, STAGES = 0.08, 0.16, 5
"""Seconds that a word is lit ahead of the voice, seconds that it takes, and in how many steps."""


class LyricsWindow:
    """Draws the lines around the sung one; of the others it holds nothing but their text."""

    changes_in_place = False

    def __init__(
        self,
        place: LyricsPlace,
        lines: Sequence[Line],
        stage: Pixels,
        typesetter: Typesetter,
        with_sections: bool = True,
    ) -> None:
        """Prepare for a `stage` of pixels without lyrics."""
        self.area = place.area
        self._place = place
        self._lines = sorted(lines, key=lambda line: line.start)
        self._starts = [line.start for line in self._lines]
        self._with_sections = with_sections
        area = place.area
        self._ground = steps(to_yuv(stage[area.y : area.bottom, area.x : area.right]))
        self._gains = towards_white(self._ground)
        self._edges = _edges(area.height, place.size)
        self._typesetter = typesetter
        self._inks: dict[int, Ink] = {}
        self._drawn: tuple[int, float, tuple[int, ...]] | None = None

    def draw(self, sheet: Sheet, moment: Moment) -> None:
        """Draw the window as it is at `moment`, unless it has not changed."""
        time = moment.time + LEAD
        sung = bisect_right(self._starts, time) - 1
        moved = self._moved(sung, time)
        lit = self._lit(sung, moment.time + WORD_LEAD)
        if (sung, moved, lit) == self._drawn:
            return
        self._drawn = (sung, moved, lit)
        alpha = self._alpha(sung, moved, lit)
        pairs = alpha[::2] + alpha[1::2]
        coarse: Alpha = pairs[:, ::2] + pairs[:, 1::2]
        coarse >>= 3
        alpha >>= 1
        alphas = (alpha, coarse, coarse)
        patch = Yuv(*map(inked, self._ground, self._gains, alphas))
        sheet.paste(self._place.area.x, self._place.area.y, patch)

    def _moved(self, sung: int, time: float) -> float:
        """Return how far the sung line has come to its place, where it is before the next is sung.

        Lines that follow each other quickly come quickly.
        """
        if sung < 0:
            return 1.0
        start, following = self._starts[sung], self._starts[sung + 1 : sung + 2]
        lasting = min([SCROLL, *((later - start) * PROMPT for later in following)])
        return _eased((time - start) / lasting)

    def _lit(self, sung: int, time: float) -> tuple[int, ...]:
        """Return how far each word of the sung line is lit, in stages; none if it has no times."""
        if sung < 0:
            return ()
        shares = ((time - word.start) / LIGHTING for word in self._lines[sung].words)
        return tuple(round(min(1.0, max(0.0, share)) * STAGES) for share in shares)

    def _alpha(self, sung: int, moved: float, lit: tuple[int, ...]) -> Alpha:
        """Return how much white lies on each pixel with `sung` in its place but for the way left.

        Lines are laid at whole rows; the fraction that is left moves all of them at once.
        """
        height, width = self._place.area.height, self._place.area.width
        laid = np.zeros((height + 1, width), np.uint16)
        tops = list(self._tops(sung, moved))
        fraction = tops[0][1] % 1
        self._inks = {index: self._ink(index) for index, _ in tops}
        for index, top in tops:
            ink = self._inks[index]
            row = int(np.floor(top)) + ink.start
            above, below = max(0, -row), min(len(ink.mask), height + 1 - row)
            if above < below:
                opacity = _opacity(index - sung, moved) * self._inside(top, ink.height)
                light = ink.mask * np.uint16(round(opacity * 256))
                if index == sung and ink.words:
                    _dim(light, ink, lit, moved)
                light >>= 8
                rows = laid[row + above : row + below]
                np.maximum(rows, light[above:below], out=rows)  # marks may reach into other lines
        blend = np.uint16(round((1 - fraction) * 16))
        alpha: Alpha = laid[1:] * blend + laid[:-1] * (16 - blend)
        alpha >>= 4
        alpha *= self._edges
        alpha >>= 8
        return alpha

    def _tops(self, sung: int, moved: float) -> Iterator[tuple[int, float]]:
        """Yield the lines that show and the row of the top of each, from the sung one outwards."""
        current, height = max(0, sung), self._place.area.height
        gap = round(self._place.size * 0.62)
        top = self._rest(current)
        if sung > 0:
            start = self._rest(sung - 1) + self._height(sung - 1) + gap
            top = start + (top - start) * moved
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

    def _rest(self, index: int) -> float:
        """Return the row of the top of a line that is sung: a high one stays clear of the edges."""
        ink, height = self._ink(index), self._place.area.height
        top = height * self._place.sung - (ink.height + ink.above) / 2
        margin = self._place.size * EDGE
        return max(min(top, height - margin - ink.height), min(top, margin))

    def _height(self, index: int) -> int:
        return self._ink(index).height

    def _ink(self, index: int) -> Ink:
        if index not in self._inks:
            line = self._lines[index]
            self._inks[index] = set_line(line, self._place, self._typesetter, self._with_sections)
        return self._inks[index]

    def _inside(self, top: float, height: int) -> float:
        """Return 1 for a line that is wholly inside, less the further it sticks out."""
        out = max(0.0, -top, top + height - self._place.area.height)
        return max(0.0, 1 - out / (self._place.size * CUT))


def _dim(light: Alpha, ink: Ink, lit: Sequence[int], moved: float) -> None:
    """Take light from words whose turn has not come, more the nearer their line is to its place."""
    for place, stage in zip(ink.words, lit, strict=True):
        left = (SUNG - UNSUNG) * (1 - stage / STAGES) * moved
        part = slice(place.y, place.bottom), slice(max(0, place.x - 1), place.right + 1)
        np.minimum(
            light[part], ink.mask[part] * np.uint16(round((SUNG - left) * 256)), out=light[part]
        )


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
    inward = (np.minimum(rows, height - rows) / (size * EDGE)).clip(0, 1)
    edges: Alpha = np.rint(256 * inward**1.5).astype(np.uint16)[:, np.newaxis]
    return edges
