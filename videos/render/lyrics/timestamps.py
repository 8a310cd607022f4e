"""Parsing timestamps in lyrics, and the words of a line that has timestamps."""

import re

from videos.render.lyrics.lines import Line, Word, clean_text

# Minutes and seconds, often with a fraction, which some LRC files write after a colon: three
# numbers are minutes, seconds and a fraction, four numbers begin with hours.
TIME = (
    r"(?:([0-9]{1,3}):(?=[0-9]{1,2}:[0-9]{1,2}[.,:]))?"
    r"([0-9]{1,4}):([0-9]{1,2})(?:[.,:]([0-9]{1,6}))?"
)
LINE_TIMESTAMP = re.compile(rf"[ \t]*\[{TIME}\]")
WORD_TIMESTAMP = re.compile(rf"[\[<]{TIME}[\]>]")
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


def parse_timed_line(start: float, end: float, text: str, shift: float = 0.0) -> Line:
    """Return the line of a ``text`` that may have timestamps before its words (enhanced LRC).

    A timestamp at the end of the text is the end of the line where ``end`` is ``NO_END``.
    ``shift`` seconds are subtracted from each timestamp in the text.
    """
    timestamps = list(WORD_TIMESTAMP.finditer(text))
    if not timestamps:
        return Line(start, end, clean_text(text))
    starts = [start, *(max(0.0, parse_timestamp(timestamp) - shift) for timestamp in timestamps)]
    bounds = [0, *(bound for timestamp in timestamps for bound in timestamp.span()), len(text)]
    pieces = [text[left:right] for left, right in zip(bounds[::2], bounds[1::2], strict=True)]
    if end <= start and not pieces[-1].strip():
        end = starts[-1]
    ends = [*starts[1:], end if end > starts[-1] else starts[-1] + MAX_WORD_DURATION]
    words = [
        Word(word_start, max(word_start, word_end), clean_text(piece))
        for word_start, word_end, piece in zip(starts, ends, pieces, strict=True)
        if clean_text(piece)
    ]
    return Line(start, end, clean_text("".join(pieces)), tuple(words))
