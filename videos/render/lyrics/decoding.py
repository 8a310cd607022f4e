"""Reading the bytes of a lyrics file as text, whatever program wrote them."""

import codecs
import re

from videos.render.lyrics.lines import LyricsError

LARGEST = 1_000_000  # bytes
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it stands before it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe]")
MOST_CONTROLS = 0.005  # share of characters


def decode(data: bytes) -> str:
    """Return the text of a lyrics file: Unicode by its marks or UTF-8, else a legacy encoding.

    Raises LyricsError for files that are too large or are not text.
    """
    if len(data) > LARGEST:
        raise LyricsError("The lyrics are larger than 1 MB, which no song needs.")
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        raise LyricsError("The lyrics are damaged: part of the text cannot be read.") from error
    if len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise LyricsError("This file is not text. Lyrics are LRC, WebVTT, SRT or plain text.")
    return text


def _encoding(data: bytes) -> str:
    """Return the name of the encoding that `data` is most likely in."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if _decodes(data, "utf-8"):
        return "utf-8"
    runs = HIGH_BYTES.findall(data)
    if _decodes(data, "gb18030") and _looks_chinese(runs):
        return "gb18030"
    return "cp1251" if _looks_cyrillic(data, runs) else "latin-1"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(runs: list[bytes]) -> bool:
    """Return whether most pairs of high bytes are ideographs of GB 2312's common half."""
    pairs = [(run[i], run[i + 1]) for run in runs for i in range(0, len(run) - 1, 2)]
    common = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    return common > len(pairs) / 2


def _looks_cyrillic(data: bytes, runs: list[bytes]) -> bool:
    """Return whether high bytes stand in words, as Cyrillic does, not alone, as accents do."""
    in_words = sum(len(run) for run in runs if len(run) > 1)
    return in_words > sum(map(len, runs)) / 2 and _decodes(data, "cp1251")
