"""The queues of the workers: which videos are due in each, and the messages that wake workers.

A message carries no job. The rows in the database are the jobs; a message only says that there is
something due, so a lost or doubled message changes nothing.
"""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from videos.models import Video
from videos.models.video_queryset import VideoQuerySet
from videos.vendors import BUILTIN

logger = logging.getLogger(__name__)

WORK, RENDER, DELIVER = "work", "render", "deliver"
BEAT = "beat"  # no queue: what beat has in its place where workers are listed


def queue_of(video: Video) -> str:
    """Return the queue whose workers can advance ``video``."""
    return RENDER if video.provider == BUILTIN else WORK


def due_in_queue(queue: str) -> VideoQuerySet[Video]:
    """Return the due videos of ``queue``, in the order of their queue positions."""
    due = Video.objects.due().order_by("queue_position_at", "pk")
    return due.rendered_here() if queue == RENDER else due.made_by_vendors()


def enqueue(video: Video) -> None:
    """Wake a worker for ``video`` once the present transaction is committed."""
    transaction.on_commit(partial(send_wakeup, queue_of(video)))


def enqueue_fetch() -> None:
    """Wake a worker to fetch a song once the present transaction is committed."""
    transaction.on_commit(send_fetch)


def send_wakeup(queue: str) -> None:
    """Wake a worker of ``queue``; it reads from the database which video is due."""
    _send("videos.tasks.advance", queue, queue)


def send_fetch() -> None:
    """Wake a worker to fetch a song; it reads from the database which one is due."""
    _send("videos.tasks.fetch_song", WORK)


def send_analysis(track: int) -> None:
    """Ask a worker to analyse the song of the track with the id ``track``."""
    _send("videos.tasks.analyse_song", WORK, str(track))


def send_upload_analysis(upload: str) -> None:
    """Ask a worker to analyse the song that has arrived as the upload with the id ``upload``."""
    _send("videos.tasks.analyse_upload", WORK, upload)


def send_pictures() -> None:
    """Wake a worker to make small pictures; it reads from the database of what."""
    _send("videos.tasks.make_pictures", WORK)


def send_webhooks() -> None:
    """Wake a worker to send webhooks; it reads from the database which ones are due."""
    _send("videos.tasks.send_webhooks", DELIVER)


def send_mails() -> None:
    """Wake a worker to send a mail; it reads from the database which one is due."""
    _send("videos.tasks.send_mail", WORK)


def enqueue_account_work() -> None:
    """Wake a worker for accounts once the present transaction is committed."""
    transaction.on_commit(send_account_work)


def send_account_work() -> None:
    """Wake a worker for accounts: what is due are resets, exports and deletions."""
    _send("videos.tasks.do_account_work", WORK)


def _send(task: str, queue: str, *args: str) -> None:
    """Send a message.

    Where the broker cannot take it, the error is only logged: the next tick of the scheduler
    finds the due row, so nothing that a person did fails because of it.
    """
    try:
        current_app.send_task(task, list(args), queue=queue, expires=settings.WORK_LEASE_SECONDS)
    except (OperationalError, OSError) as error:
        logger.warning("The broker took no message: %s", type(error).__name__)
