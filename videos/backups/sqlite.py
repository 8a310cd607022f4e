"""A snapshot of an SQLite database, made and brought back by its own backup function."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from videos.backups.manifest import BackupError

NAME = "database.sqlite3"
TIMEOUT = 60.0  # seconds to wait for a writer


def write_snapshot(folder: Path) -> list[str]:
    """Copy the database into ``folder`` as it is at one moment; return the names of the files."""
    with (
        closing(_open(Path(connection.settings_dict["NAME"]))) as source,
        closing(sqlite3.connect(folder / NAME)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    check(folder)
    return [NAME]


def check(folder: Path) -> None:
    """Raise ``BackupError`` unless the snapshot in ``folder`` is whole."""
    try:
        with closing(_open(folder / NAME)) as snapshot:
            (result,) = snapshot.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{folder / NAME} is no database: {error}") from error
    if result != "ok":
        raise BackupError(f"{folder / NAME} is damaged: {result}")


def load_snapshot(folder: Path) -> None:
    """Put the snapshot in ``folder`` in the place of the database, in one transaction."""
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    with (
        closing(_open(folder / NAME)) as source,
        closing(sqlite3.connect(path, timeout=TIMEOUT)) as target,
    ):
        try:
            source.backup(target)
        except sqlite3.OperationalError as error:
            raise BackupError(f"{path} cannot be written: {error}. Is the site stopped?") from error


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=TIMEOUT)
