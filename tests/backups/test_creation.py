"""Making a backup while the portal runs."""

import fcntl
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import a_playable_track
from videos.backups import BackupError, create, creation, plan
from videos.backups.manifest import list_backups
from videos.models import Video


def media_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in (folder / "media").rglob("*") if path.is_file())
    return {path.relative_to(folder / "media").as_posix(): path.read_bytes() for path in files}


def stored() -> dict[str, bytes]:
    root = Path(django_settings.MEDIA_ROOT)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_it_holds_every_file_and_says_so(site, tmp_path):
    outcome = create(tmp_path / "backups")
    assert media_of(outcome.folder) == stored()
    assert (outcome.counts.copied, outcome.manifest.media.count) == (4, 4)
    assert outcome.missing == []
    assert (outcome.folder / "secret_key").read_text().strip() == django_settings.SECRET_KEY
    assert (outcome.folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert outcome.folder.parent.stat().st_mode & 0o777 == 0o700


def test_the_next_one_copies_only_what_is_new(site, tmp_path):
    first = create(tmp_path / "backups")
    a_playable_track(site.owner)
    assert plan(tmp_path / "backups").copied == 2
    second = create(tmp_path / "backups")
    assert (second.counts.copied, second.counts.unchanged) == (2, 4)
    assert media_of(second.folder) == stored()
    name = str(site.film.name)
    links = [(each.folder / "media" / name).stat().st_ino for each in (first, second)]
    assert links[0] == links[1]


def test_what_is_deleted_later_stays_in_the_older_one(site, tmp_path):
    first = create(tmp_path / "backups")
    default_storage.delete(site.film.name)
    second = create(tmp_path / "backups")
    assert site.film.name in media_of(first.folder)
    assert site.film.name not in media_of(second.folder)
    assert second.missing == [site.film.name]


def test_a_film_that_comes_during_the_backup_is_in_it(site, tmp_path, monkeypatch):
    names = creation.referenced_names

    def finish_another():
        late = ContentFile(b"film")
        Video.objects.update(film=default_storage.save("films/late/1.mp4", late))
        return names()

    monkeypatch.setattr(creation, "referenced_names", finish_another)
    outcome = create(tmp_path / "backups")
    assert media_of(outcome.folder)["films/late/1.mp4"] == b"film"
    assert outcome.missing == []


def test_the_oldest_are_deleted(site, tmp_path):
    made = [create(tmp_path / "backups", max_backups=2) for _ in range(3)]
    assert list_backups(tmp_path / "backups") == [each.folder for each in made[1:]]
    assert made[2].deleted == [made[0].folder]


def test_the_secret_key_may_be_left_out(site, tmp_path):
    outcome = create(tmp_path / "backups", with_secret_key=False)
    assert not (outcome.folder / "secret_key").exists()
    assert outcome.manifest.secret_key_fingerprint == creation.fingerprint()
    everything = b"".join(path.read_bytes() for path in outcome.folder.glob("*.json*"))
    assert django_settings.SECRET_KEY.encode() not in everything


def test_what_a_killed_backup_left_is_no_backup_and_goes(site, tmp_path):
    draft = tmp_path / "backups" / ".draft-20260101T000000"
    draft.mkdir(parents=True)
    outcome = create(tmp_path / "backups")
    assert list_backups(tmp_path / "backups") == [outcome.folder]
    assert not draft.exists()


def test_two_at_once_are_refused(site, tmp_path):
    (tmp_path / ".lock").touch()
    with (tmp_path / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupError, match="Another backup is being made"):
            create(tmp_path)


def test_a_folder_in_the_media_is_refused(site, settings):
    with pytest.raises(BackupError, match="which is to be copied"):
        create(Path(settings.MEDIA_ROOT) / "backups")


def test_a_disk_that_is_too_small_is_told_before(site, tmp_path, monkeypatch):
    monkeypatch.setattr(creation, "SPARE_BYTES", 2**62)
    with pytest.raises(BackupError, match="Nothing was written"):
        create(tmp_path / "backups")
    assert not list((tmp_path / "backups").iterdir())


def test_a_folder_that_cannot_be_made_is_told(site, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="cannot be made"):
        create(tmp_path / "file" / "backups")


def test_an_old_backup_whose_deletion_was_cut_short_is_none_any_more(site, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    first = create(folder).folder
    monkeypatch.setattr(creation.shutil, "rmtree", lambda *args, **options: None)  # as if killed
    second = create(folder, max_backups=1)
    assert (list_backups(folder), second.deleted) == ([second.folder], [first])
    monkeypatch.undo()
    create(folder)
    assert not list(folder.glob(".draft-*"))
