"""Spreading lyrics without times over the sung part of a song."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from videos.render.lyrics.lines import Line, split_tags

INTRO_SHARE, LONGEST_INTRO = 0.12, 15.0  # of the song; seconds
OUTRO_SHARE, LONGEST_OUTRO = 0.06, 10.0
BREATH = 1.5  # syllables of silence after each line
PAUSE = 4.0  # syllables of silence for blank lines or a section's tag
UNKNOWN_LINE = 4.0  # seconds a line gets in a song of unknown length

IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
VOWELS = re.compile(r"[aeiouyаеёиоуыэюяіїєαεηιουω]+")
LETTERS_IN_SYLLABLE = 2.5  # in scripts that do not write every vowel with a letter


def spread(lines: Sequence[str], duration: float) -> Iterator[Line]:
    """Yield sung lines with times in proportion to their syllables, for a song of `duration`.

    The beginning and the end of the song are left to the music; blank lines become pauses. A
    duration of 0 is unknown: the song is then taken to be as long as the lines need.
    """
    parts = list(_parts(lines))
    total = sum(weight for _, _, weight in parts)
    if not total:
        return
    length = duration or UNKNOWN_LINE * sum(bool(text) for text, _, _ in parts)
    time = min(INTRO_SHARE * length, LONGEST_INTRO)
    sung = length - time - min(OUTRO_SHARE * length, LONGEST_OUTRO)
    for text, section, weight in parts:
        share = sung * weight / total
        if text:
            yield Line(time, time + share * (weight - BREATH) / weight, text, section=section)
        time += share


def count_syllables(text: str) -> float:
    """Return about how many syllables `text` has: at least one for each word with letters."""
    ideographs = len(IDEOGRAPH.findall(text))
    bare = normalize("NFD", IDEOGRAPH.sub(" ", text).casefold())
    return ideographs + sum(map(_syllables_of_word, bare.split()))


def _syllables_of_word(word: str) -> float:
    letters = sum(map(str.isalnum, word))
    if not letters:
        return 0.0
    return float(len(VOWELS.findall(word))) or max(1.0, letters / LETTERS_IN_SYLLABLE)


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield text, section and weight of each line; a pause has no text."""
    section = ""
    pause = started = False
    for line in lines:
        tag, text = split_tags(line)
        section = tag or section
        if not text:
            pause = True
            continue
        if pause and started:
            yield "", "", PAUSE
        yield text, section, max(1.0, count_syllables(text)) + BREATH
        section, pause, started = "", False, True
