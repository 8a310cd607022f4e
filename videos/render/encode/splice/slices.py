"""Parses the headers of slices (clause 7.3.3) that our encoder makes, and writes changed ones."""

from dataclasses import dataclass

from videos.render.encode.splice import nal
from videos.render.encode.splice.bits import BitReader, BitWriter
from videos.render.encode.splice.parameters import ParameterSets

MAX_HEADER_BYTES = 40  # a header certainly ends within these
ALL_P, ALL_I = 5, 7  # types of slices: all others of the picture have the same type
# Which edges of blocks are deblocked: all, none, or those that are not between two slices.
DEBLOCK_ALL, DEBLOCK_NONE, DEBLOCK_INSIDE = 0, 1, 2
REFERENCE_IDC = 2 << 5  # ``nal_ref_idc`` in a unit's first byte: later pictures refer to this one


@dataclass(frozen=True)
class SliceHeader:
    """The header of a slice: all I if it is of a key frame, otherwise all P.

    ``frame_number`` counts in a group and wraps around, ``idr_id`` differs between neighbouring
    groups, ``quantiser`` is relative to that of the parameter set.
    """

    is_key: bool
    first_macroblock: int
    frame_number: int
    idr_id: int = 0
    cabac_table: int = 0
    quantiser: int = 0
    deblocking: int = DEBLOCK_NONE
    offsets: tuple[int, int] = (0, 0)


def parse_slice(unit: bytes, parameters: ParameterSets) -> tuple[SliceHeader, bytes]:
    """Return the header of a slice and its payload, unescaped.

    Raises ValueError if the header has something that ``write_slice`` cannot write.
    """
    body = nal.unescape(unit)
    reader = BitReader(body[1:MAX_HEADER_BYTES])
    is_key = nal.unit_type(unit) == nal.IDR_SLICE
    first, slice_type, pps_id = reader.read_ue(), reader.read_ue(), reader.read_ue()
    if (slice_type, pps_id) != (ALL_I if is_key else ALL_P, 0):
        raise ValueError(f"a slice of type {slice_type} under parameter set {pps_id}")
    frame_number = reader.read_bits(parameters.frame_number_bits)
    idr_id = reader.read_ue() if is_key else 0
    # For a key frame: whether it is output late, and whether it is a long-term reference. For
    # others: whether the references are counted, ordered or marked explicitly.
    if reader.read_bits(2 if is_key else 3):
        raise ValueError("references that are not the picture before")
    table = 0 if is_key else reader.read_ue()
    quantiser, deblocking = reader.read_se(), reader.read_ue()
    offsets = (0, 0) if deblocking == DEBLOCK_NONE else (reader.read_se(), reader.read_se())
    header = SliceHeader(is_key, first, frame_number, idr_id, table, quantiser, deblocking, offsets)
    return header, body[1 + (reader.position + 7) // 8 :]


def write_slice(header: SliceHeader, payload: bytes, parameters: ParameterSets) -> bytes:
    """Return the unit of a slice; ``payload`` is its CABAC data, unescaped."""
    writer = BitWriter()
    writer.write_ue(header.first_macroblock)
    writer.write_ue(ALL_I if header.is_key else ALL_P)
    writer.write_ue(0)
    writer.write_bits(header.frame_number, parameters.frame_number_bits)
    if header.is_key:
        writer.write_ue(header.idr_id)
        writer.write_bits(0, 2)
    else:
        writer.write_bits(0, 3)
        writer.write_ue(header.cabac_table)
    writer.write_se(header.quantiser)
    writer.write_ue(header.deblocking)
    if header.deblocking != DEBLOCK_NONE:
        writer.write_se(header.offsets[0])
        writer.write_se(header.offsets[1])
    unit_type = nal.IDR_SLICE if header.is_key else nal.SLICE
    return nal.escape(bytes([REFERENCE_IDC | unit_type]) + writer.to_bytes(1) + payload)
