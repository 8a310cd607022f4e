"""The names of a song's sections in section tags, and which of a tag's words are such a name."""

import re

from videos.render.lyrics.lines import clean_text

MAX_NAME_LENGTH = 40  # characters: longer tags are directions to the singer, not names

_NAMES = (
    # English
    r"(?:pre|post)[- ]?chorus|chorus|(?:pre|post)?[- ]?verse|intro(?:duction)?|outro|bridge|refrain"
    r"|hook|interlude|instrumental|break(?:down)?|build(?:[- ]?up)?|drop|solo|coda|ending|end"
    r"|ad[- ]?libs?|spoken word|rap|vamp|prelude|middle (?:8|eight)|opening"
    # German, French, Italian, Spanish, Portuguese
    r"|vers|strophe|kehrreim|brücke|couplet|pré-?refrain|pont|strofa|ritornello|ponte"
    r"|verso|estrofa|estribillo|coro|pre-?coro|puente|estrofe|(?:pré-?)?refrão"
    # Polish, Czech, Swedish, Finnish, Turkish
    r"|zwrotka|refren|mostek|sloka|refrén|refräng|brygga|kertosäe|säkeistö|nakarat|köprü|kıta"
    # Russian, Ukrainian
    r"|(?:пред)?припев|куплет|бридж|вступление|проигрыш|концовка|приспів|інтро|аутро|интро"
    # Chinese, Japanese, Korean
    r"|主歌|副歌|前奏|间奏|間奏|尾奏|桥段|橋段|導歌|导歌|サビ|[A-D]メロ|イントロ|アウトロ"
    r"|벌스|후렴|코러스|프리코러스|브릿지|브리지|인트로|아웃트로"
)
_NUMBER = r"(?:[ -]?(?:[0-9]{1,2}|[ivx]{1,4}|[a-d]|one|two|three|four))?(?:[ ]*[x×][ ]?[0-9]{1,2})?"
_ORDINAL = r"(?:(?:final|last|first|second|third|double|big|repeat)[ ])?"
NAME = rf"{_ORDINAL}(?:{_NAMES}){_NUMBER}"
SECTION_NAME = re.compile(rf"(?:[\w'’-]{{1,20}}[ ]){{0,2}}(?:{_NAMES}){_NUMBER}", re.IGNORECASE)
SECTION_START = re.compile(rf"{NAME}(?!\w)", re.IGNORECASE)
# The first part of a tag: what follows are directions ("Verse 1: male vocal, low")
_SEPARATOR = re.compile(r"[ ]*[:：|,;–—(/][ ]*|[ ]+-[ ]+")
# What captions say of sounds, and chords, are no names of sections
_SOUNDS = re.compile(
    r"(?:music|musik|música|musique|музыка|applause|laughter|cheering|[\W\d_]+)", re.I
)
_CHORD = re.compile(
    r"[A-H](?:[#b♯♭])?(?:m|maj|min|dim|aug|sus|add|M)?[0-9]{0,2}(?:sus[24])?(?:/[A-H][#b♯♭]?)?"
)


def is_section_name(text: str) -> bool:
    """Return whether ``text`` is the usual name of a section ("Final Chorus", "Куплет 2")."""
    return bool(SECTION_NAME.fullmatch(text))


def get_section(tag: str) -> str:
    """Return the section's name in a tag, "" for a tag that is only a direction.

    Any short tag counts as a name, except one with a colon whose first word is no section's name.
    """
    tag = clean_text(tag)
    parts = _SEPARATOR.split(tag, maxsplit=1)
    head = parts[0].strip()
    if is_section_name(head):
        return head
    if start := SECTION_START.match(head):
        return head if len(head) <= MAX_NAME_LENGTH else start[0]
    if _CHORD.fullmatch(tag) or _SOUNDS.fullmatch(tag):
        return ""
    if len(tag) > MAX_NAME_LENGTH or ":" in tag or "：" in tag:
        return ""
    return tag


def choose_section(pending: str, new: str) -> str:
    """Return which of two tags above a line names its section: the last one that is a usual name.

    Where none is, the last one.
    """
    if not new or (is_section_name(pending) and not is_section_name(new)):
        return pending
    return new
