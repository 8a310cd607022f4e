"""What takes seconds to make and is the same for all: a migrated database, made once.

Each process of the tests and each portal that they start gets a copy instead of running the
migrations. It is made anew when a migration or a locked package changes.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "tests"


@contextlib.contextmanager
def one_process_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process of the tests makes something in ``folder``, which is created."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_migrated_database(destination: Path) -> None:
    """Copy the database to ``destination``; make it first if there is none or an old one."""
    database = FOLDER / f"migrated-{_digest_of_migrations()}.sqlite3"
    with one_process_at_a_time(FOLDER):
        if not database.exists():
            _migrate(database)
        shutil.copyfile(database, destination)


def migrated_template() -> str:
    """Return the name of a migrated database on the PostgreSQL server of ``DATABASE_URL``."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"portal_tests_{_digest_of_migrations()}"
    with (
        one_process_at_a_time(FOLDER),
        psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection,
    ):
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
            with tempfile.TemporaryDirectory(prefix="suno-portal-migrated-") as folder:
                _run_migrations(folder, server._replace(path=f"/{name}").geturl())
    return name


def _digest_of_migrations() -> str:
    """Return a name for the migrations: those of the portal, and those of the locked packages."""
    files = [*sorted((ROOT / "videos" / "migrations").glob("*.py")), ROOT / "requirements.txt"]
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _migrate(database: Path) -> None:
    """Write ``database``, and delete those of before."""
    with tempfile.TemporaryDirectory(prefix="suno-portal-migrated-") as folder:
        new = Path(folder) / "portal.sqlite3"
        _run_migrations(folder, f"sqlite:///{new}")
        for old in FOLDER.glob("migrated-*"):
            old.unlink()
        shutil.move(new, database)


def _run_migrations(folder: str, url: str) -> None:
    """Migrate the database at ``url``, with ``folder`` as the data folder."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": folder, "DATABASE_URL": url},
        check=True,
    )
