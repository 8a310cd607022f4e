"""Capital letters as each language writes them, where Unicode's rules for all are wrong.

Greek capitals have no accents ("Εισαγωγή" is "ΕΙΣΑΓΩΓΗ"), and the capital of the Turkish i has its
dot ("Giriş" is "GİRİŞ"). Greek tells itself by its letters. Turkish and Azerbaijani share theirs
with others, so it is told by the lyrics, in which ı or ğ is never far.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

_TURKIC = frozenset("ıİğĞ")
_ACCENTS = "\u0300\u0301\u0342\u0313\u0314"  # grave, acute, circumflex, breathings
# An accented vowel before one that would join it without the accent: "Μάιος" is "ΜΑΪΟΣ"
_PARTED = re.compile("([αεουΑΕΟΥ])\u0301([ιυΙΥ])(?!\u0308)")
_GREEK_MARKS = re.compile(f"([Α-Ωα-ω]\u0308?)[{_ACCENTS}]+(\u0308?)")
_GREEK = re.compile("[Ͱ-Ͽἀ-῿]")


def is_turkic(texts: Iterable[str]) -> bool:
    """Return whether ``texts`` have letters that only languages with a dotted capital İ use."""
    return any(not _TURKIC.isdisjoint(text) for text in texts)


def to_capitals(text: str, *, dotted_i: bool = False) -> str:
    """Return ``text`` in capitals; with ``dotted_i``, that of "i" has a dot."""
    if dotted_i:
        text = text.replace("i", "İ")
    if _GREEK.search(text):
        parted = _PARTED.sub("\\1\\2\u0308", normalize("NFD", text))
        text = normalize("NFC", _GREEK_MARKS.sub(r"\1\2", parted))
    return text.upper()
