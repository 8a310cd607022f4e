"""Reading and writing LRC, the format of karaoke players."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from videos.render.lyrics.lines import TAG, Line
from videos.render.lyrics.stamps import LINE_STAMP, NO_END, read_stamp, stamped_line

OFFSET = re.compile(r"\[offset:[ ]*([+-]?[0-9]{1,9})[ ]*\]", re.IGNORECASE)
METADATA = re.compile(
    r"\[(?:al|ar|au|by|encoding|id|kana|la|language|length|lr|offset|re|ti|tool|total|ve|#)[ ]*:",
    re.IGNORECASE,
)
SILENCE = 0.5  # seconds: a longer pause after a line is written down


def is_lrc(lines: Iterable[str]) -> bool:
    """Return whether any line begins with a stamp."""
    return any(map(LINE_STAMP.match, lines))


def parse_lrc(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of an LRC file, not in order; those without an end have it before the start.

    A positive offset, in milliseconds, shows everything earlier.
    """
    lines = list(lines)
    offsets = [int(match[1]) for match in map(OFFSET.match, lines) if match]
    shift = offsets[-1] / 1000 if offsets else 0.0
    section = ""
    for line in lines:
        starts, rest = _leading_stamps(line)
        if starts:
            times = [max(0.0, start - shift) for start in starts]
            first = stamped_line(times[0], NO_END, rest, shift)
            yield replace(first, section=section)
            yield from (Line(time, NO_END, first.text) for time in times[1:])
            section = ""
        elif not METADATA.match(line) and (tag := TAG.fullmatch(line.strip())):
            section = tag[1] or tag[2] or ""


def to_lrc(lines: Iterable[Line]) -> str:
    """Return `lines` as an LRC file, with an empty line where a pause begins."""
    written: list[str] = []
    end = inf
    for line in lines:
        if line.start - end > SILENCE:
            written.append(f"[{_clock(end)}]\n")
        written.append(f"[{_clock(line.start)}]{line.text}\n")
        end = line.end
    return "".join([*written, f"[{_clock(end)}]\n" if written else ""])


def _leading_stamps(line: str) -> tuple[list[float], str]:
    """Return the times before a line's text, and the text."""
    starts: list[float] = []
    at = 0
    while stamp := LINE_STAMP.match(line, at):
        starts.append(read_stamp(stamp))
        at = stamp.end()
    return starts, line[at:]


def _clock(time: float) -> str:
    """Return seconds as minutes, seconds and hundredths."""
    hundredths = round(time * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
