"""Files that arrive in pieces, from several senders at a time."""

import threading
from collections.abc import Iterator

import pytest

from tests.factories import a_user
from videos.media import partial_files
from videos.media.partial_files import ArrivedFile, OffsetConflict, append, offset_of
from videos.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> Upload:
    upload = Upload.objects.create(owner=a_user(), name="x" * 255, size=10)
    partial_files.create(upload)
    return upload


def test_a_piece_that_breaks_off_stays_as_far_as_it_came(upload):
    def broken() -> Iterator[bytes]:
        yield b"abc"
        raise OSError("the connection is lost")

    with pytest.raises(OSError, match="lost"):
        append(upload, 0, broken())
    assert offset_of(upload) == 3
    assert append(upload, 3, [b"de", b"f"]) == 6
    assert partial_files.path_of(upload).read_bytes() == b"abcdef"


def test_whoever_comes_back_takes_over_from_a_connection_that_hangs(upload):
    first_is_there, second_is_done = threading.Event(), threading.Event()
    outcome: list[Exception] = []

    def hanging() -> Iterator[bytes]:
        yield b"abc"
        first_is_there.set()
        second_is_done.wait(10)
        yield b"def"

    def send_first() -> None:
        try:
            append(upload, 0, hanging())
        except OffsetConflict as error:
            outcome.append(error)

    thread = threading.Thread(target=send_first)
    thread.start()
    assert first_is_there.wait(10)
    assert append(upload, 3, [b"defghij"]) == 10
    second_is_done.set()
    thread.join()
    assert [error.offset for error in outcome] == [10]
    assert partial_files.path_of(upload).read_bytes() == b"abcdefghij"


def test_a_file_that_is_gone_has_no_offset(upload):
    partial_files.delete(upload)
    partial_files.delete(upload)
    assert offset_of(upload) is None


def test_a_whole_file_is_moved_from_where_it_arrived(upload, settings):
    append(upload, 0, [b"0123456789"])
    with ArrivedFile(upload) as file:
        assert (file.name, file.size) == (upload.name, 10)
        assert file.temporary_file_path() == str(partial_files.path_of(upload))
        assert file.read() == b"0123456789"
