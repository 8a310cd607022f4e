"""A migration that fails half-way says which, what stays, and how to go on or back."""

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from videos.management import migrating

pytestmark = pytest.mark.django_db


@pytest.fixture
def stop_with(monkeypatch):
    """Return a function that lets ``migrate`` apply some and then raise an error."""

    def stop_with(error, *applied):
        recorder = MigrationRecorder(connection)
        for key in applied:
            recorder.record_unapplied(*key)

        def migrate(*args, **options):
            for key in applied[:-1]:
                recorder.record_applied(*key)
            raise error

        monkeypatch.setattr(migrating, "call_command", migrate)
        with pytest.raises(CommandError) as problem:
            migrating.migrate()
        return str(problem.value)

    return stop_with


def test_the_one_that_failed_and_those_that_stay_are_named(stop_with):
    last_two = sorted(
        key for key in MigrationRecorder(connection).applied_migrations() if key[0] == "videos"
    )[-2:]
    is_whole = MigrationLoader(connection).get_migration(*last_two[1]).atomic
    text = stop_with(DatabaseError("disk full\nLINE 1"), *last_two)
    assert f"The migration videos.{last_two[1][1]} failed: disk full." in text
    assert ("Nothing of it is applied." if is_whole else "parts of it may be there.") in text
    assert f"Those before it are applied and stay: videos.{last_two[0][1]}." in text
    assert "run prepare again; it goes on where it stopped" in text
    assert text.endswith(".")
    assert "Or undo them: manage.py migrate videos 00" in text


def test_where_nothing_was_applied_there_is_nothing_to_undo(stop_with):
    (last,) = sorted(
        key for key in MigrationRecorder(connection).applied_migrations() if key[0] == "videos"
    )[-1:]
    text = stop_with(ValueError("no"), last)
    assert "undo" not in text
    assert "stay" not in text


def test_an_error_after_the_last_one_is_told_as_such(stop_with):
    assert "All migrations are applied" in stop_with(OSError("no"))


def test_a_database_that_went_away_is_told(stop_with, monkeypatch):
    def away():
        raise DatabaseError("server closed the connection")

    applied = migrating.MigrationRecorder
    calls = []

    class Recorder(applied):
        def applied_migrations(self):
            calls.append(1)
            return away() if len(calls) > 1 else super().applied_migrations()

    monkeypatch.setattr(migrating, "MigrationRecorder", Recorder)
    assert "Once the database is back, run prepare again" in stop_with(DatabaseError("gone"))
