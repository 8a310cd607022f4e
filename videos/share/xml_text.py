"""Text for XML documents, of which some characters make no document at all."""

import re

# XML 1.0 has no name for these, not even as "&#11;" (https://www.w3.org/TR/xml/#charsets)
_FORBIDDEN = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return ``text`` in one row, without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)
