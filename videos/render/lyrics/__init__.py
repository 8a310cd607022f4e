"""Timed lines of a song from LRC, WebVTT, SubRip, a vendor's aligned words or plain text."""

from math import isfinite

from videos.render.lyrics.aligned_words import from_aligned_words
from videos.render.lyrics.cues import has_cues, parse_cues, to_vtt
from videos.render.lyrics.decoding import decode
from videos.render.lyrics.lines import Line, LyricsError, Word, in_order, shifted
from videos.render.lyrics.lrc import is_lrc, parse_lrc, to_lrc
from videos.render.lyrics.plain import spread

MOST_READ = 20_000
"""Lines of a text that are looked at: those of cues and tags are more than those that are sung."""

__all__ = [
    "Line",
    "LyricsError",
    "Word",
    "decode",
    "from_aligned_words",
    "parse",
    "shifted",
    "to_lrc",
    "to_vtt",
    "untimed",
]


def untimed(text: str) -> str:
    """Return lyrics as people write them, without times; tags of sections stay."""
    lines = _lines_of(text)
    if not has_cues(lines) and not is_lrc(lines):
        return text
    written: list[str] = []
    for line in parse(text, 0):
        written += ["", f"[{line.section}]"] if line.section else []
        written.append(line.text)
    return "\n".join(written).strip()


def parse(text: str, duration: float) -> tuple[Line, ...]:
    """Return the sung lines of `text` for a song of `duration` seconds, 0 for unknown.

    The format is told from the text. Lines come sorted, none lasts into the next, and section tags
    such as `[Chorus]` are no lines. Text that holds nothing to sing gives none.
    """
    duration = duration if isfinite(duration) and duration > 0 else 0.0
    lines = _lines_of(text)
    if has_cues(lines):
        return in_order(parse_cues(lines), duration)
    if is_lrc(lines):
        return in_order(parse_lrc(lines), duration)
    return in_order(spread(lines, duration), duration)


def _lines_of(text: str) -> list[str]:
    return text.lstrip("\ufeff").splitlines()[:MOST_READ]
