"""Reads how PNG and AVIF files name their colour space: by code points of ITU-T H.273."""

import struct
from collections.abc import Iterator
from typing import IO

MAX_CHUNKS = 1000  # of a PNG, before its pixels
MAX_META = 1 << 20  # bytes of an AVIF file's description
CONTAINERS = {b"meta": 4, b"iprp": 0, b"ipco": 0}  # boxes of boxes, and what comes before these


def read_code_points(file: IO[bytes]) -> tuple[int, int] | None:
    """Return the code points of the primaries and of the transfer function, None without any."""
    file.seek(0)
    if file.read(8) == b"\x89PNG\r\n\x1a\n":
        return _read_png(file)
    file.seek(4)
    if file.read(4) == b"ftyp":
        file.seek(0)
        return _read_boxes(file.read(MAX_META))
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


def _read_boxes(data: bytes) -> tuple[int, int] | None:
    """Return what the first box colr with code points says (ISO/IEC 23008-12, 6.5.5)."""
    for kind, content in _boxes(data):
        if kind == b"colr" and content[:4] == b"nclx" and len(content) >= 8:
            primaries, transfer = struct.unpack_from(">HH", content, 4)
            return primaries, transfer
        if kind in CONTAINERS and (inner := _read_boxes(content[CONTAINERS[kind] :])):
            return inner
    return None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and the content of each box."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8:  # to the end of the file, longer than 4 GB, or damaged
            return
        yield kind, data[at + 8 : at + size]
        at += size
