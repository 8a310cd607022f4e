"""Programs that poll: many tasks on few connections, each answer timed from when it was due."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

CODE = b'"code": 200'


@dataclass
class Measured:
    """What came of a run."""

    seconds: float = 0.0
    wrong: int = 0  # answers that are no success
    latencies: list[float] = field(default_factory=list)  # milliseconds

    @property
    def rate(self) -> float:
        """Return the answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the milliseconds that so large a share of the answers did not take."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Connection:
    """One connection that is kept open."""

    def __init__(self, port: int, key: str) -> None:
        self.port, self.key = port, key
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, task: str) -> bytes:
        """Ask about ``task`` and return the body of the answer."""
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
        """Give the connection up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def polled(port: int, key: str, tasks: Sequence[str], every: float, seconds: float,
                 connections: int) -> Measured:  # fmt: skip
    """Poll each of ``tasks`` ``every`` so many seconds, as many at a time as there are connections.

    An answer that waits for a free connection is late by that, as a program would find.
    """
    measured, free = Measured(seconds=seconds), _connections(port, key, connections)
    began = time.perf_counter()
    running = []
    for number in range(int(len(tasks) * seconds / every)):
        due = began + number * every / len(tasks)
        if (ahead := due - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        running.append(asyncio.create_task(_one(free, tasks[number % len(tasks)], due, measured)))
    await asyncio.gather(*running)
    measured.seconds = time.perf_counter() - began
    await _closed(free)
    return measured


async def saturated(port: int, key: str, tasks: Sequence[str], seconds: float,
                    connections: int) -> Measured:  # fmt: skip
    """Ask as fast as answers come, on every connection, each about its own share of ``tasks``."""
    measured, free = Measured(), _connections(port, key, connections)
    began = time.perf_counter()

    async def ask_on(share: Sequence[str]) -> None:
        number = 0
        while time.perf_counter() - began < seconds:
            await _one(free, share[number % len(share)], time.perf_counter(), measured)
            number += 1

    shares = (tasks[i::connections] or tasks for i in range(connections))
    await asyncio.gather(*(ask_on(share) for share in shares))
    measured.seconds = time.perf_counter() - began
    await _closed(free)
    return measured


async def _one(free: "asyncio.Queue[Connection]", task: str, due: float, to: Measured) -> None:
    connection = await free.get()
    try:
        to.wrong += CODE not in await connection.ask(task)
    except (OSError, ValueError, asyncio.IncompleteReadError):
        to.wrong += 1
        await connection.close()
    to.latencies.append((time.perf_counter() - due) * 1000)
    free.put_nowait(connection)


def _connections(port: int, key: str, many: int) -> "asyncio.Queue[Connection]":
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _each in range(many):
        free.put_nowait(Connection(port, key))
    return free


async def _closed(free: "asyncio.Queue[Connection]") -> None:
    while not free.empty():
        await free.get_nowait().close()
