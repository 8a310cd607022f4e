"""Splitting lines that are too long for a window into parts that are sung one after the other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from math import isfinite
from unicodedata import combining, east_asian_width

from videos.render.lyrics.lines import Line, Word

MAX_WIDTH = 120  # of a line: the width of an ideograph is 2, that of a letter 1
MAX_LENGTH = 240  # characters of a line, with marks that have no width
MIN_PIECE = 4  # characters of the pieces of a text without spaces
_PIECE = re.compile(r"\S+\s*|\s+")
_CLUSTER_PARTS = set("\u200c\u200d\ufe0e\ufe0f\u20e3")  # they belong to the character before


def split_long(rows: Sequence[Line]) -> Iterator[Line]:
    """Yield the rows of one moment; if one is too long, the parts of all of them in their order.

    Parts begin with their first word where the first row has times of words, otherwise in
    proportion to their widths. The rows must have ends.
    """
    count = max(_count_parts(line.text) for line in rows)
    if count == 1 or rows[0].end <= rows[0].start:
        yield from rows
        return
    parts = [_Parts(line, count) for line in rows]
    bounds = parts[0].bounds()
    last = len(bounds) - 2
    for number in range(last + 1):
        for row in parts:
            yield from row.get(number, bounds[number], bounds[number + 1], number == last)


class _Parts:
    """The parts of a line: their texts, and the number of the part of each word."""

    def __init__(self, line: Line, count: int) -> None:
        self._line = line
        self._texts = _split_text(line.text, count)
        self._words: list[list[Word]] = [[] for _ in self._texts]
        numbers = list(_locate_words(line.words, self._texts))
        if len(numbers) == len(line.words):
            for word, number in zip(line.words, numbers, strict=True):
                self._words[number].append(word)

    def bounds(self) -> list[float]:
        """Return the start of each part and the end of the last one, in increasing order."""
        line = self._line
        if all(self._words):
            starts = [words[0].start for words in self._words]
        else:
            widths = list(accumulate(map(measure, self._texts), initial=0))
            duration = line.end - line.start
            starts = [line.start + duration * width / (widths[-1] or 1) for width in widths[:-1]]
        bounds = [line.start]
        for start in starts[1:]:
            if bounds[-1] < start < line.end:
                bounds.append(start)
        return [*bounds, line.end]

    def get(self, number: int, start: float, end: float, is_last: bool) -> Iterator[Line]:
        """Yield the part, if there is one; the last one has all that is left."""
        texts = self._texts[number:] if is_last else self._texts[number : number + 1]
        words = self._words[number:] if is_last else self._words[number : number + 1]
        if texts:
            part_end = max(start, self._line.end) if is_last else end
            yield replace(
                self._line,
                start=start,
                end=part_end,
                text=" ".join(texts),
                words=clamp_words([word for part in words for word in part], start, part_end),
                section="" if number else self._line.section,
            )


def clamp_words(words: Iterable[Word], start: float, end: float) -> tuple[Word, ...]:
    """Return words with times between ``start`` and ``end``."""
    return tuple(
        Word(max(start, min(word.start, end)), max(start, min(word.end, end)), word.text)
        for word in words
        if isfinite(word.start) and isfinite(word.end)
    )


def measure(text: str) -> int:
    """Return the width of ``text`` in letters: an ideograph or emoji is two, a mark nothing."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )


def _count_parts(text: str) -> int:
    if len(text) <= MAX_WIDTH // 2:
        return 1
    return max(-(-measure(text) // MAX_WIDTH), -(-len(text) // MAX_LENGTH))


def _split_text(text: str, count: int) -> list[str]:
    """Return the parts of ``text``, about ``count``, split at spaces where there are any."""
    target = max(8.0, min(measure(text) / count, MAX_WIDTH))
    parts, width = [""], 0
    for piece in _split_pieces(text):
        piece_width = measure(piece.rstrip())
        is_full = width + piece_width > MAX_WIDTH or len(parts[-1]) + len(piece) > MAX_LENGTH
        if parts[-1] and (is_full or width + piece_width / 2 > target):
            parts.append("")
            width = 0
        parts[-1] += piece
        width += measure(piece)
    return [part.strip() for part in parts if part.strip()]


def _split_pieces(text: str) -> Iterator[str]:
    """Yield words with the space after each; a very long one in pieces of whole clusters."""
    for match in _PIECE.finditer(text):
        word = match[0]
        if len(word) <= MAX_WIDTH // 2:
            yield word
            continue
        start = 0
        for at in range(1, len(word)):
            is_joined = bool(combining(word[at])) or word[at] in _CLUSTER_PARTS
            is_joined = is_joined or word[at - 1] == "\u200d"
            if at - start >= (MAX_LENGTH // 2 if is_joined else MIN_PIECE):
                yield word[start:at]
                start = at
        yield word[start:]


def _locate_words(words: Sequence[Word], texts: Sequence[str]) -> Iterator[int]:
    """Yield the number of the part in which each word is; stops at one that it cannot locate."""
    number = at = 0
    for word in words:
        while number < len(texts) and (place := texts[number].find(word.text, at)) < 0:
            number, at = number + 1, 0
        if number == len(texts):
            return
        at = place + len(word.text)
        yield number
