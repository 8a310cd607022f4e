"""Recognises UTF-16, UTF-32 and 7-bit encodings by their bytes, where no mark tells of them."""

import re

from videos.render.encodings.names import Encoding, find_encoding

MIN_ZERO_SHARE = 0.01  # of all bytes: those of spaces and line ends at least
WIDE_NAMES = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# 7-bit encodings announce themselves by escapes, which no other text has.
ESCAPES = (
    (re.compile(rb"\x1b\$\)C"), "iso-2022-kr"),
    (re.compile(rb"\x1b(?:\$[@B(]|\([IJ])"), "iso-2022-jp"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)


def wide_encodings(data: bytes) -> list[Encoding]:
    """Return the encodings of two or four bytes in which ``data`` may be written."""
    content = data.rstrip(b"\0")
    # One zero at the end may be of the last line's end; more after none are padding
    zeros = content.count(0) or len(data) - len(content) == 1
    is_odd = len(data) % 2
    if is_odd or zeros < max(MIN_ZERO_SHARE * len(content), 1) or not content:
        return []
    return [encoding for name in WIDE_NAMES if (encoding := find_encoding(name))]


def is_wide_encoding(encoding: Encoding) -> bool:
    """Return whether an encoding has two or four bytes for each character."""
    return encoding.name.startswith(("utf-16", "utf-32"))


def escaped_encoding(data: bytes) -> Encoding | None:
    """Return the 7-bit encoding that ``data`` announces, None for none."""
    if not data.isascii():
        return None
    return next((find_encoding(name) for escape, name in ESCAPES if escape.search(data)), None)
