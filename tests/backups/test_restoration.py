"""Bringing a backup back."""

import json
from pathlib import Path

import pytest
from django.core import serializers
from django.core.files.storage import default_storage
from django.db import connection

from tests.backups.test_creation import stored
from tests.factories import PASSWORD, a_pulse, a_track, a_user, a_video
from videos import backups
from videos.backups import BackupError
from videos.models import Delivery, SigningKey, Track, User, Video
from videos.models.signing_key import address_signer


def rows() -> list[str]:
    models = (User, Track, Video, Delivery, SigningKey)
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]


def damage(folder: Path, **fields: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def restore(folder: Path, **options: bool) -> backups.Restored:
    manifest, _notes = backups.examine(folder, **options)
    return backups.restore(folder, manifest)


def test_the_round_trip_brings_back_every_row_and_file(site, tmp_path, client):
    unsent = a_video(site.owner, provider="kie")
    signed = address_signer("films").sign("1")
    before, files = rows(), stored()
    folder = backups.create(tmp_path / "backups").folder

    a_user("later@example.com")
    Video.objects.filter(pk=site.pk).delete()
    default_storage.delete(site.film.name)
    Track.objects.filter(pk=site.track_id).update(title="Changed")
    with pytest.raises(BackupError, match="--force"):
        backups.examine(folder)

    result = restore(folder, force=True)
    assert (result.missing, result.held_orders, result.counts.copied) == ([], 1, 1)
    assert Video.objects.filter(pk=unsent.pk).update(unconfirmed_submissions=0) == 1
    assert (rows(), stored()) == (before, files)
    assert address_signer("films").unsign(signed) == "1"
    assert client.login(email="ada@example.com", password=PASSWORD)
    client.force_login(site.owner)
    assert client.get(site.get_absolute_url()).status_code == 200
    assert a_track(site.owner).pk > site.track_id  # new rows get numbers of their own


def test_a_backup_is_known_to_be_whole(site, tmp_path):
    folder = backups.create(tmp_path / "backups").folder
    assert backups.choose(tmp_path / "backups") == backups.choose(folder) == folder
    assert backups.damaged_files(folder) == []
    backups.examine(folder, force=True)


@pytest.mark.parametrize("name", ["media.jsonl", "database"])
def test_a_damaged_backup_is_refused_before_anything_changes(site, tmp_path, name):
    outcome = backups.create(tmp_path / "backups")
    if name == "database":
        name = outcome.manifest.database[-1].name
    path = outcome.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupError, match="is damaged"):
        backups.examine(outcome.folder, force=True)


def test_a_damaged_film_is_told_and_leaves_the_database_alone(site, tmp_path):
    folder = backups.create(tmp_path / "backups").folder
    film = folder / "media" / str(site.film.name)
    film.write_bytes(b"x" * film.stat().st_size)
    assert backups.damaged_files(folder) == [site.film.name]
    default_storage.delete(site.film.name)
    a_user("later@example.com")
    with pytest.raises(BackupError, match="is damaged"):
        restore(folder, force=True)
    assert User.objects.filter(email="later@example.com").exists()
    assert not default_storage.exists(site.film.name)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"engine": "oracle"}, "Restore it into a database of the same kind"),
        ({"format": 99}, "Restore it with that version"),
        ({"migrations": ["videos.9999_later"]}, "which has migrations that this version lacks"),
        ({"database": 7}, "cannot be read"),
    ],
)
def test_a_backup_that_does_not_fit_is_a_sentence(site, tmp_path, fields, sentence):
    folder = backups.create(tmp_path / "backups").folder
    damage(folder, **fields)
    with pytest.raises(BackupError, match=sentence):
        backups.examine(folder, force=True)


def test_a_portal_that_runs_is_refused(site, tmp_path):
    folder = backups.create(tmp_path / "backups").folder
    a_pulse("work")
    backups.examine(folder, is_trial=True)
    with pytest.raises(BackupError, match=r"The portal runs: work@test .* Stop all processes"):
        backups.examine(folder, force=True)


def test_another_secret_key_is_told(site, tmp_path, settings):
    folder = backups.create(tmp_path / "backups").folder
    settings.SECRET_KEY = "another"
    _manifest, notes = backups.examine(folder, force=True)
    assert "SECRET_KEY here is not that of the backup" in notes[0]
    assert "secret_key" in notes[0]


def test_no_backup_at_all_is_a_sentence(tmp_path):
    with pytest.raises(BackupError, match="no complete backup"):
        backups.choose(tmp_path)


@pytest.mark.nightly
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file has its tables in it")
def test_an_empty_database_gets_the_tables_of_the_backup_first(site, tmp_path):
    folder = backups.create(tmp_path / "backups").folder
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE videos_video CASCADE")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'videos' AND name > '0010'")
    restore(folder, force=True)
    assert rows() == before
