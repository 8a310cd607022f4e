"""What takes seconds to make and is the same for all: a migrated SQLite database, made once.

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


def _digest_of_migrations() -> str:
    """Return a name for the migrations: those of the portal, and those of the locked packages."""
    files = [*sorted((ROOT / "videos" / "migrations").glob("*.py")), ROOT / "requirements.txt"]
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _migrate(database: Path) -> None:
    """Write ``database``, and delete those of before."""
    with tempfile.TemporaryDirectory(prefix="suno-portal-migrated-") as folder:
        new = Path(folder) / "portal.sqlite3"
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{new}"},
            check=True,
        )
        for old in FOLDER.glob("migrated-*"):
            old.unlink()
        shutil.move(new, database)
