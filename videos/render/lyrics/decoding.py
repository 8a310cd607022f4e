"""Decoding the bytes of a lyrics file as text, in Unicode or a legacy encoding."""

import codecs
import re

from videos.render.lyrics.foreign_formats import READABLE, name_foreign_data
from videos.render.lyrics.lines import LyricsError

MAX_SIZE = 1_000_000  # bytes
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, therefore it is first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe]")
MAX_CONTROL_SHARE = 0.005  # of all characters


def decode(data: bytes) -> str:
    """Return the text of a lyrics file in Unicode, by its byte order mark or as UTF-8, or legacy.

    Raises LyricsError for a file that is too large or is not text.
    """
    if len(data) > MAX_SIZE:
        raise LyricsError("The lyrics are larger than 1 MB, which no song needs.")
    if name := name_foreign_data(data):
        raise LyricsError(f"This is {name}, not text. {READABLE}")
    try:
        text = data.decode(_detect_encoding(data))
    except UnicodeDecodeError as error:
        raise LyricsError("The lyrics are damaged: part of the text cannot be read.") from error
    if len(CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise LyricsError(f"This file is not text. {READABLE}")
    return text


def _detect_encoding(data: bytes) -> str:
    """Return the name of the most likely encoding of ``data``."""
    for byte_order_mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(byte_order_mark):
            return encoding
    if _is_valid(data, "utf-8"):
        return "utf-8"
    runs = HIGH_BYTES.findall(data)
    if _is_valid(data, "gb18030") and _is_likely_chinese(runs):
        return "gb18030"
    return "cp1251" if _is_likely_cyrillic(data, runs) else "latin-1"


def _is_valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_likely_chinese(runs: list[bytes]) -> bool:
    """Return whether most pairs of high bytes are the common ideographs of GB 2312 (level 1)."""
    pairs = [(run[i], run[i + 1]) for run in runs for i in range(0, len(run) - 1, 2)]
    common = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    return common > len(pairs) / 2


def _is_likely_cyrillic(data: bytes, runs: list[bytes]) -> bool:
    """Return whether most high bytes are in runs, as in Cyrillic words; accents are single."""
    in_words = sum(len(run) for run in runs if len(run) > 1)
    return in_words > sum(map(len, runs)) / 2 and _is_valid(data, "cp1251")
