"""One total deadline for a whole exchange over sockets.

A read time-out counts one read only, so a server that sends a byte now and then never meets it.
"""

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Self

CHECK_INTERVAL = 0.2  # seconds between two checks of the deadline


class SocketWatcher:
    """Shuts its sockets down once ``is_over()`` is true; use it in a ``with`` statement.

    ``is_over`` is called from a thread of its own, so it may test a deadline or a stop flag.
    """

    def __init__(self, is_over: Callable[[], bool]) -> None:
        self.was_interrupted = False
        self._is_over = is_over
        self._sockets: list[socket.socket] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def add(self, connection: socket.socket) -> None:
        """Watch ``connection``, too.

        A duplicate of it is watched: libraries close their own when they have read the last
        response on it, and TLS takes it over before the handshake, which a server may drag out.
        """
        self._sockets.append(socket.socket(fileno=socket.dup(connection.fileno())))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()
        for each in self._sockets:
            each.close()

    def _watch(self) -> None:
        while not self._done.wait(CHECK_INTERVAL):
            if self._is_over():
                self.was_interrupted = True
                for each in list(self._sockets):
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
