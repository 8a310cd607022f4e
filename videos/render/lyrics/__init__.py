"""Timed lines of a song from files of lyrics and subtitles, a vendor's words or plain text."""

from videos.render.lyrics.aligned_words import parse_aligned_words, placed_share
from videos.render.lyrics.cues import to_vtt
from videos.render.lyrics.decoding import decode
from videos.render.lyrics.encoding_doubt import EncodingDoubt
from videos.render.lyrics.enhanced_lrc import to_stored_text, to_word_lrc
from videos.render.lyrics.lines import (
    Line,
    Lyrics,
    LyricsError,
    Problem,
    Word,
    cut_lines,
    shift_lines,
)
from videos.render.lyrics.lost_characters import check_characters
from videos.render.lyrics.lrc import to_lrc
from videos.render.lyrics.parsing import parse, parse_lyrics, strip_timestamps

__all__ = [
    "EncodingDoubt",
    "Line",
    "Lyrics",
    "LyricsError",
    "Problem",
    "Word",
    "check_characters",
    "cut_lines",
    "decode",
    "parse",
    "parse_aligned_words",
    "parse_lyrics",
    "placed_share",
    "shift_lines",
    "strip_timestamps",
    "to_lrc",
    "to_stored_text",
    "to_vtt",
    "to_word_lrc",
]
