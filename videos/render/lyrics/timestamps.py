"""Parsing timestamps in lyrics, and the words of a line that has timestamps."""

import html
import re
from dataclasses import replace

from videos.render.lyrics.lines import Line, Word, clean_text

# Minutes and seconds, often with a fraction, which some LRC files write after a colon: three
# numbers are minutes, seconds and a fraction, four numbers begin with hours. Files from China and
# Japan have full-width digits, colons and brackets.
_DIGIT, _COLON = "[0-9０-９]", "[:：]"
TIME = (
    rf"(?:({_DIGIT}{{1,3}}){_COLON}(?={_DIGIT}{{1,2}}{_COLON}{_DIGIT}{{1,2}}[.,．，:：]))?"
    rf"({_DIGIT}{{1,4}}){_COLON}({_DIGIT}{{1,2}})(?:[.,．，:：]({_DIGIT}{{1,6}}))?"
)
# "~" is ours: "[~01:02.50]" says that the time of the line is a guess (``stored_text``)
GUESS_MARK = "~"
LINE_TIMESTAMP = re.compile(rf"[ \t　]*[\[［【][ ]*{GUESS_MARK}?{TIME}[ ]*[\]］】]")
WORD_TIMESTAMP = re.compile(rf"[\[<［]{TIME}[\]>］]")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{1,31});")
NO_END = -1.0
MAX_WORD_DURATION = 5.0  # seconds, for a last word without an end time


def to_seconds(hours: str | None, minutes: str, whole: str, fraction: str | None) -> float:
    """Return a time in seconds from its parts, which are strings of digits."""
    fractional = int(fraction) / 10 ** len(fraction) if fraction else 0.0
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + fractional


def parse_timestamp(match: re.Match[str]) -> float:
    """Return the time of a matched timestamp in seconds."""
    hours, minutes, whole, fraction = match.groups()
    return to_seconds(hours, minutes, whole, fraction)


def unescape(text: str) -> str:
    """Return ``text`` with the characters of HTML's entities ("&apos;"), and what is none as is."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def parse_timed_line(start: float, end: float, text: str, shift: float = 0.0) -> Line:
    """Return the line of a ``text`` that may have timestamps before its words (enhanced LRC).

    A timestamp at the end of the text is the end of the line where ``end`` is ``NO_END``; one alone
    there tells nothing of several words.
    ``shift`` seconds are subtracted from each timestamp in the text.
    """
    timestamps = list(WORD_TIMESTAMP.finditer(text))
    if not timestamps:
        return Line(start, end, clean_text(unescape(text)))
    starts = [start, *(max(0.0, parse_timestamp(timestamp) - shift) for timestamp in timestamps)]
    bounds = [0, *(bound for timestamp in timestamps for bound in timestamp.span()), len(text)]
    pieces = [
        unescape(text[left:right]) for left, right in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    if end <= start and not clean_text(pieces[-1]):
        end = starts[-1]
    if len(pieces) == 2 and " " in clean_text(pieces[0]) and not clean_text(pieces[1]):
        return Line(start, end, clean_text(pieces[0]))
    ends = [*starts[1:], end if end > starts[-1] else starts[-1] + MAX_WORD_DURATION]
    words = [
        Word(word_start, max(word_start, word_end), clean_text(piece))
        for word_start, word_end, piece in zip(starts, ends, pieces, strict=True)
        if clean_text(piece)
    ]
    return Line(start, end, clean_text("".join(pieces)), tuple(words))


def move_line(line: Line, seconds: float) -> Line:
    """Return a line and its words ``seconds`` later."""
    words = (Word(word.start + seconds, word.end + seconds, word.text) for word in line.words)
    end = line.end if line.end == NO_END else line.end + seconds
    return replace(line, start=line.start + seconds, end=end, words=tuple(words))
