"""A song's words in time: what every format of lyrics is read into."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf, isfinite

from videos.render.errors import InputError

LONGEST_TEXT = 500  # characters of a line: nobody sings more in one breath
MOST_LINES = 5000
LONGEST_LINE = 10.0  # seconds a line stays when nothing says when it ends
MOST_AT_ONCE = 4  # lines that start together: voices, or a translation under the original

# What stands in square brackets is a direction to the singer or the name of a section.
TAG = re.compile(r"\[([^\[\]\n]{0,80})\]|【([^【】\n]{0,80})】")
CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()}


class LyricsError(InputError):
    """A file that holds no lyrics. The text is a sentence for whoever gave it."""


@dataclass(frozen=True)
class Word:
    """A word of a line and when it is sung, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Line:
    """A sung line and when it is sung, in seconds.

    `words` is empty where the source times only whole lines. `section` is the tag above the line
    ("Chorus"), given to the first line under it only.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    section: str = ""


def shifted(lines: Iterable[Line], seconds: float) -> tuple[Line, ...]:
    """Return `lines` that come `seconds` later, or earlier if negative; none before the start."""
    return tuple(_moved(line, seconds) for line in lines if line.end + seconds > 0)


def _moved(line: Line, seconds: float) -> Line:
    words = [
        Word(max(0.0, word.start + seconds), max(0.0, word.end + seconds), word.text)
        for word in line.words
    ]
    start, end = max(0.0, line.start + seconds), line.end + seconds
    return replace(line, start=start, end=end, words=tuple(words))


def tidy(text: str) -> str:
    """Return a line's text without control characters, with single spaces, not too long."""
    return " ".join(text.translate(CONTROLS).split())[:LONGEST_TEXT].rstrip()


def split_tags(text: str) -> tuple[str, str]:
    """Return the last tag in a line, "" without one, and what is left to sing."""
    tags = [tidy(match[1] or match[2] or "") for match in TAG.finditer(text)]
    return (tags[-1] if tags else ""), tidy(TAG.sub(" ", text) if tags else text)


def in_order(lines: Iterable[Line], duration: float) -> tuple[Line, ...]:
    """Return lines sorted, with tags turned into sections and ends that meet the next start.

    A line without an end, that is one before its start, lasts to the next one or `LONGEST_LINE`. A
    line without text only ends the one before it. Lines that start together become one. The last
    ends with the song, unless `duration` is 0 for unknown.
    """
    timed = [line for line in lines if isfinite(line.start) and line.start >= 0]
    timed.sort(key=lambda line: line.start)
    together = groupby(timed, key=lambda line: line.start)
    joined = _with_sections(_join(list(group)) for _, group in together)[:MOST_LINES]
    if not joined:
        return ()
    last = max(duration, joined[-1].start) if duration > 0 else inf
    following = [*(line.start for line in joined[1:]), last]
    ended = (_ended(line, limit) for line, limit in zip(joined, following, strict=True))
    return tuple(line for line in ended if line.text)


def _join(lines: Sequence[Line]) -> Line:
    """Return the lines of one moment as one, with the texts that differ beside each other."""
    if len(lines) == 1:
        return lines[0]
    section = lines[0].section
    sung: dict[str, Line] = {}
    for line in lines:
        tag, text = split_tags(line.text)
        section = tag or section
        if text:
            sung.setdefault(text, line)
    if not sung:
        return replace(lines[0], text=f"[{section}]" if section else "")
    text = tidy(" / ".join(list(sung)[:MOST_AT_ONCE]))
    first = next(iter(sung.values()))
    return replace(first, text=text, words=first.words if len(sung) == 1 else (), section=section)


def _with_sections(lines: Iterable[Line]) -> list[Line]:
    """Take tags out of the texts, and give each to the next line that is sung."""
    found: list[Line] = []
    section = ""
    for line in lines:
        tag, text = split_tags(line.text)
        section = tag or line.section or section
        if text:
            found.append(replace(line, text=text, section=section))
            section = ""
        elif not tag:
            found.append(replace(line, text=""))
    return found


def _ended(line: Line, following: float) -> Line:
    """Return `line` with an end between its start and the next line's, its words within it."""
    end = line.end if isfinite(line.end) and line.end > line.start else line.start + LONGEST_LINE
    end = max(line.start, min(end, following))
    words = [
        Word(max(line.start, min(word.start, end)), max(line.start, min(word.end, end)), word.text)
        for word in line.words[:LONGEST_TEXT]
        if isfinite(word.start) and isfinite(word.end)
    ]
    return replace(line, end=end, words=tuple(words))
