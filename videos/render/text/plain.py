"""One line of plain text as somebody typed it: for titles, names and tags, which are not drawn."""

import re

from videos.render.text.clusters import split_clusters

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# Removed are control characters, halves of surrogate pairs, noncharacters, and what changes the
# direction of a whole text. Joiners stay, because emoji and several scripts need them, and so do
# tags, variation selectors and marks that affect their neighbours only.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def single_line(text: str, max_length: int | None = None) -> str:
    """Return ``text`` on one line, without invisible and misleading characters.

    It is cut to ``max_length`` code points between clusters, so that no emoji or letter changes.
    """
    line = _INVISIBLE.sub("", _BREAKS.sub(" ", text)).strip()
    if max_length is None or len(line) <= max_length:
        return line
    *whole, _ = split_clusters(line[: max_length + 1])
    return ("".join(whole) or line[:max_length]).strip()
