"""NAL units, the packets that an H.264 stream consists of (clause 7.3.1 and annex B)."""

import re
from collections.abc import Iterable, Iterator

SLICE, KEY_SLICE, SEQUENCE, PICTURE = 1, 5, 7, 8
"""Types of units: slices, also of key frames, and the parameter sets of film and pictures."""

START = b"\0\0\0\1"
FORBIDDEN = re.compile(b"\0\0(?=[\0-\3])")


def kind(unit: bytes) -> int:
    """Return the type of a unit."""
    return unit[0] & 31


def units(stream: bytes) -> Iterator[bytes]:
    """Yield the units of a stream with start codes, each from its header byte on."""
    _, *parts = stream.split(START[1:])
    for part in parts:
        yield part.rstrip(b"\0")  # no unit ends in zeros: they belong to the next start code


def stream(units: Iterable[bytes]) -> bytes:
    """Return `units` with start codes before them."""
    return b"".join(part for unit in units for part in (START, unit))


def unescaped(unit: bytes) -> bytes:
    """Return a unit without the bytes that keep a start code from appearing in it."""
    return unit.replace(b"\0\0\3", b"\0\0")


def escaped(unit: bytes) -> bytes:
    """Return a unit with the bytes that keep a start code from appearing in it."""
    return FORBIDDEN.sub(b"\0\0\3", unit)
