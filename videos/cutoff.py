"""An end to every exchange: a server that drips never meets a time-out, which counts one read."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.retry import Retry

EVERY = 0.2  # seconds between two questions whether it is over


class CutOffAdapter(HTTPAdapter):
    """Cuts its connections off as soon as ``over()`` says so; use it in a ``with`` statement.

    ``over`` is asked from a thread of its own.
    """

    def __init__(
        self,
        over: Callable[[], bool],
        *,
        retries: Retry | int = 0,
        plain: type[HTTPConnection] = HTTPConnection,
        secure: type[HTTPSConnection] = HTTPSConnection,
    ) -> None:
        self._over = over
        self._kinds = (plain, secure)
        self._connections: list[HTTPConnection] = []
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._watch_over, daemon=True)
        super().__init__(max_retries=retries)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **kwargs: object
    ) -> None:
        """Let every connection be known here."""
        super().init_poolmanager(connections, maxsize, block, **kwargs)
        plain, secure = self._kinds
        self.poolmanager.pool_classes_by_scheme = {
            "http": _watched_pool(HTTPConnectionPool, plain, self._connections),
            "https": _watched_pool(HTTPSConnectionPool, secure, self._connections),
        }

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._done.set()
        self._watch.join()
        self.close()

    def _watch_over(self) -> None:
        while not self._done.wait(EVERY):
            if self._over():
                for each in _sockets(self._connections):
                    with contextlib.suppress(OSError):
                        # Not an SSL socket's own method, which would change it under its reader
                        socket.socket.shutdown(each, socket.SHUT_RDWR)


def _sockets(connections: list[HTTPConnection]) -> Iterator[socket.socket]:
    for connection in list(connections):
        if isinstance(connection.sock, socket.socket):
            yield connection.sock


def _watched_pool(
    pool: type[HTTPConnectionPool], connection: type[HTTPConnection], seen: list[HTTPConnection]
) -> type[HTTPConnectionPool]:
    class Watched(connection):  # type: ignore[valid-type,misc]
        def connect(self) -> None:
            seen.append(self)
            super().connect()

    return type("WatchedPool", (pool,), {"ConnectionCls": Watched})
