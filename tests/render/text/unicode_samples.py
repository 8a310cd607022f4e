"""Characters that stand for all of Unicode: one for each script, category and direction."""

from collections.abc import Iterator
from functools import cache
from unicodedata import bidirectional, category

from fontTools.unicodedata import block, script

ALL = range(0x110000)


@cache
def script_letters() -> dict[str, str]:
    """Return the first letter of each script by the script's code of ISO 15924."""
    letters: dict[str, str] = {}
    for categories in ("L", "Cn"):  # Python's tables are older than the newest scripts
        for character in map(chr, ALL):
            if category(character).startswith(categories):
                letters.setdefault(script(character), character)
    return {code: each for code, each in letters.items() if code not in {"Zyyy", "Zinh", "Zzzz"}}


@cache
def representatives() -> tuple[str, ...]:
    """Return a character of each script, general category and bidirectional class."""
    kinds = {
        (script(each), category(each), bidirectional(each)): each
        for each in map(chr, ALL)
        if category(each) != "Cs"
    }
    return tuple(kinds.values())


def block_samples() -> Iterator[str]:
    """Yield the first characters of each block of Unicode, its middle and its last."""
    blocks: dict[str, list[int]] = {}
    for code in range(0, 0x110000, 8):
        blocks.setdefault(block(chr(code)), []).append(code)
    for codes in blocks.values():
        for code in {codes[0], codes[0] + 1, codes[len(codes) // 2] + 3, codes[-1] + 7}:
            yield chr(code)
