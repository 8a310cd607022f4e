"""The verses in tests/samples/encodings, in the encodings that are natural for each language."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "samples" / "encodings"

WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850")
CENTRAL = ("cp1250", "iso8859-2", "cp852")
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
BALTIC = ("cp1257", "iso8859-13", "iso8859-4")
NATURAL = {
    **dict.fromkeys(("english", "french", "german", "spanish", "portuguese", "italian"), WESTERN),
    **dict.fromkeys(("finnish", "swedish", "danish", "norwegian", "catalan", "dutch"), WESTERN),
    "icelandic": ("cp1252", "iso8859-1", "cp850"),
    **dict.fromkeys(("polish", "czech", "slovak", "hungarian", "romanian"), CENTRAL),
    **dict.fromkeys(("croatian", "slovene"), CENTRAL),
    **dict.fromkeys(("estonian", "latvian", "lithuanian"), BALTIC),
    "turkish": ("cp1254", "iso8859-9"),
    "greek": ("cp1253", "iso8859-7", "cp737"),
    **dict.fromkeys(("russian", "bulgarian"), CYRILLIC),
    "ukrainian": ("cp1251", "koi8-u", "mac-cyrillic", "cp1125"),
    **dict.fromkeys(("belarusian", "serbian"), ("cp1251", "iso8859-5")),
    "hebrew": ("cp1255", "iso8859-8"),
    "arabic": ("cp1256", "iso8859-6"),
    "persian": ("cp1256",),
    "thai": ("cp874",),
    "vietnamese": ("cp1258",),
    "japanese": ("cp932", "shift_jis", "euc-jp", "iso2022-jp"),
    "korean": ("cp949", "euc-kr"),
    "chinese_simplified": ("gb18030", "gb2312"),
    "chinese_with_kana": ("gb18030", "gbk"),
    "chinese_traditional": ("big5", "cp950", "gbk"),
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# What old encodings lack is typed in their way
PLAIN_SIGNS = str.maketrans("’‘“”–—", "''\"\"--") | {ord("…"): "...", ord("œ"): "oe"}
ACCENTS_OF_VOWELS = "\u0302\u0306\u031b"  # which Vietnamese cp1258 has in its letters


class Sample(NamedTuple):
    """A text, the language and the codec it is written in, and how many lines it was cut to."""

    language: str
    codec: str
    lines: int
    text: str
    data: bytes


def languages() -> list[str]:
    """Return the names of the languages."""
    return list(NATURAL)


def verses(language: str) -> list[str]:
    """Return the lines of a language."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line]


def samples_of(language: str, size: int = 0, *, with_stamps: bool = False) -> Iterator[Sample]:
    """Yield the verses of a language in each encoding, ``size`` lines at a time; 0 for all."""
    lines = verses(language)
    if with_stamps:
        lines = [
            f"[{n // 15:02}:{n * 4 % 60:02}.{n * 37 % 100:02}]{line}"
            for n, line in enumerate(lines)
        ]
    step = size or len(lines)
    for start in range(0, len(lines) - step + 1, step):
        text = "\n".join(lines[start : start + step])
        for codec in NATURAL[language]:
            yield from _encoded(language, codec, step, text)


def encode(text: str, codec: str) -> bytes:
    """Return ``text`` as people type it in an encoding; raises UnicodeEncodeError."""
    return (_vietnamese(text) if codec == "cp1258" else text).encode(codec)


def _encoded(language: str, codec: str, lines: int, text: str) -> Iterator[Sample]:
    for each in dict.fromkeys((text, text.translate(PLAIN_SIGNS))):
        try:
            yield Sample(language, codec, lines, each, encode(each, codec))
        except UnicodeEncodeError:
            continue
        return


def _vietnamese(text: str) -> str:
    """Return letters with their own accents, and the accents of tones after them."""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if char in ACCENTS_OF_VOWELS:
            position = -1 if letters[-1].isalpha() else -2  # a tone may be between
            letters[position] = unicodedata.normalize("NFC", letters[position] + char)
        else:
            letters.append(char)
    return "".join(letters)
