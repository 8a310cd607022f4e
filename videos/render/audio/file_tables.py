"""Long tables that lie in files: an hour of song takes no more memory than a minute."""

import os
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol
from weakref import finalize

import numpy as np
from numpy.typing import DTypeLike, NDArray

PIECE = 1 << 13


class Rows(Protocol):
    """What a table can be asked for, whether it lies in memory or in a file: rows in a row."""

    def __len__(self) -> int: ...

    def __getitem__(self, which: slice, /) -> NDArray[Any]: ...


class RowsInFile:
    """Rows of one kind at some place in a file, of which nothing is held: each is read when it is
    asked for. After a fork any number of processes may read.
    """

    def __init__(self, descriptor: int, kind: DTypeLike, start: int = 0, count: int = 0) -> None:
        """Take over an open file, in which `count` rows begin `start` bytes from its beginning."""
        self._descriptor = descriptor
        self._kind = np.dtype(kind)
        self._start, self._count = start, count
        finalize(self, os.close, descriptor)

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows to the end. Raises OSError if there is no room."""
        rest = memoryview(np.ascontiguousarray(rows, self._kind).tobytes())
        at = self._start + self._count * self._kind.itemsize
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written
        self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, which: slice, /) -> NDArray[Any]:
        """Return consecutive rows. Raises OSError if the file no longer has them."""
        first, last, _ = which.indices(self._count)
        size = self._kind.itemsize
        wanted = max(0, last - first) * size
        data = os.pread(self._descriptor, wanted, self._start + first * size)
        if len(data) < wanted:
            raise OSError("A file is shorter than it was.")
        return np.frombuffer(data, self._kind)


def new_rows(kind: DTypeLike) -> RowsInFile:
    """Return no rows yet, in a file without a name, which ends with them. Raises OSError."""
    with TemporaryFile(prefix="heard-") as file:
        return rows_of(file, kind, 0, 0)


def rows_of(file: BinaryIO, kind: DTypeLike, start: int, count: int) -> RowsInFile:
    """Return `count` rows that begin at byte `start` of a file, which may be closed after that."""
    return RowsInFile(os.dup(file.fileno()), kind, start, count)


def pieces(rows: Rows) -> Iterator[NDArray[Any]]:
    """Yield all of some rows, so many at a time as are easily held in memory."""
    for start in range(0, len(rows), PIECE):
        yield rows[start : start + PIECE]
