"""File names under which people save what they download: every system can store them."""

import re
import unicodedata
from urllib.parse import quote

MAX_NAME_BYTES = 120  # in UTF-8; Chromium cancels a download whose name is far longer
# What Windows forbids, and marks that turn the direction of a text, which disguise an ending
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+'
)
# Devices of Windows: no file can have such a name, whatever its suffix
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_JOINER = "\u200d"


def safe_file_name(title: str, ending: str, default: str = "file") -> str:
    """Return a name of at most 120 bytes in UTF-8 that every file system can store.

    ``ending`` stands unchanged at its end: the suffix, and what tells files of one ``title`` apart.
    A title of which nothing can be stored becomes ``default``.
    """
    stem = _UNSAFE.sub(" ", unicodedata.normalize("NFC", title))
    stem = _cut(" ".join(stem.split()), MAX_NAME_BYTES - len(ending.encode())).strip(" .")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or default}{ending}"


def attachment_header(name: str) -> str:
    """Return the ``Content-Disposition`` that lets a browser save a file as ``name`` (RFC 6266).

    Programs that do not read ``filename*`` find a name in ASCII before it.
    """
    folded = unicodedata.normalize("NFKD", name.replace("–", "-"))
    plain = re.sub(r'[^ !#-$&-\[\]-~]|["%]', "", folded)
    stem, dot, suffix = plain.rpartition(".")
    stem = " ".join(stem.split()).strip(" .-")
    plain = f"{stem or 'file'}{dot}{suffix}"
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _cut(text: str, max_bytes: int) -> str:
    """Return the first characters of ``text`` that fit, none without its accents and joiners."""
    if len(text.encode()) <= max_bytes:
        return text
    cut = text.encode()[:max_bytes].decode(errors="ignore")
    while cut and (_continues(text[len(cut)]) or cut[-1] == _JOINER):
        cut = cut[:-1]
    return cut


def _continues(character: str) -> bool:
    """Return whether a character belongs to the one before it."""
    is_mark = unicodedata.category(character) in {"Mn", "Mc", "Me"}
    return is_mark or character == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff"
