"""Cleaning text and splitting it into grapheme clusters (UAX 29), the characters that users see."""

from collections.abc import Iterator
from unicodedata import category, normalize

MAX_LENGTH = 2000  # characters of a line: more than any frame holds, few enough to shape quickly
MAX_MARKS = 4  # combining marks on a letter: enough for pointed Hebrew and Thai, no "Zalgo" text

ZWNJ, ZWJ = "\u200c", "\u200d"
LRM, RLM = "\u200e", "\u200f"
# The variation selectors for text and for emoji presentation, and the combining keycap.
VS15, VS16, KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"
JOINERS = {ZWNJ, ZWJ}
# Of Default_Ignorable_Code_Point, those that stay: they change their neighbours, and have no glyph.
IGNORABLES = JOINERS | {LRM, RLM, VS15, VS16}
# Viramas join consonants into a conjunct, which is one cluster (UAX 29, GB9c).
VIRAMAS = set("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
# Vowels of the property SpacingMark (UAX 29, GB9a) although their general category is a letter.
SPACING_MARKS = {"\u0e33", "\u0eb3"}

# Emoji_Presentation below U+1F000: the symbols that are emoji without a variation selector.
EMOJI_PRESENTATION = set(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)


def clean(text: str) -> str:
    """Return ``text`` as one line in NFC, without controls and with few combining marks.

    Newlines, tabs and runs of spaces become one space. The direction marks LRM and RLM stay;
    embeddings, overrides and isolates (UAX 9) are removed: a name cannot reverse text beside it.
    """
    return " ".join("".join(_filter_characters(normalize("NFC", text[:MAX_LENGTH]))).split())


def _filter_characters(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        general_category = category(character)
        marks = marks + 1 if general_category in {"Mn", "Me"} else 0
        if character in "\n\r\t\v\f" or general_category in {"Zs", "Zl", "Zp"}:
            yield " "
        elif general_category[0] == "C":
            if character in IGNORABLES or _is_tag(character):
                yield character
        elif marks <= MAX_MARKS:
            yield character


def split_clusters(text: str) -> list[str]:
    """Return the grapheme clusters of ``text``; joined together they are ``text``."""
    result: list[str] = []
    for character in text:
        if result and _extends_cluster(result[-1], character):
            result[-1] += character
        else:
            result.append(character)
    return result


def is_emoji(cluster: str) -> bool:
    """Return whether a cluster has emoji presentation (UTS 51)."""
    if VS15 in cluster:
        return False
    if VS16 in cluster or KEYCAP in cluster or any(map(_is_emoji_modifier, cluster)):
        return True
    return "\U0001f000" <= cluster[0] <= "\U0001ffff" or cluster[0] in EMOJI_PRESENTATION


def _extends_cluster(cluster: str, character: str) -> bool:
    """Return whether there is no cluster boundary before ``character`` (UAX 29)."""
    last = cluster[-1]
    if last == " " or character == " ":
        return False
    if character in IGNORABLES or character in SPACING_MARKS or category(character)[0] == "M":
        return True
    if _is_emoji_modifier(character) or _is_tag(character):
        return True
    if last == ZWJ and len(cluster) > 1 and category(character) in {"So", "Sm"}:
        return True
    if _is_regional_indicator(character):
        return len(cluster) == 1 and _is_regional_indicator(cluster)
    if category(character) == "Lo" and _is_in_conjunct(cluster, character):
        return True
    return "\u1160" <= character <= "\u11ff" and "\u1100" <= last <= "\u11ff"


def _is_in_conjunct(cluster: str, character: str) -> bool:
    """Return whether a virama of the same script joins ``character`` to the cluster (GB9c)."""
    end = cluster.rstrip(ZWJ)
    return len(end) > 1 and end[-1] in VIRAMAS and ord(end[-1]) >> 7 == ord(character) >> 7


def _is_emoji_modifier(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def _is_regional_indicator(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
