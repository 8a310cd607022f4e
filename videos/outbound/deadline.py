"""One total deadline for an HTTP exchange.

A read time-out counts one read only, so a server that sends a byte now and then never meets it.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.retry import Retry

CHECK_INTERVAL = 0.2  # seconds between two checks of the deadline


class DeadlineAdapter(HTTPAdapter):
    """Closes its connections as soon as ``is_over()`` is true; use it in a ``with`` statement.

    ``is_over`` is called from a thread of its own, so it may test a deadline or a stop flag.
    """

    def __init__(
        self,
        is_over: Callable[[], bool],
        *,
        retries: Retry | int = 0,
        http_class: type[HTTPConnection] = HTTPConnection,
        https_class: type[HTTPSConnection] = HTTPSConnection,
    ) -> None:
        self._is_over = is_over
        self._connection_classes = (http_class, https_class)
        self._sockets: list[socket.socket] = []
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch_deadline, daemon=True)
        super().__init__(max_retries=retries)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **kwargs: object
    ) -> None:
        """Use pools that register the socket of each connection here."""
        super().init_poolmanager(connections, maxsize, block, **kwargs)
        http_class, https_class = self._connection_classes
        self.poolmanager.pool_classes_by_scheme = {
            "http": _make_watched_pool(HTTPConnectionPool, http_class, self._sockets),
            "https": _make_watched_pool(HTTPSConnectionPool, https_class, self._sockets),
        }

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._done.set()
        self._watcher.join()
        self.close()
        for each in self._sockets:
            each.close()

    def _watch_deadline(self) -> None:
        while not self._done.wait(CHECK_INTERVAL):
            if self._is_over():
                for each in list(self._sockets):
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)


class BareSession(requests.Session):
    """A session over one adapter, without the proxies and log-ins of the environment.

    It follows no redirects, because requests would read their bodies, of any size, before that.
    """

    def __init__(self, adapter: DeadlineAdapter) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def resolve_redirects(self, *args: object, **kwargs: object) -> Iterator[requests.Response]:
        """Follow no redirect."""
        return iter(())


def _make_watched_pool(
    pool: type[HTTPConnectionPool], connection: type[HTTPConnection], sockets: list[socket.socket]
) -> type[HTTPConnectionPool]:
    """Return a class of pools that append the socket of each new connection to ``sockets``."""

    class Watched(connection):  # type: ignore[valid-type,misc]
        def _new_conn(self) -> socket.socket:
            # A duplicate of our own: the connection drops its socket once it has read the last
            # response on it, and TLS wraps it before the handshake, which a server may drag out
            new: socket.socket = super()._new_conn()
            sockets.append(new.dup())
            return new

    return type("WatchedPool", (pool,), {"ConnectionCls": Watched})
