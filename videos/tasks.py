"""The Celery tasks: each calls one function of another package and does nothing itself.

Also the signal handlers of worker and beat processes: heartbeats, and how they shut down.
"""

import logging
import os
import signal
import socket
import threading
import time
from types import FrameType

from celery import shared_task
from celery.signals import beat_init, worker_ready, worker_shutting_down
from celery.worker.consumer import Consumer
from django.db import DatabaseError, close_old_connections

from videos import VERSION, accounts, housekeeping, mail, pipeline, queue, webhooks
from videos.media.leftovers import remove_leftovers
from videos.models import WorkerPulse
from videos.models.connection import release_connection
from videos.pipeline import claim, pictures, scheduler

logger = logging.getLogger(__name__)

HEARTBEAT_INTERVAL = 10.0  # seconds between two heartbeats of a worker
SWEEP_INTERVAL = 1800.0  # seconds between two looks at what killed processes left on a machine


@shared_task
def tick() -> None:
    """Wake workers for everything that is due, also after a lost message or worker."""
    scheduler.tick_by_clock()


@shared_task
def advance(queue: str) -> None:
    """Advance the first due video of ``queue`` by one step, then wake workers for the rest."""
    pipeline.advance_next(queue)
    scheduler.tick()


@shared_task
def fetch_song() -> None:
    """Fetch the audio of the first due song, then wake workers for the rest."""
    if pipeline.fetch_next_song():
        scheduler.tick()


@shared_task
def analyse_song(track: str) -> None:
    """Analyse the song of the track with the id ``track``, unless its analysis is cached."""
    pipeline.analyse_song(int(track))


@shared_task
def analyse_upload(upload: str) -> None:
    """Analyse the song that has arrived as the upload with the id ``upload``."""
    pipeline.analyse_upload(upload)


@shared_task
def make_pictures() -> None:
    """Make the small pictures of some films and covers that have none."""
    pictures.make_next()


@shared_task
def send_webhooks() -> None:
    """Start to send the due webhooks, without waiting for the responses."""
    webhooks.send_due()


@shared_task
def send_mail() -> None:
    """Send the first due mail, then wake workers for the rest."""
    if mail.send_next():
        scheduler.tick()


@shared_task
def do_account_work() -> None:
    """Answer a due reset, delete a due account or make a due export, then wake others."""
    if accounts.answer_next() or accounts.delete_next() or accounts.export_next():
        scheduler.tick()


@shared_task
def tidy() -> None:
    """Run the chores of the housekeeping that are due."""
    housekeeping.run_due()


@worker_ready.connect
def start_pulse(sender: Consumer, **kwargs: object) -> None:
    """Write heartbeats for as long as this worker process lives."""
    queues = ",".join(sorted(sender.app.amqp.queues.consume_from)) or queue.WORK
    name = f"{sender.hostname}:{os.getpid()}"
    threading.Thread(target=write_heartbeats, args=(name, queues), daemon=True).start()


@beat_init.connect
def start_pulse_of_beat(**kwargs: object) -> None:
    """Write heartbeats for as long as beat lives."""
    name = f"beat@{socket.gethostname()}:{os.getpid()}"
    threading.Thread(target=write_heartbeats, args=(name, queue.BEAT), daemon=True).start()


@beat_init.connect
@worker_ready.connect
def handle_sigterm_once(**kwargs: object) -> None:
    """Handle the first SIGTERM and ignore all later ones.

    A SIGTERM to all processes of a group arrives twice, because our supervisor sends one too. A
    second one within the worker's handler would wait for ever for a lock that the first one
    holds; the handler of beat would log an error about it.
    """
    handlers = iter([signal.getsignal(signal.SIGTERM)])

    def end(number: int, frame: FrameType | None) -> None:
        for handler in handlers:  # the step to the next one cannot be interrupted
            if callable(handler):
                handler(number, frame)

    signal.signal(signal.SIGTERM, end)


@worker_shutting_down.connect
def stop_jobs(**kwargs: object) -> None:
    """Stop films and webhooks in progress in order, so that other workers take them over."""
    pipeline.stopping.set()
    webhooks.stopping.set()


def write_heartbeats(name: str, queues: str) -> None:
    sweep_at = time.monotonic()
    while not pipeline.stopping.is_set():
        close_old_connections()
        try:
            if queues != queue.BEAT and time.monotonic() >= sweep_at:
                sweep_at = time.monotonic() + SWEEP_INTERVAL
                remove_leftovers()
            WorkerPulse.objects.record_heartbeat(name, queues, VERSION, claim.current_work())
            release_connection()
        except DatabaseError as error:  # a restart of the database must not end the heartbeats
            logger.warning("No sign of life could be written: %s", type(error).__name__)
        pipeline.stopping.wait(HEARTBEAT_INTERVAL)
