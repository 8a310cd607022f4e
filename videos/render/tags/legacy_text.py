"""Mends texts of tags that are called Latin-1 but were written in another code page."""

import re
from collections.abc import Sequence
from contextlib import suppress

from videos.render.encodings import Encoding, find_encoding, mend_mojibake, rank_readings

# The code pages of music players around the world.
CODE_PAGES = tuple(
    encoding
    for name in (
        *("cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp874", "gb18030"),
        *("big5", "shift_jis", "euc-jp", "euc-kr", "cp1250", "cp1254", "cp1257", "cp1252"),
    )
    if (encoding := find_encoding(name))
)
WESTERN = "cp1252"
# The code pages of languages in Latin letters: their accented letters stand alone.
LATIN = {"cp1250", "cp1254", "cp1257", "cp1252"}
HIGH_RUNS = re.compile(rb"[\x80-\xff]{2}")


def mend_texts(texts: Sequence[str]) -> list[str]:
    """Return texts of one file in the code page in which all of them make sense.

    Only those whose characters all fit into Latin-1 are read anew; of the others, those are mended
    that were UTF-8 and read as something else.
    """
    damaged = [text for text in texts if _may_be_damaged(text)]
    codec = _detect(b"\n".join(text.encode("latin-1") for text in damaged)) if damaged else WESTERN
    return [
        _recode(text, codec) if _may_be_damaged(text) else mend_mojibake(text) for text in texts
    ]


def _may_be_damaged(text: str) -> bool:
    return not text.isascii() and max(text) <= "\xff"


def _detect(data: bytes) -> str:
    """Return Python's codec of the code page in which ``data`` makes most sense."""
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    readings = rank_readings(data, CODE_PAGES)
    if not readings or _is_spread(data, readings[0].encoding):
        return WESTERN
    return readings[0].encoding.codec


def _is_spread(data: bytes, encoding: Encoding) -> bool:
    """Return whether every letter that is not ASCII stands alone, as accented ones do."""
    return encoding.name not in LATIN and not HIGH_RUNS.search(data)


def _recode(text: str, codec: str) -> str:
    """Return ``text`` in a code page; as it is where it does not fit."""
    data = text.encode("latin-1")
    for each in (codec, WESTERN):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    return text
