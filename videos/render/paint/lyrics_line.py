"""Typesets one line of lyrics as an alpha mask: its rows, its section's label, its words' boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.layout import LyricsBox, Rect
from videos.render.lyrics import Line, Word
from videos.render.paint.palette import WHITE
from videos.render.text import Anchor, Typesetter, Weight, clean

MAX_CHARACTERS = 400
MAX_ROWS = 3
MAX_SMALL_ROWS = 8  # of a line that does not fit otherwise
MAX_HEIGHT = 0.72  # the share of its window that a line may fill
SCALES = (1.0, 0.86, 0.72)  # of the letters, tried until a line fits so many rows
SMALL_SCALES = (0.72, 0.6, 0.5, 0.42)  # tried then, in more rows
ROW_GAP = 0.12  # between the lines of one moment, in font sizes
BELOW_SCALE = 0.7  # the letters of a translation, or of a second voice, beside those above it
NO_WORDS = "♪"

ROW_STEP, ROW_BASELINE = 1.28, 0.98  # from row to row, from its top to its baseline, in font sizes

# How far marks may reach above the first row and below the last one, in font sizes: those of
# Arabic, Thai and Vietnamese do.
OVERHANG = 0.5

# The label of a section: its font size and the height that it takes, in font sizes of the line; the
# share of that height above its baseline; and its alpha (of 255).
LABEL_SIZE, LABEL_HEIGHT = 0.44, 0.86
LABEL_BASELINE = 0.66
LABEL_ALPHA = 190


class LineMask(NamedTuple):
    """A line that is typeset.

    ``alpha``, 0 to 255, has the shape (rows, width of the window); ``colours`` are the RGB of its
    emoji, white elsewhere, (rows, width, 3), or None where there are no emoji. Both start at the
    line's row ``first_row``, which is negative where marks reach above the line. ``height`` is that
    of the line, ``label_height`` that of the section's label in it, both in pixels. ``word_boxes``
    are in pixels of ``alpha``: one for each word, or none if not all words can be located.
    """

    alpha: NDArray[np.uint8]
    first_row: int
    height: int
    label_height: int
    word_boxes: tuple[Rect, ...]
    colours: NDArray[np.uint8] | None = None


def typeset_line(
    line: Line, box: LyricsBox, typesetter: Typesetter, with_section: bool
) -> LineMask:
    """Typeset a line as wide as its window, in as many rows as it needs and may have."""
    text = clean(line.text[:MAX_CHARACTERS]) or NO_WORDS
    box, rows = fit_rows(text, box, typesetter)
    label_height = round(box.font_size * LABEL_HEIGHT) if with_section and line.section else 0
    step, overhang = round(box.font_size * ROW_STEP), round(box.font_size * OVERHANG)
    height = label_height + step * len(rows)
    has_emoji = typesetter.has_emoji(text)
    size = box.area.width, height + 2 * overhang
    image = Image.new("RGBA", size, (255, 255, 255, 0)) if has_emoji else Image.new("L", size, 0)
    label_baseline = overhang + round(box.font_size * LABEL_HEIGHT * LABEL_BASELINE)
    if label_height:
        start = _row_start(rows[0], box, typesetter)
        _draw_label(image, label_baseline, line.section, box, typesetter, start)
    for number, row in enumerate(rows):
        anchor, x = _row_start(row, box, typesetter)
        baseline = overhang + label_height + number * step + round(box.font_size * ROW_BASELINE)
        typesetter.draw(image, (x, baseline), row, box.font_size, Weight.BOLD, WHITE, anchor)
    mask = image.getchannel("A") if has_emoji else image
    _, first, _, last = mask.getbbox() or (0, 0, 0, 0)
    between = [overhang + label_height + number * step - first for number in range(1, len(rows))]
    edges = [label_baseline - first if label_height else 0, *between, last - first]
    boxes = tuple(
        Rect(word.x, edges[word.y], word.width, edges[word.y + 1] - edges[word.y])
        for word in _locate_words(text, rows, line.words, box, typesetter)
    )
    word_boxes = boxes if len(boxes) == len(line.words) else ()
    alpha = np.asarray(mask)[first:last]
    colours = np.asarray(image)[first:last, :, :3] if has_emoji else None
    return LineMask(alpha, first - overhang, height, label_height, word_boxes, colours)


def typeset_moment(
    lines: Sequence[Line], box: LyricsBox, typesetter: Typesetter, with_section: bool
) -> LineMask:
    """Typeset the lines of one moment below each other, small enough to fit their window.

    All but the first are smaller.
    """
    for scale in (*SCALES, *SMALL_SCALES[1:]):
        scaled = replace(box, font_size=round(box.font_size * scale))
        below = replace(scaled, font_size=round(scaled.font_size * BELOW_SCALE))
        masks = [
            typeset_line(line, below if number else scaled, typesetter, with_section)
            for number, line in enumerate(lines)
        ]
        gap = round(scaled.font_size * ROW_GAP)
        height = sum(mask.height + gap for mask in masks) - gap
        if len(lines) == 1 or height <= box.area.height * MAX_HEIGHT:
            break
    return masks[0] if len(lines) == 1 else _stack(masks, lines, gap)


def _stack(masks: Sequence[LineMask], lines: Sequence[Line], gap: int) -> LineMask:
    """Return the masks below each other as one; words that were not located have empty boxes."""
    tops = [0]
    for mask in masks:
        tops.append(tops[-1] + mask.height + gap)
    firsts = [top + mask.first_row for top, mask in zip(tops, masks, strict=False)]
    first = min(firsts)
    last = max(at + len(mask.alpha) for at, mask in zip(firsts, masks, strict=True))
    alpha = np.zeros((last - first, masks[0].alpha.shape[1]), np.uint8)
    colours = np.full((*alpha.shape, 3), 255, np.uint8)
    boxes: list[Rect] = []
    for at, mask, line in zip(firsts, masks, lines, strict=True):
        rows = alpha[at - first : at - first + len(mask.alpha)]
        np.maximum(rows, mask.alpha, out=rows)
        if mask.colours is not None:
            part = colours[at - first : at - first + len(mask.alpha)]
            np.minimum(part, mask.colours, out=part)
        located = mask.word_boxes or [Rect(0, 0, 0, 0)] * len(line.words)
        boxes += [box._replace(y=box.y + at - first) for box in located]
    has_emoji = any(mask.colours is not None for mask in masks)
    return LineMask(
        alpha,
        first,
        tops[-1] - gap,
        masks[0].label_height,
        tuple(boxes),
        colours if has_emoji else None,
    )


def fit_rows(text: str, box: LyricsBox, typesetter: Typesetter) -> tuple[LyricsBox, list[str]]:
    """Return the box with the font size at which the text has few rows, and these rows."""
    width = box.area.width
    tries = [(scale, MAX_ROWS) for scale in SCALES]
    tries += [(scale, MAX_SMALL_ROWS) for scale in SMALL_SCALES]
    for scale, max_rows in tries:
        fitted = replace(box, font_size=round(box.font_size * scale))
        rows = typesetter.wrap(text, fitted.font_size, Weight.BOLD, width)
        height = round(fitted.font_size * ROW_STEP) * len(rows)
        fits = len(rows) <= max_rows and height <= box.area.height * MAX_HEIGHT
        if fits and all(typesetter.width(row, fitted.font_size) <= width for row in rows):
            break
    else:
        row_count = int(box.area.height * MAX_HEIGHT / (fitted.font_size * ROW_STEP))
        max_rows = max(1, min(MAX_SMALL_ROWS, row_count))
        rows = typesetter.wrap(text, fitted.font_size, Weight.BOLD, width, max_rows)
    size = fitted.font_size
    return fitted, [typesetter.fit(row, size, Weight.BOLD, width, size)[0] for row in rows]


def _row_start(row: str, box: LyricsBox, typesetter: Typesetter) -> tuple[Anchor, float]:
    """Return a row's anchor and its column: right-to-left rows are aligned to the right."""
    width = box.area.width
    if box.anchor == "m":
        return "m", width / 2
    return ("r", float(width)) if typesetter.is_rtl(row) else ("l", 0.0)


