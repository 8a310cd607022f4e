"""Turns lyrics with times from ID3's SYLT frames into LRC, with the times of words if there are."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

BREAKS = {"\r", "\n"}
LINE_PAUSE = 2000  # milliseconds between words, after which a line begins where no break tells it
INNER_BREAKS = re.compile(r"[\r\n]+")


class SyncedText(NamedTuple):
    """A line, a word or a syllable, and when it is sung, in milliseconds.

    A line break before the text begins a line.
    """

    text: str
    time: int


def format_lrc(entries: Sequence[SyncedText]) -> str:
    """Return the entries as LRC; the words of a line are in the form of enhanced LRC."""
    return "\n".join(_format_line(line) for line in _split_lines(entries))


def _split_lines(entries: Sequence[SyncedText]) -> Iterator[list[SyncedText]]:
    """Yield the entries of each line.

    A break begins a line; without any break, each entry is a line, unless spaces at the edges of
    entries show that they are words.
    """
    texts = [text for text, _time in entries if text]
    has_breaks = any(text[0] in BREAKS or text[-1] in BREAKS for text in texts)
    has_words = has_breaks or any(text[0] == " " or text[-1] == " " for text in texts)
    line: list[SyncedText] = []
    is_ended = False
    for text, time in entries:
        is_late = not has_breaks and bool(line) and time - line[-1].time > LINE_PAUSE
        if line and (is_ended or is_late or text[:1] in BREAKS or not has_words):
            yield line
            line = []
        is_ended = text[-1:] in BREAKS
        line.append(SyncedText(INNER_BREAKS.sub(" ", text.strip("\r\n")), time))
    if line:
        yield line


def _format_line(line: Sequence[SyncedText]) -> str:
    """Return a line as LRC; entries without text stand for the end of the words before."""
    words = [word for word in line if word.text.strip()]
    start = _stamp(line[0].time)
    if len(words) < 2:
        return f"[{start}]{''.join(word.text for word in words).strip()}"
    return f"[{start}]" + "".join(f"<{_stamp(word.time)}>{word.text}" for word in words).rstrip()


def _stamp(milliseconds: int) -> str:
    minutes, rest = divmod(max(0, milliseconds), 60_000)
    return f"{minutes:02}:{rest / 1000:05.2f}"
