"""Reckons how much text the ID3 tags at the start of a file hold, before anything reads them.

FFmpeg compares each text with all before it: hundreds of thousands take minutes of a processor.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAX_TEXT = 256 * 1024  # bytes; the lyrics of a song have some thousand
HEADER = 10  # bytes of a tag's header, and of a frame's from version 2.3 on
OLD_VERSION, OLD_HEADER = 2, 6  # version 2.2 has names and lengths of three bytes
LATEST_VERSION = 4  # lengths of frames have 7 bits a byte
EXTENDED = 0x40  # flag of a tag: a further header follows
# Flags of a frame that is compressed, by the version; the length of its content comes first.
COMPRESSED = {3: 0x80, LATEST_VERSION: 0x08}
LENGTH_SIZE = 4
BINARY = {b"APIC", b"PIC", b"GEOB", b"GEO", b"PRIV", b"MCDI", b"MCI", b"UFID", b"UFI"}


def has_too_much_text(path: Path) -> bool:
    """Return whether the ID3 tags that ``path`` begins with hold more than ``MAX_TEXT`` bytes of
    text. Raises OSError.
    """
    size = 0
    with path.open("rb") as file:
        for frame_size in _read_text_sizes(file):
            size += frame_size
            if size > MAX_TEXT:
                return True
    return False


def _read_text_sizes(file: BinaryIO) -> Iterator[int]:
    """Yield the bytes of each frame of text in the tags, up to damage."""
    end = 0
    while (header := file.read(HEADER))[:3] == b"ID3" and len(header) == HEADER:
        position, end = end + HEADER, end + HEADER + _seven_bits(header[6:])
        version = header[3]
        if header[5] & EXTENDED and version > OLD_VERSION:
            size = file.read(LENGTH_SIZE)
            is_latest = version >= LATEST_VERSION
            position += _seven_bits(size) if is_latest else LENGTH_SIZE + int.from_bytes(size)
        yield from _read_frames(file, version, position, end)
        file.seek(end)


def _read_frames(file: BinaryIO, version: int, position: int, end: int) -> Iterator[int]:
    header_size = HEADER if version > OLD_VERSION else OLD_HEADER
    name_size = 4 if version > OLD_VERSION else 3
    while position + header_size <= end:
        file.seek(position)
        header = file.read(header_size)
        name, length = header[:name_size], header[name_size : 2 * name_size]
        if not name.isalnum():  # padding, or damage
            return
        size = _seven_bits(length) if version >= LATEST_VERSION else int.from_bytes(length)
        position += header_size + size
        if name not in BINARY:
            flags = header[-1] if version > OLD_VERSION else 0
            is_compressed = flags & COMPRESSED.get(version, 0)
            yield header_size + (_unpacked_size(file, size) if is_compressed else size)


def _unpacked_size(file: BinaryIO, size: int) -> int:
    """Return how many bytes a compressed frame, at whose content ``file`` is, unpacks to."""
    data = file.read(min(size, MAX_TEXT))[LENGTH_SIZE:]
    try:
        return len(zlib.decompressobj().decompress(data, MAX_TEXT + 1))
    except zlib.error:
        return size


def _seven_bits(data: bytes) -> int:
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
    return number
