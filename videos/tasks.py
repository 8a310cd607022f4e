"""Celery's doors: each opens to a verb and does nothing itself."""

import logging
import os
import signal
import threading
from types import FrameType

from celery import shared_task
from celery.signals import beat_init, worker_ready, worker_shutting_down
from celery.worker.consumer import Consumer
from django.db import DatabaseError, close_old_connections

from videos import pipeline, queue, webhooks
from videos.models import WorkerPulse
from videos.pipeline import scheduler

logger = logging.getLogger(__name__)

PULSE = 10.0  # seconds between two signs of life of a worker


@shared_task
def tick() -> None:
    """Wake the workers of what is due: what a lost message or worker left behind."""
    scheduler.tick()


@shared_task
def produce(queue: str) -> None:
    """Move the first video of ``queue`` along, then see whether there are more."""
    pipeline.produce_next(queue)
    scheduler.tick()


@shared_task
def fetch() -> None:
    """Fetch the first song that waits for it, then see whether there are more."""
    if pipeline.fetch_next():
        scheduler.tick()


@shared_task
def listen(track: str) -> None:
    """Hear the song ``track``, of which nothing is remembered."""
    pipeline.listen(int(track))


@shared_task
def deliver() -> None:
    """Begin to call back those who are to be called, without waiting for their answers."""
    webhooks.begin_due()


@shared_task
def tidy() -> None:
    """Remove what killed processes left behind."""
    scheduler.tidy()


@worker_ready.connect
def begin_pulse(sender: Consumer, **kwargs: object) -> None:
    """Give signs of life for as long as this worker process lives."""
    queues = ",".join(sorted(sender.app.amqp.queues.consume_from)) or queue.WORK
    name = f"{sender.hostname}:{os.getpid()}"
    threading.Thread(target=_pulse, args=(name, queues), daemon=True).start()


@beat_init.connect
@worker_ready.connect
def take_one_word_to_end(**kwargs: object) -> None:
    """Hear the first SIGTERM and no other.

    One sent to all processes of a group comes twice, from our keeper too. A second one within the
    worker's handler would wait for ever for a lock that the first one holds; the clock's would
    complain of its own end.
    """
    handlers = iter([signal.getsignal(signal.SIGTERM)])

    def end(number: int, frame: FrameType | None) -> None:
        for handler in handlers:  # the step to the next one cannot be interrupted
            if callable(handler):
                handler(number, frame)

    signal.signal(signal.SIGTERM, end)


@worker_shutting_down.connect
def stop_production(**kwargs: object) -> None:
    """Ask films and calls under way to stop in order, so that other workers take them over."""
    pipeline.stopping.set()
    webhooks.stopping.set()


def _pulse(name: str, queues: str) -> None:
    while not pipeline.stopping.is_set():
        close_old_connections()
        try:
            WorkerPulse.objects.beat(name, queues)
        except DatabaseError as error:  # a database that restarts must not leave us for dead
            logger.warning("No sign of life could be written: %s", type(error).__name__)
        pipeline.stopping.wait(PULSE)
