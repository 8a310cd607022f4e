"""Files of a film in progress, on a local storage and on a remote one."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage

from tests.factories import a_playable_track, a_video
from videos.media import workspace
from videos.models import Track, Video

pytestmark = pytest.mark.django_db


class Bucket(Storage):
    """A remote storage, such as S3."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        return ContentFile(self.files[name])

    def _save(self, name: str, content: File) -> str:
        self.files[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.files

    def delete(self, name: str) -> None:
        del self.files[name]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return [], [name.rpartition("/")[2] for name in self.files if name.startswith(path)]


@pytest.fixture(autouse=True)
def scratch(settings, tmp_path: Path) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"


def test_a_claim_has_a_folder_for_as_long_as_it_works():
    with workspace.workspace(a_video()) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "half a film.mp4.part").write_bytes(b"x")
    assert not folder.exists()


def test_its_folder_goes_also_when_the_work_breaks():
    with pytest.raises(ZeroDivisionError), workspace.workspace(a_video()) as folder:
        raise ZeroDivisionError
    assert not folder.exists()


def test_a_film_is_moved_into_storage_rather_than_copied(tmp_path):
    video = a_video()
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    inode = film.stat().st_ino
    name = workspace.store(video, film)
    assert not film.exists()
    assert Path(default_storage.path(name)).stat().st_ino == inode
    assert workspace.list_stored_films(video) == [name]


def test_a_local_file_is_not_copied(tmp_path):
    track = a_playable_track()
    assert workspace.get_local_path(track.audio, tmp_path) == Path(track.audio.path)
    assert workspace.get_local_path(Track().cover, tmp_path) is None


def test_a_file_of_a_remote_storage_is_copied_for_the_work(tmp_path):
    stored = Track(audio="songs/a.mp3").audio
    stored.storage = Bucket()
    stored.storage.save("songs/a.mp3", ContentFile(b"song"))
    copy = workspace.get_local_path(stored, tmp_path)
    assert copy == tmp_path / "a.mp3"
    assert copy.read_bytes() == b"song"


def test_a_film_is_stored_on_a_remote_storage_too(tmp_path, monkeypatch):
    remote = Bucket()
    monkeypatch.setattr(workspace, "default_storage", remote)
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    video = a_video()
    name = workspace.store(video, film)
    assert remote.open(name).read() == b"film"
    assert workspace.list_stored_films(video) == [name]
    workspace.remove_leftovers(video)
    assert workspace.list_stored_films(video) == []


def test_other_videos_and_this_claim_keep_their_folders(settings):
    video, other = a_video(), a_video()
    claimed = Video.objects.claim(video.pk)
    assert claimed is not None
    expected = [f"{video.pk.hex}-{claimed.fencing_token}", f"{other.pk.hex}-1"]
    for name in (*expected, f"{video.pk.hex}-0"):
        (Path(settings.SCRATCH_DIR) / name).mkdir(parents=True)
    workspace.remove_leftovers(claimed)
    folders = [folder.name for folder in Path(settings.SCRATCH_DIR).iterdir()]
    assert sorted(folders) == sorted(expected)
