"""A worker's claim of a row while it works: the lease is renewed, and its loss is noticed."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

from videos.models import Video
from videos.models.connection import release_connection
from videos.models.work import Work, lease
from videos.render.scene import Progress
from videos.statuses import Stage

logger = logging.getLogger(__name__)

PROGRESS_INTERVAL = 0.5  # seconds between two writes of a video's progress
OUTAGE_TIMEOUT = 300.0  # seconds in which a database must be back, or a result is lost
RECONNECT_INTERVAL = 1.0  # seconds between two attempts to write a result
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
T = TypeVar("T")
stopping = threading.Event()  # set when this worker is asked to shut down


_current: dict[str, None] = {}  # what the threads of this process do now, in their order


@contextmanager
def working_on(text: str) -> Iterator[None]:
    """Let operators see what this process does for as long as the block runs."""
    _current[text] = None
    try:
        yield
    finally:
        _current.pop(text, None)


def current_work() -> str:
    """Return what this process does now, separated by semicolons; "" where it waits."""
    return "; ".join(list(_current))


class ProgressLease:
    """The lease of a video that is rendered: each write of its progress renews it.

    ``lost`` is True once a write failed because the claim no longer holds the row.
    """

    def __init__(self, video: Video, stage: Stage = Stage.READING) -> None:
        self.video = video
        self.lost = False
        self._progress = Progress(stage, 0, None)
        self._written = 0.0

    def record_progress(self, progress: Progress) -> None:
        """Store how far the film is; it is written to the row at the next heartbeat."""
        self._progress = progress

    def should_stop(self) -> bool:
        """Return whether the work should stop; called several times a second.

        Writes the progress to the row, which renews the lease, once a heartbeat is due.
        """
        now = time.monotonic()
        if now - self._written >= PROGRESS_INTERVAL:
            self._written = now
            self._write()
        return self.lost or stopping.is_set()

    def _write(self) -> None:
        """Write the progress; while the database is away, nobody else can claim the row either."""
        latest = self._progress
        try:
            self.lost = not self.video.record_progress(
                Stage(latest.stage), latest.fraction, latest.seconds_left
            )
        except DATABASE_IS_AWAY as error:
            logger.warning("Progress could not be written: %s", type(error).__name__)
            connection.close()  # the next write opens another


class LeaseRenewer:
    """Renews the lease of a row from a thread, while the worker waits for a request.

    ``lost`` is True once the claim no longer holds the row.
    """

    def __init__(self, row: Work) -> None:
        self._row = copy(row)  # the worker's own may change meanwhile
        self._done = threading.Event()
        self.lost = False

    def should_stop(self) -> bool:
        """Return whether the work should stop; sends no query to the database."""
        return self.lost or stopping.is_set()

    def run(self) -> None:
        """Renew the lease each time a third of it is over, until it is lost or ended."""
        interval = lease().total_seconds() / 3
        try:
            while not self.lost and not self._done.wait(interval):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            self.lost = not self._row.renew_if_claimed()
            release_connection()
        except DATABASE_IS_AWAY as error:  # nobody else can claim the row meanwhile
            logger.warning("A lease could not be renewed: %s", type(error).__name__)
            connection.close()

    def end(self) -> None:
        """Stop renewing the lease."""
        self._done.set()


def write_result(write: Callable[[], T]) -> T:
    """Call ``write``, which writes the result of long work, until the database answers.

    A restart of the database must not throw a film away. Whether the claim still holds the row
    is decided by its fencing token once the database is back. After ``OUTAGE_TIMEOUT`` the error
    is raised.
    """
    deadline = time.monotonic() + OUTAGE_TIMEOUT
    while True:
        try:
            return write()
        except DATABASE_IS_AWAY as error:
            if time.monotonic() > deadline or stopping.is_set():
                raise
            logger.warning("A result could not be written yet: %s", type(error).__name__)
            connection.close()
            time.sleep(RECONNECT_INTERVAL)


@contextmanager
def renewing_lease(row: Work) -> Iterator[LeaseRenewer]:
    """Renew the lease of ``row`` from a thread for as long as the block runs."""
    renewer = LeaseRenewer(row)
    thread = threading.Thread(target=renewer.run, daemon=True)
    thread.start()
    try:
        yield renewer
    finally:
        renewer.end()
        thread.join()
