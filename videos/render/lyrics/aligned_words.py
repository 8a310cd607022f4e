"""Parsing a vendor's ``alignedWords``: words with their times, which may contain line breaks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite, nan

from videos.render.lyrics.directions import fold_tags, mask_directions
from videos.render.lyrics.lines import Line, Problems, SourceLine, Word, clean_text
from videos.render.lyrics.normalisation import normalise_lines
from videos.render.lyrics.sections import choose_section
from videos.render.lyrics.timestamps import unescape

MIN_LINE_GAP = 0.8  # seconds of silence that separate lines, where the vendor sends no line breaks
MAX_TIME = 1e6  # seconds: a larger number is not a time
MIN_RATING = 0.1  # of 1: a word that a vendor rates lower may be anywhere
UNPLACED_LINE_SECONDS = 3.0  # of each line behind the last one that a vendor could place
MAX_WORDS_PER_LINE = 10  # where the vendor sends no line breaks
IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def parse_aligned_words(words: Sequence[Mapping[str, object]]) -> tuple[Line, ...]:
    """Return the sung lines of a vendor's items with ``word``, ``startS`` and ``endS`` in seconds.

    A word may contain section tags and newlines, and a tag may extend over several words and rows.
    Items without text or a valid start are left out. A word that the vendor could not place has no
    time of its own, and a line without any that it could is guessed between its neighbours.
    """
    are_rated = _are_rated(words)
    timed = [
        word if is_placed(item, are_rated=are_rated) else replace(word, start=nan, end=nan)
        for item in words
        if (word := parse_word(item))
    ]
    problems = Problems()
    lines = _guess_unplaced(list(lines_of_words(timed, problems)))
    return normalise_lines(lines, 0.0, problems)


def placed_share(words: Sequence[Mapping[str, object]]) -> float:
    """Return the share of a vendor's words, 0 to 1, that it could place; 1 where there are none."""
    are_rated = _are_rated(words)
    placed = sum(is_placed(item, are_rated=are_rated) for item in words)
    return placed / len(words) if words else 1.0


def is_placed(item: Mapping[str, object], *, are_rated: bool) -> bool:
    """Return whether the vendor could place a word: it says so, or rates its place as likely.

    Most vendors rate nothing: then ``palign`` is 0 for all words, and tells nothing.
    """
    rating = item.get("palign")
    is_unlikely = are_rated and isinstance(rating, int | float) and rating < MIN_RATING
    return item.get("success") is not False and not is_unlikely


def _are_rated(words: Sequence[Mapping[str, object]]) -> bool:
    ratings = [item.get("palign") for item in words]
    return any(isinstance(rating, int | float) and rating >= MIN_RATING for rating in ratings)


def _guess_unplaced(lines: list[SourceLine]) -> Iterator[SourceLine]:
    """Yield lines; those without a start are spread between the placed lines around them."""
    at = 0
    while at < len(lines):
        if isfinite(lines[at].line.start):
            yield lines[at]
            at += 1
            continue
        run = at
        while run < len(lines) and not isfinite(lines[run].line.start):
            run += 1
        before = lines[at - 1].line.end if at else 0.0
        step = UNPLACED_LINE_SECONDS
        if run < len(lines):
            step = max(0.0, lines[run].line.start - before) / (run - at)
        for number, (row, line) in enumerate(lines[at:run]):
            start = before + step * number
            guess = replace(line, start=start, end=start + step, words=(), is_guessed=True)
            yield SourceLine(row, guess)
        at = run


def parse_word(
    item: Mapping[str, object], names: tuple[str, str, str] = ("word", "startS", "endS")
) -> Word | None:
    """Return the word of an item, None for an item without text or a valid start.

    ``names`` are those of the fields of its text, start and end.
    """
    text, start, end = map(item.get, names)
    if not isinstance(text, str) or not isinstance(start, int | float):
        return None
    if not 0 <= start <= MAX_TIME:
        return None
    word_end = end if isinstance(end, int | float) and start <= end <= MAX_TIME else start
    return Word(float(start), float(word_end), text.replace("\r\n", "\n").replace("\r", "\n"))


def lines_of_words(words: Sequence[Word], problems: Problems) -> Iterator[SourceLine]:
    """Yield the lines of words whose texts may contain spaces, line breaks and tags."""
    timed = _add_spaces(list(words))
    if not any("\n" in word.text for word in timed):
        timed = _add_line_breaks(timed)
    section = ""
    for row in _split_rows(timed):
        masked = mask_directions("".join(word.text for word in row))
        problems.add_directions(0, masked.left_out)
        section = choose_section(section, masked.section)
        if line := _build_line(row, masked.text):
            yield SourceLine(0, replace(line, section=section))
            section = ""


def _add_spaces(words: list[Word]) -> list[Word]:
    """Return words with a space after each, if none has a space and the script uses spaces."""
    has_spaces = any(word.text != word.text.strip() for word in words)
    if has_spaces or any(IDEOGRAPHIC.search(word.text) for word in words):
        return words
    return [replace(word, text=f"{word.text} ") for word in words]


def _add_line_breaks(words: list[Word]) -> list[Word]:
    """Return words with a newline before each word after a silence or a full line."""
    result: list[Word] = []
    count = 0
    for i, word in enumerate(words):
        count += 1
        if i and (word.start - words[i - 1].end > MIN_LINE_GAP or count > MAX_WORDS_PER_LINE):
            count = 1
        result.append(replace(word, text=f"\n{word.text}") if count == 1 else word)
    return result


def _split_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each row; a word with a line break inside is split there."""
    text = fold_tags("".join(word.text for word in words))
    rows: list[list[Word]] = [[]]
    at = 0
    for word in words:
        parts = text[at : at + len(word.text)].split("\n")
        at += len(word.text)
        for number, part in enumerate(parts):
            if number and rows[-1]:
                rows.append([])
            if part:
                rows[-1].append(replace(word, text=part))
    return [row for row in rows if row]


def _build_line(words: Sequence[Word], masked: str) -> Line | None:
    """Return the line of a row's words, whose text is ``masked``; None if nothing is sung."""
    sung_words: list[Word] = []
    at = 0
    for word in words:
        text = clean_text(unescape(masked[at : at + len(word.text)]))
        at += len(word.text)
        if text:
            sung_words.append(replace(word, text=text))
    if not sung_words:
        return None
    placed = tuple(word for word in sung_words if isfinite(word.start))
    if not placed:
        return Line(nan, nan, clean_text(unescape(masked)))
    end = max(word.end for word in placed)
    return Line(placed[0].start, end, clean_text(unescape(masked)), placed)
