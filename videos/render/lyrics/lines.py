"""Timed lyrics: lines and words with their times, to which every format is converted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf, isfinite

from videos.render.errors import InputError

MAX_TEXT_LENGTH = 500  # characters of a line
MAX_LINES = 5000
MAX_LINE_DURATION = 10.0  # seconds, for a line without an end time
MAX_SIMULTANEOUS = 4  # lines that start at the same time: voices, or a translation of the line

# Text in square brackets is the name of a section or a direction to the singer.
SECTION_TAG = re.compile(r"\[([^\[\]\n]{0,80})\]|【([^【】\n]{0,80})】")
CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()}


class LyricsError(InputError):
    """A file without usable lyrics. The text is a sentence for the person who uploaded it."""


@dataclass(frozen=True)
class Word:
    """A word of a line with its start and end in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Line:
    """A sung line with its start and end in seconds.

    ``words`` is empty where the source has no times of words. ``section`` is the section tag above
    the line ("Chorus"); only the first line under the tag has it.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    section: str = ""


def shift_lines(lines: Iterable[Line], seconds: float) -> tuple[Line, ...]:
    """Return ``lines`` shifted by ``seconds``, cut at 0; positive is later, negative earlier."""
    return tuple(_shift_line(line, seconds) for line in lines if line.end + seconds > 0)


def _shift_line(line: Line, seconds: float) -> Line:
    words = [
        Word(max(0.0, word.start + seconds), max(0.0, word.end + seconds), word.text)
        for word in line.words
    ]
    start, end = max(0.0, line.start + seconds), line.end + seconds
    return replace(line, start=start, end=end, words=tuple(words))


def clean_text(text: str) -> str:
    """Return a line's text without control characters, with single spaces, cut to a maximum."""
    return " ".join(text.translate(CONTROLS).split())[:MAX_TEXT_LENGTH].rstrip()


def split_tags(text: str) -> tuple[str, str]:
    """Return the last section tag in a line ("" if there is none) and the text without tags."""
    tags = [clean_text(match[1] or match[2] or "") for match in SECTION_TAG.finditer(text)]
    return (tags[-1] if tags else ""), clean_text(SECTION_TAG.sub(" ", text) if tags else text)


def normalise_lines(lines: Iterable[Line], duration: float) -> tuple[Line, ...]:
    """Return sorted lines that do not overlap, with section tags moved to ``Line.section``.

    A line without an end (its ``end`` is not after its ``start``) lasts until the next line, but at
    most ``MAX_LINE_DURATION``. A line without text only ends the line before it. Lines of the same
    start are joined. No line lasts longer than the song of ``duration`` seconds, 0 for unknown.
    """
    timed = [line for line in lines if isfinite(line.start) and line.start >= 0]
    timed.sort(key=lambda line: line.start)
    simultaneous = groupby(timed, key=lambda line: line.start)
    merged = (_join_simultaneous(list(group)) for _, group in simultaneous)
    joined = _extract_sections(merged)[:MAX_LINES]
    if not joined:
        return ()
    last = max(duration, joined[-1].start) if duration > 0 else inf
    next_starts = [*(line.start for line in joined[1:]), last]
    ended = (_limit_end(line, limit) for line, limit in zip(joined, next_starts, strict=True))
    return tuple(line for line in ended if line.text)


def _join_simultaneous(lines: Sequence[Line]) -> Line:
    """Return lines with the same start as one line; its text joins their different texts."""
    if len(lines) == 1:
        return lines[0]
    section = lines[0].section
    by_text: dict[str, Line] = {}
    for line in lines:
        tag, text = split_tags(line.text)
        section = tag or section
        if text:
            by_text.setdefault(text, line)
    if not by_text:
        return replace(lines[0], text=f"[{section}]" if section else "")
    text = clean_text(" / ".join(list(by_text)[:MAX_SIMULTANEOUS]))
    first = next(iter(by_text.values()))
    words = first.words if len(by_text) == 1 else ()
    return replace(first, text=text, words=words, section=section)


def _extract_sections(lines: Iterable[Line]) -> list[Line]:
    """Return lines without tags in their texts; the next sung line gets the tag as section."""
    result: list[Line] = []
    section = ""
    for line in lines:
        tag, text = split_tags(line.text)
        section = tag or line.section or section
        if text:
            result.append(replace(line, text=text, section=section))
            section = ""
        elif not tag:
            result.append(replace(line, text=""))
    return result


def _limit_end(line: Line, next_start: float) -> Line:
    """Return ``line`` with an end between its start and ``next_start``, and its words within it."""
    has_end = isfinite(line.end) and line.end > line.start
    end = line.end if has_end else line.start + MAX_LINE_DURATION
    end = max(line.start, min(end, next_start))
    words = [
        Word(max(line.start, min(word.start, end)), max(line.start, min(word.end, end)), word.text)
        for word in line.words[:MAX_TEXT_LENGTH]
        if isfinite(word.start) and isfinite(word.end)
    ]
    return replace(line, end=end, words=tuple(words))
