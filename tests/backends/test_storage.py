"""Files in a folder of this machine."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from suno_portal.backends.storage import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(location=tmp_path)


def left(folder: Folder) -> list[str]:
    return sorted(
        str(path.relative_to(folder.location)) for path in Path(folder.location).rglob("*")
    )


def test_a_folder_goes_with_its_last_file(folder):
    names = [folder.save(f"films/a/{number}.mp4", ContentFile(b"film")) for number in (1, 2)]
    folder.delete(names[0])
    assert left(folder) == ["films", "films/a", "films/a/2.mp4"]
    folder.delete(names[1])
    assert left(folder) == ["films"]
    folder.delete(names[1])  # twice does no harm


@pytest.mark.parametrize("name", ["a.mp3", "songs/a.mp3"])
def test_a_folder_in_which_others_may_begin_to_write_stays(folder, name):
    folder.delete(folder.save(name, ContentFile(b"song")))
    assert (Path(folder.location) / name).parent.exists()


def test_nothing_is_left_of_a_file_for_which_there_is_no_room(folder):
    class Endless(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"film"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        folder.save("films/a/1.mp4", Endless(b"film"))
    assert left(folder) == ["films"]
