"""Polls many tasks on few connections; each latency is measured from when the request was due."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

SUCCESS = b'"code": 200'


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


class Connection:
    """One HTTP connection, opened at the first request and reused (keep-alive)."""

    def __init__(self, port: int, key: str) -> None:
        self.port, self.key = port, key
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, task: str) -> bytes:
        """Request the status of ``task`` and return the body of the response."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(
            f"GET /api/v1/mp4/record-info?taskId={task} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {self.key}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        if b"connection: close" in head:
            await self.close()
        return body

    async def close(self) -> None:
        """Close the connection."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def poll(port: int, key: str, tasks: Sequence[str], interval: float, seconds: float,
               connections: int) -> Measurement:  # fmt: skip
    """Poll each of ``tasks`` every ``interval`` seconds, on as many ``connections`` at a time.

    The wait for a free connection is part of the latency, as a program would experience it.
    """
    measurement, pool = Measurement(seconds=seconds), _make_pool(port, key, connections)
    began = time.perf_counter()
    running = []
    for number in range(int(len(tasks) * seconds / interval)):
        due = began + number * interval / len(tasks)
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        request = _measure_request(pool, tasks[number % len(tasks)], due, measurement)
        running.append(asyncio.create_task(request))
    await asyncio.gather(*running)
    measurement.seconds = time.perf_counter() - began
    await _close_all(pool)
    return measurement


async def saturate(port: int, key: str, tasks: Sequence[str], seconds: float,
                   connections: int) -> Measurement:  # fmt: skip
    """Request without a pause on every connection, each with its own share of ``tasks``."""
    measurement, pool = Measurement(), _make_pool(port, key, connections)
    began = time.perf_counter()

    async def request_share(share: Sequence[str]) -> None:
        number = 0
        while time.perf_counter() - began < seconds:
            task = share[number % len(share)]
            await _measure_request(pool, task, time.perf_counter(), measurement)
            number += 1

    shares = (tasks[i::connections] or tasks for i in range(connections))
    await asyncio.gather(*(request_share(share) for share in shares))
    measurement.seconds = time.perf_counter() - began
    await _close_all(pool)
    return measurement


async def _measure_request(
    pool: "asyncio.Queue[Connection]", task: str, due: float, measurement: Measurement
) -> None:
    """Send one request on a free connection and record its latency since ``due``."""
    connection = await pool.get()
    try:
        measurement.failures += SUCCESS not in await connection.request(task)
    except (OSError, ValueError, asyncio.IncompleteReadError):
        measurement.failures += 1
        await connection.close()
    measurement.latencies.append((time.perf_counter() - due) * 1000)
    pool.put_nowait(connection)


def _make_pool(port: int, key: str, size: int) -> "asyncio.Queue[Connection]":
    pool: asyncio.Queue[Connection] = asyncio.Queue()
    for _each in range(size):
        pool.put_nowait(Connection(port, key))
    return pool


async def _close_all(pool: "asyncio.Queue[Connection]") -> None:
    while not pool.empty():
        await pool.get_nowait().close()
