"""A Celery broker in a folder whose messages appear atomically.

Kombu's own transport opens a message under its final name and writes it afterwards: a worker that
reads in between gets an empty message, and ends with all the work that it has.
"""

from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu import Connection
from kombu.transport import filesystem
from kombu.transport.virtual.base import QoS
from kombu.utils.json import dumps

# Seconds that a worker waits for messages before it checks whether to stop. It waits once more
# then, and Celery's two seconds, twice, are nearly as long as honcho waits before it kills.
MAX_POLL_SECONDS = 0.4


class ForgetfulQoS(QoS):
    """Drops what a worker that ends cannot put back, because the disk is full.

    Kombu would write it into a temporary file, where nobody looks for it. The row that such a
    message tells of is due again by itself.
    """

    def restore_unacked(self) -> None:
        """Put the messages back that this worker has not done; tell of none that it could not."""
        super().restore_unacked()


class AtomicFileChannel(filesystem.Channel):
    """Messages as files that are complete when they appear."""

    QoS = ForgetfulQoS

    def _put(  # type: ignore[override]  # the stubs of the two classes above name it differently
        self, queue: str, payload: dict[str, Any], **kwargs: object
    ) -> None:
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        part = Path(self.data_folder_out) / f"{name}.part"  # no queue reads files of this name
        try:
            part.write_bytes(dumps(payload).encode())
            part.replace(part.with_name(name))
        except OSError:  # the disk is full
            part.unlink(missing_ok=True)
            raise

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        try:
            return super()._get(queue)
        except ValueError as error:  # cut short by a power cut; the next tick replaces it
            raise Empty from error


class AtomicFileTransport(filesystem.Transport):
    """The transport for broker addresses that begin with ``filesystem:``."""

    Channel = AtomicFileChannel

    def drain_events(  # type: ignore[override]  # the stubs of the two classes above differ, too
        self, connection: Connection, timeout: float | None = None
    ) -> None:
        """Deliver a message; raises ``TimeoutError`` where none comes within the shorter time."""
        super().drain_events(connection, timeout and min(timeout, MAX_POLL_SECONDS))
