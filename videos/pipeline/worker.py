"""Advances videos: claims a due row, takes one step with it, and releases it.

After kill -9 of a worker, another worker takes over. The killed worker no longer renews its lease
of ``WORK_LEASE_SECONDS``. Once the lease has expired the row is due again, the next tick wakes
another worker, and that one claims the row and advances it; a film is rendered from its beginning.
Should the first worker still be alive, its writes fail, because the new claim has a higher
``fencing_token``. Each claim that did not end in order counts in ``crashed_claims``; a film that
our renderer did not make in ``WORK_MAX_CRASHED_CLAIMS`` claims fails. ``videos.models.work`` has
the claim, the lease and the fencing token.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from videos.media import workspace
from videos.models import Video
from videos.pipeline import archive, polling, rendering, submission
from videos.pipeline.claim import (
    DATABASE_IS_AWAY,
    renewing_lease,
    stopping,
    working_on,
    write_result,
)
from videos.queue import due_in_queue
from videos.render.errors import is_disk_full
from videos.statuses import DelayReason, Stage

logger = logging.getLogger(__name__)

CANDIDATES = 10  # due videos that a worker tries to claim before it leaves them to the others
INTERNAL_ERROR_BACKOFF = timedelta(minutes=1)


def advance_next(queue: str) -> None:
    """Advance the first due video of ``queue`` that no other worker has claimed."""
    for pk in due_in_queue(queue).values_list("pk", flat=True)[:CANDIDATES]:
        if stopping.is_set() or advance(pk):
            return


def advance(pk: uuid.UUID) -> bool:
    """Claim the video ``pk`` and advance it by one step; False where it cannot be claimed."""
    video = Video.objects.select_related("track__music_task").claim(pk)
    if video is None:
        return False
    with working_on(f"{video.provider} {video.pk}"):
        try:
            _take_step(video)
        except DATABASE_IS_AWAY as error:
            _release(video, error)
    return True


def _release(video: Video, error: Exception) -> None:
    """Give a video back once the database answers again: that it was away is no crash."""
    logger.warning("Video %s, attempt %s: %s", video.pk, video.fencing_token, error)
    fields = {"stage": Stage.QUEUED, "fraction": 0} if video.is_rendered_here else {}
    write_result(lambda: video.release(timedelta(), **fields))


def _take_step(video: Video) -> None:
    if not video.is_in_progress:
        video.write(due_at=None, crashed_claims=0)
    elif video.is_awaiting_copy:
        workspace.remove_leftovers(video)
        _run_vendor_step(video, archive.copy)
    elif video.is_rendered_here:
        rendering.render(video)
    else:
        _run_vendor_step(video, _submit_or_poll)


def _submit_or_poll(video: Video) -> None:
    """Send the order to the vendor, or poll the task that the vendor has taken."""
    step = polling.poll_vendor if video.is_at_vendor else submission.submit
    with renewing_lease(video):
        step(video)


def _run_vendor_step(video: Video, step: Callable[[Video], None]) -> None:
    """Take a step; after an error of ours the row is rescheduled, because a vendor is paid for it.

    However often that happens, the video does not fail.
    """
    if not video.mark_step_started():
        return
    try:
        step(video)
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:
        logger.exception("Video %s, attempt %s broke", video.pk, video.fencing_token)
        if video.is_awaiting_copy and is_disk_full(error):
            archive.wait_for_storage(video)
        elif video.is_awaiting_copy:
            archive.record_internal_error(video)
        elif not video.is_final:
            video.reschedule(INTERNAL_ERROR_BACKOFF, DelayReason(video.delay_reason))
