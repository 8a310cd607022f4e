"""Typesets a page of the look Kinetic: as large as its texts fit, each part a mask of its own."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.layout import Anchor, LyricsBox
from videos.render.paint.pages import LABEL_SCALE, Page, PageText
from videos.render.paint.palette import WHITE
from videos.render.paint.yuv import OPAQUE
from videos.render.text import Typesetter, Weight
from videos.render.text.spans import Span

SCALES = tuple(0.92**number for number in range(20))  # of the largest letters, until a page fits
MAX_ROWS, MAX_TALL_ROWS = 4, 6  # of a text in large letters, and in a box that is nearly square
TALL_BOX = 0.7  # its height as a share of its width
SMALL_SCALE = 0.45  # from this scale on a text may have any number of rows
ROW_STEP, ROW_BASELINE = 1.12, 0.9  # from row to row, from its top to its baseline, in font sizes
# How deep Latin letters reach below their baseline, and how much more room deeper ones get at most,
# in font sizes.
LATIN_DEPTH, MAX_EXCESS = 0.24, 0.3
GAP = 0.34  # between two texts, in font sizes of the smaller one
RISE = 0.2  # how much lower a part begins, in font sizes
OVERHANG = 0.6  # how far marks may reach above and below a row, in font sizes
MARKS = "\u200e\u200f"


class PlacedPart(NamedTuple):
    """A part of a page where it comes to stand, as a mask in pixels of the page.

    ``alpha`` is 0 to ``OPAQUE``, (rows, columns); ``colours`` is the RGB of an emoji, or None;
    ``rise`` the pixels by which it begins lower. A part that ``is_sung`` is lit while it is newest.
    """

    start: float
    x: int
    y: int
    alpha: NDArray[np.int16]
    colours: NDArray[np.uint8] | None
    rise: int
    is_sung: bool


class Row(NamedTuple):
    """A row of a text: what it says, the size of its letters, the pixels from its top to that of
    the next row, and its parts as spans of it.
    """

    text: str
    size: int
    step: int
    spans: tuple[Span, ...]
    starts: tuple[float, ...]
    is_sung: bool
    gap: int  # pixels between it and the row before, if they are of different texts
    is_label: bool  # which stands on the side where the line below it begins


def typeset_page(page: Page, box: LyricsBox, typesetter: Typesetter) -> list[PlacedPart]:
    """Return the parts of a page in their box, in the largest letters at which all of it fits."""
    rows = _fit_rows(page.texts, box, typesetter)
    height = _height(rows)
    top = round((box.area.height - height) * box.current_line_at)
    placed: list[PlacedPart] = []
    lines = [row.text for row in rows if not row.is_label]
    is_rtl = bool(lines) and typesetter.is_rtl(lines[0])
    for row in rows:
        top += row.gap
        from_right = is_rtl if row.is_label else typesetter.is_rtl(row.text)
        placed += _place_row(row, top, box, typesetter, from_right=from_right)
        top += row.step
    return placed


def _fit_rows(texts: Sequence[PageText], box: LyricsBox, typesetter: Typesetter) -> list[Row]:
    width, height = box.area.width, box.area.height
    max_rows = MAX_TALL_ROWS if height > TALL_BOX * width else MAX_ROWS
    for scale in SCALES:
        rows: list[Row] = []
        fits = True
        for text in texts:
            size = max(1, round(box.font_size * scale * text.scale))
            wrapped = typesetter.wrap(text.text, size, Weight.HEAVY, width)
            fits = fits and (len(wrapped) <= max_rows or scale < SMALL_SCALE)
            fits = fits and typesetter.unbreakable_width(text.text, size, Weight.HEAVY) <= width
            step = _row_step(text.text, size, typesetter)
            rows += _make_rows(text, wrapped, size, step, is_first=not rows)
            if not fits:
                break
        if fits and _height(rows) <= height:
            return rows
    while len(rows) > 1 and _height(rows) > height:
        rows.pop()
    return rows


def _height(rows: Sequence[Row]) -> int:
    return sum(row.step + row.gap for row in rows)


def _row_step(text: str, size: int, typesetter: Typesetter) -> int:
    """Return the pixels from row to row: more where letters reach deeper than Latin ones do."""
    excess = typesetter.depth(text, size, Weight.HEAVY) - size * LATIN_DEPTH
    return round(size * ROW_STEP + min(size * MAX_EXCESS, max(0.0, excess)))


def _make_rows(
    text: PageText, wrapped: Sequence[str], size: int, step: int, *, is_first: bool
) -> Iterator[Row]:
    """Yield the rows of a text, each with the parts, or the pieces of parts, that are in it."""
    owners = _find_owners(text)
    at = 0
    for number, row in enumerate(wrapped):
        unmarked = row.strip(MARKS)
        at = text.text.index(unmarked, at)
        inside = owners[at : at + len(unmarked)]
        at += len(unmarked)
        shift = row.index(unmarked)
        spans = list(_split_spans(inside))
        yield Row(
            row,
            size,
            step,
            tuple((start + shift, end + shift) for start, end in spans),
            tuple(text.parts[inside[start]].start for start, _ in spans),
            text.is_sung,
            0 if number or is_first else round(size * GAP),
            text.scale == LABEL_SCALE,
        )


def _find_owners(text: PageText) -> list[int]:
    """Return the number of the part that each character belongs to, -1 for spaces between parts."""
    owners = [-1] * len(text.text)
    at = 0
    for number, part in enumerate(text.parts):
        at = text.text.index(part.text, at)
        owners[at : at + len(part.text)] = [number] * len(part.text)
        at += len(part.text)
    return owners


def _split_spans(owners: Sequence[int]) -> Iterator[Span]:
    start = 0
    for end in range(1, len(owners) + 1):
        if end == len(owners) or owners[end] != owners[start]:
            if owners[start] >= 0:
                yield start, end
            start = end


def _place_row(
    row: Row, top: int, box: LyricsBox, typesetter: Typesetter, *, from_right: bool
) -> Iterator[PlacedPart]:
    """Draw a row and cut it between its parts: so each letter is formed by its neighbours."""
    width = typesetter.width(row.text, row.size, Weight.HEAVY)
    anchor: Anchor = box.anchor
    if anchor == "l" and from_right:
        anchor = "r"
    left = (box.area.width - width) * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
    margin = round(row.size * OVERHANG)
    origin = floor(left) - margin
    mask, colours = _draw_row(row, ceil(width) + 2 * margin, margin + left % 1, typesetter)
    rise = round(row.size * RISE)
    for when, (start, end) in zip(row.starts, _find_cuts(row, typesetter), strict=True):
        box_of_ink = mask.crop((start + margin, 0, end + margin, mask.height)).getbbox()
        if box_of_ink is None:
            continue
        first, upper, last, lower = box_of_ink
        columns = slice(start + margin + first, start + margin + last)
        alpha = np.asarray(mask)[upper:lower, columns].astype(np.int16) * OPAQUE // 255
        ink = None if colours is None else colours[upper:lower, columns]
        x, y = origin + columns.start, top + upper - margin
        yield PlacedPart(when, x, y, alpha.astype(np.int16), ink, rise, row.is_sung)


def _find_cuts(row: Row, typesetter: Typesetter) -> list[Span]:
    """Return the columns of each part of a row: it ends halfway to its neighbours."""
    lefts = typesetter.locate(row.text, row.spans, row.size, Weight.HEAVY)
    rights = [
        left + typesetter.width(row.text[start:end], row.size, Weight.HEAVY)
        for left, (start, end) in zip(lefts, row.spans, strict=True)
    ]
    order = sorted(range(len(lefts)), key=lefts.__getitem__)
    reach = round(row.size * OVERHANG)
    edges = [-reach]
    edges += [round((rights[one] + lefts[other]) / 2) for one, other in pairwise(order)]
    edges.append(round(max(rights, default=0.0)) + reach)
    cuts = dict(zip(order, pairwise(edges), strict=True))
    return [cuts[number] for number in range(len(lefts))]


def _draw_row(
    row: Row, width: int, x: float, typesetter: Typesetter
) -> tuple[Image.Image, NDArray[np.uint8] | None]:
    """Return a row's mask, ``width`` columns wide, and the RGB of its emoji if it has any."""
    margin = round(row.size * OVERHANG)
    shape = width, round(row.size * ROW_STEP) + 2 * margin
    has_emoji = typesetter.has_emoji(row.text)
    image = Image.new("RGBA", shape, (*WHITE, 0)) if has_emoji else Image.new("L", shape, 0)
    baseline = margin + round(row.size * ROW_BASELINE)
    typesetter.draw(image, (x, baseline), row.text, row.size, Weight.HEAVY, WHITE)
    if has_emoji:
        return image.getchannel("A"), np.asarray(image)[..., :3]
    return image, None
