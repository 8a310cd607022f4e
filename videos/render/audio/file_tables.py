"""Long tables that are read from files: an hour of song takes no more memory than a minute."""

import os
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol
from weakref import finalize

import numpy as np
from numpy.typing import DTypeLike, NDArray

CHUNK_ROWS = 1 << 13  # rows that are held in memory at once


class Table(Protocol):
    """A sequence of rows, in memory (a NumPy array) or in a file (``FileTable``)."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice, /) -> NDArray[Any]: ...


class TablePart:
    """Consecutive rows of another table, which are read when they are needed."""

    def __init__(self, table: Table, rows: range) -> None:
        """Show the ``rows`` of ``table``, consecutive numbers."""
        self._table, self._rows = table, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, rows: slice, /) -> NDArray[Any]:
        """Return consecutive rows. Raises OSError like the table."""
        part = self._rows[rows]
        return self._table[part.start : part.stop]


class FileTable:
    """Rows of one dtype in a file. None are held in memory: each slice is read from the file.

    After a fork any number of processes may read.
    """

    def __init__(self, descriptor: int, dtype: DTypeLike, offset: int = 0, count: int = 0) -> None:
        """Take over an open file, in which ``count`` rows begin at byte ``offset``."""
        self._descriptor = descriptor
        self._dtype = np.dtype(dtype)
        self._offset, self._count = offset, count
        finalize(self, os.close, descriptor)

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows to the end. Raises OSError if the disk is full."""
        rest = memoryview(np.ascontiguousarray(rows, self._dtype).tobytes())
        position = self._offset + self._count * self._dtype.itemsize
        while rest:
            written = os.pwrite(self._descriptor, rest, position)
            rest, position = rest[written:], position + written
        self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, rows: slice, /) -> NDArray[Any]:
        """Return consecutive rows. Raises OSError if the file no longer has them."""
        first, last, _ = rows.indices(self._count)
        row_size = self._dtype.itemsize
        size = max(0, last - first) * row_size
        data = os.pread(self._descriptor, size, self._offset + first * row_size)
        if len(data) < size:
            raise OSError("A file is shorter than it was.")
        return np.frombuffer(data, self._dtype)


def create_table(dtype: DTypeLike) -> FileTable:
    """Return an empty table in a file without a name, which is deleted with it. Raises OSError."""
    with TemporaryFile(prefix="analysis-") as file:
        return open_table(file, dtype, 0, 0)


def open_table(file: BinaryIO, dtype: DTypeLike, offset: int, count: int) -> FileTable:
    """Return ``count`` rows from byte ``offset`` of a file, which may be closed after that."""
    return FileTable(os.dup(file.fileno()), dtype, offset, count)


def iterate_chunks(table: Table) -> Iterator[NDArray[Any]]:
    """Yield all rows of a table, ``CHUNK_ROWS`` at a time."""
    for start in range(0, len(table), CHUNK_ROWS):
        yield table[start : start + CHUNK_ROWS]
