"""A worker's claim of a row while it works: the lease is renewed, and its loss is noticed."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.db import DatabaseError, connection

from videos.models import Video
from videos.models.work import Work, lease
from videos.render.scene import Progress
from videos.statuses import Stage

logger = logging.getLogger(__name__)

HEARTBEAT_INTERVAL = 0.5  # seconds between two writes of a video's progress
stopping = threading.Event()  # set when this worker is asked to shut down


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
        if now - self._written >= HEARTBEAT_INTERVAL:
            self._written = now
            latest = self._progress
            self.lost = not self.video.record_progress(
                Stage(latest.stage), latest.fraction, latest.seconds_left
            )
        return self.lost or stopping.is_set()


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
                self.lost = not self._row.renew_if_claimed()
        except DatabaseError as error:  # the lease expires, and another worker takes over
            logger.warning("A claim could not be renewed: %s", type(error).__name__)
        finally:
            connection.close()

    def end(self) -> None:
        """Stop renewing the lease."""
        self._done.set()


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
