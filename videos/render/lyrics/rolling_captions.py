"""Captions that roll, as YouTube's do: each cue repeats the last row of the cue before."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

MAX_STILL_DURATION = 0.05  # seconds of a cue that only repeats, between two that add words
MIN_STILLS = 2  # of such cues
MIN_REPEATS = 3  # of rows, where there are no such cues
MAX_PAUSE = 0.05  # seconds between cues that belong together
_TAG = re.compile(r"<[^<>]{0,200}>")


class Cue(NamedTuple):
    """A cue: the number of the row of its times, these in seconds, and its rows of text."""

    number: int
    start: float
    end: float
    rows: list[str]


def unroll(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues, without what they repeat if they roll."""
    if not _is_rolling(cues):
        return list(cues)
    result: list[Cue] = []
    above: list[str] = []
    for cue in cues:
        rows = [row for row in cue.rows if _plain(row)]
        texts = [_plain(row) for row in rows]
        repeated = _count_repeated(above, texts)
        if rows[repeated:]:
            result.append(cue._replace(rows=rows[repeated:]))
        above = texts or above
    return result


def _is_rolling(cues: Sequence[Cue]) -> bool:
    """Return whether cues only repeat for a moment, or most begin with a repeated row."""
    stills = repeats = others = 0
    for before, cue in pairwise(cues):
        texts = [text for row in cue.rows if (text := _plain(row))]
        above = [text for row in before.rows if (text := _plain(row))]
        count = _count_repeated(above, texts) if cue.start - before.end <= MAX_PAUSE else 0
        if texts and count == len(texts) and cue.end - cue.start <= MAX_STILL_DURATION:
            stills += 1
        if 0 < count < len(texts):
            repeats += 1
        elif len(texts) > 1:
            others += 1
    return stills >= MIN_STILLS or (repeats >= MIN_REPEATS and repeats > 4 * others)


def _count_repeated(above: Sequence[str], texts: Sequence[str]) -> int:
    """Return how many of the first ``texts`` are the last rows of the cue before."""
    for count in range(min(len(above), len(texts)), 0, -1):
        if list(above[-count:]) == list(texts[:count]):
            return count
    return 0


def _plain(row: str) -> str:
    return " ".join(_TAG.sub("", row).split())
