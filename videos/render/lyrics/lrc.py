"""Parsing and writing LRC, the format of karaoke players, with the enhanced word timestamps."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf

from videos.render.lyrics.directions import PLACEHOLDER, mask_directions
from videos.render.lyrics.lines import Line, Problems, SourceLine, clean_text
from videos.render.lyrics.sections import choose_section
from videos.render.lyrics.timestamps import (
    GUESS_MARK,
    LINE_TIMESTAMP,
    NO_END,
    WORD_TIMESTAMP,
    move_line,
    parse_timed_line,
    parse_timestamp,
    unescape,
)
from videos.render.lyrics.untimed_rows import LrcRow, place_untimed

OFFSET_TAG = re.compile(
    r"[ \t]*[\[［]offset[ ]*[:：][ ]*([+-]?[0-9]{1,9}(?:\.[0-9]{1,6})?)[ ]*(ms|s)?[ ]*[\]］]", re.I
)
BACKGROUND = re.compile(r"[ \t]*\[bg[ ]*:(.*)\][ \t]*", re.I)
INNER_BACKGROUND = re.compile(r"\[bg[ ]*:((?:[^\[\]]|\[[0-9:.]+\]){0,500})\]", re.I)
# Times at the beginning of rows without square brackets
BARE_TIMESTAMP = re.compile(
    r"[ \t]*(?:\(({0})\)|<({0})>|({0})(?=[ \t]))[ \t]*(?:[-–—|:](?=\s))?[ \t]*".format(
        r"(?:[0-9]{1,2}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
    )
)
MIN_BARE_SHARE = 0.5  # of the rows that are not blank: with fewer, numbers are sung
# Who sings: v1, v2 in Apple's way; female, male and duet in Walaoke's
VOICE = re.compile(r"[ \t]*(?:[vV][0-9]{1,3}|[FMD])[ ]?[:：]")
MIN_PAUSE = 0.5  # seconds: after a longer pause the end of a line is written


def is_lrc(rows: Iterable[str]) -> bool:
    """Return whether any row begins with a timestamp."""
    return any(map(LINE_TIMESTAMP.match, rows))


def bracket_timestamps(rows: Sequence[str]) -> list[str]:
    """Return rows with square brackets around the times with which most of them begin."""
    matches = [BARE_TIMESTAMP.match(row) for row in rows]
    count = sum(map(bool, matches))
    if is_lrc(rows) or count < 2 or count < MIN_BARE_SHARE * sum(bool(row.strip()) for row in rows):
        return list(rows)
    return [
        f"[{match[match.lastindex or 0]}]{row[match.end() :]}" if match else row
        for match, row in zip(matches, rows, strict=True)
    ]


def parse_lrc(rows: Sequence[str], duration: float, problems: Problems) -> Iterator[SourceLine]:
    """Yield the lines of an LRC file, unsorted; a line without an end has ``NO_END``.

    A positive ``[offset:…]``, in milliseconds, makes everything earlier. Rows without a timestamp
    belong to the row above, or their times are guessed; the song lasts ``duration`` seconds.
    """
    reader = _Reader(_parse_offset(rows), problems)
    for number, row in enumerate(rows, 1):
        reader.read(number, row)
    return place_untimed(reader.rows, duration, problems)


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


class _Reader:
    """Reads the rows of a file one after the other; ``rows`` are those with a time or a text."""

    def __init__(self, shift: float, problems: Problems) -> None:
        self.rows: list[LrcRow] = []
        self._shift = shift
        self._problems = problems
        self._section = ""
        self._is_after_pause = False

    def read(self, number: int, row: str) -> None:
        """Read one row."""
        if background := BACKGROUND.fullmatch(row):
            self._read_background(number, background[1])
            return
        inner = INNER_BACKGROUND.findall(row)
        self._read_row(number, INNER_BACKGROUND.sub(" ", row) if inner else row)
        for text in inner:
            self._read_background(number, text)

    def _read_row(self, number: int, row: str) -> None:
        starts, rest = _split_timestamps(row)
        is_guessed = GUESS_MARK in row[: len(row) - len(rest)]
        if starts and (voice := VOICE.match(rest)):
            rest = rest[voice.end() :]
        masked = mask_directions(rest)
        self._problems.add_directions(number, masked.left_out)
        self._section = choose_section(self._section, masked.section)
        text = clean_text(unescape(WORD_TIMESTAMP.sub(PLACEHOLDER, masked.text)))
        if starts:
            lines = self._parse_lines(starts, masked.text)
            self._add(number, text, tuple(replace(line, is_guessed=is_guessed) for line in lines))
        elif text:
            self._add(number, text, ())
        else:
            self._is_after_pause = True

    def _parse_lines(self, starts: Iterable[float], text: str) -> Iterator[Line]:
        """Yield the line at each of its times."""
        times = [max(0.0, start - self._shift) for start in dict.fromkeys(starts)]
        first = parse_timed_line(times[0], NO_END, text, self._shift)
        yield first
        yield from (move_line(first, time - first.start) for time in times[1:])

    def _read_background(self, number: int, text: str) -> None:
        """Read a second voice: a row of the line above while that is sung, or a line of its own."""
        stamps = list(WORD_TIMESTAMP.finditer(text))
        visible = clean_text(unescape(WORD_TIMESTAMP.sub(PLACEHOLDER, text)))
        if not visible:
            return
        if not stamps:
            self._add(number, visible, ())
            return
        start = max(0.0, parse_timestamp(stamps[0]) - self._shift)
        line = parse_timed_line(start, NO_END, text[stamps[0].end() :], self._shift)
        above = self.rows[-1].lines[-1:] if self.rows else ()
        if any(each.start <= start < each.end for each in above):
            line = replace(line, start=above[0].start)
        self._add(number, line.text, (line,))

    def _add(self, number: int, text: str, lines: tuple[Line, ...]) -> None:
        row = LrcRow(number, text, lines, self._section, self._is_after_pause)
        self.rows.append(row)
        self._section, self._is_after_pause = "", False


def _parse_offset(rows: Iterable[str]) -> float:
    """Return by how many seconds everything is earlier: the last offset of the file."""
    offsets = [match for match in map(OFFSET_TAG.match, rows) if match]
    if not offsets:
        return 0.0
    is_seconds = (offsets[-1][2] or "").lower() == "s"
    return float(offsets[-1][1]) / (1 if is_seconds else 1000)


def _split_timestamps(row: str) -> tuple[list[float], str]:
    """Return the times in seconds before a row's text, and the text."""
    starts: list[float] = []
    at = 0
    while timestamp := LINE_TIMESTAMP.match(row, at):
        starts.append(parse_timestamp(timestamp))
        at = timestamp.end()
    return starts, row[at:]


def _format_time(time: float) -> str:
    """Return seconds as ``mm:ss.xx``."""
    hundredths = round(time * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
