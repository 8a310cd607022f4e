"""Stored files that no row refers to: a killed process, or a restored database, left them."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from videos.media.references import referenced_names
from videos.models import Video
from videos.statuses import VideoStatus

FOLDERS = ("songs", "films", "exports", "assets")  # no file elsewhere is touched
MIN_AGE = timedelta(days=1)  # of a file: its row may be about to be written
MIN_SUSPICIOUS = 20  # orphans, from which on their share is looked at
MAX_SHARE = 0.2  # of all files; more look like the storage of another database


class TooManyOrphans(Exception):
    """So many files are orphans that the database is probably not theirs."""


def find_orphans(*, force: bool = False) -> list[str]:
    """Return the names of old files that no row refers to; reads all rows and all names.

    Raises ``TooManyOrphans`` instead, unless ``force`` is set.
    """
    names = [name for folder in FOLDERS for name in _names_in(folder)]
    referenced = set(referenced_names())  # after the names: what came meanwhile is not among them
    in_progress = Video.with_trash.filter(Q(status=VideoStatus.PENDING) | Q(due_at__isnull=False))
    films = {pk.hex for pk in in_progress.values_list("pk", flat=True).iterator()}
    orphans = [
        name
        for name in names
        if name not in referenced and not _belongs_to_film(name, films) and _is_old(name)
    ]
    if not force and len(orphans) >= MIN_SUSPICIOUS and len(orphans) > MAX_SHARE * len(names):
        raise TooManyOrphans(
            f"{len(orphans)} of {len(names)} files belong to no row: this database is probably not "
            "that of these files. Nothing was deleted. If it is, run manage.py tidy orphans "
            "--force."
        )
    return orphans


def delete_orphans(names: list[str]) -> int:
    """Delete the files; return how many there were."""
    for name in names:
        default_storage.delete(name)
    return len(names)


def _names_in(folder: str) -> Iterator[str]:
    """Yield the names of all files below ``folder``."""
    bucket: Any = getattr(default_storage, "bucket", None)
    if bucket is not None:  # S3 lists a thousand names at a time, whatever their folders
        yield from (each.key for each in bucket.objects.filter(Prefix=f"{folder}/"))
        return
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _names_in(f"{folder}/{name}")


def _belongs_to_film(name: str, films: set[str]) -> bool:
    """Return whether the file lies in the folder of a video in progress; its workers tidy it."""
    folder, _, rest = name.partition("/")
    key = rest.partition("/")[0]
    try:
        return folder == "films" and uuid.UUID(hex=key).hex in films
    except ValueError:
        return False


def _is_old(name: str) -> bool:
    try:
        return timezone.now() - default_storage.get_modified_time(name) > MIN_AGE
    except FileNotFoundError:
        return False
