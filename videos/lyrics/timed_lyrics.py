"""The lyrics of a song with their times, as its film shows them."""

from functools import lru_cache

from videos.models import Track
from videos.render.lyrics import Line, parse, parse_aligned_words, shift_lines

_parsed = lru_cache(16)(parse)
"""Long lyrics take half a second, and a shared page is opened again and again."""


def timed_lines(track: Track) -> tuple[Line, ...]:
    """Return the sung lines of ``track``, moved by its offset."""
    timed = parse_aligned_words(track.sung_words)
    lines = timed or _parsed(track.lyrics, track.duration or 0)
    return shift_lines(lines, track.lyrics_offset / 1000)
