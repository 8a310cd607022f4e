"""Timed lyrics: lines and words with their times, to which every format is converted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from videos.render.errors import InputError
from videos.render.errors import gettext_noop as _

MAX_PROBLEMS = 200  # that are listed; a file with more of them is no lyrics
CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()}
MAX_WARNINGS = 5  # sentences that a person is shown
MAX_EXCERPT = 60  # characters of a line that a problem quotes
# A line that is cut at an end of a clip belongs to the clip with this share, or so many seconds
MIN_CUT_SHARE, MIN_CUT_SECONDS = 0.5, 1.5


class LyricsError(InputError):
    """A file without usable lyrics. The text is a sentence for the person who uploaded it."""


@dataclass(frozen=True)
class Word:
    """A word of a line with its start and end in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Line:
    """A sung line with its start and end in seconds.

    ``words`` is empty where the source has no times of words. ``section`` is the section tag above
    the line ("Chorus"); only the first line under the tag has it. ``is_guessed`` tells that the
    source has no time of the line. Lines with the same start are rows of one moment: voices, or a
    translation of the first.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    section: str = ""
    is_guessed: bool = False


class SourceLine(NamedTuple):
    """A line, and the number (from 1) of the row of the file where it stands; 0 for none."""

    number: int
    line: Line


# Sentences about all of the lyrics, and about one line of them
_QUOTED = (_("The lyrics (“%(text)s”): %(reason)s"), _("Line %(number)d (“%(text)s”): %(reason)s"))
_UNQUOTED = (_("The lyrics: %(reason)s"), _("Line %(number)d: %(reason)s"))


@dataclass(frozen=True)
class Problem:
    """Something in a file that was not understood: the row's number (0 for none), its text, why.

    ``reason`` continues a sentence whose subject is the row ("it has no time, …").
    """

    number: int
    text: str
    reason: str

    def __str__(self) -> str:
        """Return the sentence for the person who uploaded the file."""
        texts = _QUOTED if self.text else _UNQUOTED
        return texts[bool(self.number)] % vars(self)


@dataclass
class Problems:
    """Collects the problems of a file while it is parsed."""

    items: list[Problem] = field(default_factory=list)

    def add(self, number: int, text: str, reason: str) -> None:
        """Add a problem, unless there are too many already."""
        if len(self.items) < MAX_PROBLEMS:
            excerpt = clean_text(text[: 4 * MAX_EXCERPT])
            if len(excerpt) > MAX_EXCERPT:
                excerpt = f"{excerpt[: MAX_EXCERPT - 1].rstrip()}…"
            self.items.append(Problem(number, excerpt, reason))

    def add_directions(self, number: int, directions: Iterable[str]) -> None:
        """Add what is left out of a row because it is a direction to the singer."""
        for text in directions:
            self.add(number, text, _("it is a direction, which is not sung."))


@dataclass(frozen=True)
class Lyrics:
    """What was read from a file: its lines, and its problems in the order of the file."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def warnings(self) -> list[str]:
        """A sentence for each of the first problems, and one that counts the others."""
        sentences = [str(problem) for problem in self.problems[:MAX_WARNINGS]]
        if others := len(self.problems) - MAX_WARNINGS:
            if others == 1:
                return [*sentences, str(self.problems[-1])]
            if others > 0:
                return [
                    *sentences,
                    _("The lyrics: %(count)d more lines have problems.") % {"count": others},
                ]
        return sentences


def shift_lines(lines: Iterable[Line], seconds: float) -> tuple[Line, ...]:
    """Return ``lines`` shifted by ``seconds``, cut at 0; positive is later, negative earlier."""
    return tuple(_shift_line(line, seconds) for line in lines if line.end + seconds > 0)


def _shift_line(line: Line, seconds: float) -> Line:
    words = [
        Word(max(0.0, word.start + seconds), max(0.0, word.end + seconds), word.text)
        for word in line.words
    ]
    start, end = max(0.0, line.start + seconds), line.end + seconds
    return replace(line, start=start, end=end, words=tuple(words))


def cut_lines(lines: Iterable[Line], start: float, end: float) -> tuple[Line, ...]:
    """Return the ``lines`` between ``start`` and ``end`` in seconds, with times from ``start`` on.

    A line of which only a scrap is sung in between is left out.
    """
    inside = [line for line in lines if _is_inside(line, start, end)]
    return tuple(_end_line_by(line, end - start) for line in shift_lines(inside, -start))


def _is_inside(line: Line, start: float, end: float) -> bool:
    if line.start >= end or line.end < start:
        return False
    seconds = min(line.end, end) - max(line.start, start)
    return seconds >= min(MIN_CUT_SECONDS, MIN_CUT_SHARE * (line.end - line.start))


def _end_line_by(line: Line, end: float) -> Line:
    words = tuple(Word(min(word.start, end), min(word.end, end), word.text) for word in line.words)
    return replace(line, end=min(line.end, end), words=words)


def clean_text(text: str) -> str:
    """Return a line's text without control characters, with single spaces."""
    return " ".join(text.translate(CONTROLS).split())
