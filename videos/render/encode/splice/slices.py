"""The headers of slices (clause 7.3.3), as our encoder makes them, and their new places."""

from dataclasses import dataclass

from videos.render.encode.splice import nal
from videos.render.encode.splice.bits import BitReader, BitWriter
from videos.render.encode.splice.parameters import Parameters

LONGEST_HEADER = 40
"""Bytes in which a header certainly ends."""

ALL_P, ALL_I = 5, 7
"""The types of slices that say that all others of the picture are like them."""

FILTERED, UNFILTERED, FILTERED_INSIDE = 0, 1, 2
"""Which edges of blocks are smoothed: all, none, or those that do not lie between two slices."""

REFERRED_TO = 2 << 5
"""The importance, in a unit's first byte, of a picture that later ones refer to."""


@dataclass(frozen=True)
class SliceHeader:
    """A slice of a key frame, which is all I, or of one between, all P.

    `first` is its first macroblock, `frame` the picture's number in its group and `group` tells
    neighbouring groups apart; the quantiser is relative to that of the parameter set.
    """

    is_key: bool
    first: int
    frame: int
    group: int = 0
    cabac_table: int = 0
    quantiser: int = 0
    deblocking: int = UNFILTERED
    offsets: tuple[int, int] = (0, 0)


def read_slice(unit: bytes, parameters: Parameters) -> tuple[SliceHeader, bytes]:
    """Return the header of a slice and what follows it, unescaped.

    Raises ValueError if it is of a kind that `write_slice` cannot write.
    """
    body = nal.unescaped(unit)
    reader = BitReader(body[1:LONGEST_HEADER])
    is_key = nal.kind(unit) == nal.KEY_SLICE
    first, type_, picture_set = reader.number(), reader.number(), reader.number()
    if (type_, picture_set) != (ALL_I if is_key else ALL_P, 0):
        raise ValueError(f"a slice of type {type_} under parameter set {picture_set}")
    frame = reader.bits(parameters.frame_bits)
    group = reader.number() if is_key else 0
    # For a key frame: whether it may be shown late, and whether it stays for long. For others:
    # whether the references are counted, ordered or kept in ways of their own.
    if reader.bits(2 if is_key else 3):
        raise ValueError("references that are not the picture before")
    table = 0 if is_key else reader.number()
    quantiser, deblocking = reader.signed(), reader.number()
    offsets = (0, 0) if deblocking == UNFILTERED else (reader.signed(), reader.signed())
    header = SliceHeader(is_key, first, frame, group, table, quantiser, deblocking, offsets)
    return header, body[1 + (reader.position + 7) // 8 :]


def write_slice(header: SliceHeader, payload: bytes, parameters: Parameters) -> bytes:
    """Return the unit of a slice; `payload` is its CABAC data, unescaped."""
    writer = BitWriter()
    writer.number(header.first)
    writer.number(ALL_I if header.is_key else ALL_P)
    writer.number(0)
    writer.bits(header.frame, parameters.frame_bits)
    if header.is_key:
        writer.number(header.group)
        writer.bits(0, 2)
    else:
        writer.bits(0, 3)
        writer.number(header.cabac_table)
    writer.signed(header.quantiser)
    writer.number(header.deblocking)
    if header.deblocking != UNFILTERED:
        writer.signed(header.offsets[0])
        writer.signed(header.offsets[1])
    type_ = nal.KEY_SLICE if header.is_key else nal.SLICE
    return nal.escaped(bytes([REFERRED_TO | type_]) + writer.filled(1) + payload)
