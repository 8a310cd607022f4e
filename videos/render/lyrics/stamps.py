"""Time stamps inside lyrics, and the words that they cut a line into."""

import re

from videos.render.lyrics.lines import Line, Word, tidy

# Minutes and seconds, often with a fraction, which LRC files also write after a colon: three
# numbers are minutes, seconds and a fraction, unless yet another one follows.
CLOCK = (
    r"(?:([0-9]{1,3}):(?=[0-9]{1,2}:[0-9]{1,2}[.,:]))?"
    r"([0-9]{1,4}):([0-9]{1,2})(?:[.,:]([0-9]{1,6}))?"
)
LINE_STAMP = re.compile(rf"[ \t]*\[{CLOCK}\]")
STAMP = re.compile(rf"[\[<]{CLOCK}[\]>]")
NO_END = -1.0
LONGEST_WORD = 5.0  # seconds, where nothing says when it ends


def seconds(hours: str | None, minutes: str, whole: str, fraction: str | None) -> float:
    """Return a time in seconds from its parts in digits."""
    part = int(fraction) / 10 ** len(fraction) if fraction else 0.0
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + part


def read_stamp(match: re.Match[str]) -> float:
    """Return the seconds of a matched stamp."""
    hours, minutes, whole, fraction = match.groups()
    return seconds(hours, minutes, whole, fraction)


def stamped_line(start: float, end: float, text: str, shift: float = 0.0) -> Line:
    """Return a line whose text may have stamps before its words.

    A last stamp with nothing behind it says when the line ends, which `end` need not say then.
    `shift` seconds are taken from each stamp in the text.
    """
    stamps = list(STAMP.finditer(text))
    if not stamps:
        return Line(start, end, tidy(text))
    starts = [start, *(max(0.0, read_stamp(stamp) - shift) for stamp in stamps)]
    bounds = [0, *(bound for stamp in stamps for bound in stamp.span()), len(text)]
    pieces = [text[left:right] for left, right in zip(bounds[::2], bounds[1::2], strict=True)]
    if end <= start and not pieces[-1].strip():
        end = starts[-1]
    ends = [*starts[1:], end if end > starts[-1] else starts[-1] + LONGEST_WORD]
    words = [
        Word(begin, max(begin, stop), tidy(piece))
        for begin, stop, piece in zip(starts, ends, pieces, strict=True)
        if tidy(piece)
    ]
    return Line(start, end, tidy("".join(pieces)), tuple(words))
