"""A network that breaks: a relay before a portal, which cuts connections after so many bytes."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

OUTAGE = 0.7  # seconds after a cut, in which nobody gets through
BLOCK_BYTES = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # the connection ends by RST, as on a phone that changes its cell


class BreakingNetwork:
    """Relays to ``origin``.

    ``times_cut`` is how often it broke, and ``sent`` how many bytes went to ``origin``, since
    ``cut_after`` was called.
    """

    def __init__(self, origin: str) -> None:
        self._cuts: list[int] = []
        self.times_cut = self.sent = 0
        self._outage = OUTAGE
        self._origin = (urlsplit(origin).hostname, urlsplit(origin).port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._lock = threading.Lock()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._since_cut = 0
        self._back_at = 0.0

    def cut_after(self, *sizes: int, outage: float = OUTAGE) -> None:
        """Cut all connections each time so many further bytes went to ``origin``, then hold.

        After a cut nobody gets through for ``outage`` seconds, or until this is called again.
        """
        with self._lock:
            self._cuts, self._outage = [*sizes], outage
            self._since_cut = self.times_cut = self.sent = 0
            self._back_at = 0.0

    def serve(self) -> None:
        """Accept connections until ``close``."""
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            if time.monotonic() < self._back_at:
                _reset(client)
                continue
            pair = (client, socket.create_connection(self._origin))
            self._pairs.add(pair)
            for source, target in (pair, pair[::-1]):
                threading.Thread(target=self._relay, args=(pair, source, target)).start()

    def close(self) -> None:
        """End everything."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for pair in list(self._pairs):
            self._end(pair)

    def _relay(
        self,
        pair: tuple[socket.socket, socket.socket],
        source: socket.socket,
        target: socket.socket,
    ) -> None:
        with suppress(OSError):
            while block := source.recv(BLOCK_BYTES):
                target.sendall(block)
                if source is pair[0]:
                    self._count(len(block))
        self._end(pair)

    def _count(self, size: int) -> None:
        with self._lock:
            self.sent += size
            self._since_cut += size
            if not self._cuts or self._since_cut < self._cuts[0]:
                return
            self._since_cut = 0
            del self._cuts[0]
            self.times_cut += 1
            self._back_at = time.monotonic() + self._outage
        for pair in list(self._pairs):
            self._end(pair)

    def _end(self, pair: tuple[socket.socket, socket.socket]) -> None:
        self._pairs.discard(pair)
        for each in pair:
            _reset(each)


def _reset(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def breaking_network(origin: str) -> Iterator[BreakingNetwork]:
    network = BreakingNetwork(origin)
    thread = threading.Thread(target=network.serve)
    thread.start()
    yield network
    network.close()
    thread.join()
