"""Cleaning text and splitting it into grapheme clusters (UAX 29), the characters that users see."""

from collections.abc import Iterator
from unicodedata import category, normalize

MAX_LENGTH = 2000  # characters of a line: more than any frame holds, few enough to shape quickly
MAX_MARKS = 4  # combining marks on a letter: enough for pointed Hebrew and Thai, no "Zalgo" text

ZWNJ, ZWJ = "\u200c", "\u200d"
LRM, RLM, ALM = "\u200e", "\u200f", "\u061c"
# The variation selectors for text and for emoji presentation, and the combining keycap.
VS15, VS16, KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"
JOINERS = {ZWNJ, ZWJ}
VARIATION_SELECTORS = {
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
    *"\u180b\u180c\u180d\u180f",  # Mongolian
}
CGJ, MVS = "\u034f", "\u180e"  # combining grapheme joiner, Mongolian vowel separator
# They only tell the direction of text, or an emoji's presentation: no face draws them.
PURE_MARKS = {LRM, RLM, ALM, VS15, VS16}
# Of Default_Ignorable_Code_Point, those that stay: they change their neighbours, and need no glyph.
IGNORABLES = JOINERS | PURE_MARKS | VARIATION_SELECTORS | {CGJ, MVS}
# Format characters that are seen (Prepended_Concatenation_Mark): number signs, the end of a verse.
VISIBLE_FORMATS = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# Viramas join consonants into a conjunct, which is one cluster (UAX 29, GB9c), and so do the
# stackers of Myanmar, Khmer, Tai Tham, Balinese, Sundanese, Javanese and Chakma.
VIRAMAS = set("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
VIRAMAS |= set("\u1039\u17d2\u1a60\u1b44\u1bab\ua9c0\U00011133")
SINHALA_VIRAMA = "\u0dca"  # it joins only with a ZWJ
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
            if _is_kept(character, general_category):
                yield character
        elif marks <= MAX_MARKS:
            yield character


def _is_kept(character: str, general_category: str) -> bool:
    """Return whether a character of the categories "Other" is text.

    Unassigned ones are, because Python's tables are older than the newest emoji in the fonts.
    """
    if general_category == "Cn":
        is_noncharacter = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
        return not is_noncharacter and character < "\U000e0000"
    return character in IGNORABLES or character in VISIBLE_FORMATS or is_tag(character)


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
    if is_tag(character):  # of a flag such as Wales's; a stray one stands alone
        return is_emoji(cluster) or is_tag(last)
    if _is_emoji_modifier(character):
        return True
    if last == ZWJ and len(cluster) > 1 and _is_symbol(character):
        return True
    if _is_regional_indicator(character):
        return len(cluster) == 1 and _is_regional_indicator(cluster)
    if category(character) == "Lo" and _is_in_conjunct(cluster, character):
        return True
    return "\u1160" <= character <= "\u11ff" and "\u1100" <= last <= "\u11ff"


def _is_in_conjunct(cluster: str, character: str) -> bool:
    """Return whether a virama of the same script joins ``character`` to the cluster (GB9c)."""
    end = cluster.rstrip(ZWJ)
    joins = end[-1:] in VIRAMAS or (end != cluster and end[-1:] == SINHALA_VIRAMA)
    return len(end) > 1 and joins and ord(end[-1]) >> 7 == ord(character) >> 7


def is_tag(character: str) -> bool:
    """Return whether ``character`` is a tag: a part of an emoji flag, invisible by itself."""
    return "\U000e0020" <= character <= "\U000e007f"


def _is_symbol(character: str) -> bool:
    return category(character) in {"So", "Sm"} or is_emoji(character)


def _is_emoji_modifier(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_regional_indicator(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
