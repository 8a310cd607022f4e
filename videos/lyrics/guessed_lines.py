"""When the lines of a song without times are sung, as its sound suggests: where timing begins."""

from videos.lyrics.timed_lyrics import timed_lines
from videos.media.analysis_cache import analysis_cache
from videos.models import Track
from videos.render.guessing import guess_lines
from videos.render.lyrics import Line
from videos.render.options import FPS


def guessed_lines(track: Track) -> tuple[Line, ...] | None:
    """Return the lines of ``track`` with guessed times, None where nothing better is known.

    That is while the song is not analysed, and where its lines have times or its sound no beat.
    """
    lines = timed_lines(track)
    if not lines or not all(line.is_guessed for line in lines):
        return None
    analysis = analysis_cache().load_analysis(track.audio_digest, FPS)
    return None if analysis is None else guess_lines(analysis, FPS, track.lyrics)
