"""A worker's hold on a video: renewed while there is work, and noticed when it is lost."""

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

HEARTBEAT = 0.5  # seconds between two writes of a claim's progress
stopping = threading.Event()  # set when this worker was asked to end


class Claim:
    """Renews this worker's hold on a video while it is made, and notices when it is lost."""

    def __init__(self, video: Video, stage: Stage = Stage.READING) -> None:
        self.video = video
        self.lost = False
        self._progress = Progress(stage, 0, None)
        self._written = 0.0

    def progressed(self, progress: Progress) -> None:
        """Take note of how far the film is; written at the next heartbeat."""
        self._progress = progress

    def is_over(self) -> bool:
        """Say whether the work should stop; asked for several times a second."""
        now = time.monotonic()
        if now - self._written >= HEARTBEAT:
            self._written = now
            latest = self._progress
            self.lost = not self.video.progressed(
                Stage(latest.stage), latest.fraction, latest.seconds_left
            )
        return self.lost or stopping.is_set()


class Hold:
    """Keeps a claim alive from a thread of its own, while the worker waits for somebody else."""

    def __init__(self, row: Work) -> None:
        self._row = copy(row)  # the worker's own may change meanwhile
        self._done = threading.Event()
        self.lost = False

    def is_over(self) -> bool:
        """Say whether the work should stop, without a question to the database."""
        return self.lost or stopping.is_set()

    def renew(self) -> None:
        """Renew the claim now and then, until it is lost or the work is done."""
        every = lease().total_seconds() / 3
        try:
            while not self.lost and not self._done.wait(every):
                self.lost = not self._row.hold()
        except DatabaseError as error:  # the lease runs out, and another worker takes over
            logger.warning("A claim could not be renewed: %s", type(error).__name__)
        finally:
            connection.close()

    def end(self) -> None:
        """Renew no more."""
        self._done.set()


@contextmanager
def held(row: Work) -> Iterator[Hold]:
    """Hold on to ``row`` for as long as the block runs."""
    hold = Hold(row)
    keeper = threading.Thread(target=hold.renew, daemon=True)
    keeper.start()
    try:
        yield hold
    finally:
        hold.end()
        keeper.join()
