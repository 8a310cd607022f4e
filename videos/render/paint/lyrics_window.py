"""The lyrics window: lines scroll so that the current line stands in its place, words light up."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import pi, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from videos.render.layout import LyricsBox
from videos.render.lyrics import Line, Word
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.lyrics_line import LineMask, typeset_moment
from videos.render.paint.yuv import (
    Int16Plane,
    Pixels,
    Yuv,
    blend,
    compute_gains,
    compute_white_gains,
    to_int16,
    to_yuv,
)
from videos.render.text import Typesetter

Alpha = NDArray[np.uint16]  # 0 to 256, so that a shift of 8 bits scales a product back

LEAD = 0.18  # seconds by which lines are ahead of the voice: readers want to be there first
SCROLL_TIME = 0.5  # seconds that it takes to scroll to the next line
MAX_SCROLL_SHARE = 0.8  # the same as a share of the time until the line after it

# Seconds that a line takes to go dark when it ends, if the next one starts later than a blink.
END_FADE, MIN_GAP = 0.25, 0.4

CURRENT_ALPHA, ENDED_ALPHA, PAST_ALPHA = 1.0, 0.4, 0.22
GUESSED_ALPHA = 0.66  # of lines whose times are guessed: none of them is lit as the sung one
NEXT_ALPHA, ALPHA_STEP, MIN_ALPHA = 0.58, 0.08, 0.2  # of the next line, and its fall from there

OVERSHOOT = 0.16  # with it lines go 3 % of their way too far before they land

EDGE = 0.7  # the height over which lines fade out at the top and at the bottom, in font sizes

# How far a line may stick out before it is invisible, in font sizes: half a letter looks like a
# mistake.
MAX_OVERLAP = 0.3

# The least space above the current line, as a share of the edge in which lines fade out.
MIN_MARGIN = 0.25

UNSUNG_ALPHA = 0.66  # of the words of the current line that are still to be sung

# Seconds that a word is ahead of the voice and that it takes to light up, and in how many stages.
WORD_LEAD, WORD_FADE, WORD_STAGES = 0.08, 0.16, 5


class Moment(NamedTuple):
    """The lines of one moment, whose rows are lit together: voices, or a line's translation.

    ``fades_at`` is when they go dark, None if the next moment begins then.
    """

    start: float
    lines: tuple[Line, ...]
    fades_at: float | None

    @property
    def is_guessed(self) -> bool:
        """Whether the source has no time of it."""
        return self.lines[0].is_guessed

    @property
    def words(self) -> list[Word]:
        """The words of all its lines that have times."""
        return [word for line in self.lines for word in line.words]


def group_moments(lines: Sequence[Line]) -> list[Moment]:
    """Return the moments of lines in the order of their starts."""
    ordered = sorted(lines, key=lambda line: line.start)
    groups = [tuple(group) for _, group in groupby(ordered, key=lambda line: line.start)]
    next_starts = [*(group[0].start for group in groups[1:]), float("inf")]
    moments = []
    for group, next_start in zip(groups, next_starts, strict=True):
        end = max(line.end for line in group)
        has_gap = next_start - end > MIN_GAP and end > group[0].start
        moments.append(Moment(group[0].start, group, end if has_gap else None))
    return moments


class LyricsWindow:
    """Draws the lines around the current one; only lines that show are kept typeset."""

    changes_in_place = False

    def __init__(
        self,
        box: LyricsBox,
        lines: Sequence[Line],
        stage: Pixels,
        typesetter: Typesetter,
        with_sections: bool = True,
    ) -> None:
        """Prepare for an RGB ``stage`` without lyrics."""
        self.area = box.area
        self._box = box
        self._moments = group_moments(lines)
        self._starts = [moment.start for moment in self._moments]
        self._with_sections = with_sections
        area = box.area
        self._ground = to_int16(to_yuv(stage[area.y : area.bottom, area.x : area.right]))
        self._gains = compute_white_gains(self._ground)
        self._edge_alpha = _compute_edge_alpha(area.height, box.font_size)
        self._typesetter = typesetter
        self.masks: dict[int, LineMask] = {}
        # Where the lines with emoji stand, as index and row, and the gains that give their colours.
        self._coloured: tuple[tuple[int, int], ...] = ()
        self._coloured_gains = self._gains
        self._drawn: tuple[int, float, tuple[int, ...], tuple[float, ...]] | None = None

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the window as it is in this frame, unless it has not changed."""
        time = frame.time + LEAD
        current = bisect_right(self._starts, time) - 1
        scrolled = self._scrolled_share(current, time)
        stages = self._word_stages(current, frame.time + WORD_LEAD)
        ended = self._ended_share(current - 1, frame.time), self._ended_share(current, frame.time)
        if (current, scrolled, stages, ended) == self._drawn:
            return
        self._drawn = (current, scrolled, stages, ended)
        alpha = self._compute_alpha(current, scrolled, stages, ended)
        pairs = alpha[::2] + alpha[1::2]
        chroma_alpha: Alpha = pairs[:, ::2] + pairs[:, 1::2]
        chroma_alpha >>= 3
        alpha >>= 1
        alphas = (alpha, chroma_alpha, chroma_alpha)
        gains = self._compute_gains(current, scrolled)
        surface.paste(self.area.x, self.area.y, Yuv(*map(blend, self._ground, gains, alphas)))

    def _compute_gains(self, current: int, scrolled: float) -> list[Int16Plane]:
        """Return what the ground gains under full alpha: white, but for the colours of emoji."""
        coloured = tuple(
            (index, int(np.floor(top)) + self.masks[index].first_row)
            for index, top in self._line_tops(current, scrolled)
            if self.masks[index].colours is not None
        )
        if coloured != self._coloured:
            self._coloured = coloured
            self._coloured_gains = self._mix_gains() if coloured else self._gains
        return self._coloured_gains

    def _mix_gains(self) -> list[Int16Plane]:
        """Return the gains for the lines with emoji; a row more on either side, for the fraction
        of a row by which lines are shifted.
        """
        height, width = self._box.area.height, self._box.area.width
        ink = np.full((height + 1, width, 3), 255, np.float32)
        for index, row in self._coloured:
            colours = self.masks[index].colours
            assert colours is not None
            first, last = max(0, -row), min(len(colours), height + 1 - row)
            if first < last:
                rows = ink[row + first : row + last]
                np.minimum(rows, colours[first:last], out=rows)
        return compute_gains(np.minimum(ink[1:], ink[:-1]), self._ground)

    def _scrolled_share(self, current: int, time: float) -> float:
        """Return how far the current line has come to its place, 0 to 1.

        It is there before the next line begins: lines that follow each other quickly scroll fast.
        """
        if current < 0:
            return 1.0
        start, next_starts = self._starts[current], self._starts[current + 1 : current + 2]
        limits = ((next_start - start) * MAX_SCROLL_SHARE for next_start in next_starts)
        return _land((time - start) / min([SCROLL_TIME, *limits]))

    def _ended_share(self, index: int, time: float) -> float:
        """Return how dark a moment has become since its end, 0 to 1."""
        fades_at = self._moments[index].fades_at if index >= 0 else None
        if fades_at is None or self._moments[index].is_guessed:
            return 0.0
        return min(1.0, max(0.0, (time - fades_at) / END_FADE))

    def _word_stages(self, current: int, time: float) -> tuple[int, ...]:
        """Return how far each word of the current line is lit, 0 to ``WORD_STAGES``.

        A line whose words have no times has none.
        """
        if current < 0:
            return ()
        shares = ((time - word.start) / WORD_FADE for word in self._moments[current].words)
        return tuple(round(min(1.0, max(0.0, share)) * WORD_STAGES) for share in shares)

    def _compute_alpha(
        self, current: int, scrolled: float, stages: tuple[int, ...], ended: tuple[float, float]
    ) -> Alpha:
        """Return the alpha of the white text in each pixel, as (height, width).

        Lines are drawn at whole rows; the fraction that is left shifts all of them at once.
        """
        height, width = self._box.area.height, self._box.area.width
        drawn = np.zeros((height + 1, width), np.uint16)
        tops = list(self._line_tops(current, scrolled))
        fraction = tops[0][1] % 1
        scrolled = min(1.0, scrolled)
        self.masks = {index: self._mask(index) for index, _ in tops}
        for index, top in tops:
            mask = self.masks[index]
            row = int(np.floor(top)) + mask.first_row
            first, last = max(0, -row), min(len(mask.alpha), height + 1 - row)
            if first < last:
                before = self._resting_alpha(index, current - 1, ended[0])
                after = self._resting_alpha(index, current, ended[1])
                share = before * (1 - scrolled) + after * scrolled
                share *= self._visible_share(top, mask.height)
                light = mask.alpha * np.uint16(round(share * 256))
                if index == current and mask.word_boxes:
                    _dim_unsung_words(light, mask, stages, scrolled)
                light >>= 8
                rows = drawn[row + first : row + last]
                np.maximum(rows, light[first:last], out=rows)  # marks may reach into other lines
        weight = np.uint16(round((1 - fraction) * 16))
        alpha: Alpha = drawn[1:] * weight + drawn[:-1] * (16 - weight)
        alpha >>= 4
        alpha *= self._edge_alpha
        alpha >>= 8
        return alpha

    def _resting_alpha(self, index: int, current: int, ended: float) -> float:
        """Return the alpha (0 to 1) of a moment while ``current``, or none (-1), is at its place.

        ``ended`` is how dark the current one has become.
        """
        moment = self._moments[index]
        if moment.is_guessed and (current < 0 or self._moments[current].is_guessed):
            return GUESSED_ALPHA
        distance = index - current
        if distance == 0:
            return CURRENT_ALPHA - (CURRENT_ALPHA - ENDED_ALPHA) * ended
        if distance < 0:
            return PAST_ALPHA
        return max(MIN_ALPHA, NEXT_ALPHA - ALPHA_STEP * (distance - 1))

    def _line_tops(self, current: int, scrolled: float) -> Iterator[tuple[int, float]]:
        """Yield the visible lines and the row of the top of each, from the current one outwards."""
        nearest, height = max(0, current), self._box.area.height
        gap = round(self._box.font_size * 0.62)
        top = self._resting_top(nearest)
        if current > 0:
            start = self._resting_top(current - 1) + self._height(current - 1) + gap
            top = start + (top - start) * scrolled
        yield nearest, top
        upper, index = top, nearest
        while index > 0 and upper > 0:
            index -= 1
            upper -= self._height(index) + gap
            yield index, upper
        lower, index = top, nearest
        while index + 1 < len(self._moments) and lower < height:
            lower += self._height(index) + gap
            index += 1
            yield index, lower

    def _resting_top(self, index: int) -> float:
        """Return the row of the top of a line when it is current; a high one avoids the edges."""
        mask, height = self._mask(index), self._box.area.height
        top = height * self._box.current_line_at - (mask.height + mask.label_height) / 2
        margin = self._box.font_size * EDGE
        top = max(min(top, height - margin - mask.height), min(top, margin))
        return max(top, min(margin * MIN_MARGIN, height - mask.height))

    def _height(self, index: int) -> int:
        return self._mask(index).height

    def _mask(self, index: int) -> LineMask:
        if index not in self.masks:
            self.masks[index] = typeset_moment(
                self._moments[index].lines, self._box, self._typesetter, self._with_sections
            )
        return self.masks[index]

    def _visible_share(self, top: float, height: int) -> float:
        """Return 1 for a line that is wholly inside, less the further it sticks out."""
        overlap = max(0.0, -top, top + height - self._box.area.height)
        return max(0.0, 1 - overlap / (self._box.font_size * MAX_OVERLAP))


