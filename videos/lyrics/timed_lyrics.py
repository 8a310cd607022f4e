"""The lyrics of a song with their times, as its film shows them."""

from functools import lru_cache

from videos.languages.late_translation import translate_late
from videos.models import Track, Video
from videos.render.clips import CANVAS
from videos.render.lyrics import (
    Line,
    Lyrics,
    LyricsError,
    cut_lines,
    parse_aligned_words,
    parse_lyrics,
    shift_lines,
)
from videos.render.lyrics.section_labels import label_sections
from videos.render.options import SectionLanguage


# Cached, because long lyrics take half a second and many people open a shared page
@lru_cache(16)
def _parse_cached(text: str, duration: float) -> Lyrics:
    """Return the lyrics of a text, none for one that is in no format of lyrics."""
    try:
        return parse_lyrics(text, duration)
    except LyricsError:
        return Lyrics()


def timed_lines(track: Track) -> tuple[Line, ...]:
    """Return the timed lines of ``track``, shifted by its offset."""
    timed = parse_aligned_words(track.active_aligned_words)
    lines = timed or _parse_cached(track.lyrics, track.duration or 0).lines
    return shift_lines(lines, track.lyrics_offset / 1000)


def film_lines(video: Video) -> tuple[Line, ...]:
    """Return the timed lines of a finished film: of a clip, those in it, with its times.

    A Canvas has no words.
    """
    if video.clip == CANVAS:
        return ()
    language = SectionLanguage(video.section_language)
    lines = label_sections(timed_lines(video.track), language)
    if video.clip_start is None:
        return lines
    return cut_lines(lines, video.clip_start, video.clip_start + (video.duration or 0))


def lyrics_warnings(track: Track) -> list[str]:
    """Return sentences about what of the lyrics of ``track`` is left out or guessed, and why."""
    warnings = _parse_cached(track.lyrics, track.duration or 0).warnings
    return [translate_late(sentence) for sentence in warnings]
