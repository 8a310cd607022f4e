"""Mends the headers of WAVs whose samples fill only part of their bytes, which FFmpeg misreads."""

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

RIFF_HEADER = 12  # bytes before the first chunk
CHUNK_HEADER = 8  # bytes: a name and a length
FORMAT_SIZE = 40  # bytes of the longest format
EXTENSIBLE = 0xFFFE  # number of the format
UNCOMPRESSED = {1, 3, 6, 7, EXTENSIBLE}  # PCM, floats, A-law and μ-law
LITTLE_ENDIAN = {b"RIFF", b"RF64", b"BW64"}  # marks of WAVs; those of RIFX are read by FFmpeg alone
VALID_BITS = 18  # position of the number of bits that count, in the format of EXTENSIBLE
MAX_CHUNKS = 100  # before the samples


class Chunk(NamedTuple):
    """Where the content of a chunk begins, and its length, in bytes."""

    position: int
    length: int


def patches_for_wav(path: Path) -> dict[int, bytes]:
    """Return what must be replaced in the header of a WAV, by position; usually nothing.

    Samples that fill only part of their bytes are shifted to the top (Microsoft's rule for
    WAVEFORMATEXTENSIBLE), so they are right if they are read as if all bits counted. Raises
    OSError.
    """
    with path.open("rb") as file:
        chunk = find_chunk(file, b"fmt ")
        if chunk is None:
            return {}
        file.seek(chunk.position)
        return _patch_format(chunk.position, file.read(min(chunk.length, FORMAT_SIZE)))


def find_chunk(file: BinaryIO, name: bytes) -> Chunk | None:
    """Return the first chunk of that name of a WAV, None if there is none before the samples."""
    file.seek(0)
    if file.read(4) not in LITTLE_ENDIAN:
        return None
    position = RIFF_HEADER
    for _ in range(MAX_CHUNKS):
        file.seek(position)
        header = file.read(CHUNK_HEADER)
        length = int.from_bytes(header[4:], "little")
        if header[:4] == name:
            return Chunk(position + CHUNK_HEADER, length)
        if len(header) < CHUNK_HEADER or header[:4] == b"data":
            return None
        position += CHUNK_HEADER + length + length % 2
    return None


def _patch_format(position: int, data: bytes) -> dict[int, bytes]:
    """Return the patch for the format ``data``, which begins at ``position``."""
    if len(data) < VALID_BITS + 2:
        return {}
    tag, _channels, _rate, _byte_rate, _align, bits = struct.unpack("<HHIIHH", data[:16])
    valid_bits = int.from_bytes(data[VALID_BITS : VALID_BITS + 2], "little")
    if tag != EXTENSIBLE or not valid_bits or -(-valid_bits // 8) == bits // 8:
        return {}
    return {position + VALID_BITS: struct.pack("<H", bits)}
