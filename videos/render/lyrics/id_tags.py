"""The lines of LRC files that tell of the song: its title, its artist, its language."""

import re

# Those that are read, by the names of a song's columns
NAMES = {"ti": "title", "ar": "artist", "la": "language"}
MAX_HEADER_LINES = 60  # from the first line on, in which they may stand

_TAG = re.compile(r"^\s*\[\s*(ti|ar|la)\s*:(.*)\]\s*$", re.IGNORECASE)


def read_id_tags(text: str) -> dict[str, str]:
    """Return what ``[ti:…]``, ``[ar:…]`` and ``[la:…]`` say, by the names of a song's columns."""
    values: dict[str, str] = {}
    for line in text.lstrip("\ufeff").splitlines()[:MAX_HEADER_LINES]:
        match = _TAG.match(line)
        if match and (value := match[2].strip()):
            values.setdefault(NAMES[match[1].lower()], value)
    return values
