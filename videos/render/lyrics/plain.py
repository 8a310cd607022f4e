"""Lyrics without times: distributing their lines over a song by their number of syllables."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from videos.render.lyrics.directions import mask_directions
from videos.render.lyrics.lines import Line, Problems, SourceLine, clean_text
from videos.render.lyrics.sections import choose_section
from videos.render.lyrics.timestamps import unescape

INTRO_SHARE, MAX_INTRO = 0.12, 15.0  # of the duration of the song; seconds
OUTRO_SHARE, MAX_OUTRO = 0.06, 10.0
LINE_PAUSE = 1.5  # syllables of silence after each line
SECTION_PAUSE = 4.0  # syllables of silence for blank lines or a section tag
DEFAULT_LINE_DURATION = 4.0  # seconds, in a song of unknown duration

IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
VOWELS = re.compile(r"[aeiouyаеёиоуыэюяіїєαεηιουω]+")
LETTERS_PER_SYLLABLE = 2.5  # in scripts that do not write every vowel


class PlainRow(NamedTuple):
    """A row to sing without a time: its number in the file, its text, and what stands above it.

    ``is_after_pause`` tells of a blank row or a tag between it and the row before.
    """

    number: int
    text: str
    section: str = ""
    is_after_pause: bool = False


def parse_plain(rows: Sequence[str], duration: float, problems: Problems) -> Iterator[SourceLine]:
    """Yield sung lines that last in proportion to their syllables, for ``duration`` seconds.

    The intro and the outro of the song have no lines; blank lines become pauses. A duration of 0
    means unknown: then every line counts as ``DEFAULT_LINE_DURATION``.
    """
    yield from distribute(list(read_rows(rows, problems)), *sung_part(duration))


def sung_part(duration: float) -> tuple[float, float]:
    """Return when the voice probably begins and ends, in seconds; 0 and 0 for no duration."""
    start = min(INTRO_SHARE * duration, MAX_INTRO)
    return start, duration - min(OUTRO_SHARE * duration, MAX_OUTRO)


def distribute(rows: Sequence[PlainRow], start: float, end: float) -> Iterator[SourceLine]:
    """Yield the rows as lines between ``start`` and ``end`` in seconds; their times are guessed.

    If ``end`` is not after ``start`` every line counts as ``DEFAULT_LINE_DURATION``.
    """
    if end <= start:
        length = DEFAULT_LINE_DURATION * len(rows)
        first, end = sung_part(length)
        start, end = start + first, start + end
    parts = list(_weigh_rows(rows))
    total = sum(weight for _, weight in parts)
    time = start
    for row, weight in parts:
        share = (end - start) * weight / total
        if row:
            line_end = time + share * (weight - LINE_PAUSE) / weight
            line = Line(time, line_end, row.text, section=row.section, is_guessed=True)
            yield SourceLine(row.number, line)
        time += share


def count_syllables(text: str) -> float:
    """Return an estimate of the syllables of ``text``: at least one for each word with letters."""
    ideographs = len(IDEOGRAPH.findall(text))
    without_accents = normalize("NFD", IDEOGRAPH.sub(" ", text).casefold())
    return ideographs + sum(map(_count_in_word, without_accents.split()))


def _count_in_word(word: str) -> float:
    letters = sum(map(str.isalnum, word))
    if not letters:
        return 0.0
    return float(len(VOWELS.findall(word))) or max(1.0, letters / LETTERS_PER_SYLLABLE)


def read_rows(rows: Sequence[str], problems: Problems) -> Iterator[PlainRow]:
    """Yield the rows that are sung."""
    section = ""
    is_after_pause = False
    for number, row in enumerate(rows, 1):
        masked = mask_directions(row)
        problems.add_directions(number, masked.left_out)
        section = choose_section(section, masked.section)
        text = clean_text(unescape(masked.text))
        if not text:
            is_after_pause = True
            continue
        yield PlainRow(number, text, section, is_after_pause)
        section, is_after_pause = "", False


def _weigh_rows(rows: Sequence[PlainRow]) -> Iterator[tuple[PlainRow | None, float]]:
    """Yield each row and its weight in syllables; a pause is None."""
    for index, row in enumerate(rows):
        if index and row.is_after_pause:
            yield None, SECTION_PAUSE
        yield row, max(1.0, count_syllables(row.text)) + LINE_PAUSE
