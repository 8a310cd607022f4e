"""Parsing lyrics whose format is detected from their text."""

from collections.abc import Iterable, Sequence
from math import isfinite

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.cues import has_cues, parse_cues
from videos.render.lyrics.directions import fold_rows
from videos.render.lyrics.foreign_formats import READABLE, name_foreign_format
from videos.render.lyrics.json_lyrics import is_json, parse_json
from videos.render.lyrics.lines import Line, Lyrics, LyricsError, Problems, SourceLine
from videos.render.lyrics.lrc import bracket_timestamps, is_lrc, parse_lrc
from videos.render.lyrics.normalisation import normalise_lines
from videos.render.lyrics.plain import parse_plain
from videos.render.lyrics.subtitles import detect_subtitles, parse_subtitles
from videos.render.lyrics.ttml import is_ttml, parse_ttml

MAX_INPUT_LINES = 20_000  # of a text; cues and tags have more of them than sung lines
LINE_BREAKS = dict.fromkeys(map(ord, "\r\u2028\u2029"), "\n")


def parse_lyrics(text: str, duration: float) -> Lyrics:
    """Return the sung lines of ``text`` for a song of ``duration`` seconds, 0 for unknown.

    Lines are sorted and do not overlap, except rows of one moment; section tags such as
    ``[Chorus]`` are not lines. Text without anything to sing has no lines. Problems name what was
    not understood. Raises LyricsError if the text is in a format that is no lyrics, or if there are
    problems and no lines.
    """
    duration = duration if isfinite(duration) and duration > 0 else 0.0
    text = text.lstrip("\ufeff")
    problems = Problems()
    if name := name_foreign_format(text):
        raise LyricsError(
            _("This is %(name)s, which is no format of lyrics. %(advice)s")
            % {"name": name, "advice": READABLE}
        )
    lines = normalise_lines(_parse_lines(text, duration, problems), duration, problems)
    if problems.items and not lines:
        raise LyricsError(
            _("No lyrics can be read. %(sentence)s") % {"sentence": str(problems.items[0])}
        )
    return Lyrics(lines, tuple(sorted(problems.items, key=lambda problem: problem.number)))


def parse(text: str, duration: float) -> tuple[Line, ...]:
    """Return the lines of ``parse_lyrics``; none for text that it refuses."""
    try:
        return parse_lyrics(text, duration).lines
    except LyricsError:
        return ()


def strip_timestamps(text: str) -> str:
    """Return lyrics as plain text without times, with section tags."""
    rows = _split_rows(text.lstrip("\ufeff"))
    is_timed = _is_structured(rows) or has_cues(rows) or is_lrc(bracket_timestamps(rows))
    if not is_timed:
        return text
    plain: list[str] = []
    for line in parse(text, 0):
        plain += ["", f"[{line.section}]"] if line.section else []
        plain.append(line.text)
    return "\n".join(plain).strip()


def _parse_lines(text: str, duration: float, problems: Problems) -> Iterable[SourceLine]:
    """Return the lines of a text as its format has them. Raises LyricsError."""
    if is_ttml(text):
        return parse_ttml(text, duration, problems)
    if is_json(text):
        return parse_json(text, problems, lambda inner: _parse_lines(inner, duration, problems))
    rows = _split_rows(text)
    if any(map(str.strip, rows[MAX_INPUT_LINES:])):
        reason = _("it and what follows is left out: only %(count)d lines are read.") % {
            "count": MAX_INPUT_LINES
        }
        problems.add(MAX_INPUT_LINES + 1, rows[MAX_INPUT_LINES], reason)
    rows = rows[:MAX_INPUT_LINES]
    if subtitles := detect_subtitles(rows):
        return parse_subtitles(rows, subtitles, problems)
    if has_cues(rows):
        return parse_cues(rows, problems)
    rows = bracket_timestamps(fold_rows(rows))
    if is_lrc(rows):
        return parse_lrc(rows, duration, problems)
    return parse_plain(rows, duration, problems)


def _is_structured(rows: Sequence[str]) -> bool:
    """Return whether a text is TTML, JSON or a format of subtitles without cues."""
    text = "\n".join(rows)
    return is_ttml(text) or is_json(text) or detect_subtitles(rows) is not None


def _split_rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").translate(LINE_BREAKS).split("\n")
