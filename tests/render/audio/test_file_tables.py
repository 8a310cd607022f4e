import os
from pathlib import Path

import numpy as np
import pytest

from videos.render.audio import file_tables
from videos.render.audio.file_tables import TablePart, create_table, iterate_chunks, open_table

DTYPE = np.dtype([("levels", np.float16, 3), ("beat", np.int8)])


def make_rows(count: int) -> np.ndarray:
    rows = np.zeros(count, DTYPE)
    rows["levels"] = np.arange(3 * count).reshape(count, 3)
    rows["beat"] = np.arange(count)
    return rows


def test_rows_come_back_as_they_were_added() -> None:
    table = create_table(DTYPE)
    for size in (0, 1, 5, 0, 4):
        table.append(make_rows(10)[len(table) :][:size])
    assert len(table) == 10
    assert np.array_equal(table[:], make_rows(10))
    for part in (slice(3, 7), slice(0, 0), slice(8, 99), slice(-2, None), slice(7, 3)):
        assert np.array_equal(table[part], make_rows(10)[part])


def test_a_part_of_a_table_is_a_table() -> None:
    table = create_table(DTYPE)
    table.append(make_rows(10))
    part = TablePart(table, range(3, 8))
    assert len(part) == 5
    assert np.array_equal(part[1:99], make_rows(10)[4:8])
    assert len(part[5:]) == 0
    assert np.array_equal(np.concatenate(list(iterate_chunks(part))), make_rows(10)[3:8])


def test_a_slice_out_of_another_array_is_added_as_it_looks() -> None:
    table = create_table(np.float16)
    table.append(np.arange(10, dtype=np.float32)[::3])
    assert table[:].tolist() == [0, 3, 6, 9]
    assert table[:].dtype == np.float16


def test_rows_may_lie_anywhere_in_a_file_and_stay_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"head" + make_rows(6).tobytes() + b"tail")
    with path.open("rb") as file:
        table = open_table(file, DTYPE, 4, 6)
    path.unlink()
    assert np.array_equal(table[2:6], make_rows(6)[2:])


def test_a_file_that_lost_its_end_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(make_rows(6).tobytes())
    with path.open("rb") as file:
        table = open_table(file, DTYPE, 0, 6)
    os.truncate(path, 10)
    assert len(table[:1]) == 1
    with pytest.raises(OSError, match="shorter"):
        table[1:2]


def test_chunks_are_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_tables, "CHUNK_ROWS", 4)
    assert [len(chunk) for chunk in iterate_chunks(make_rows(10))] == [4, 4, 2]
    assert np.array_equal(np.concatenate(list(iterate_chunks(make_rows(10)))), make_rows(10))
    assert list(iterate_chunks(make_rows(0))) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_file_is_closed_with_its_rows() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    table = create_table(DTYPE)
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 1
    del table
    assert len(list(Path("/proc/self/fd").iterdir())) == before
