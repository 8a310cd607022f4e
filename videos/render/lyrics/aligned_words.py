"""Reading a vendor's `alignedWords`: each word with its times, and the line breaks inside words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from videos.render.lyrics.lines import TAG, Line, Word, in_order, split_tags, tidy

GAP = 0.8  # seconds of silence that part lines, where the vendor marks no breaks
LATEST = 1e6  # seconds: what lies beyond is not a time
REMOVED = "\0"  # a control, which tidying drops
MOST_WORDS = 10  # in such a line
IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def from_aligned_words(words: Sequence[Mapping[str, object]]) -> tuple[Line, ...]:
    """Return the sung lines of a vendor's words with `word`, `startS` and `endS` in seconds.

    A word may hold section tags and newlines, and a tag may run over several words. Items without
    text or usable times are left out.
    """
    timed = _spaced([word for item in words if (word := _read(item))])
    if not any("\n" in word.text for word in timed):
        timed = _with_breaks(timed)
    return in_order(map(_line, _split(timed)), 0.0)


def _read(item: Mapping[str, object]) -> Word | None:
    """Return the word of a vendor's item, None for one without text or times."""
    text, start, end = item.get("word"), item.get("startS"), item.get("endS")
    if not isinstance(text, str) or not isinstance(start, int | float):
        return None
    if not 0 <= start <= LATEST:
        return None
    stop = end if isinstance(end, int | float) and start <= end <= LATEST else start
    return Word(float(start), float(stop), text.replace("\r", "\n"))


def _spaced(words: list[Word]) -> list[Word]:
    """Return words with spaces between them, where none has one and the script needs them."""
    edges = any(word.text != word.text.strip() for word in words)
    if edges or any(IDEOGRAPHIC.search(word.text) for word in words):
        return words
    return [replace(word, text=f"{word.text} ") for word in words]


def _with_breaks(words: list[Word]) -> list[Word]:
    """Return words with a newline before each that follows a silence or a full line."""
    broken: list[Word] = []
    count = 0
    for i, word in enumerate(words):
        count += 1
        if i and (word.start - words[i - 1].end > GAP or count > MOST_WORDS):
            count = 1
        broken.append(replace(word, text=f"\n{word.text}") if count == 1 else word)
    return broken


def _split(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each line; a word with a newline inside is cut there."""
    lines: list[list[Word]] = [[]]
    for word in words:
        for number, part in enumerate(word.text.split("\n")):
            if number and lines[-1]:
                lines.append([])
            if part.strip():
                lines[-1].append(replace(word, text=part))
    return [line for line in lines if line]


def _line(words: Sequence[Word]) -> Line:
    """Return the line of words, without the parts of them that belong to a tag."""
    whole = "".join(word.text for word in words)
    tag, _ = split_tags(whole)
    sung = TAG.sub(lambda match: REMOVED * len(match[0]), whole)
    kept: list[Word] = []
    at = 0
    for word in words:
        text = tidy(sung[at : at + len(word.text)])
        at += len(word.text)
        if text:
            kept.append(replace(word, text=text))
    text = tidy(sung) or f"[{tag}]"
    first = kept[0] if kept else words[0]
    return Line(first.start, max(word.end for word in words), text, tuple(kept), tag)
