"""Celery's queue in a folder, in which nobody reads a message that is still being written.

Kombu's own opens a message under its name and writes it afterwards: a worker that looks in between
takes it away empty, and ends with everything that it has in hand.
"""

from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu import Connection
from kombu.transport import filesystem
from kombu.utils.json import dumps

LOOKS_FOR = 0.4
"""Seconds that a worker looks for messages before it asks whether it is to end. It looks once more
then, and Celery's two seconds, twice, are nearly what honcho waits before it kills.
"""


class Channel(filesystem.Channel):
    """Messages as files, each of which appears whole."""

    def _put(  # type: ignore[override]  # the stubs of the two classes above name it differently
        self, queue: str, payload: dict[str, Any], **kwargs: object
    ) -> None:
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        unseen = Path(self.data_folder_out) / f"{name}.part"  # which no queue ends with
        unseen.write_bytes(dumps(payload).encode())
        unseen.replace(unseen.with_name(name))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        try:
            return super()._get(queue)
        except ValueError as error:  # half a message, as a power cut leaves it; a tick follows
            raise Empty from error


class Transport(filesystem.Transport):
    """The folder as a broker, for addresses that begin with ``filesystem:``."""

    Channel = Channel

    def drain_events(  # type: ignore[override]  # the stubs of the two classes above differ, too
        self, connection: Connection, timeout: float | None = None
    ) -> None:
        """Deliver a message. Raises TimeoutError if there is none in time, or soon."""
        super().drain_events(connection, timeout and min(timeout, LOOKS_FOR))
