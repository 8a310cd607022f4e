"""The lyrics of a song with their times, as its film shows them."""

from functools import lru_cache

from videos.models import Track
from videos.render.lyrics import Line, parse, parse_aligned_words, shift_lines

# Cached, because long lyrics take half a second and many people open a shared page
_parse_cached = lru_cache(16)(parse)


def timed_lines(track: Track) -> tuple[Line, ...]:
    """Return the timed lines of ``track``, shifted by its offset."""
    timed = parse_aligned_words(track.active_aligned_words)
    lines = timed or _parse_cached(track.lyrics, track.duration or 0)
    return shift_lines(lines, track.lyrics_offset / 1000)