def _dim_unsung_words(light: Alpha, mask: LineMask, stages: Sequence[int], scrolled: float) -> None:
    """Dim the words that are still to be sung, in place; fully once their line is in its place."""
    for box, stage in zip(mask.word_boxes, stages, strict=True):
        missing = (CURRENT_ALPHA - UNSUNG_ALPHA) * (1 - stage / WORD_STAGES) * scrolled
        word = slice(box.y, box.bottom), slice(max(0, box.x - 1), box.right + 1)
        max_light = mask.alpha[word] * np.uint16(round((CURRENT_ALPHA - missing) * 256))
        np.minimum(light[word], max_light, out=light[word])


def _land(share: float) -> float:
    """Return a share of a way (0 to 1), slow at first; it goes a little too far and comes back."""
    share = min(1.0, max(0.0, share))
    eased = share * share * share * (share * (share * 6 - 15) + 10)
    return eased + OVERSHOOT * sin(pi * share) * share**2


def _compute_edge_alpha(height: int, font_size: int) -> Alpha:
    """Return the alpha of each row of the window, (height, 1): it falls at top and bottom."""
    rows = np.arange(height) + 0.5
    inward = (np.minimum(rows, height - rows) / (font_size * EDGE)).clip(0, 1)
    alpha: Alpha = np.rint(256 * inward**1.5).astype(np.uint16)[:, np.newaxis]
    return alpha
