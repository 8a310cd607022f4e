"""Splits text into words of one script, and folds letters that languages do not tell apart."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

# The scripts that legacy encodings hold, by the ranges of their letters.
SCRIPTS = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02FF, "other"),
    (0x0300, 0x036F, "mark"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0E00, 0x0E7F, "thai"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "han"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "han"),
    (0xF900, 0xFAFF, "han"),
    (0xFF66, 0xFF9F, "han"),
    (0xFF21, 0xFF5A, "wide"),
    (0x20000, 0x3FFFF, "han"),
)
# Letters and signs that are one letter for a reader, or that only some keyboards have.
FOLDED = str.maketrans("șțیکى", "şţيكي")
ORDINALS = "ªº"  # signs, though Unicode calls them letters


class Run(NamedTuple):
    """A run of letters of one script, where it begins and whether a letter precedes it."""

    text: str
    script: str
    is_joined: bool


def fold_letters(text: str) -> str:
    """Return ``text`` in lower case, with letters that look alike as one."""
    return text.lower().replace("i̇", "i").translate(FOLDED)


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """Return the script of a letter or mark, "" for what is neither."""
    if category(char)[0] not in "LM" or char in ORDINALS:
        return ""
    code = ord(char)
    return next((name for first, last, name in SCRIPTS if first <= code <= last), "other")


def runs_of(line: str) -> Iterator[Run]:
    """Yield the runs of letters of a line. A combining mark belongs to the letter before it."""
    text, script, is_joined = "", "", False
    for char in line:
        here = script_of(char)
        if here == "mark" and script:
            here = script
        if here == script:
            text += char
            continue
        if script:
            yield Run(text, script, is_joined)
        is_joined = bool(script and here)
        text, script = char, here
    if script:
        yield Run(text, script, is_joined)
