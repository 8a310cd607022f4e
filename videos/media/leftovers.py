"""What killed processes left on this machine: scratch folders, half uploads, half messages."""

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

from django.conf import settings

from videos.models import Video
from videos.render.sandbox.child_process import SCRATCH_PREFIX

MIN_AGE = 3600.0  # seconds before a file whose use is unknown is deleted


def leftovers() -> Iterator[Path]:
    """Yield the folders and files that nobody uses any more."""
    for folder in Path(settings.SCRATCH_DIR).glob("*"):
        if _is_old(folder) and not _is_claimed(folder):
            yield folder
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if _is_old(file):
            yield file
    for folder in Path(gettempdir()).glob(f"{SCRATCH_PREFIX}*-*"):
        if _is_old(folder) and not _is_running(folder.name.removeprefix(SCRATCH_PREFIX)):
            yield folder
    for message in Path(settings.DATA_DIR, "queue").glob("*.part"):
        if _is_old(message):
            yield message


def remove_leftovers() -> int:
    """Delete what killed processes left on this machine; return how many there were."""
    count = 0
    for path in leftovers():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        count += 1
    return count


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > MIN_AGE
    except FileNotFoundError:
        return False


def _is_running(name: str) -> bool:
    """Return whether the process lives whose number a scratch folder of a child begins with."""
    number = name.partition("-")[0]
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OverflowError, PermissionError):  # no number of ours, or another account's
        return True
    return True


def _is_claimed(folder: Path) -> bool:
    name, _, suffix = folder.name.rpartition("-")
    try:
        pk, fencing_token = uuid.UUID(hex=name), int(suffix)
    except ValueError:
        return False
    claimed = Video.objects.filter(pk=pk, fencing_token=fencing_token, due_at__isnull=False)
    return claimed.exists()
