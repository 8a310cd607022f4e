"""Parsing and writing LRC, the format of karaoke players, with the enhanced word timestamps."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from videos.render.lyrics.lines import SECTION_TAG, Line
from videos.render.lyrics.timestamps import (
    LINE_TIMESTAMP,
    NO_END,
    parse_timed_line,
    parse_timestamp,
)

OFFSET_TAG = re.compile(r"\[offset:[ ]*([+-]?[0-9]{1,9})[ ]*\]", re.IGNORECASE)
ID_TAG = re.compile(
    r"\[(?:al|ar|au|by|encoding|id|kana|la|language|length|lr|offset|re|ti|tool|total|ve|#)[ ]*:",
    re.IGNORECASE,
)
MIN_PAUSE = 0.5  # seconds: after a longer pause the end of a line is written


def is_lrc(lines: Iterable[str]) -> bool:
    """Return whether any line begins with a timestamp."""
    return any(map(LINE_TIMESTAMP.match, lines))


def parse_lrc(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of an LRC file, unsorted; a line without an end has ``NO_END``.

    A positive ``[offset:…]``, in milliseconds, makes everything earlier.
    """
    lines = list(lines)
    offsets = [int(match[1]) for match in map(OFFSET_TAG.match, lines) if match]
    shift = offsets[-1] / 1000 if offsets else 0.0
    section = ""
    for line in lines:
        starts, rest = _split_timestamps(line)
        if starts:
            times = [max(0.0, start - shift) for start in starts]
            first = parse_timed_line(times[0], NO_END, rest, shift)
            yield replace(first, section=section)
            yield from (Line(time, NO_END, first.text) for time in times[1:])
            section = ""
        elif not ID_TAG.match(line) and (tag := SECTION_TAG.fullmatch(line.strip())):
            section = tag[1] or tag[2] or ""


def to_lrc(lines: Iterable[Line]) -> str:
    """Return ``lines`` as an LRC file, with a timestamp without text where a pause begins."""
    rows: list[str] = []
    end = inf
    for line in lines:
        if line.start - end > MIN_PAUSE:
            rows.append(f"[{_format_time(end)}]\n")
        rows.append(f"[{_format_time(line.start)}]{line.text}\n")
        end = line.end
    return "".join([*rows, f"[{_format_time(end)}]\n" if rows else ""])


def _split_timestamps(line: str) -> tuple[list[float], str]:
    """Return the times in seconds before a line's text, and the text."""
    starts: list[float] = []
    at = 0
    while timestamp := LINE_TIMESTAMP.match(line, at):
        starts.append(parse_timestamp(timestamp))
        at = timestamp.end()
    return starts, line[at:]


def _format_time(time: float) -> str:
    """Return seconds as ``mm:ss.xx``."""
    hundredths = round(time * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
