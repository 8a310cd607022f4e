"""Ranks the encodings in which bytes can be read by a detector and by how natural the text is."""

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

import chardet

from videos.render.encodings.names import ENCODINGS, EXPLICIT, Encoding, find_encoding
from videos.render.encodings.plausibility import IMPOSSIBLE, text_cost
from videos.render.encodings.unmarked_unicode import is_wide_encoding
from videos.render.encodings.words import script_of

MAX_SAMPLE = 3_000  # bytes of lines that are read in every encoding
MAX_ASCII_SAMPLE = 600  # bytes of the lines that are the same in all of them
MAX_WIDE_SAMPLE = 8_000  # bytes of text of two or four bytes a character; a multiple of four
DETECTOR_WEIGHT = 3.0  # of the logarithm of the detector's confidence
MIN_CONFIDENCE = 0.001
# What natural text costs, as natural logarithms; short text may cost more
LETTER_COST, FREE_COST = 2.8, 30.0
DEAR = {"han": 7.0, "thai": 4.2}
UNICODE_DEAR = {**DEAR, "other": 14.5}  # scripts that legacy encodings do not have
# Among ASCII letters, a foreign character or two are Latin letters and signs rather than others
MAX_FEW, NOT_LATIN_COST = 2, 4.0
ASCII_LETTER = re.compile(rb"[A-Za-z]")
LEGACY = tuple(encoding for encoding in ENCODINGS if encoding.rareness < EXPLICIT)


class Reading(NamedTuple):
    """How bytes read in an encoding; ``cost`` is the logarithm of how unlikely that is."""

    cost: float
    encoding: Encoding
    sample: str


def rank_readings(data: bytes, encodings: Iterable[Encoding] = LEGACY) -> list[Reading]:
    """Return the readings of ``data`` in legacy encodings, the likeliest first.

    Those that read alike are one; those that cannot be read, or would hold control characters,
    are left out.
    """
    encodings = list(encodings)
    is_wide = any(is_wide_encoding(encoding) for encoding in encodings)
    sample = data[:MAX_WIDE_SAMPLE] if is_wide else _sample(data)
    texts: dict[str, Encoding] = {}
    for encoding in sorted(encodings, key=lambda encoding: encoding.rareness):
        text = decode_strictly(sample, encoding, is_whole=sample == data)
        if text is not None and text not in texts and _is_readable(data, encoding):
            texts[text] = encoding
    confidences = _confidences(sample, texts)
    readings = [
        Reading(_cost(text, encoding, confidences) + _few_cost(sample, text), encoding, text)
        for text, encoding in texts.items()
    ]
    return sorted(reading for reading in readings if reading.cost < IMPOSSIBLE)


def decode_strictly(data: bytes, encoding: Encoding, is_whole: bool = True) -> str | None:
    """Return the text of ``data``, None where it is not in ``encoding``.

    Data that is not whole may end within a character. Zeros after its end are padding, no text.
    """
    try:
        text = codecs.getincrementaldecoder(encoding.codec)().decode(data, is_whole)
    except UnicodeError:
        return None
    text = text.rstrip("\0") or text
    # Vietnamese is written with accents of their own there
    return normalize("NFC", text) if encoding.codec == "cp1258" else text


def _is_readable(data: bytes, encoding: Encoding) -> bool:
    return decode_strictly(data, encoding) is not None


def _cost(text: str, encoding: Encoding, confidences: Mapping[str, float]) -> float:
    confidence = max(confidences.get(text, 0.0), MIN_CONFIDENCE)
    doubt = math.log(max(*confidences.values(), MIN_CONFIDENCE, MIN_CONFIDENCE) / confidence)
    rareness = encoding.rareness if encoding.rareness < EXPLICIT else 0.0
    return text_cost(text.split("\n")) + rareness + DETECTOR_WEIGHT * doubt


def _few_cost(sample: bytes, text: str) -> float:
    """Return what letters that are not Latin cost where hardly any byte is foreign."""
    foreign = sum(byte > 0x7F for byte in sample)
    if 0 in sample or not 0 < foreign <= MAX_FEW or not ASCII_LETTER.search(sample):
        return 0.0
    return 0.0 if {script_of(char) for char in text} <= {"", "latin"} else NOT_LATIN_COST


def _confidences(sample: bytes, texts: Mapping[str, Encoding]) -> dict[str, float]:
    """Return how sure the detector is of each text that it can read."""
    confidences: dict[str, float] = {}
    for result in chardet.detect_all(sample, ignore_threshold=True, compat_names=False):
        encoding = find_encoding(result["encoding"] or "")
        text = decode_strictly(sample, encoding, is_whole=False) if encoding else None
        if text is not None and text in texts:
            confidences[text] = max(confidences.get(text, 0.0), result["confidence"])
    return confidences


def _sample(data: bytes) -> bytes:
    """Return the first lines that encodings read differently, and some others for the language.

    Only for encodings in which the byte of a line's end is nothing else.
    """
    if len(data) <= MAX_SAMPLE:
        return data
    lines = dict.fromkeys(data.split(b"\n"))
    first = next((line for line in lines if not line.isascii()), b"")
    if len(first) > MAX_SAMPLE:
        return first[:MAX_SAMPLE]
    ascii_lines = _cut([line for line in lines if line.isascii()], MAX_ASCII_SAMPLE)
    other_lines = _cut([line for line in lines if not line.isascii()], MAX_SAMPLE)
    return b"\n".join([*other_lines, *ascii_lines])


def _cut(lines: Sequence[bytes], size: int) -> list[bytes]:
    """Return the first lines that have ``size`` bytes together, and at least one."""
    taken: list[bytes] = []
    for line in lines:
        size -= len(line) + 1
        if size < 0 and taken:
            break
        taken.append(line)
    return taken


def read_start(data: bytes, encodings: Iterable[Encoding]) -> list[Reading]:
    """Return how the beginning of ``data`` reads in encodings, the most natural text first.

    Unlike ``rank_readings`` it weighs neither the detector nor how rare an encoding is.
    """
    start = data[:MAX_WIDE_SAMPLE]
    texts = {each: decode_strictly(start, each, is_whole=start == data) for each in encodings}
    readings = (
        Reading(text_cost(text.removeprefix("\ufeff").split("\n")), encoding, text)
        for encoding, text in texts.items()
        if text is not None
    )
    return sorted(readings)


def excess(reading: Reading) -> float:
    """Return how many times more unlikely a text is than natural text of its length."""
    scripts = Counter(map(script_of, reading.sample))
    letters = sum(count for script, count in scripts.items() if script)
    costs = UNICODE_DEAR if reading.encoding.label == "Unicode" else DEAR
    dear = {script: scripts[script] * (cost - LETTER_COST) for script, cost in costs.items()}
    expected = LETTER_COST * letters + sum(dear.values())
    return max(reading.cost - FREE_COST, 0.0) / max(expected, 1.0)
