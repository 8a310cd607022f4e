"""Refuses text of which characters were lost before it came to us, and names the line."""

import re

from videos.render.errors import gettext_noop as _
from videos.render.lyrics.lines import LyricsError, clean_text

LOST = "\ufffd"  # what programs write in place of bytes that they cannot read
# How that sign, and the first bytes of “, ” and ’ without their last, read in other encodings
REREAD_IN = ("cp1252", "cp1250", "cp1251", "cp1253", "cp850", "cp437", "koi8-r")
TRACES = re.compile(
    "|".join(
        (
            *{LOST, *(LOST.encode().decode(codec) for codec in (*REREAD_IN, "mac-roman"))},
            *{"“".encode()[:2].decode(codec) for codec in (*REREAD_IN, "latin-1")},
            *{(2 * LOST).encode().decode(codec) for codec in ("gb18030", "big5")},
            r"(?<=[a-zß-öø-ÿ])Ã(?!\w)",  # of "à", whose other half is no letter
        )
    )
)
MAX_EXCERPT = 60  # characters of a line that is quoted
MIN_VALID_SHARE = 0.5  # of the parts that are not ASCII, in text that is UTF-8 but for a few


def check_characters(text: str) -> None:
    """Raise LyricsError where characters of ``text`` were lost before."""
    if lost := TRACES.search(text):
        raise LyricsError(
            _(
                "Line %(number)d (“%(text)s”): a character is lost there (%(character)s). Copy the "
                "lyrics anew from where they are whole, or correct the line."
            )
            % {**_describe_position(text, lost.start()), "character": lost[0]}
        )


def check_utf8(data: bytes) -> None:
    """Raise LyricsError for UTF-8 of which a few bytes are broken, or that is cut at its end."""
    text = data.rstrip(b"\0").decode("utf-8", "replace")
    lost, read = text.count(LOST), sum(char > "\x7f" for char in text)
    if not lost or read - lost < max(2, MIN_VALID_SHARE * read):
        return
    position = _describe_position(text, text.index(LOST))
    if lost == 1 and text.endswith(LOST):
        raise LyricsError(
            _(
                "Line %(number)d (“%(text)s”): the lyrics end within a character, so the file was "
                "copied only in part. Copy it anew."
            )
            % position
        )
    raise LyricsError(
        _(
            "Line %(number)d (“%(text)s”): the lyrics are UTF-8, but bytes are broken there (�). "
            "Correct the line, or copy the lyrics anew from where they are whole."
        )
        % position
    )


def _describe_position(text: str, position: int) -> dict[str, str | int]:
    """Return the number of the line at a position, and its text."""
    start = text.rfind("\n", 0, position) + 1
    line = clean_text(text[start:].split("\n", 1)[0])
    excerpt = f"{line[: MAX_EXCERPT - 1]}…" if len(line) > MAX_EXCERPT else line
    return {"number": text.count("\n", 0, position) + 1, "text": excerpt}
