"""What happens by the clock: due rows are looked at, leavings are removed."""

import shutil
import time
import uuid
from pathlib import Path

from django.conf import settings

from videos.models import Video
from videos.queue import queue_of, send

HINTS = 4  # rows named to each queue at a tick: the rest follow as these are done
KEPT_FOR = 3600.0  # seconds that an unknown scratch folder is left alone


def tick() -> None:
    """Send each queue to its rows that are due, the longest waiting first."""
    due = Video.objects.due().order_by("queued_at")
    for videos in (due.rendered_here(), due.made_elsewhere()):
        for video in videos.only("pk", "provider")[:HINTS]:
            send("produce", str(video.pk), queue=queue_of(video))


def tidy() -> None:
    """Remove the scratch folders that no claim works in any more."""
    for folder in Path(settings.SCRATCH_DIR).glob("*"):
        if not _is_claimed(folder) and time.time() - folder.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def _is_claimed(folder: Path) -> bool:
    name, _, attempt = folder.name.rpartition("-")
    try:
        pk, number = uuid.UUID(hex=name), int(attempt)
    except ValueError:
        return False
    return Video.objects.pending().filter(pk=pk, attempt=number).exists()
