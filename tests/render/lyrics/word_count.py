"""Counts the words of lyrics by Unicode's word breaks, to tell which a parser lost in silence."""

import html
from collections import Counter

import regex

from videos.render.lyrics import Lyrics

BREAKS = regex.compile(r"\b", regex.WORD | regex.V1)
LETTER = regex.compile(r"[\p{L}\p{N}]")

# What is no word of lyrics, in the formats of text; a second voice in brackets is sung
BACKGROUND = regex.compile(r"\[bg:([^\n]*)\]")
TAGS = regex.compile(
    r"\[[^\[\]]*\]|［[^［］]*］|【[^【】]*】|<[^<>\n]*[\w\"/]>|\{\\[^{}]*\}|^#{1,6} .*$|^Verse \d+:"
    r"|(?<=\] ?)(?:v\d|[FMD]):",
    regex.MULTILINE,
)
CUE_ROWS = regex.compile(
    r"^WEBVTT.*(?:\n.+)*|^(?:\d+\n)?[\d:., ]+-->.*$|^NOTE(?:.|\n.)*|^[\d:.]+,[\d:.]+$",
    regex.MULTILINE,
)


def count_words(text: str) -> Counter[str]:
    """Count the words of a text, without regard to case."""
    return Counter(part.casefold() for part in BREAKS.split(text) if part and LETTER.search(part))


def strip_tags(text: str) -> str:
    """Return the rows of a file without tags, times and marks; their number stays."""

    def keep_rows(match: "regex.Match[str]") -> str:
        return "\n" * match[0].count("\n")

    text = BACKGROUND.sub(r"\1", text)
    return html.unescape(TAGS.sub(keep_rows, CUE_ROWS.sub(keep_rows, text)))


def lost_words(text: str, lyrics: Lyrics) -> Counter[str]:
    """Return the words of ``text`` that are in no line, and in no row that a problem names."""
    named = {problem.number for problem in lyrics.problems}
    rows = [row for number, row in enumerate(text.split("\n"), 1) if number not in named]
    result = count_words("\n".join(rows))
    for line in lyrics.lines:
        result -= count_words(f"{line.text}\n{line.section}")
    for problem in lyrics.problems:
        result -= count_words(problem.text)
    return result
