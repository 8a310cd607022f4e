"""What the name of a song's file says of it, and which files have the same name."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import NamedTuple

from videos.render.text import single_line

# "03 - ", "03. ", "3-07 " and "(03) " before the rest of a name; a title such as "99 Lives" stays
_NUMBER = re.compile(
    r"^(?:\(\d{1,3}\)|\d{1,2}-\d{2}|\d{1,3}(?=[.)\s]*[-–—.)]\s)|0\d)[.)]?\s*(?:[-–—]\s+)?"
)
_DASH = re.compile(r"\s+[-–—]\s+")


class FileName(NamedTuple):
    """The artist and the title that a name has; "" where it has none."""

    artist: str
    title: str


def parse_file_name(name: str) -> FileName:
    """Return the artist and the title of ``03 - Artist - Title.mp3``, or the title alone."""
    text = single_line(PurePosixPath(name).stem.replace("_", " "))
    text = _NUMBER.sub("", text) or text
    parts = [part for part in _DASH.split(text, maxsplit=1) if part]
    return FileName(parts[0], parts[1]) if len(parts) == 2 else FileName("", text)


def stem_key(name: str, endings: frozenset[str]) -> str:
    """Return what the names of files that belong together have in common.

    Case, spaces and underscores do not matter, nor does one of ``endings`` before the last one, as
    in ``song.mp3.lrc``.
    """
    stem = PurePosixPath(name).stem
    if PurePosixPath(stem).suffix.lower() in endings:
        stem = PurePosixPath(stem).stem
    text = unicodedata.normalize("NFKC", stem).casefold()
    return " ".join(text.replace("_", " ").split())
