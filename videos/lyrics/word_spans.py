"""A line's text in pieces that begin where a word is sung, for pages that follow word by word."""

from typing import NamedTuple

from videos.render.lyrics import Line


class WordSpan(NamedTuple):
    """A piece of a line's text with its start in seconds; None for what stands before words."""

    start: float | None
    text: str


def word_spans(line: Line) -> list[WordSpan]:
    """Return the pieces that are together the text of ``line``.

    Each word takes along the spaces and marks behind it. A line without times of words, or with
    one that is guessed, is one piece without a start.
    """
    starts: list[tuple[float, int]] = []
    at = 0
    for word in () if line.is_guessed else line.words:
        index = line.text.find(word.text, at) if word.text else -1
        if index >= 0:
            starts.append((word.start, index))
            at = index + len(word.text)
    if not starts:
        return [WordSpan(None, line.text)]
    ends = [index for _start, index in starts[1:]] + [len(line.text)]
    spans = [
        WordSpan(start, line.text[index:end])
        for (start, index), end in zip(starts, ends, strict=True)
    ]
    before = line.text[: starts[0][1]]
    return [WordSpan(None, before), *spans] if before else spans
