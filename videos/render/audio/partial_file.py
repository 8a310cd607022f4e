"""A read-only view of part of a file, with some of its bytes replaced."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PartialFile(io.RawIOBase):
    """The bytes from ``start`` to ``end`` of a file, as if they were a file of their own.

    ``patches`` are bytes that replace those of the file, by their position in the view.
    """

    def __init__(
        self,
        path: Path,
        start: int = 0,
        end: int | None = None,
        patches: Mapping[int, bytes] | None = None,
    ) -> None:
        """Open the file at ``path``. Raises OSError."""
        self._file = path.open("rb")
        size = self._file.seek(0, io.SEEK_END)
        self._start = min(start, size)
        self._size = (size if end is None else min(end, size)) - self._start
        self._patches = patches or {}
        self._position = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in the view, and return it."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, origin + offset)
        return self._position

    def tell(self) -> int:
        """Return the position in the view."""
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill ``buffer`` from the position on; return the number of bytes."""
        target = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._position)
        data = bytearray(self._file.read(max(0, min(len(target), self._size - self._position))))
        for position, patch in self._patches.items():
            for offset, byte in enumerate(patch, position - self._position):
                if 0 <= offset < len(data):
                    data[offset] = byte
        target[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        """Close the file, if it could be opened."""
        if hasattr(self, "_file"):
            self._file.close()
        super().close()
