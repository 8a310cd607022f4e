"""Mends texts of tags that are called Latin-1 but were written in another code page."""

import re
from collections.abc import Sequence
from contextlib import suppress

import chardet

# The code pages of music players around the world, in Python's names.
CODE_PAGES = (
    *("cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp874", "gb18030"),
    *("big5", "cp932", "euc-jp", "cp949", "cp1250", "cp1254", "cp1252"),
)
WESTERN = "cp1252"
# The code pages of languages in Latin letters: their accented letters stand alone.
LATIN = {"cp1250", "cp1254", "cp1252"}
HIGH_RUNS = re.compile(rb"[\x80-\xff]{2}")


def mend_texts(texts: Sequence[str]) -> list[str]:
    """Return texts of one file in the code page in which all of them make sense.

    Only those whose characters all fit into Latin-1 are read anew; others are right.
    """
    damaged = [text for text in texts if _may_be_damaged(text)]
    if not damaged:
        return list(texts)
    code_page = _detect(b"\n".join(text.encode("latin-1") for text in damaged))
    return [_recode(text, code_page) if _may_be_damaged(text) else text for text in texts]


def _may_be_damaged(text: str) -> bool:
    return not text.isascii() and max(text) <= "\xff"


def _detect(data: bytes) -> str:
    """Return the code page in which ``data`` makes most sense."""
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    result = chardet.detect(
        data, include_encodings=CODE_PAGES, prefer_superset=True, compat_names=False
    )
    code_page = str(result["encoding"] or WESTERN)
    if code_page not in LATIN and not HIGH_RUNS.search(data):
        return WESTERN  # every letter that is not ASCII stands alone, as accented ones do
    return code_page


def _recode(text: str, code_page: str) -> str:
    """Return ``text`` in ``code_page``; as it is where it does not fit."""
    data = text.encode("latin-1")
    for each in (code_page, WESTERN):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    return text
