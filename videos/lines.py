"""The lyrics of a song with their times, as its film shows them."""

from videos.models import Track
from videos.render.lyrics import Line, parse, shifted


def timed_lines(track: Track) -> tuple[Line, ...]:
    """Return the sung lines of ``track``, moved by its offset."""
    return shifted(parse(track.lyrics, track.duration or 0), track.lyrics_offset / 1000)
