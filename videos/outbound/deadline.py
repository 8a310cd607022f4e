"""An end to every exchange: a server that drips never meets a time-out, which counts one read."""

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
        self._sockets: list[socket.socket] = []
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
            "http": _watched_pool(HTTPConnectionPool, plain, self._sockets),
            "https": _watched_pool(HTTPSConnectionPool, secure, self._sockets),
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
        for each in self._sockets:
            each.close()

    def _watch_over(self) -> None:
        while not self._done.wait(EVERY):
            if self._over():
                for each in list(self._sockets):
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)


class BareSession(requests.Session):
    """A session over one adapter, without proxies and log-ins of the environment.

    It leaves redirects alone: requests would read their bodies, of any size, to be ready for them.
    """

    def __init__(self, adapter: CutOffAdapter) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def resolve_redirects(self, *args: object, **kwargs: object) -> Iterator[requests.Response]:
        """Follow nothing."""
        return iter(())


def _watched_pool(
    pool: type[HTTPConnectionPool], connection: type[HTTPConnection], seen: list[socket.socket]
) -> type[HTTPConnectionPool]:
    class Watched(connection):  # type: ignore[valid-type,misc]
        def _new_conn(self) -> socket.socket:
            # A handle of our own: the connection forgets its socket once an answer is the last one
            # on it, and TLS takes it over before it shakes hands, which a server may drag out
            one: socket.socket = super()._new_conn()
            seen.append(one.dup())
            return one

    return type("WatchedPool", (pool,), {"ConnectionCls": Watched})
