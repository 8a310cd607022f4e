"""Tells a worker to look at a row now, rather than at the next tick."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from videos.models import Video
from videos.models.video import BUILTIN

logger = logging.getLogger(__name__)

WORK, RENDER = "work", "render"


def queue_of(video: Video) -> str:
    """Return the queue whose workers can move ``video`` along."""
    return RENDER if video.provider == BUILTIN else WORK


def nudge(video: Video) -> None:
    """Ask for ``video`` to be looked at as soon as this transaction is through."""
    transaction.on_commit(partial(send, "produce", str(video.pk), queue=queue_of(video)))


def send(task: str, *args: str, queue: str) -> None:
    """Send a message to ``queue``.

    A message is only a hint: where the broker cannot take it, the next tick finds the row, so
    nothing that a person did fails because of it.
    """
    try:
        current_app.send_task(
            f"videos.tasks.{task}", args=args, queue=queue, expires=settings.WORK_LEASE_SECONDS
        )
    except (OperationalError, OSError) as error:
        logger.warning("The broker took no message: %s", type(error).__name__)
