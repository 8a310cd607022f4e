"""Reads how PNG and AVIF files name their colour space: by code points of ITU-T H.273."""

import struct
from typing import IO

MAX_CHUNKS = 1000  # of a PNG, before its pixels
MAX_META = 1 << 20  # bytes of an AVIF file's description
MAX_BOXES = 1000  # of an AVIF: a picture has about twenty
# The boxes that lie in each other around the colours, and the bytes before those in them
CONTAINERS = ((b"meta", 4), (b"iprp", 0), (b"ipco", 0))


def read_code_points(file: IO[bytes]) -> tuple[int, int] | None:
    """Return the code points of the primaries and of the transfer function, None without any."""
    file.seek(0)
    if file.read(8) == b"\x89PNG\r\n\x1a\n":
        return _read_png(file)
    file.seek(4)
    if file.read(4) == b"ftyp":
        file.seek(0)
        return _read_boxes(memoryview(file.read(MAX_META)))
    return None


def _read_png(file: IO[bytes]) -> tuple[int, int] | None:
    """Return what the chunk cICP says, which comes before the pixels."""
    for _ in range(MAX_CHUNKS):
        header = file.read(8)
        if len(header) < 8:
            break
        length, kind = struct.unpack(">I4s", header)
        if kind == b"cICP":
            points = file.read(2)
            return (points[0], points[1]) if len(points) == 2 else None
        if kind in {b"IDAT", b"IEND"}:
            break
        file.seek(length + 4, 1)
    return None


def _read_boxes(data: memoryview) -> tuple[int, int] | None:
    """Return what the first box colr with code points says (ISO/IEC 23008-12, 6.5.5).

    Nothing is copied, and no box is looked into but those of ``CONTAINERS``.
    """
    rest = [(0, len(data), 0)]  # begin, end and depth of what is left to read
    for _ in range(MAX_BOXES):
        at, end, depth = rest.pop()
        size, kind = struct.unpack_from(">I4s", data, at) if at + 8 <= end else (0, b"")
        if size >= 8:  # others reach to the end, are longer than 4 GB, or damaged
            inner_end = min(at + size, end)
            rest.append((at + size, end, depth))
            if depth == len(CONTAINERS):
                if (
                    kind == b"colr"
                    and at + 16 <= inner_end
                    and bytes(data[at + 8 : at + 12]) == b"nclx"
                ):
                    primaries, transfer = struct.unpack_from(">HH", data, at + 12)
                    return primaries, transfer
            elif kind == CONTAINERS[depth][0]:
                rest.append((at + 8 + CONTAINERS[depth][1], inner_end, depth + 1))
        if not rest:
            break
    return None
