"""Makes a backup while the portal runs."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from videos import VERSION
from videos.backups import manifest, media, postgres, sqlite
from videos.backups.manifest import BackupError, Manifest, MediaSummary
from videos.backups.media import Counts, Files
from videos.media.references import referenced_names

SECRET_KEY = "secret_key"  # noqa: S105 - the name of a file
SPARE_BYTES = 64 * 1024**2  # that must stay free beside what is copied


@dataclass(frozen=True)
class Outcome:
    """A backup that was made."""

    folder: Path
    manifest: Manifest
    counts: Counts
    missing: list[str]  # files that rows refer to and the storage does not have
    deleted: list[Path]  # older backups


def fingerprint() -> str:
    """Return what tells one SECRET_KEY from another, and from which none can be computed."""
    return salted_hmac("backup", "fingerprint", algorithm="sha256").hexdigest()[:16]


def plan(folder: Path) -> Counts:
    """Return how many files the next backup in ``folder`` would copy. Raises ``BackupError``."""
    _refuse_own_media(folder)
    counts = Counts()
    root = media.local_root()
    if root is None:
        return counts
    backups = manifest.list_backups(folder)
    before = media.read_index(backups[-1]) if backups else {}
    for file in media.files_in(root):
        former = before.get(file.name)
        if former and former.is_same_as(file):
            counts.unchanged += 1
        else:
            counts.add(file.size)
    return counts


def create(folder: Path, *, max_backups: int = 0, with_secret_key: bool = True) -> Outcome:
    """Make a backup in ``folder``, and delete the oldest beyond ``max_backups`` (0: none).

    Files come first, then the database at one moment, then the files that came meanwhile: so
    whatever that moment's rows refer to is there. Raises ``BackupError``.
    """
    started, now = time.monotonic(), datetime.now(UTC)
    _make_folder(folder)
    _require_room(folder, plan(folder))
    with _lock(folder), _draft(folder, now) as draft:
        backups = manifest.list_backups(folder)
        files, counts = Files(), Counts()
        root = media.local_root()
        if root is not None:
            former = backups[-1] if backups else None
            media.mirror(root, draft / media.FOLDER, files, former, counts)
        tables = _write_database(draft)
        names = set(referenced_names())
        if root is not None:
            media.mirror(root, draft / media.FOLDER, files, None, counts)
        else:
            files = {each.name: each for each in media.listing(None)}
        media.write_index(draft, files.values())
        if with_secret_key:
            _write_private(draft / SECRET_KEY, settings.SECRET_KEY)
        result = Manifest(
            version=VERSION,
            created_at=now.isoformat(timespec="seconds"),
            engine=connection.vendor,
            migrations=_applied_migrations(),
            database=[manifest.backed_up(draft, name) for name in _database_files(tables)],
            media=_summary(draft, files, is_local=root is not None),
            secret_key_fingerprint=fingerprint(),
            has_secret_key=with_secret_key,
            seconds=round(time.monotonic() - started, 1),
            tables=tables,
        )
        result.write(draft)
        final = _publish(draft, folder, now)
    deleted = _prune(folder, max_backups)
    return Outcome(final, result, counts, sorted(names - files.keys()), deleted)


def _summary(draft: Path, files: Files, *, is_local: bool) -> MediaSummary:
    return MediaSummary(
        kind="files" if is_local else "list",
        count=len(files),
        size=sum(each.size for each in files.values()),
        index=manifest.backed_up(draft, media.INDEX),
    )


def _applied_migrations() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _refuse_own_media(folder: Path) -> None:
    root = media.local_root()
    if root is not None and folder.resolve().is_relative_to(root.resolve()):
        raise BackupError(f"{folder} lies in {root}, which is to be copied. Name another folder.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"{folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BackupError(f"{folder} cannot be written by this account.")


def _require_room(folder: Path, counts: Counts) -> None:
    free = shutil.disk_usage(folder).free
    needed = counts.copied_bytes + SPARE_BYTES
    if connection.vendor == "sqlite":
        needed += Path(connection.settings_dict["NAME"]).stat().st_size
    if free < needed:
        raise BackupError(
            f"{folder} has room for {free / 1024**3:.1f} GB, and {needed / 1024**3:.1f} GB are "
            "needed. Nothing was written."
        )


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let one process at a time write into ``folder``; a killed one holds nothing up."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(f"Another backup is being made in {folder}.") from error
        yield


@contextmanager
def _draft(folder: Path, now: datetime) -> Iterator[Path]:
    """Yield a folder that is deleted, unless it was renamed; deletes those of killed processes."""
    for path in folder.glob(".draft-*"):
        shutil.rmtree(path, ignore_errors=True)
    draft = folder / f".draft-{now:%Y%m%dT%H%M%S}"
    draft.mkdir(mode=0o700)
    try:
        yield draft
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_database(draft: Path) -> dict[str, list[str]]:
    if connection.vendor == "postgresql":
        return postgres.write_snapshot(draft)
    sqlite.write_snapshot(draft)
    return {}


def _database_files(tables: dict[str, list[str]]) -> list[str]:
    return [postgres.file_of(table) for table in tables] or [sqlite.NAME]


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")


def _publish(draft: Path, folder: Path, now: datetime) -> Path:
    """Give a complete backup its name, after all of it is on the disk."""
    os.sync()
    stem = f"{now:%Y-%m-%dT%H-%M-%SZ}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    final = next(folder / name for name in names if not (folder / name).exists())
    draft.rename(final)
    return final


def _prune(folder: Path, max_backups: int) -> list[Path]:
    backups = manifest.list_backups(folder)
    surplus = backups[: max(0, len(backups) - max_backups)] if max_backups else []
    for path in surplus:  # one that is half deleted has no name: the next backup goes on with it
        draft = path.rename(path.with_name(f".draft-{path.name}"))
        shutil.rmtree(draft, ignore_errors=True)
    return surplus
