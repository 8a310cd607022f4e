"""Sends many requests on few connections; each latency is measured from when it was due."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Measurement:
    """The result of a run."""

    seconds: float = 0.0
    failures: int = 0  # responses that are no success
    latencies: list[float] = field(default_factory=list)  # milliseconds

    @property
    def rate(self) -> float:
        """The responses a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the latency in milliseconds below which that ``share`` (0 to 1) of them is."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True)
class Load:
    """The requests that are sent in turn, and what must be in each response to be a success."""

    port: int
    requests: Sequence[bytes]
    success: bytes
    connections: int


def get(path: str, headers: Mapping[str, str]) -> bytes:
    """Return a request for ``path``."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()


class Connection:
    """One HTTP connection, opened at the first request and reused (keep-alive)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: bytes) -> bytes:
        """Send a request and return the response, head and body."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        _name, has_length, value = head.lower().partition(b"content-length:")
        body = await reader.readexactly(int(value.split(b"\r\n")[0])) if has_length else b""
        if b"connection: close" in head.lower():
            await self.close()
        return head + body

    async def close(self) -> None:
        """Close the connection."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def poll(load: Load, interval: float, seconds: float) -> Measurement:
    """Send each request of ``load`` every ``interval`` seconds.

    The wait for a free connection is part of the latency, as a client would experience it.
    """
    measurement, pool = Measurement(seconds=seconds), _make_pool(load)
    count = len(load.requests)
    began = time.perf_counter()
    running = []
    for number in range(int(count * seconds / interval)):
        due = began + number * interval / count
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        request = load.requests[number % count]
        running.append(asyncio.create_task(_measure(load, pool, request, due, measurement)))
    await asyncio.gather(*running)
    measurement.seconds = time.perf_counter() - began
    await _close_all(pool)
    return measurement


async def saturate(load: Load, seconds: float) -> Measurement:
    """Send without a pause on every connection, each its own share of the requests."""
    measurement, pool = Measurement(), _make_pool(load)
    began = time.perf_counter()

    async def send_share(share: Sequence[bytes]) -> None:
        number = 0
        while time.perf_counter() - began < seconds:
            request = share[number % len(share)]
            await _measure(load, pool, request, time.perf_counter(), measurement)
            number += 1

    count = load.connections
    shares = (load.requests[i::count] or load.requests for i in range(count))
    await asyncio.gather(*(send_share(share) for share in shares))
    measurement.seconds = time.perf_counter() - began
    await _close_all(pool)
    return measurement


async def _measure(
    load: Load, pool: "asyncio.Queue[Connection]", request: bytes, due: float, result: Measurement
) -> None:
    """Send one request on a free connection and record its latency since ``due``."""
    connection = await pool.get()
    try:
        result.failures += load.success not in await connection.send(request)
    except (OSError, ValueError, asyncio.IncompleteReadError):
        result.failures += 1
        await connection.close()
    result.latencies.append((time.perf_counter() - due) * 1000)
    pool.put_nowait(connection)


def _make_pool(load: Load) -> "asyncio.Queue[Connection]":
    pool: asyncio.Queue[Connection] = asyncio.Queue()
    for _each in range(load.connections):
        pool.put_nowait(Connection(load.port))
    return pool


async def _close_all(pool: "asyncio.Queue[Connection]") -> None:
    while not pool.empty():
        await pool.get_nowait().close()
