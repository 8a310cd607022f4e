"""What happens by the clock: each tick wakes workers for due rows, and tidying deletes leftovers.

Celery beat calls ``tick`` every 2 seconds and ``tidy`` every 10 minutes.
"""

import shutil
import time
import uuid
from importlib import import_module
from pathlib import Path

from django.conf import settings

from videos.models import (
    AccountDeletion,
    AccountExport,
    Delivery,
    IdempotentResponse,
    Mail,
    MusicTask,
    PasswordResetRequest,
    RateLimitSlot,
    RecentViewer,
    Video,
)
from videos.pipeline import pictures, rations
from videos.queue import (
    RENDER,
    WORK,
    due_in_queue,
    send_account_work,
    send_fetch,
    send_mails,
    send_pictures,
    send_wakeup,
    send_webhooks,
)

MAX_WAKEUPS = 4  # messages to each queue at a tick: a worker that finishes wakes the next one
MIN_AGE = 3600.0  # seconds before a file whose use is unknown is deleted


def tick() -> None:
    """Wake workers for what is due: a worker for each row, at most ``MAX_WAKEUPS``."""
    for queue in (RENDER, WORK):
        for _ in due_in_queue(queue).values_list("pk")[:MAX_WAKEUPS]:
            send_wakeup(queue)
    for _ in MusicTask.objects.fetchable().values_list("pk")[:MAX_WAKEUPS]:
        send_fetch()
    for _ in Mail.objects.due().values_list("pk")[:MAX_WAKEUPS]:
        send_mails()
    if Delivery.objects.sendable().exists():
        send_webhooks()
    if pictures.is_any_missing():
        send_pictures()
    for jobs in (PasswordResetRequest.objects, AccountDeletion.objects, AccountExport.objects):
        for _ in jobs.due().values_list("pk")[:MAX_WAKEUPS]:
            send_account_work()


def tidy() -> None:
    """Delete files that killed processes left, and rows that have expired."""
    Delivery.objects.expired().delete()
    Mail.objects.delete_old_texts()
    Mail.objects.expired().delete()
    for folder in Path(settings.SCRATCH_DIR).glob("*"):
        if not _is_claimed(folder) and _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if _is_old(file):
            file.unlink(missing_ok=True)
    RateLimitSlot.objects.delete_unused(max(MIN_AGE, rations.longest_window()))
    IdempotentResponse.objects.expired().delete()
    RecentViewer.objects.delete_expired()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > MIN_AGE
    except FileNotFoundError:
        return False


def _is_claimed(folder: Path) -> bool:
    name, _, suffix = folder.name.rpartition("-")
    try:
        pk, fencing_token = uuid.UUID(hex=name), int(suffix)
    except ValueError:
        return False
    claimed = Video.objects.filter(pk=pk, fencing_token=fencing_token, due_at__isnull=False)
    return claimed.exists()
