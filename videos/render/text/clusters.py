"""Cleaning text and cutting it into grapheme clusters: what a reader takes for one character."""

from collections.abc import Iterator
from unicodedata import category, normalize

LONGEST = 2000  # characters of one line: more than any frame holds, few enough to shape quickly
MOST_MARKS = 4  # on one letter: enough for pointed Hebrew and Thai, too few to climb off the line

ZWNJ, ZWJ = "\u200c", "\u200d"
LRM, RLM = "\u200e", "\u200f"
TEXT_STYLE, EMOJI_STYLE, KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"
JOINERS = {ZWNJ, ZWJ}
# Characters that shape or order their neighbours but have no glyph of their own.
INVISIBLE = JOINERS | {LRM, RLM, TEXT_STYLE, EMOJI_STYLE}
# Signs that join consonants into a conjunct, which is one cluster (UAX 29, GB9c).
VIRAMAS = set("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
# Spacing vowels that belong to the letter before them although they count as letters.
SPACING_VOWELS = {"\u0e33", "\u0eb3"}

# Emoji_Presentation below U+1F000: the symbols that are emoji without being asked to.
EMOJI_BY_DEFAULT = set(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)


def clean(text: str) -> str:
    """Return `text` as one line: composed, without controls, overrides and towers of marks.

    Newlines, tabs and runs of spaces become one space. Direction marks stay: they are harmless;
    embeddings, overrides and isolates go, so that a name cannot turn what stands beside it.
    """
    return " ".join("".join(_kept(normalize("NFC", text[:LONGEST]))).split())


def _kept(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        kind = category(character)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if character in "\n\r\t\v\f" or kind in {"Zs", "Zl", "Zp"}:
            yield " "
        elif kind[0] == "C":
            if character in INVISIBLE or _is_tag(character):
                yield character
        elif marks <= MOST_MARKS:
            yield character


def clusters(text: str) -> list[str]:
    """Return the grapheme clusters of `text`, which joined together are `text`."""
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def is_emoji(cluster: str) -> bool:
    """Return whether a cluster asks to be drawn as an emoji."""
    if TEXT_STYLE in cluster:
        return False
    if EMOJI_STYLE in cluster or KEYCAP in cluster or any(map(_is_skin_tone, cluster)):
        return True
    return "\U0001f000" <= cluster[0] <= "\U0001ffff" or cluster[0] in EMOJI_BY_DEFAULT


def _continues(cluster: str, character: str) -> bool:
    """Return whether `character` belongs to the cluster before it (UAX 29)."""
    last = cluster[-1]
    if last == " " or character == " ":
        return False
    if character in INVISIBLE or character in SPACING_VOWELS or category(character)[0] == "M":
        return True
    if _is_skin_tone(character) or _is_tag(character):
        return True
    if last == ZWJ and len(cluster) > 1 and category(character) in {"So", "Sm"}:
        return True
    if _is_flag_letter(character):
        return len(cluster) == 1 and _is_flag_letter(cluster)
    if category(character) == "Lo" and _is_joined(cluster, character):
        return True
    return "\u1160" <= character <= "\u11ff" and "\u1100" <= last <= "\u11ff"


def _is_joined(cluster: str, character: str) -> bool:
    """Return whether a virama of its script joins `character` to the letters before it."""
    end = cluster.rstrip(ZWJ)
    return len(end) > 1 and end[-1] in VIRAMAS and ord(end[-1]) >> 7 == ord(character) >> 7


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
