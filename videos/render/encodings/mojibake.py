"""Mends UTF-8 that a program once read in a legacy encoding: "dÃ©jÃ " is "déjà"."""

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache

from videos.render.encodings.plausibility import IMPOSSIBLE, text_cost

# In which programs read UTF-8 by mistake.
MISTAKEN_CODECS = (
    *("cp1252", "latin-1", "cp1251", "cp1250", "cp1254", "cp1253", "mac-roman", "cp850", "cp437"),
    *("koi8-r", "cp866", "gb18030", "cp932", "cp949", "big5"),
)
WIDE_CODECS = {"gb18030", "cp932", "cp949", "big5"}  # of which a character may be two bytes
MIN_GAIN = 8.0  # natural logarithm of how much likelier the mended text is
MAX_ROUNDS = 3  # of the mistake, one after the other
FOREIGN = re.compile(r"[^\x00-\x7f]+")
SIGNS_OF_DAMAGE = re.compile(r"[^\x00-\x7f]{2}")  # a character of UTF-8 has two bytes or more
UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
NO_BYTE = b"\xff"
CONTROLS = re.compile(r"[\x80-\x9f]")
MAX_CHECKED = 12  # characters that tell whether a line can be mended
MAX_COMPARED = 2_000  # characters whose likelihood is compared


def mend_mojibake(text: str) -> str:
    """Return ``text`` without the damage of UTF-8 that was read as something else.

    Text in which that is not unmistakable comes back as it is.
    """
    for _round in range(MAX_ROUNDS):
        mended = _mend_once(text)
        if mended == text:
            break
        text = mended
    return text


def _mend_once(text: str) -> str:
    if not SIGNS_OF_DAMAGE.search(text):
        return text
    lines = text.split("\n")
    compared = _first(dict.fromkeys(lines))
    codec = max(MISTAKEN_CODECS, key=lambda codec: _gain(compared, codec))
    if _gain(compared, codec) < MIN_GAIN:
        return text
    return "\n".join(_mend_line(line, codec) for line in lines)


def _first(lines: Iterable[str]) -> list[str]:
    """Return the first lines that may be damaged, so many characters of them."""
    taken: list[str] = []
    length = 0
    for line in lines:
        if length < MAX_COMPARED and SIGNS_OF_DAMAGE.search(line):
            taken.append(line)
            length += len(line)
    return taken


def _gain(lines: Iterable[str], codec: str) -> float:
    """Return how much likelier lines are once they are mended."""
    pairs = [(line, _mend_line(line, codec)) for line in lines]
    changed = [[text[:MAX_COMPARED] for text in pair] for pair in pairs if pair[0] != pair[1]]
    before, after = (text_cost(each) for each in zip(*changed, strict=True)) if changed else (0, 0)
    return before - after if after < IMPOSSIBLE else 0.0


@lru_cache(maxsize=2_000)
def _mend_line(line: str, codec: str) -> str:
    """Return a line whose foreign characters that are UTF-8 read as ``codec`` are mended.

    Where that is only a part of them, the line comes back as it is unless it reads better then.
    """
    if not SIGNS_OF_DAMAGE.search(line):
        return line
    if codec in WIDE_CODECS:
        return _mend_whole(line, codec)
    mended = FOREIGN.sub(lambda run: _mend_run(run[0], codec), line)
    if mended == line or _mend_whole(line, codec) == mended:
        return mended
    return mended if _cost(mended) < _cost(line) else line


def _cost(line: str) -> float:
    return text_cost([line[:MAX_COMPARED]])


def _mend_whole(line: str, codec: str) -> str:
    """Return a line whose foreign characters are all UTF-8 read as ``codec``; else as it is."""
    first = FOREIGN.search(line)
    if not first or not _may_be_utf8(first[0][:MAX_CHECKED], codec):
        return line
    try:
        return _encode(line, codec).decode("utf-8")
    except UnicodeError:
        return line


def _may_be_utf8(start: str, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(_encode(start, codec))
    except UnicodeError:
        return False
    return True


def _mend_run(run: str, codec: str) -> str:
    """Return a run of foreign characters with what is UTF-8 in it mended."""
    data = b"".join(_byte(char, codec) for char in run)
    mended, end = "", 0
    for sequence in UTF8_CHARACTER.finditer(data):
        mended += run[end : sequence.start()] + sequence[0].decode("utf-8")
        end = sequence.end()
    return mended + run[end:]


@lru_cache(maxsize=20_000)
def _byte(char: str, codec: str) -> bytes:
    """Return the one byte that reads as a character, one that UTF-8 never has for none."""
    try:
        return _encode_char(char, codec)
    except UnicodeEncodeError:
        return NO_BYTE


def _encode(text: str, codec: str) -> bytes:
    """Return the bytes that read as ``text``; browsers take some bytes as controls.

    Raises UnicodeEncodeError where there are none.
    """
    if not CONTROLS.search(text):
        return text.encode(codec)
    return b"".join(_encode_char(char, codec) for char in text)


def _encode_char(char: str, codec: str) -> bytes:
    try:
        return char.encode(codec)
    except UnicodeEncodeError:
        if CONTROLS.match(char):
            return char.encode("latin-1")
        raise
