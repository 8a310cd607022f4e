"""How natural Chinese, Japanese and Korean text is, by how common its characters are."""

import json
from functools import cache
from pathlib import Path

# The characters that songs are mostly made of; each set is about half of all text.
COMMON: dict[str, str] = json.loads(
    Path(__file__).with_name("common_characters.json").read_text(encoding="utf-8")
)
COMMON_COST, KANA_COST, UNSEEN_COST = 5.5, 4.8, 16.0  # natural logarithms of the rareness
LEVEL_1_COST, LEVEL_2_COST, HALF_WIDTH_COST = 8.5, 12.0, 7.0


def ideographs_cost(text: str) -> float:
    """Return what characters cost in the language in which they cost least."""
    return min(sum(_cost(char, language) for char in text) for language in COMMON)


@cache
def _cost(char: str, language: str) -> float:
    if char in _common(language):
        return COMMON_COST
    if "\u3040" <= char <= "\u30ff":
        return KANA_COST if language == "japanese" else LEVEL_1_COST
    if "\uff66" <= char <= "\uff9f":
        return HALF_WIDTH_COST if language == "japanese" else UNSEEN_COST
    return _level_cost(char, language)


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(COMMON[language])


def _level_cost(char: str, language: str) -> float:
    """Return what a character costs by its position in the national standard of a language."""
    if language == "korean":
        if "\uac00" <= char <= "\ud7a3":
            return LEVEL_1_COST - 0.5 if _position(char, "euc-kr") else UNSEEN_COST - 2
        return LEVEL_2_COST + 1 if _position(char, "euc-kr") else UNSEEN_COST
    encoding, last = {
        "simplified": ("gb2312", b"\xd7\xff"),
        "traditional": ("big5", b"\xc6\x7e"),
        "japanese": ("euc-jp", b"\xcf\xff"),
    }[language]
    position = _position(char, encoding)
    if not position or len(position) > 2:
        return UNSEEN_COST
    return LEVEL_1_COST if position <= last else LEVEL_2_COST


def _position(char: str, encoding: str) -> bytes:
    """Return the bytes of a character in an encoding, b"" where it is not in it."""
    return char.encode(encoding, "ignore")
