"""The files of songs and films in a backup."""

import pytest

from videos.backups import media
from videos.backups.manifest import BackupError
from videos.backups.media import Counts, MediaFile


def test_a_file_that_changed_during_the_copy_is_copied_again(tmp_path):
    root, target = tmp_path / "root", tmp_path / "target"
    root.mkdir()
    (root / "song.mp3").write_bytes(b"half")
    files, counts = media.Files(), Counts()
    media.mirror(root, target, files, None, counts)
    (root / "song.mp3").write_bytes(b"half and half")
    media.mirror(root, target, files, None, counts)
    assert (target / "song.mp3").read_bytes() == b"half and half"
    assert files["song.mp3"].size == 13


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret_key", "a/../../b"])
def test_a_list_that_leads_elsewhere_is_refused(tmp_path, name):
    media.write_index(tmp_path, [MediaFile(name, 1)])
    with pytest.raises(BackupError, match="outside the backup"):
        media.read_index(tmp_path)


def test_names_of_any_kind_are_read_as_they_were(tmp_path):
    files = [MediaFile(name, 1, 2, "d") for name in ("a\nb", "für", 'q"')]
    media.write_index(tmp_path, files)
    assert set(media.read_index(tmp_path).values()) == set(files)
