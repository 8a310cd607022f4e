"""Decoding the bytes of a lyrics file as text, in Unicode or a legacy encoding."""

import re
from collections.abc import Sequence

from videos.render.encodings.detection import (
    LEGACY,
    decode_strictly,
    excess,
    rank_readings,
)
from videos.render.encodings.mojibake import mend_mojibake
from videos.render.encodings.names import Encoding, find_encoding, unknown_encoding
from videos.render.encodings.unmarked_unicode import escaped_encoding, wide_encodings
from videos.render.errors import gettext_noop as _
from videos.render.lyrics.encoding_doubt import EncodingDoubt
from videos.render.lyrics.foreign_formats import READABLE, name_foreign_data
from videos.render.lyrics.lines import LyricsError
from videos.render.lyrics.lost_characters import check_characters, check_utf8
from videos.render.lyrics.named_encodings import (
    MAX_DISTANCE,
    MAX_EXCESS,
    MAX_NATURAL_EXCESS,
    marked_encoding,
    settle_encoding,
)

MAX_SIZE = 1_000_000  # bytes
DECLARATION = re.compile(rb"""\A\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe]")
MAX_CONTROL_SHARE = 0.005  # of all characters
# Natural logarithms of how much likelier the likeliest reading is than another
MIN_CERTAINTY = 3.0
MAX_CANDIDATES = 6


def decode(data: bytes, encoding: str = "") -> str:
    """Return the text of a lyrics file in the encoding of this name, else in the likeliest one.

    A byte order mark decides, valid UTF-8 beyond ASCII is UTF-8, both even against a name; UTF-8
    that was read wrongly before is mended. Raises LyricsError for a file that is too large, not
    text, damaged, not in ``encoding`` or unnatural in it, and its subclass EncodingDoubt where
    several encodings are likely.
    """
    if len(data) > MAX_SIZE:
        raise LyricsError(_("The lyrics are larger than 1 MB, which no song needs."))
    if name := name_foreign_data(data):
        raise LyricsError(
            _("This is %(name)s, not text. %(advice)s") % {"name": name, "advice": READABLE}
        )
    named = _find(encoding)
    chosen = (
        settle_encoding(data, named)
        if named
        else marked_encoding(data) or _announced_encoding(data)
    )
    text = _decode_as(data, chosen or _detect(data))
    if len(CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise LyricsError(_("This file is not text. %(advice)s") % {"advice": READABLE})
    text = mend_mojibake(text.removeprefix("\ufeff").replace("\0", ""))
    check_characters(text)
    return text


def _find(name: str) -> Encoding | None:
    """Return the encoding of a name, None without one. Raises LyricsError."""
    if not name.strip():
        return None
    encoding = find_encoding(name.strip())
    if encoding is None:
        raise LyricsError(unknown_encoding(name.strip()))
    return encoding


def _announced_encoding(data: bytes) -> Encoding | None:
    """Return the encoding of escapes, of valid UTF-8 without zeros, or that XML declares."""
    if encoding := escaped_encoding(data):
        return encoding
    unicode = find_encoding("utf-8")
    if unicode and decode_strictly(data, unicode) is not None:
        return None if wide_encodings(data) else unicode
    declaration = DECLARATION.match(data)
    declared = find_encoding(declaration[1].decode("ascii")) if declaration else None
    return declared if declared and decode_strictly(data, declared) is not None else None


def _detect(data: bytes) -> Encoding:
    """Return the likeliest encoding. Raises LyricsError and EncodingDoubt."""
    wide = wide_encodings(data)
    if not wide:
        check_utf8(data)
    readings = rank_readings(data, _candidates(data, wide))
    if not readings or excess(readings[0]) > MAX_EXCESS:
        raise LyricsError(_("This file is not text. %(advice)s") % {"advice": READABLE})
    is_clear = len(readings) < 2 or readings[1].cost - readings[0].cost >= MIN_CERTAINTY
    if not is_clear or excess(readings[0]) > MAX_NATURAL_EXCESS:
        least = readings[0].cost
        close = [each for each in readings if each.cost - least <= MAX_DISTANCE]
        raise EncodingDoubt(close[:MAX_CANDIDATES])
    return readings[0].encoding


def _candidates(data: bytes, wide: list[Encoding]) -> Sequence[Encoding]:
    """Return the encodings to compare; one zero at the end alone may end text of any of them."""
    if not wide:
        return LEGACY
    unicode = find_encoding("utf-8")
    return wide if 0 in data.rstrip(b"\0") or not unicode else [*wide, unicode, *LEGACY]


def _decode_as(data: bytes, encoding: Encoding) -> str:
    """Return the text of ``data``. Raises LyricsError where it is not in ``encoding``."""
    text = decode_strictly(data, encoding)
    if text is None:
        check_utf8(data)
        raise LyricsError(
            _(
                "The lyrics are not in %(encoding)s, or they are damaged: part of the text cannot "
                "be read. Name another encoding, or save the file as UTF-8."
            )
            % {"encoding": encoding.name}
        )
    return text
