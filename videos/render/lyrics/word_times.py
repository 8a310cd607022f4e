"""When each part of a line is sung between which it may break: words, or single ideographs."""

from typing import NamedTuple

from videos.render.lyrics.lines import Line, Word
from videos.render.lyrics.plain import count_syllables

SECONDS_PER_SYLLABLE = 0.42  # at most, where a line's time is spread over its words
CASCADE = 0.07  # seconds from one word to the next in a line whose times are guessed


class TimedPart(NamedTuple):
    """A part of a line's text, and the second at which its voice begins."""

    start: float
    text: str


def time_parts(line: Line, text: str, parts: list[str]) -> list[TimedPart]:
    """Return the start of each of the ``parts`` of ``text``, which is what a line shows.

    Words that have times keep theirs, and the ideographs of one share its time. Otherwise the words
    share the time of their line by syllables; those of a guessed line follow each other quickly.
    """
    if line.is_guessed:
        return [TimedPart(line.start + CASCADE * at, part) for at, part in enumerate(parts)]
    starts = _starts_of_characters(text, line.words)
    if starts is None:
        return list(_spread(line, parts))
    timed: list[TimedPart] = []
    at = 0
    for part in parts:
        at = text.index(part, at)
        inside = [start for start in starts[at : at + len(part)] if start is not None]
        before = timed[-1].start if timed else line.start
        timed.append(TimedPart(min(inside, default=before), part))
        at += len(part)
    return timed


def _starts_of_characters(text: str, words: tuple[Word, ...]) -> list[float | None] | None:
    """Return when each character of the text begins; None for all if a word is not in the text."""
    starts: list[float | None] = [None] * len(text)
    at = 0
    for word in words:
        sung = " ".join(word.text.split())
        at = text.find(sung, at)
        if at < 0:
            return None
        step = max(0.0, word.end - word.start) / max(1, len(sung))
        for number in range(len(sung)):
            starts[at + number] = word.start + step * number
        at += len(sung)
    return starts if words else None


def _spread(line: Line, parts: list[str]) -> list[TimedPart]:
    syllables = [max(1.0, count_syllables(part)) for part in parts]
    start = line.words[0].start if line.words else line.start
    seconds = max(0.0, (line.words[-1].end if line.words else line.end) - start)
    step = min(seconds / (sum(syllables) + 1), SECONDS_PER_SYLLABLE)
    before = [sum(syllables[:number]) for number in range(len(parts))]
    return [
        TimedPart(start + step * count, part) for count, part in zip(before, parts, strict=True)
    ]
