"""What waits for which workers, and the messages that make them look now."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from videos.models import Video
from videos.models.vendor_task import BUILTIN
from videos.models.video_queryset import VideoQuerySet

logger = logging.getLogger(__name__)

WORK, RENDER, DELIVER = "work", "render", "deliver"


def queue_of(video: Video) -> str:
    """Return the queue whose workers can move ``video`` along."""
    return RENDER if video.provider == BUILTIN else WORK


def due_in(queue: str) -> VideoQuerySet:
    """Return the videos that the workers of ``queue`` should look at, the first come first."""
    due = Video.objects.due().order_by("turn_at", "pk")
    return due.rendered_here() if queue == RENDER else due.made_elsewhere()


def nudge(video: Video) -> None:
    """Ask a worker to look as soon as this transaction is through."""
    transaction.on_commit(partial(send, queue_of(video)))


def nudge_fetching() -> None:
    """Ask a worker to fetch a song as soon as this transaction is through."""
    transaction.on_commit(send_fetching)


def send(queue: str) -> None:
    """Tell a worker of ``queue`` that there is something to do; it finds out itself what."""
    _send("videos.tasks.produce", queue, queue)


def send_fetching() -> None:
    """Tell a worker that there is a song to be fetched; it finds out itself which."""
    _send("videos.tasks.fetch", WORK)


def send_listening(track: int) -> None:
    """Tell a worker that somebody wants to see what is heard in the song ``track``."""
    _send("videos.tasks.listen", WORK, str(track))


def wake_callers() -> None:
    """Tell a worker that there is a client to be called back; it finds out itself who."""
    _send("videos.tasks.deliver", DELIVER)


def _send(task: str, queue: str, *words: str) -> None:
    """Send a message.

    It is only a hint: where the broker cannot take it, the next tick finds the row, so
    nothing that a person did fails because of it.
    """
    try:
        current_app.send_task(task, list(words), queue=queue, expires=settings.WORK_LEASE_SECONDS)
    except (OperationalError, OSError) as error:
        logger.warning("The broker took no message: %s", type(error).__name__)
