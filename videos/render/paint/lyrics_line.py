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

BEYOND = 0.5
"""How far marks may reach above the first row and below the last one, in sizes of the letters:
those of Arabic, Thai and Vietnamese do.
"""

LABEL, LABEL_STEP, LABEL_INK = 0.44, 0.86, 190
"""The size of a section's name and the height it takes, in sizes of the letters, and its ink."""

LABEL_BASELINE = 0.66
"""The share of that height that lies above its baseline."""


class Ink(NamedTuple):
    """A line set: its ink, 0 to 255, as (rows, width), the row of the line that this starts at,
    the height of the line and of what stands above its words in it, and each word's place in the
    ink, or none where they cannot be told apart.

    Marks above and below letters may reach beyond the line.
    """

    mask: NDArray[np.uint8]
    start: int
    height: int
    above: int
    words: tuple[Rect, ...]


def set_line(line: Line, place: LyricsPlace, typesetter: Typesetter, with_section: bool) -> Ink:
    """Set a line as wide as its window, in as many rows as it needs and may have."""
    text = clean(line.text[:MOST_CHARACTERS]) or NO_WORDS
    place, rows = _fitted(text, place, typesetter)
    above = round(place.size * LABEL_STEP) if with_section and line.section else 0
    step, beyond = round(place.size * STEP), round(place.size * BEYOND)
    height = above + step * len(rows)
    image = Image.new("L", (place.area.width, height + 2 * beyond), 0)
    label = beyond + round(place.size * LABEL_STEP * LABEL_BASELINE)
    if above:
        anchored = _anchored(rows[0], place, typesetter)
        _label(image, label, line.section, place, typesetter, anchored)
    for number, row in enumerate(rows):
        anchor, x = _anchored(row, place, typesetter)
        baseline = beyond + above + number * step + round(place.size * BASELINE)
        typesetter.draw(image, (x, baseline), row, place.size, Weight.BOLD, 255, anchor)
    _, first, _, last = image.getbbox() or (0, 0, 0, 0)
    between = [beyond + above + number * step - first for number in range(1, len(rows))]
    edges = [label - first if above else 0, *between, last - first]
    words = tuple(
        Rect(word.x, edges[word.y], word.width, edges[word.y + 1] - edges[word.y])
        for word in _words(text, rows, line.words, place, typesetter)
    )
    all_words = words if len(words) == len(line.words) else ()
    return Ink(np.asarray(image)[first:last], first - beyond, height, above, all_words)


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
    baseline: int,
    section: str,
    place: LyricsPlace,
    typesetter: Typesetter,
    anchored: tuple[Anchor, float],
) -> None:
    """Write the name of a section above its first line, on the side where that starts."""
    anchor, x = anchored
    size = round(place.size * LABEL)
    text, size = typesetter.fit(section.upper(), size, Weight.BOLD, image.width, size)
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
