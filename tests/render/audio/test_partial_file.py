"""A view of part of a file."""

import io

import pytest

from videos.render.audio.partial_file import PartialFile


@pytest.fixture
def path(tmp_path):
    (tmp_path / "file").write_bytes(b"0123456789")
    return tmp_path / "file"


@pytest.mark.parametrize(
    ("start", "end", "data"),
    [(0, None, b"0123456789"), (3, 6, b"345"), (3, 99, b"3456789"), (99, None, b"")],
)
def test_it_reads_the_part_alone(path, start, end, data):
    with PartialFile(path, start, end) as view:
        assert view.read() == data
        assert view.read(1) == b""


def test_positions_are_those_of_the_view(path):
    with PartialFile(path, 2, 8) as view:
        assert view.seek(-2, io.SEEK_END) == view.tell() == 4
        assert view.read() == b"67"
        assert view.seek(1) == 1
        assert view.seek(1, io.SEEK_CUR) == 2
        assert view.read(2) == b"45"
        assert view.seek(-5) == 0


def test_patches_replace_bytes_wherever_a_read_begins(path):
    with PartialFile(path, 2, None, {1: b"ab", 6: b"c"}) as view:
        assert view.read() == b"2ab567c9"
        view.seek(2)
        assert view.read(1) == b"b"


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        PartialFile(tmp_path / "none")
