"""The words of the look Kinetic: they rise into their places as they are sung, page by page."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from videos.render.layout import LyricsBox, Rect
from videos.render.paint.canvas import Surface
from videos.render.paint.interfaces import FrameInput
from videos.render.paint.page_typesetting import PlacedPart, typeset_page
from videos.render.paint.pages import LEAD, LEAVE_TIME, Page
from videos.render.paint.palette import Rgb
from videos.render.paint.yuv import (
    OPAQUE,
    Pixels,
    Yuv,
    blend_inks,
    compute_colour_gains,
    compute_gains,
    compute_white_gains,
    halve_alpha,
    to_int16,
    to_yuv,
)
from videos.render.text import Typesetter

RISE_TIME = 1 / 6  # seconds in which a part comes in
COOL_TIME = 0.1  # seconds in which it becomes white when the next one comes in
# The steps of each of these movements: enough for 60 frames a second. White comes in fewer, and so
# does the end of a page, since each of them costs as many bits as a word that comes in.
STEPS, FEW_STEPS = 12, 2


class PartState(NamedTuple):
    """How far a part has come in, and how much of it is lit, each 0 to ``STEPS``."""

    risen: int
    lit: int


class PageState(NamedTuple):
    """What a frame shows: the number of a page, how much of it is left, and its parts."""

    page: int
    left: int  # 0 to STEPS
    parts: tuple[PartState, ...]


NOTHING = PageState(-1, 0, ())


class TypesetPage:
    """The parts of a page, and the states that they go through until they are settled."""

    def __init__(self, number: int, parts: list[PlacedPart]) -> None:
        self.number = number
        self.parts = parts
        self._coming = sorted(part.start - LEAD for part in parts if part.is_sung)
        last = max((part.start - LEAD for part in parts), default=0.0)
        self.settled_at = last + max(RISE_TIME, COOL_TIME)  # seconds
        self._settled: tuple[PartState, ...] | None = None

    def states(self, time: float) -> tuple[PartState, ...]:
        """Return the state of each part at a time up to ``settled_at``."""
        if time < self.settled_at:
            return tuple(_part_state(part, self._coming, time) for part in self.parts)
        if self._settled is None:
            self._settled = tuple(_part_state(part, self._coming, time) for part in self.parts)
        return self._settled


class KineticWords:
    """Draws the page of a frame; redraws only the parts that have changed."""

    changes_in_place = False

    def __init__(
        self,
        box: LyricsBox,
        pages: Sequence[Page],
        stage: Pixels,
        accent: Rgb,
        typesetter: Typesetter,
    ) -> None:
        """Prepare for an RGB ``stage`` without words; the newest one has the ``accent``."""
        self.area = area = box.area
        self._box = box
        self._pages = pages
        self._starts = [page.start for page in pages]
        self._typesetter = typesetter
        self._ground = to_int16(to_yuv(stage[area.y : area.bottom, area.x : area.right]))
        self._white_gains = compute_white_gains(self._ground)
        self._accent_gains = compute_colour_gains(accent, self._ground)
        self._typeset = TypesetPage(-1, [])
        self._drawn = NOTHING
        self._drawn_rects: list[Rect] = []

    def draw(self, surface: Surface, frame: FrameInput) -> None:
        """Draw the words as they are in this frame, if that has changed."""
        state = self._state(frame.time)
        if state == self._drawn:
            return
        is_same = (state.page, state.left) == (self._drawn.page, self._drawn.left)
        rects = list(self._part_rects(state))
        if is_same:
            pairs = zip(rects, self._drawn_rects, state.parts, self._drawn.parts, strict=True)
            dirty = [_unite(one, other) for one, other, now, before in pairs if now != before]
        else:
            dirty = [_unite_all([*rects, *self._drawn_rects])]
        self._drawn, self._drawn_rects = state, rects
        for rect in dirty:
            self._redraw(surface, rect)

    def _state(self, time: float) -> PageState:
        number = bisect_right(self._starts, time) - 1
        if number < 0 or time >= self._pages[number].end:
            return NOTHING
        left = _few_steps((self._pages[number].end - time) / LEAVE_TIME)
        typeset = self._typeset_page(number)
        return PageState(number, left, typeset.states(min(time, typeset.settled_at)))

    def _typeset_page(self, number: int) -> "TypesetPage":
        """Return a page, typeset once while it lasts."""
        if self._typeset.number != number:
            parts = typeset_page(self._pages[number], self._box, self._typesetter)
            self._typeset = TypesetPage(number, parts)
        return self._typeset

    def _part_rects(self, state: PageState) -> Iterator[Rect]:
        """Yield where each part is now, empty for one that is not there yet."""
        for part, now in zip(self._typeset.parts, state.parts, strict=False):
            height, width = part.alpha.shape
            dropped = _dropped(part, now)
            yield Rect(part.x, part.y + dropped, width, height) if now.risen else EMPTY

    def _redraw(self, surface: Surface, rect: Rect) -> None:
        """Draw the ground and all parts of the page inside ``rect``."""
        area = self.area
        left, top = max(0, rect.x) // 2 * 2, max(0, rect.y) // 2 * 2
        right = min(area.width, -(-rect.right // 2) * 2)
        bottom = min(area.height, -(-rect.bottom // 2) * 2)
        if left >= right or top >= bottom:
            return
        inside = Rect(left, top, right - left, bottom - top)
        white = np.zeros((inside.height, inside.width), np.int16)
        accent = np.zeros_like(white)
        ink: Pixels | None = None
        for part, now, place in zip(
            self._typeset.parts, self._drawn.parts, self._drawn_rects, strict=False
        ):
            target, source = _intersect(inside, place)
            if not now.risen or target is None:
                continue
            share = round(_ease(now.risen / STEPS) * self._drawn.left / STEPS * OPAQUE)
            alpha = part.alpha[source] * np.int16(share) >> 7
            is_tinted = part.colours is None  # an emoji keeps its own colours
            lit = alpha * np.int16(now.lit * is_tinted) // STEPS
            np.maximum(white[target], alpha - lit, out=white[target])
            np.maximum(accent[target], lit, out=accent[target])
            if part.colours is not None:
                ink = np.full((*white.shape, 3), 255, np.float32) if ink is None else ink
                np.minimum(ink[target], part.colours[source], out=ink[target])
        np.minimum(accent, OPAQUE - white, out=accent)
        cut = [_cut(inside, scale) for scale in (1, 2, 2)]
        ground = [plane[box] for plane, box in zip(self._ground, cut, strict=True)]
        gains = [plane[box] for plane, box in zip(self._white_gains, cut, strict=True)]
        if ink is not None:
            gains = compute_gains(ink, ground)
        accent_gains = [plane[box] for plane, box in zip(self._accent_gains, cut, strict=True)]
        whites = white, *2 * [halve_alpha(white)]
        accents = accent, *2 * [halve_alpha(accent)]
        patch = map(blend_inks, ground, gains, whites, accent_gains, accents)
        surface.paste(area.x + left, area.y + top, Yuv(*patch))


EMPTY = Rect(0, 0, 0, 0)


def _part_state(part: PlacedPart, coming: Sequence[float], time: float) -> PartState:
    """Return the state of a part; ``coming`` is when each sung part of the page begins to rise."""
    begins = part.start - LEAD
    risen = _steps((time - begins) / RISE_TIME)
    if not part.is_sung or not risen:
        return PartState(risen, 0)
    later = bisect_right(coming, begins)
    cooled = _few_steps((time - coming[later]) / COOL_TIME) if later < len(coming) else 0
    return PartState(risen, STEPS - cooled)


def _steps(share: float) -> int:
    return round(min(1.0, max(0.0, share)) * STEPS)


def _few_steps(share: float) -> int:
    return round(min(1.0, max(0.0, share)) * FEW_STEPS) * (STEPS // FEW_STEPS)


def _ease(share: float) -> float:
    """Return a share of a way (0 to 1), fast at first and slow at its end."""
    return 1 - (1 - share) ** 3


def _dropped(part: PlacedPart, now: PartState) -> int:
    return round((1 - _ease(now.risen / STEPS)) * part.rise)


def _unite(one: Rect, other: Rect) -> Rect:
    if not one.width or not other.width:
        return one if one.width else other
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def _unite_all(rects: Sequence[Rect]) -> Rect:
    united = EMPTY
    for rect in rects:
        united = _unite(united, rect)
    return united


def _cut(rect: Rect, scale: int) -> tuple[slice, slice]:
    rows = slice(rect.y // scale, rect.bottom // scale)
    return rows, slice(rect.x // scale, rect.right // scale)


Box = tuple[slice, slice]


def _intersect(inside: Rect, place: Rect) -> tuple[Box, Box] | tuple[None, None]:
    """Return what is common to both rectangles, as rows and columns of either."""
    left, top = max(inside.x, place.x), max(inside.y, place.y)
    right, bottom = min(inside.right, place.right), min(inside.bottom, place.bottom)
    if left >= right or top >= bottom:
        return None, None
    common = Rect(left, top, right - left, bottom - top)
    own, other = (
        Rect(left - each.x, top - each.y, common.width, common.height) for each in (inside, place)
    )
    return _cut(own, 1), _cut(other, 1)
