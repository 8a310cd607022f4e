"""Unpacking files that a server packs with gzip although it was asked for them as they are."""

import zlib
from collections.abc import Iterator

GZIP_MAGIC = b"\x1f\x8b\x08"  # RFC 1952; no film, sound or picture begins like this
_WBITS = 16 + zlib.MAX_WBITS  # a gzip header and trailer


class GzipError(Exception):
    """The packed bytes are damaged, or end too early."""


class Gunzip:
    """Unpacks one file, block by block."""

    def __init__(self, block_size: int) -> None:
        self._block_size = block_size
        self._member = zlib.decompressobj(_WBITS)

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        """Yield what ``packed``, the next bytes, holds; at most ``block_size`` bytes at a time.

        Raises ``GzipError``.
        """
        while packed:
            if self._member.eof:  # a gzip file may have several members
                self._member = zlib.decompressobj(_WBITS)
            try:
                block = self._member.decompress(packed, self._block_size)
            except zlib.error as error:
                raise GzipError(str(error)) from error
            packed = self._member.unconsumed_tail or self._member.unused_data
            if block:
                yield block

    def finish(self) -> None:
        """Raise ``GzipError`` where the end of the file is missing."""
        if not self._member.eof:
            raise GzipError("The file ends too early.")


def unpack_bytes(packed: bytes, max_bytes: int) -> bytes:
    """Return what ``packed`` holds; raises ``GzipError``, also above ``max_bytes``."""
    gunzip, unpacked = Gunzip(max_bytes), bytearray()
    for block in gunzip.unpack(packed):
        unpacked += block
        if len(unpacked) > max_bytes:
            raise GzipError("There is more in it than is allowed.")
    gunzip.finish()
    return bytes(unpacked)
