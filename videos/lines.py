"""The lyrics of a song with their times, as its film shows them."""

from videos.models import Track
from videos.render.lyrics import Line, from_aligned_words, parse, shifted


def timed_lines(track: Track) -> tuple[Line, ...]:
    """Return the sung lines of ``track``, moved by its offset."""
    timed = from_aligned_words(track.sung_words)
    lines = timed or parse(track.lyrics, track.duration or 0)
    return shifted(lines, track.lyrics_offset / 1000)
