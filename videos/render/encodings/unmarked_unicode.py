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
    is_odd = len(data) % 2
    if is_odd or data.count(0) < MIN_ZERO_SHARE * len(data) or not data.strip(b"\0"):
        return []
    return [encoding for name in WIDE_NAMES if (encoding := find_encoding(name))]


def escaped_encoding(data: bytes) -> Encoding | None:
    """Return the 7-bit encoding that ``data`` announces, None for none."""
    if not data.isascii():
        return None
    return next((find_encoding(name) for escape, name in ESCAPES if escape.search(data)), None)
