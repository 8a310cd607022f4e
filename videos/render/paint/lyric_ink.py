"""A line of lyrics as ink: its rows, its section above them, and where its words are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videos.render.layout import LyricsPlace, Rect
from videos.render.lyrics import Line, Word
from videos.render.text import Anchor, Typesetter, Weight, clean

MOST_ROWS = 3
HIGHEST = 0.72
"""The share of its window that a line may fill."""

SMALLER = (1.0, 0.86, 0.72)
"""The sizes that are tried until a line stands in so many rows."""

MOST_CHARACTERS = 400
NO_WORDS = "♪"

STEP, BASELINE = 1.28, 0.98
"""From one row to the next, and from the top of a row to its baseline, in sizes of the letters."""

LABEL, LABEL_STEP, LABEL_INK = 0.44, 0.86, 190
"""The size of a section's name and the height it takes, in sizes of the letters, and its ink."""


class Ink(NamedTuple):
    """A line set: its ink, 0 to 255, as (height, width), the height of what stands above its
    words, and each word's place, or none where they cannot be told apart.
    """

    mask: NDArray[np.uint8]
    above: int
    words: tuple[Rect, ...]


def set_line(line: Line, place: LyricsPlace, typesetter: Typesetter, with_section: bool) -> Ink:
    """Set a line as wide as its window, in as many rows as it needs and may have."""
    text = clean(line.text[:MOST_CHARACTERS]) or NO_WORDS
    place, rows = _fitted(text, place, typesetter)
    above = round(place.size * LABEL_STEP) if with_section and line.section else 0
    step = round(place.size * STEP)
    image = Image.new("L", (place.area.width, above + step * len(rows)), 0)
    if above:
        _label(image, line.section, place, typesetter, _anchored(rows[0], place, typesetter))
    for number, row in enumerate(rows):
        anchor, x = _anchored(row, place, typesetter)
        baseline = above + number * step + round(place.size * BASELINE)
        typesetter.draw(image, (x, baseline), row, place.size, Weight.BOLD, 255, anchor)
    words = tuple(_words(text, rows, line.words, place, typesetter))
    moved = tuple(
        Rect(word.x, above + word.y * step, word.width, word.height * step) for word in words
    )
    return Ink(np.asarray(image), above, moved if len(moved) == len(line.words) else ())


def _fitted(text: str, place: LyricsPlace, typesetter: Typesetter) -> tuple[LyricsPlace, list[str]]:
    """Return the rows of a line, and its place with the size of letters at which they are few."""
    width = place.area.width
    for share in SMALLER:
        fitted = replace(place, size=round(place.size * share))
        rows = typesetter.wrap(text, fitted.size, Weight.BOLD, width)
        height = round(fitted.size * STEP) * len(rows)
        if len(rows) <= MOST_ROWS and height <= place.area.height * HIGHEST:
            break
    else:
        most = max(1, min(MOST_ROWS, int(place.area.height * HIGHEST / (fitted.size * STEP))))
        rows = typesetter.wrap(text, fitted.size, Weight.BOLD, width, most)
    size = fitted.size
    return fitted, [typesetter.fit(row, size, Weight.BOLD, width, size)[0] for row in rows]


def _anchored(row: str, place: LyricsPlace, typesetter: Typesetter) -> tuple[Anchor, float]:
    """Return where a row starts: one that is read from the right stands at the right."""
    width = place.area.width
    if place.anchor == "m":
        return "m", width / 2
    return ("r", float(width)) if typesetter.is_rtl(row) else ("l", 0.0)


def _label(
    image: Image.Image,
    section: str,
    place: LyricsPlace,
    typesetter: Typesetter,
    anchored: tuple[Anchor, float],
) -> None:
    """Write the name of a section above its first line, on the side where that starts."""
    anchor, x = anchored
    size = round(place.size * LABEL)
    text, size = typesetter.fit(section.upper(), size, Weight.BOLD, image.width, size)
    baseline = round(place.size * LABEL_STEP * 0.66)
    typesetter.draw(image, (x, baseline), text, size, Weight.BOLD, LABEL_INK, anchor)


def _words(
    text: str,
    rows: Sequence[str],
    words: Sequence[Word],
    place: LyricsPlace,
    typesetter: Typesetter,
) -> Iterator[Rect]:
    """Yield each word's columns, its row and the one row that it takes; fewer if one is lost."""
    at = row_at = number = 0
    for own in (clean(word.text) for word in words):
        found = text.find(own, at)
        if found < 0 or not own:
            return
        at = found + len(own)
        while number < len(rows):
            bare = rows[number].strip("\u200e\u200f…")
            start = text.find(bare, row_at)
            if start < 0:
                return
            if found < start + len(bare):
                break
            row_at = start + len(bare)
            number += 1
        else:
            return
        span = _span(rows[number], bare[: max(0, at - start)], own, place, typesetter)
        if span is None:
            return
        yield Rect(span[0], number, span[1] - span[0], 1)


def _span(
    row: str, upto: str, word: str, place: LyricsPlace, typesetter: Typesetter
) -> tuple[int, int] | None:
    """Return a word's first column and the one after its last, in a row of one direction."""
    if not typesetter.runs_one_way(row):
        return None
    whole, end, own = (
        typesetter.width(part, place.size, Weight.BOLD) for part in (row, upto, word)
    )
    anchor, x = _anchored(row, place, typesetter)
    left = x - whole * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
    if typesetter.is_rtl(row):
        start = left + whole - end
        return round(start), round(start + own)
    return round(left + end - own), round(left + end)
