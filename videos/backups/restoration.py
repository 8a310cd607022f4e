"""Puts a backup in the place of what is here."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from videos.backups import manifest, media, postgres, sqlite
from videos.backups.creation import SECRET_KEY, fingerprint
from videos.backups.manifest import BackupError, Manifest
from videos.backups.media import Counts
from videos.media.permissions import set_modes
from videos.media.references import referenced_names
from videos.models import Track, User, Video, WorkerPulse

EXAMPLES = 3  # names in a sentence


@dataclass(frozen=True)
class Restored:
    """A backup that was brought back."""

    counts: Counts
    missing: list[str]  # files that rows refer to and that are not here
    held_orders: int  # orders that vendors may have taken since
    seconds: float


def examine(
    folder: Path, *, force: bool = False, is_trial: bool = False
) -> tuple[Manifest, list[str]]:
    """Return the manifest of the backup, and what an operator must know before it is restored.

    Reads and compares the database's files; changes nothing. Raises ``BackupError`` where the
    backup, or this site, does not permit it; a trial does not mind what is here.
    """
    backup = manifest.read(folder)
    if backup.engine != connection.vendor:
        raise BackupError(
            f"The backup is of {backup.engine}, and DATABASE_URL here is of {connection.vendor}. "
            "Restore it into a database of the same kind."
        )
    _refuse_newer(backup)
    manifest.verify(folder, [*backup.database, backup.media.index])
    if backup.engine == "sqlite":
        sqlite.check(folder)
    root = media.local_root()
    if (root is None) != (backup.media.kind == "list"):
        kind = "on S3" if backup.media.kind == "list" else "on a disk"
        raise BackupError(f"The files of the backup are {kind}; set S3_BUCKET as it was then.")
    if not is_trial:
        _refuse_running()
    if not (is_trial or force or _is_empty(root)):
        raise BackupError(
            "This site has accounts, songs, videos or files, and the backup would replace them. "
            "Use --force if that is what you want."
        )
    return backup, _notes(backup)


def _refuse_newer(backup: Manifest) -> None:
    loader = MigrationLoader(None)
    unknown = [name for name in backup.migrations if _key(name) not in loader.disk_migrations]
    if unknown:
        raise BackupError(
            f"The backup is of version {backup.version}, which has migrations that this version "
            f"lacks ({', '.join(unknown[:EXAMPLES])}). Take that version or a newer one."
        )


def _key(name: str) -> tuple[str, str]:
    app, _, migration = name.partition(".")
    return app, migration


def _refuse_running() -> None:
    """Raise ``BackupError`` while workers live: they would write into what is replaced."""
    try:
        names = list(WorkerPulse.objects.alive().values_list("name", flat=True))
    except DatabaseError:  # no tables yet
        return
    if names:
        raise BackupError(
            f"The portal runs: {', '.join(names[:EXAMPLES])} gave a sign of life within the last "
            "half minute. Stop all processes, wait that long, and try again."
        )


def _is_empty(root: Path | None) -> bool:
    if root is not None and root.is_dir() and next(media.files_in(root), None):
        return False
    try:
        return not any(model.objects.exists() for model in (User, Track, Video))
    except DatabaseError:
        return True


def _notes(backup: Manifest) -> list[str]:
    if backup.secret_key_fingerprint == fingerprint():
        return []
    place = f"It is in the file {SECRET_KEY} of the backup." if backup.has_secret_key else ""
    return [
        "SECRET_KEY here is not that of the backup: everybody must log in again, links in mails "
        "that are under way are dead, and so may be old addresses of films. Set SECRET_KEY in "
        f".env as it was. {place}".strip()
    ]


def damaged_files(folder: Path) -> list[str]:
    """Return the names of the backup's songs and films that are not as they were; reads all."""
    if manifest.read(folder).media.kind == "list":
        return []
    return media.damaged_in(folder, media.read_index(folder))


def restore(folder: Path, backup: Manifest) -> Restored:
    """Bring back the files, then the database, then its tables to this version.

    ``examine`` comes first. Until all files are here and whole, the database is not touched.
    """
    started = time.monotonic()
    root = media.local_root()
    counts = Counts()
    files = media.read_index(folder)
    if root is not None:
        root.mkdir(mode=0o750, parents=True, exist_ok=True)
        counts = media.bring_back(folder, root, files)
    _restore_database(folder, backup)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    cache.clear()
    WorkerPulse.objects.all().delete()
    if not settings.SECRET_KEY_IS_SET and backup.has_secret_key:
        key = (folder / SECRET_KEY).read_text(encoding="utf-8").strip()
        (Path(settings.DATA_DIR) / SECRET_KEY).write_text(key, encoding="utf-8")
    set_modes()
    present = {each.name for each in media.listing(root)}
    return Restored(
        counts=counts,
        missing=sorted(set(referenced_names()) - present),
        held_orders=Video.objects.hold_unsent_orders(),
        seconds=round(time.monotonic() - started, 1),
    )


def _restore_database(folder: Path, backup: Manifest) -> None:
    try:
        if backup.engine == "postgresql":
            names = {_key(name) for name in backup.migrations}
            postgres.load_snapshot(folder, backup.tables, names)
        else:
            sqlite.load_snapshot(folder)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise BackupError(
            f"The database could not be filled: {reason}. It may be empty now; mend that, and "
            "restore again with --force."
        ) from error
