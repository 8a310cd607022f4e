"""Parsing lyrics whose format is detected from their text: LRC, WebVTT, SubRip or plain text."""

from math import isfinite

from videos.render.lyrics.cues import has_cues, parse_cues
from videos.render.lyrics.lines import Line, normalise_lines
from videos.render.lyrics.lrc import is_lrc, parse_lrc
from videos.render.lyrics.plain import parse_plain

MAX_INPUT_LINES = 20_000  # of a text; cues and tags have more of them than sung lines


def parse(text: str, duration: float) -> tuple[Line, ...]:
    """Return the sung lines of ``text`` for a song of ``duration`` seconds, 0 for unknown.

    Lines are sorted and do not overlap; section tags such as ``[Chorus]`` are not lines. Text
    without anything to sing has no lines.
    """
    duration = duration if isfinite(duration) and duration > 0 else 0.0
    lines = _split_lines(text)
    if has_cues(lines):
        return normalise_lines(parse_cues(lines), duration)
    if is_lrc(lines):
        return normalise_lines(parse_lrc(lines), duration)
    return normalise_lines(parse_plain(lines, duration), duration)


def strip_timestamps(text: str) -> str:
    """Return lyrics as plain text without times, with section tags."""
    lines = _split_lines(text)
    if not has_cues(lines) and not is_lrc(lines):
        return text
    rows: list[str] = []
    for line in parse(text, 0):
        rows += ["", f"[{line.section}]"] if line.section else []
        rows.append(line.text)
    return "\n".join(rows).strip()


def _split_lines(text: str) -> list[str]:
    return text.lstrip("\ufeff").splitlines()[:MAX_INPUT_LINES]
