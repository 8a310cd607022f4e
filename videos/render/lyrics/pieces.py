"""Builds a line from pieces of text, of which some have times: syllables, words, and what is
between them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from videos.render.lyrics.directions import mask_directions
from videos.render.lyrics.lines import Line, Problems, SourceLine, Word, clean_text


class Piece(NamedTuple):
    """A piece of a line's text, with its start and end in seconds if it has times."""

    text: str
    start: float | None = None
    end: float | None = None


def build_line(
    number: int, start: float, end: float, pieces: Sequence[Piece], problems: Problems
) -> SourceLine:
    """Return the line of ``pieces``, without what is not sung; row ``number`` of its file."""
    masked = mask_directions("".join(piece.text for piece in pieces).replace("\n", " "))
    problems.add_directions(number, masked.left_out)
    words: list[Word] = []
    at = 0
    for piece in pieces:
        text = clean_text(masked.text[at : at + len(piece.text)])
        at += len(piece.text)
        if text and piece.start is not None:
            words.append(Word(piece.start, max(piece.start, piece.end or 0.0), text))
    line = Line(start, end, clean_text(masked.text), tuple(words), masked.section)
    return SourceLine(number, line)