def _draw_label(
    image: Image.Image,
    baseline: int,
    section: str,
    box: LyricsBox,
    typesetter: Typesetter,
    start: tuple[Anchor, float],
) -> None:
    """Write the name of a section above its first line, on the side where that starts."""
    anchor, x = start
    size = round(box.font_size * LABEL_SIZE)
    text, size = typesetter.fit(section.upper(), size, Weight.BOLD, image.width, size)
    typesetter.draw(image, (x, baseline), text, size, Weight.BOLD, _label_fill(image), anchor)


def _label_fill(image: Image.Image) -> int | tuple[int, int, int, int]:
    return LABEL_ALPHA if image.mode == "L" else (*WHITE, LABEL_ALPHA)


def _locate_words(
    text: str,
    rows: Sequence[str],
    words: Sequence[Word],
    box: LyricsBox,
    typesetter: Typesetter,
) -> Iterator[Rect]:
    """Yield for each word its columns and, as ``y``, the number of its row.

    Stops at the first word that it cannot locate.
    """
    text_position = row_position = number = 0
    for word in (clean(word.text) for word in words):
        word_start = text.find(word, text_position)
        if word_start < 0 or not word:
            return
        text_position = word_start + len(word)
        while number < len(rows):
            row_text = rows[number].strip("\u200e\u200f…")
            row_start = text.find(row_text, row_position)
            if row_start < 0:
                return
            if word_start < row_start + len(row_text):
                break
            row_position = row_start + len(row_text)
            number += 1
        else:
            return
        up_to_word = row_text[: max(0, text_position - row_start)]
        columns = _word_columns(rows[number], up_to_word, word, box, typesetter)
        if columns is None:
            return
        yield Rect(columns[0], number, columns[1] - columns[0], 1)


def _word_columns(
    row: str, up_to_word: str, word: str, box: LyricsBox, typesetter: Typesetter
) -> tuple[int, int] | None:
    """Return a word's first column and the one after its last; None in a row of both directions.

    ``up_to_word`` is the row's text up to the end of the word.
    """
    if not typesetter.is_unidirectional(row):
        return None
    row_width, end, word_width = (
        typesetter.width(part, box.font_size, Weight.BOLD) for part in (row, up_to_word, word)
    )
    anchor, x = _row_start(row, box, typesetter)
    left = x - row_width * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
    if typesetter.is_rtl(row):
        start = left + row_width - end
        return round(start), round(start + word_width)
    return round(left + end - word_width), round(left + end)
