"""What happens by the clock: due rows are looked at, leavings are removed."""

import shutil
import time
import uuid
from importlib import import_module
from pathlib import Path

from django.conf import settings

from videos.models import Answered, Delivery, MusicTask, Turn, Video
from videos.queue import RENDER, WORK, due_in, send, send_fetching, wake_callers

HINTS = 4  # workers of each queue woken at a tick: the rest follows as they finish
KEPT_FOR = 3600.0  # seconds that a file of unknown use is left alone


def tick() -> None:
    """Wake workers for what is due: as many as there are videos, within reason."""
    for queue in (RENDER, WORK):
        for _ in due_in(queue).values_list("pk")[:HINTS]:
            send(queue)
    for _ in MusicTask.objects.next_ones().values_list("pk")[:HINTS]:
        send_fetching()
    if Delivery.objects.next_ones().exists():
        wake_callers()


def tidy() -> None:
    """Remove what killed processes left, and what nobody asks for any more."""
    Delivery.objects.old().delete()
    for folder in Path(settings.SCRATCH_DIR).glob("*"):
        if not _is_claimed(folder) and _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if _is_old(file):
            file.unlink(missing_ok=True)
    Turn.objects.forget(KEPT_FOR)
    Answered.objects.old().delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > KEPT_FOR
    except FileNotFoundError:
        return False


def _is_claimed(folder: Path) -> bool:
    name, _, attempt = folder.name.rpartition("-")
    try:
        pk, number = uuid.UUID(hex=name), int(attempt)
    except ValueError:
        return False
    return Video.objects.filter(pk=pk, attempt=number, due_at__isnull=False).exists()
