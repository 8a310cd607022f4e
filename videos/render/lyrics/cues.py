"""Parsing the cues of WebVTT, SubRip and SBV, which differ little, and writing WebVTT."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.directions import mask_directions
from videos.render.lyrics.lines import Line, Problems, SourceLine
from videos.render.lyrics.rolling_captions import Cue, unroll
from videos.render.lyrics.sections import choose_section
from videos.render.lyrics.timestamps import parse_timed_line

_DIGITS = r"[0-9]"
TIME = rf"((?:{_DIGITS}{{1,4}}:){{1,3}}{_DIGITS}{{1,3}}(?:[ ]?[.,][ ]?{_DIGITS}{{1,6}})?)"
CUE_TIMINGS = re.compile(rf"[ \t]*{TIME}[ \t]*(?:-{{1,3}}|[–—−]{{1,2}})>[ \t]*{TIME}")
_SBV_TIME = r"([0-9]{1,2}:[0-9]{2}:[0-9]{2}\.[0-9]{1,3})"
SBV_TIMINGS = re.compile(rf"[ \t]*{_SBV_TIME}[ ]*,[ ]*{_SBV_TIME}[ \t]*")
ARROW = re.compile(r"(?:--|[–—−])>")
# Markup has a letter after the bracket: "I <3 you" and timestamps do not match.
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
LINE_BREAK = re.compile(r"\[br\]|<br ?/?>", re.I)
NON_CUE_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
MIN_CUE_DURATION = 0.001  # seconds: WebVTT requires that a cue ends after it starts


def has_cues(rows: Sequence[str]) -> bool:
    """Return whether a file has the header of WebVTT, or any row has cue timings."""
    return bool(rows) and (rows[0].startswith("WEBVTT") or any(map(match_timings, rows)))


def match_timings(row: str) -> re.Match[str] | None:
    """Return the match of a row that has the start and the end of a cue."""
    return CUE_TIMINGS.match(row) or SBV_TIMINGS.fullmatch(row)


def parse_cues(rows: Sequence[str], problems: Problems) -> Iterator[SourceLine]:
    """Yield the cues of a WebVTT, SubRip or SBV file as lines, in the order of the file.

    A cue's text goes on after blank rows, up to the next cue.
    """
    for cue in unroll(_Reader(rows, problems).read()):
        yield from _parse_cue(cue, problems)


def to_vtt(lines: Iterable[Line]) -> str:
    """Return ``lines`` as a WebVTT file, with a timestamp before each word that has a time."""
    cues = ["WEBVTT\n"]
    for line in lines:
        end = max(line.end, line.start + MIN_CUE_DURATION)
        timings = f"{_format_time(line.start)} --> {_format_time(end)}"
        cues.append(f"\n{timings}\n{_format_payload(line)}\n")
    return "".join(cues)


class _Reader:
    """Splits a file into cues."""

    def __init__(self, rows: Sequence[str], problems: Problems) -> None:
        self._rows = rows
        self._problems = problems
        self._is_vtt = bool(rows) and rows[0].startswith("WEBVTT")
        first = next((i for i, row in enumerate(rows) if match_timings(row)), 0)
        self._has_numbers = bool(first) and rows[first - 1].strip().isdecimal()

    def read(self) -> list[Cue]:
        """Return the cues; text that belongs to none is a problem."""
        cues: list[Cue] = []
        is_header, is_note = self._is_vtt, False
        for index, row in enumerate(self._rows):
            timings = None if is_note else match_timings(row)
            if timings:
                start, end = map(_parse_time, timings.groups())
                cues.append(Cue(index + 1, start, end, []))
                is_header = False
            elif not (row if self._is_vtt else row.strip()):
                is_header = is_note = False
            elif self._is_vtt and self._begins_block(index) and NON_CUE_BLOCK.match(row):
                is_note = True
            elif not (is_header or is_note or self._is_identifier(index)):
                self._add_text(cues, index)
        return cues

    def _add_text(self, cues: list[Cue], index: int) -> None:
        row = self._rows[index]
        if ARROW.search(row) and ":" in row:
            self._problems.add(
                index + 1, row, _("its times cannot be read: hh:mm:ss,ttt is needed.")
            )
        elif cues:
            cues[-1].rows.append(row)
        elif row.strip():
            self._problems.add(
                index + 1, row, _("it stands before the first time; it is left out.")
            )

    def _begins_block(self, index: int) -> bool:
        return not index or not self._rows[index - 1].strip()

    def _is_identifier(self, index: int) -> bool:
        """Return whether a row directly above timings is the cue's number or name."""
        if index + 1 >= len(self._rows) or not match_timings(self._rows[index + 1]):
            return False
        is_number = self._rows[index].strip().isdecimal()
        return (is_number and self._has_numbers) or (self._is_vtt and self._begins_block(index))


def _parse_cue(cue: Cue, problems: Problems) -> Iterator[SourceLine]:
    """Yield the line of a cue."""
    section = ""
    texts: list[str] = []
    for row in cue.rows:
        masked = mask_directions(MARKUP.sub("", LINE_BREAK.sub(" ", row)))
        problems.add_directions(cue.number, masked.left_out)
        section = choose_section(section, masked.section)
        texts.append(masked.text)
    line = parse_timed_line(cue.start, cue.end, " ".join(texts))
    yield SourceLine(cue.number, replace(line, section=section))


def _parse_time(text: str) -> float:
    """Return a time in seconds; a last number of three digits after a colon is a fraction."""
    whole, _point, fraction = text.replace(" ", "").replace(",", ".").partition(".")
    parts = whole.split(":")
    if (not fraction and len(parts[-1]) == 3) or len(parts) == 4:
        fraction = parts.pop()
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds + (int(fraction) / 10 ** len(fraction) if fraction else 0.0)


def _format_payload(line: Line) -> str:
    """Return the payload of a line's cue: its escaped text with timestamps before its words."""
    parts: list[str] = []
    at = 0
    for word in line.words:
        start = line.text.find(word.text, at)
        if start < 0 or not line.start < word.start < line.end:
            continue
        parts += [_escape(line.text[at:start]), f"<{_format_time(word.start)}>"]
        at = start
    return "".join([*parts, _escape(line.text[at:])])


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _format_time(time: float) -> str:
    """Return seconds as ``hh:mm:ss.ttt``."""
    thousandths = round(time * 1000)
    minutes = thousandths // 60_000
    rest = thousandths % 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
