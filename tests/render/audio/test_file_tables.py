import os
from pathlib import Path

import numpy as np
import pytest

from videos.render.audio import row_files
from videos.render.audio.row_files import new_rows, pieces, rows_of

KIND = np.dtype([("levels", np.float16, 3), ("beat", np.int8)])


def some(count: int) -> np.ndarray:
    found = np.zeros(count, KIND)
    found["levels"] = np.arange(3 * count).reshape(count, 3)
    found["beat"] = np.arange(count)
    return found


def test_rows_come_back_as_they_were_added() -> None:
    table = new_rows(KIND)
    for size in (0, 1, 5, 0, 4):
        table.append(some(10)[len(table) :][:size])
    assert len(table) == 10
    assert np.array_equal(table[:], some(10))
    for which in (slice(3, 7), slice(0, 0), slice(8, 99), slice(-2, None), slice(7, 3)):
        assert np.array_equal(table[which], some(10)[which])


def test_a_slice_out_of_another_array_is_added_as_it_looks() -> None:
    table = new_rows(np.float16)
    table.append(np.arange(10, dtype=np.float32)[::3])
    assert table[:].tolist() == [0, 3, 6, 9]
    assert table[:].dtype == np.float16


def test_rows_may_lie_anywhere_in_a_file_and_stay_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"head" + some(6).tobytes() + b"tail")
    with path.open("rb") as file:
        table = rows_of(file, KIND, 4, 6)
    path.unlink()
    assert np.array_equal(table[2:6], some(6)[2:])


def test_a_file_that_lost_its_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(some(6).tobytes())
    with path.open("rb") as file:
        table = rows_of(file, KIND, 0, 6)
    os.truncate(path, 10)
    assert len(table[:1]) == 1
    with pytest.raises(OSError, match="shorter"):
        table[1:2]


def test_pieces_are_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_files, "PIECE", 4)
    assert [len(piece) for piece in pieces(some(10))] == [4, 4, 2]
    assert np.array_equal(np.concatenate(list(pieces(some(10)))), some(10))
    assert list(pieces(some(0))) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_file_is_closed_with_its_rows() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    table = new_rows(KIND)
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 1
    del table
    assert len(list(Path("/proc/self/fd").iterdir())) == before
