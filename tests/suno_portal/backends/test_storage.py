"""The local file storage."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from suno_portal.backends.storage import TidyFileSystemStorage


@pytest.fixture
def storage(tmp_path: Path) -> TidyFileSystemStorage:
    return TidyFileSystemStorage(location=tmp_path)


def paths_in(storage: TidyFileSystemStorage) -> list[str]:
    return sorted(
        str(path.relative_to(storage.location)) for path in Path(storage.location).rglob("*")
    )


def test_a_folder_goes_with_its_last_file(storage):
    names = [storage.save(f"films/a/{number}.mp4", ContentFile(b"film")) for number in (1, 2)]
    storage.delete(names[0])
    assert paths_in(storage) == ["films", "films/a", "films/a/2.mp4"]
    storage.delete(names[1])
    assert paths_in(storage) == ["films"]
    storage.delete(names[1])  # twice does no harm


@pytest.mark.parametrize("name", ["a.mp3", "songs/a.mp3"])
def test_a_folder_in_which_others_may_begin_to_write_stays(storage, name):
    storage.delete(storage.save(name, ContentFile(b"song")))
    assert (Path(storage.location) / name).parent.exists()


def test_nothing_is_left_of_a_file_for_which_there_is_no_room(storage):
    class Endless(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"film"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        storage.save("films/a/1.mp4", Endless(b"film"))
    assert paths_in(storage) == ["films"]
