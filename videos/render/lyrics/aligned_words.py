"""Parsing a vendor's ``alignedWords``: words with their times, which may contain line breaks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from videos.render.lyrics.lines import (
    SECTION_TAG,
    Line,
    Word,
    clean_text,
    normalise_lines,
    split_tags,
)

MIN_LINE_GAP = 0.8  # seconds of silence that separate lines, where the vendor sends no line breaks
MAX_TIME = 1e6  # seconds: a larger number is not a time
PLACEHOLDER = "\0"  # a control character, which ``clean_text`` removes
MAX_WORDS_PER_LINE = 10  # where the vendor sends no line breaks
IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def parse_aligned_words(words: Sequence[Mapping[str, object]]) -> tuple[Line, ...]:
    """Return the sung lines of a vendor's items with ``word``, ``startS`` and ``endS`` in seconds.

    A word may contain section tags and newlines, and a tag may extend over several words. Items
    without text or a valid start are left out.
    """
    timed = _add_spaces([word for item in words if (word := _parse_word(item))])
    if not any("\n" in word.text for word in timed):
        timed = _add_line_breaks(timed)
    return normalise_lines(map(_build_line, _split_lines(timed)), 0.0)


def _parse_word(item: Mapping[str, object]) -> Word | None:
    """Return the word of a vendor's item, None for an item without text or a valid start."""
    text, start, end = item.get("word"), item.get("startS"), item.get("endS")
    if not isinstance(text, str) or not isinstance(start, int | float):
        return None
    if not 0 <= start <= MAX_TIME:
        return None
    word_end = end if isinstance(end, int | float) and start <= end <= MAX_TIME else start
    return Word(float(start), float(word_end), text.replace("\r", "\n"))


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


def _split_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each line; a word with a newline inside is split there."""
    lines: list[list[Word]] = [[]]
    for word in words:
        for number, part in enumerate(word.text.split("\n")):
            if number and lines[-1]:
                lines.append([])
            if part.strip():
                lines[-1].append(replace(word, text=part))
    return [line for line in lines if line]


def _build_line(words: Sequence[Word]) -> Line:
    """Return the line of ``words``, without the parts of them that belong to a section tag."""
    whole = "".join(word.text for word in words)
    tag, _ = split_tags(whole)
    untagged = SECTION_TAG.sub(lambda match: PLACEHOLDER * len(match[0]), whole)
    sung_words: list[Word] = []
    at = 0
    for word in words:
        text = clean_text(untagged[at : at + len(word.text)])
        at += len(word.text)
        if text:
            sung_words.append(replace(word, text=text))
    text = clean_text(untagged) or f"[{tag}]"
    first = sung_words[0] if sung_words else words[0]
    return Line(first.start, max(word.end for word in words), text, tuple(sung_words), tag)
