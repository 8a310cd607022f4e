"""Lyrics without times: distributing their lines over a song by their number of syllables."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from videos.render.lyrics.lines import Line, split_tags

INTRO_SHARE, MAX_INTRO = 0.12, 15.0  # of the duration of the song; seconds
OUTRO_SHARE, MAX_OUTRO = 0.06, 10.0
LINE_PAUSE = 1.5  # syllables of silence after each line
SECTION_PAUSE = 4.0  # syllables of silence for blank lines or a section tag
DEFAULT_LINE_DURATION = 4.0  # seconds, in a song of unknown duration

IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
VOWELS = re.compile(r"[aeiouyаеёиоуыэюяіїєαεηιουω]+")
LETTERS_PER_SYLLABLE = 2.5  # in scripts that do not write every vowel


def parse_plain(lines: Sequence[str], duration: float) -> Iterator[Line]:
    """Yield sung lines that last in proportion to their syllables, for ``duration`` seconds.

    The intro and the outro of the song have no lines; blank lines become pauses. A duration of 0
    means unknown: then every line counts as ``DEFAULT_LINE_DURATION``.
    """
    parts = list(_weigh_lines(lines))
    total = sum(weight for _, _, weight in parts)
    if not total:
        return
    length = duration or DEFAULT_LINE_DURATION * sum(bool(text) for text, _, _ in parts)
    time = min(INTRO_SHARE * length, MAX_INTRO)
    vocal_duration = length - time - min(OUTRO_SHARE * length, MAX_OUTRO)
    for text, section, weight in parts:
        share = vocal_duration * weight / total
        if text:
            yield Line(time, time + share * (weight - LINE_PAUSE) / weight, text, section=section)
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


def _weigh_lines(lines: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield text, section and weight in syllables of each line; a pause has no text."""
    section = ""
    is_pause = has_started = False
    for line in lines:
        tag, text = split_tags(line)
        section = tag or section
        if not text:
            is_pause = True
            continue
        if is_pause and has_started:
            yield "", "", SECTION_PAUSE
        yield text, section, max(1.0, count_syllables(text)) + LINE_PAUSE
        section, is_pause, has_started = "", False, True
