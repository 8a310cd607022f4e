"""Timed lines of a song from LRC, WebVTT, SubRip, a vendor's aligned words or plain text."""

from videos.render.lyrics.aligned_words import parse_aligned_words
from videos.render.lyrics.cues import to_vtt
from videos.render.lyrics.decoding import decode
from videos.render.lyrics.lines import Line, LyricsError, Word, shift_lines
from videos.render.lyrics.lrc import to_lrc
from videos.render.lyrics.parsing import parse, strip_timestamps

__all__ = [
    "Line",
    "LyricsError",
    "Word",
    "decode",
    "parse",
    "parse_aligned_words",
    "shift_lines",
    "strip_timestamps",
    "to_lrc",
    "to_vtt",
]
