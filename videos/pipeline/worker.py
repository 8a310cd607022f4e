"""The line that every video goes along: claimed, taken one step further, given back."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from videos.media import workspace
from videos.models import Trouble, Video
from videos.pipeline import archive, polling, rendering, submission
from videos.pipeline.claim import held, stopping
from videos.queue import due_in

logger = logging.getLogger(__name__)

CANDIDATES = 10  # due videos that a worker tries to claim before it leaves them to the others
AFTER_A_BUG = timedelta(minutes=1)


def produce_next(queue: str) -> None:
    """Take the first video of ``queue`` that is due and free one step further."""
    for pk in due_in(queue).values_list("pk", flat=True)[:CANDIDATES]:
        if stopping.is_set() or produce(pk):
            return


def produce(pk: uuid.UUID) -> bool:
    """Claim the video ``pk`` and take it one step further; False where it is not to be had."""
    video = Video.objects.select_related("track__music_task").claim(pk)
    if video is None:
        return False
    if not video.moves:
        video.write(due_at=None, tries=0)
    elif video.awaits_copy:
        workspace.sweep(video)
        _guarded(video, archive.copy)
    elif video.is_rendered_here:
        rendering.render(video)
    else:
        _guarded(video, _step)
    return True


def _step(video: Video) -> None:
    """Ask a vendor for the film, or what became of it."""
    with held(video):
        (polling.look if video.is_at_vendor else submission.submit)(video)


def _guarded(video: Video, step: Callable[[Video], None]) -> None:
    """Take a step at which only we can break: what a vendor was paid for is never given up."""
    if not video.begun():
        return
    try:
        step(video)
    except Exception:
        logger.exception("Video %s, attempt %s broke", video.pk, video.attempt)
        if video.awaits_copy:
            archive.broke(video)
        elif not video.is_final:
            video.put_off(AFTER_A_BUG, Trouble(video.trouble))
