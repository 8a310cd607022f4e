"""Checks the encoding that a creator named against the bytes: a wrong name would store garbage."""

import codecs

from videos.render.encodings.detection import LEGACY, Reading, excess, read_start
from videos.render.encodings.names import Encoding, find_encoding
from videos.render.encodings.unmarked_unicode import wide_encodings
from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import LyricsError, clean_text

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, therefore it is first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How many times more unlikely than natural text a reading may be: to be taken, to be offered
MAX_NATURAL_EXCESS, MAX_EXCESS = 1.65, 2.5
MAX_DISTANCE = 12.0  # natural logarithm of how much likelier another reading may be
MAX_EXCERPT = 40  # characters of text that is quoted


def marked_encoding(data: bytes) -> Encoding | None:
    """Return the encoding that a byte order mark tells, None without one."""
    marks = (name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark))
    return find_encoding(next(marks, ""))


def settle_encoding(data: bytes, named: Encoding) -> Encoding:
    """Return the encoding of ``data``, which is the named one unless Unicode contradicts it.

    A byte order mark and valid UTF-8 beyond ASCII win over a name where they read naturally.
    Raises LyricsError where the text in the named encoding is none that anybody writes.
    """
    is_bytewise = not data.isascii() and not wide_encodings(data)
    unicode = marked_encoding(data) or find_encoding("utf-8" if is_bytewise else "")
    if unicode:
        reading = next(iter(read_start(data, [unicode])), None)
        if reading and excess(reading) <= MAX_EXCESS:
            return unicode
    _check_reading(data, named)
    return named


def _check_reading(data: bytes, named: Encoding) -> None:
    """Raise LyricsError where the named encoding makes unnatural text of natural text."""
    reading = next(iter(read_start(data, [named])), None)
    if reading is None or excess(reading) <= MAX_NATURAL_EXCESS:
        return
    unicode = find_encoding("utf-8")
    others = [*wide_encodings(data), *([unicode] if unicode else []), *LEGACY]
    likeliest = read_start(data, {*others, named})[0]
    is_worse = reading.cost - likeliest.cost > MAX_DISTANCE
    if excess(reading) > MAX_EXCESS or (is_worse and excess(likeliest) <= MAX_NATURAL_EXCESS):
        raise LyricsError(_unnatural(reading))


def _unnatural(reading: Reading) -> str:
    line = next((line for line in reading.sample.split("\n") if not line.isascii()), "")
    words = {"encoding": reading.encoding.name, "text": clean_text(line)[:MAX_EXCERPT]}
    return (
        _(
            "In %(encoding)s it reads as “%(text)s”, which is no text of any language. Name "
            "another encoding, or none to have it found."
        )
        % words
    )
