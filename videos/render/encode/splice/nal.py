"""Splits, joins and escapes NAL units, the packets of an H.264 stream (clause 7.3.1, annex B)."""

import re
from collections.abc import Iterable, Iterator

# Types of units: slices, slices of key frames, and the parameter sets of the film (sequence) and of
# its pictures.
SLICE, IDR_SLICE, SPS, PPS = 1, 5, 7, 8

START_CODE = b"\0\0\0\1"
ESCAPE_NEEDED = re.compile(b"\0\0(?=[\0-\3])")


def unit_type(unit: bytes) -> int:
    """Return the type of a unit."""
    return unit[0] & 31


def is_slice(unit: bytes) -> bool:
    """Return whether a unit holds a picture or a part of one."""
    return bool(unit) and 1 <= unit_type(unit) <= IDR_SLICE


def split_units(stream: bytes) -> Iterator[bytes]:
    """Yield the units of a stream with start codes, each from its header byte on."""
    _, *parts = stream.split(START_CODE[1:])
    for part in parts:
        yield part.rstrip(b"\0")  # no unit ends in zeros: they belong to the next start code


def join_units(units: Iterable[bytes]) -> bytes:
    """Return ``units`` as a stream with start codes."""
    return b"".join(part for unit in units for part in (START_CODE, unit))


def unescape(unit: bytes) -> bytes:
    """Return a unit without its emulation prevention bytes."""
    return unit.replace(b"\0\0\3", b"\0\0")


def escape(unit: bytes) -> bytes:
    """Return a unit with emulation prevention bytes, so that it contains no start code."""
    return ESCAPE_NEEDED.sub(b"\0\0\3", unit)
