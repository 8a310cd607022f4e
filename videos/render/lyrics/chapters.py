"""The chapters of a film: the sections of its lyrics, with their times."""

import re
from typing import NamedTuple

from videos.render.lyrics.lines import Line
from videos.render.lyrics.section_labels import OPENING
from videos.render.text import single_line

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
MAX_CHAPTER_TITLE = 80  # characters
MAX_CHAPTERS = 200  # of the 255 that a player's list can hold


class Chapter(NamedTuple):
    """A part of the film: its start and end in seconds, and its title."""

    start: float
    end: float
    title: str


def make_chapters(
    lines: tuple[Line, ...], duration: float, opening: str = OPENING
) -> tuple[Chapter, ...]:
    """Return a chapter for each section of the lyrics, and ``opening`` for what comes before them.

    There are none if no section has a name. The last one ends with the film, at ``duration``
    seconds.
    """
    starts = [
        (line.start, title)
        for line in lines
        if line.start < duration and (title := printable_line(line.section, MAX_CHAPTER_TITLE))
    ][:MAX_CHAPTERS]
    if starts and starts[0][0] > 0:
        starts.insert(0, (0.0, opening))
    ends = [*(start for start, _ in starts[1:]), duration]
    return tuple(
        Chapter(start, end, title)
        for (start, title), end in zip(starts, ends, strict=False)
        if end > start
    )


def printable_line(text: str, max_length: int | None = None) -> str:
    """Return ``text`` on one line, with a space where a control character parted two words."""
    return single_line(CONTROLS.sub(" ", text), max_length)
