"""Adds the translation of lyrics, from a text of its own, as rows below the lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import Line, LyricsError

MAX_DISTANCE = 1.5  # seconds between the starts of a line and its translation


def add_translation(lines: Sequence[Line], translation: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines``, each followed by its translation where there is one.

    A translation with times belongs to the lines that begin when it does; one without times has as
    many lines as the lyrics. Raises ``LyricsError`` where they do not fit.
    """
    if not translation:
        return tuple(lines)
    if all(row.is_guessed for row in translation):
        if len(translation) != len(lines):
            sentence = _(
                "Lines of the lyrics: %(lines)d, of the translation: %(rows)d. Without times, each "
                "line needs one."
            )
            raise LyricsError(sentence % {"lines": len(lines), "rows": len(translation)})
        pairs = list(zip(lines, translation, strict=True))
    else:
        pairs = [(line, row) for row in translation if (line := _find_line(lines, row))]
        if not pairs:
            sentence = _("No line of the translation begins when one of the lyrics does.")
            raise LyricsError(sentence)
    return tuple(_interleave(lines, pairs))


def _find_line(lines: Sequence[Line], row: Line) -> Line | None:
    nearest = min(lines, key=lambda line: abs(line.start - row.start), default=None)
    is_near = nearest is not None and abs(nearest.start - row.start) <= MAX_DISTANCE
    return nearest if is_near else None


def _interleave(lines: Sequence[Line], pairs: Sequence[tuple[Line, Line]]) -> Iterator[Line]:
    for line in lines:
        yield line
        for above, row in pairs:
            if above is line:
                yield replace(line, text=row.text, words=(), section="")
